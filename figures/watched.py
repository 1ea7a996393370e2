"""Custody and bail as a director watches over them: how long, how it was decided, what was broken.

Readings of the rules: a bail counts with its decision, granted or refused, whatever became of it later; one
that is sought counts while nobody has decided. A condition is late when the day to look whether it is kept
lies before the day and nobody has answered; only of bail that runs, and not where the court has lifted it.
"""

from django.utils.translation import gettext_lazy as _

from figures import accused, standing
from figures.rows import happened

BAIL = "prosecutions.BailOrder"
GRANTED, REFUSED, PENDING = "granted", "refused", "pending"


def verdicts(snapshot):
    """Every verdict by its result, as it was given; set aside later or not."""
    return [
        snapshot.row(verdict, "prosecutions.Verdict", _("Verdict"), code=verdict.result)
        for verdict in snapshot.table("verdicts")
        if happened(verdict.on, snapshot.as_of)
    ]


def long_remand(snapshot):
    """Accused who are in remand on the day, and have been for more than 90 days without a break."""
    running = {
        spell.id
        for spell in snapshot.table("custodies")
        if happened(spell.starts_on, snapshot.as_of) and not accused.spell_over(spell, snapshot.as_of)
    }
    return [row for row in standing.custody_over_90_days(snapshot) if row.pk in running]


def decisions(snapshot):
    """Bails by what was decided; those that wait for a decision too."""
    rows = []
    for order in snapshot.table("bail_orders"):
        code = _decision(order, snapshot)
        if code:
            on = order.applied_on if code == PENDING else order.decided_on
            rows.append(snapshot.row(order, BAIL, _("Bail"), on=on, code=code))
    return rows


def _decision(order, snapshot):
    if order.status == "SOUGHT" or not happened(order.decided_on, snapshot.as_of):
        return PENDING if happened(order.applied_on, snapshot.as_of) and order.status != "WITHDRAWN" else ""
    if order.status in accused.EVER_GRANTED:
        return GRANTED
    return REFUSED if order.status == "REFUSED" else ""


def late_terms(snapshot):
    """Conditions of bail for which nobody has looked on the day they were due."""
    return [
        snapshot.row(
            term, "prosecutions.BailCondition", _("Condition of bail"), on="", key=term.bail__accused__key
        )
        for term in snapshot.table("terms")
        if term.next_on and term.next_on < snapshot.as_of
    ]


def breaches(snapshot):
    """Breaches of bail conditions that were written down."""
    return [
        snapshot.row(breach, "prosecutions.BailBreach", _("Breach of bail"), key=breach.bail__accused__key)
        for breach in snapshot.table("breaches")
        if happened(breach.on, snapshot.as_of)
    ]


def reoffended(snapshot):
    """Bails during which the accused is known to have committed a new offence."""
    return [
        snapshot.row(order, BAIL, _("Reoffended on bail"), on=order.reoffended_on)
        for order in snapshot.table("bail_orders")
        if order.reoffended and happened(order.reoffended_on, snapshot.as_of)
    ]
