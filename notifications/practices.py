"""What a rule asks of one office: the rule of the house, tightened as its leads have decided.

One place for everybody who opens an alert or shows a rule. Nothing here can weaken: the harder of two
urgencies, the shorter of two times, and the people of both.
"""

from dataclasses import replace

from notifications.models import OfficeRule
from notifications.rules import WORKING, To, Urgency

HARDEST_FIRST: list[str] = list(Urgency)


def harder(one, other):
    """The one of two urgencies that knocks harder; '' is none."""
    return min((each for each in (one, other) if each), key=HARDEST_FIRST.index)


class Practices:
    """What the offices have tightened at that moment, in one query for however many offices and rules."""

    def __init__(self, offices, at, rules=()):
        rows = OfficeRule.objects.holding(at).filter(office_id__in=set(offices))
        if rules:
            rows = rows.filter(rule__in=set(rules))
        self.rows = {(row.office_id, row.rule): row for row in rows.for_list()}

    def tightening(self, rule, office_id):
        """What the office has decided about the rule; None for the rule as it is."""
        return self.rows.get((office_id, rule))

    def practice(self, rule, office_id, how=None):
        """How the rule works there; `how` is what an occasion asks for in place of the rule's own."""
        how, row = how or WORKING[rule], self.tightening(rule, office_id)
        return how if row is None else tightened(how, row)

    def urgency(self, rule, office_id, asked):
        """How hard an alert knocks there that would knock this hard elsewhere."""
        row = self.tightening(rule, office_id)
        return asked if row is None else Urgency(harder(asked, row.urgency))


def practice_for(rule, office_id, at):
    """How one rule works in one office at that moment."""
    return Practices([office_id], at, [rule]).practice(rule, office_id)


def tightened(how, row):
    """A practice with what the office asks for on top."""
    times = [minutes for minutes in (how.act_minutes, row.act_minutes) if minutes]
    return replace(
        how,
        urgency=Urgency(harder(how.urgency, row.urgency)),
        act_minutes=min(times, default=None),
        also=tuple(To(role) for role in row.also_to if role not in how.to),
        quiet=tuple(role for role in how.quiet if role not in row.also_to),
        pace=row.pace,
    )
