"""Accused who are kept from harming others, who were tried, and how trials ended.

Readings of the rules:

- Restrained is somebody who was in custody, was refused bail, was convicted and sentenced to serve, or was
  barred by a court from people, places or a trade. Arrest alone does not restrain: most who are arrested are
  let go within days. One person counts once in a case, on the day of the first restraint.
- Acquitted is whoever a court found not guilty, unless a conviction of the same person in the case stands.
- Tried is whoever has a verdict that stands, of whatever result; the conviction rate is a rate of these.
"""

from django.utils.translation import gettext_lazy as _

from figures import accused
from figures.rows import happened, percent

BARRED, CUSTODY, REFUSED, SERVING = "barred", "custody", "bail_refused", "convicted"
WORDS = {
    BARRED: _("Barred by a court"),
    CUSTODY: _("In custody"),
    REFUSED: _("Bail refused"),
    SERVING: _("Convicted, to serve"),
}


def restrained(snapshot):
    """Each accused once, by the first of what restrains; the code says by what."""
    facts = {}
    for code, person, on in _restraints(snapshot):
        if happened(on, snapshot.as_of):
            facts.setdefault(person, []).append((on, code))
    rows = []
    for person in snapshot.table("accused"):
        if person.id in facts:
            on, code = min(facts[person.id], key=_in_time)
            rows.append(snapshot.row(person, accused.ACCUSED, WORDS[code], on=on, code=code))
    return rows


def _in_time(fact):
    """Dated before undated, earlier before later."""
    on, code = fact
    return (0, on.first, on.last, code) if on else (1, code)


def _restraints(snapshot):
    """(by what, whom, when) of everything that restrains."""
    for spell in snapshot.table("custodies"):
        yield CUSTODY, spell.accused_id, spell.starts_on
    for order in snapshot.table("bail_orders"):
        if order.status == "REFUSED":
            yield REFUSED, order.accused_id, order.decided_on
    for verdict in snapshot.once(accused.convictions):
        if (verdict.months or verdict.life) and not verdict.suspended:
            yield SERVING, verdict.accused_id, verdict.sentence_on or verdict.on
    for bar in snapshot.table("bars"):
        yield BARRED, bar.bail__accused_id, bar.bail__decided_on


def acquitted(snapshot):
    """Dated by the first acquittal."""
    since = {}
    guilty = {verdict.accused_id for verdict in snapshot.once(accused.convictions)}
    for verdict in snapshot.table("verdicts"):
        if verdict.result == "acquitted" and happened(verdict.on, snapshot.as_of):
            since.setdefault(verdict.accused_id, []).append(verdict.on)
    return _people(snapshot, {one: days for one, days in since.items() if one not in guilty}, _("Acquitted"))


def tried(snapshot):
    """Accused with a verdict: the code says convicted where a conviction stands, else how the first ended.

    Somebody whose only conviction was set aside is not tried any more, until a court decides again.
    """
    guilty, since = {verdict.id: verdict for verdict in snapshot.once(accused.convictions)}, {}
    for verdict in snapshot.table("verdicts"):
        stands = verdict.id in guilty or verdict.result != "convicted"
        if stands and happened(verdict.on, snapshot.as_of):
            since.setdefault(verdict.accused_id, []).append(verdict)
    return [
        snapshot.row(
            person,
            accused.ACCUSED,
            _("Verdict"),
            on=accused.earliest(one.on for one in _leading(since[person.id])),
            code=_leading(since[person.id])[0].result,
        )
        for person in snapshot.table("accused")
        if person.id in since
    ]


def _leading(verdicts):
    """Those that say how it ended for somebody: the convictions, if there are some."""
    return [one for one in verdicts if one.result == "convicted"] or verdicts


def conviction_rate(rows):
    """Convicted as a percentage of those with a verdict that stands."""
    return percent(sum(row.code == "convicted" for row in rows), len(rows))


def overturned(snapshot):
    """Verdicts of guilty that no longer stand, by the day on which they fell."""
    standing = {verdict.id for verdict in snapshot.once(accused.convictions)}
    return [
        snapshot.row(
            verdict, "prosecutions.Verdict", _("Conviction set aside"), on=accused.fell_on(verdict, snapshot)
        )
        for verdict in snapshot.table("verdicts")
        if verdict.result == "convicted"
        and happened(verdict.on, snapshot.as_of)
        and verdict.id not in standing
    ]


def _people(snapshot, since, what):
    return [
        snapshot.row(person, accused.ACCUSED, what, on=accused.earliest(since[person.id]))
        for person in snapshot.table("accused")
        if person.id in since
    ]
