"""In which state a bail of a file stands, and in which proceeding."""

from prosecutions.states import LIVE_BAIL, Bail

DECISIONS = {"pending": Bail.SOUGHT, "refused": Bail.REFUSED, "withdrawn": Bail.WITHDRAWN}


def status_of(bail):
    """The state of a bail; a granted one runs, until an end is written down."""
    if bail["decision"] != "granted":
        return DECISIONS[bail["decision"]]
    if bail.get("ended") == "cancelled":
        return Bail.CANCELLED
    if "ended" in bail or "ended_on" in bail:
        return Bail.ENDED
    return Bail.BREACHED if bail.get("breaches") else Bail.GRANTED


def is_history(bail):
    """Granted, but nobody knows when."""
    return bail["decision"] == "granted" and "decided_on" not in bail


def proceeding_of(document, key, bail, taken=()):
    """The key of the proceeding a bail belongs to, as far as the file lets us tell; '' when it does not.

    The one of the same court; else the only one of this accused; else, when another bail runs already, one
    that is still free.
    """
    proceedings = {
        name: proceeding
        for name, proceeding in document.get("proceedings", {}).items()
        if key in proceeding.get("accused", ())
    }
    free = [name for name in proceedings if (name, bail["kind"]) not in taken]
    same_court = [n for n in free if bail.get("by") and proceedings[n].get("court") == bail["by"]]
    if len(same_court) == 1 or (same_court and taken):
        return same_court[0]
    if len(proceedings) == 1:
        return next(iter(proceedings))
    if ("", bail["kind"]) in taken and free:
        return free[0]
    return ""


def placed(document, key):
    """[(bail, proceeding key)] of one accused, live bails first come first served."""
    taken, pairs = set(), []
    for bail in document["perpetrators"][key].get("bail", ()):
        live = status_of(bail) in LIVE_BAIL
        name = proceeding_of(document, key, bail, taken if live else ())
        if live:
            taken.add((name, bail["kind"]))
        pairs.append((bail, name))
    return pairs


def live_twice(document):
    """(accused key, position, kind) of every bail that runs beside another one of its proceeding and kind."""
    for key in document.get("perpetrators", {}):
        seen = set()
        for position, (bail, name) in enumerate(placed(document, key), 1):
            if status_of(bail) in LIVE_BAIL:
                if (name, bail["kind"]) in seen:
                    yield key, position, bail["kind"]
                seen.add((name, bail["kind"]))
