"""What courts ordered for one person, beside what the law gives: ordered, lying with the court, received."""

from dataclasses import dataclass
from datetime import date

from prosecutions.ledger import Line, lines_by_survivor
from prosecutions.models import Award


@dataclass(frozen=True)
class Ordered:
    """One award as far as it is this person's."""

    award: Award
    lines: list[Line]
    since: date | None


def ordered_by_courts(care):
    """The awards in which this person or her group has a share, the oldest first."""
    whose = (
        {"shares__survivor": care.survivor_id}
        if care.survivor_id
        else {"shares__headcount": care.headcount_id}
    )
    awards = Award.objects.filter(case=care.case, **whose).distinct()
    awards = awards.prefetch_related("shares__headcount", "payments").order_by("ordered_on", "position", "pk")
    return [ordered(award, care) for award in awards]


def ordered(award, care):
    """The lines of this person's own share; none where one sum was ordered for everybody together."""
    shares = [row for row in award.shares.all() if mine(row, care)]
    lines = lines_by_survivor(award, shares, list(award.payments.all()))
    return Ordered(award, lines, award.ordered_on.last if award.ordered_on else None)


def mine(share, care):
    if care.survivor_id:
        return share.survivor_id == care.survivor_id
    return share.headcount_id == care.headcount_id
