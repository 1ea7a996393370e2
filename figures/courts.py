"""Hearings and operations.

Readings of the rules: a hearing counts by its own date, whatever its outcome: up to the day, or later
(`hearings_upcoming`, a vacated one too). A vague date counts up to the day when the hearing has an outcome or
may lie there in part, and as unrecorded or upcoming only when it lies wholly before or after the day. A
hearing of the day itself is neither upcoming nor unrecorded yet.
"""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from figures.rows import happened, passed, percent
from prosecutions.hearing_querysets import together
from reference.values import Quantity

HEARING = "prosecutions.Hearing"


def up_to_now(snapshot):
    return _rows(h for h in snapshot.table("hearings") if happened(h.on, snapshot.as_of))(snapshot)


def adjourned(snapshot):
    return [row for row in up_to_now(snapshot) if row.code == "adjourned"]


def held_or_adjourned(snapshot):
    """What the adjournment rate is a rate of; vacated and unrecorded hearings are outside of it."""
    return [row for row in up_to_now(snapshot) if row.code in ("held", "part_heard", "adjourned")]


def unrecorded(snapshot):
    return _rows(h for h in snapshot.table("hearings") if not h.outcome and passed(h.on, snapshot.as_of))(
        snapshot
    )


def upcoming(snapshot):
    return _rows(h for h in snapshot.table("hearings") if h.on.first > snapshot.as_of)(snapshot)


def rate(rows):
    """Adjourned as a percentage of held, in full or in part, plus adjourned."""
    return rate_of(Counter(row.code for row in rows))


def rate_of(outcomes):
    """The same of {outcome: number of hearings}."""
    return percent(outcomes.get("adjourned", 0), sum(outcomes.values()))


def wages_lost(snapshot):
    """At all hearings up to the day, vacated ones too; a sum and its single amounts never twice."""
    hearings = {row.id: row for row in snapshot.table("hearings") if happened(row.on, snapshot.as_of)}
    return [
        snapshot.row(
            hearings[loss.hearing_id],
            HEARING,
            _("Wages and fares lost at a hearing"),
            amount=Quantity(loss.low, loss.high),
            currency=loss.currency,
            code=hearings[loss.hearing_id].outcome,
        )
        for loss in snapshot.once(losses_of)
        if loss.hearing_id in hearings
    ]


def losses_of(snapshot):
    """What each hearing cost families, by currency."""
    said = (
        (row.id, row.wages_lost_currency, row.wages_lost_low, row.wages_lost_high)
        for row in snapshot.table("hearings")
    )
    return together(said, snapshot.table("hearing_costs"))


def wages_lost_adjourned(snapshot):
    return [row for row in wages_lost(snapshot) if row.code == "adjourned"]


def operations(snapshot):
    return [
        snapshot.row(operation, "operations.Operation", _("Operation"), code=operation.outcome)
        for operation in snapshot.table("operations")
        if happened(operation.on, snapshot.as_of)
    ]


def operations_failed(snapshot):
    return [row for row in operations(snapshot) if row.code == "failed"]


def _rows(hearings):
    def of(snapshot):
        return [snapshot.row(hearing, HEARING, _("Hearing"), code=hearing.outcome) for hearing in hearings]

    return of
