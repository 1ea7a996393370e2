"""Which ways lead on from a bail, and why the others are shut; the table of moves decides."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.states import IllegalMove, check_move
from prosecutions.states import BAIL_MOVES, LIVE_BAIL, Bail

LOOKS = {
    Bail.SOUGHT: "soon",
    Bail.GRANTED: "soon",
    Bail.BREACHED: "danger",
    Bail.REFUSED: "done",
    Bail.WITHDRAWN: "past",
    Bail.CANCELLED: "done",
    Bail.ENDED: "past",
}
MOVES = [
    ("bail-grant", gettext_lazy("Bail granted"), Bail.GRANTED),
    ("bail-refuse", gettext_lazy("Bail refused"), Bail.REFUSED),
    ("bail-withdraw", gettext_lazy("Application withdrawn"), Bail.WITHDRAWN),
    ("bail-breach", gettext_lazy("Condition broken"), Bail.BREACHED),
    ("bail-cancel", gettext_lazy("Bail cancelled"), Bail.CANCELLED),
    ("bail-end", gettext_lazy("Bail ended"), Bail.ENDED),
]


def look_of(bail):
    """State and colour; a bail that runs says whether the person is out."""
    tone = LOOKS[Bail(bail.status)]
    if bail.status == Bail.GRANTED and bail.released_on:
        return {"label": _("At liberty on bail"), "tone": tone}
    if bail.status == Bail.GRANTED and not bail.history:
        return {"label": _("Granted, release not recorded"), "tone": tone}
    if bail.status == Bail.BREACHED:
        return {"label": _("Condition broken"), "tone": tone}
    return {"label": bail.get_status_display(), "tone": tone}


def ways_on(bail):
    """(ways that are open, ways that are shut with the reason), in the order in which things happen."""
    open_ways, shut_ways = [], []
    for name, words, why in [answering(bail), *moving(bail), releasing(bail)]:
        way = {"url": reverse(f"prosecutions:{name}", args=[bail.pk]), "label": words, "why": why}
        (shut_ways if why else open_ways).append(way)
    return open_ways, shut_ways


def answering(bail):
    """Our answer can be given until the court decides."""
    why = "" if bail.status == Bail.SOUGHT else _("The court has decided already.")
    return "bail-oppose", _("Our answer"), why


def releasing(bail):
    """Somebody is released once, on a bail that runs."""
    why = ""
    if bail.status not in LIVE_BAIL:
        why = _("Only somebody with a bail that runs can be released on it.")
    elif bail.released_on:
        why = _("The release is recorded already.")
    return "bail-release", _("Released"), why


def moving(bail):
    """Every move of the table, with the sentence that the action itself would answer."""
    for name, words, status in MOVES:
        try:
            if not (status == bail.status == Bail.BREACHED):
                check_move(BAIL_MOVES, Bail(bail.status), status)
        except IllegalMove as why:
            yield name, words, str(why)
        else:
            yield name, words, ""
