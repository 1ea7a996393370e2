"""Speed of justice: how long from report to arrest, charge, verdict and final appeal.

The contract, for pages, reports and whatever keeps rows ahead of being asked:

    spans(snapshot)       -> [Span]: one for each step and each thing that waits for it, ended or not. It
                             depends on the records of its case alone, and on the day only by what lies after
                             it: a Span may be kept by case and made anew when a fact of the case changes.
    measure(spans, as_of) -> Measured: the tally for figures.survival, those still waiting, and how many are
                             left out and why. It is pure, and wants of a span no more than `start`, `end`,
                             `came`, `left` and `gone`: rows of a table with these columns do as well.

Readings of the rules:

- Arrest: a case waits from its report (its first referral that has a date, else its opening) for its first
  arrest. Charge: each accused waits from her first arrest. Verdict: from the first filing of a charge, as
  "accused charged" is dated. Final: from the first verdict, where an appeal was lodged against it, to the
  decision of the last one; a verdict against which nobody appealed waits for nothing.
- Whoever waits in a case of which the legal track is closed is watched up to the closing, and is no longer
  waiting; where the day of the closing is not known she is left out. A charge that was dropped is no charge.
- A length of which both ends are known to within a month (31 days from the shortest to the longest it can
  be) counts with the middle of what it can be; a vaguer one, one without a date, and one that runs backwards
  (charged before the arrest) are left out and counted.
- Nothing here says why anything took long.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from figures import accused
from figures.rows import happened
from figures.survival import WATCHED
from reference.values import PartialDate

ARREST, CHARGE, VERDICT, FINAL = "arrest", "charge", "verdict", "final"
STEPS = {
    ARREST: _("From report to first arrest"),
    CHARGE: _("From arrest to charge"),
    VERDICT: _("From charge to verdict"),
    FINAL: _("From verdict to the end of the appeal"),
}
CAME = "came"
VAGUE = 31  # days between the shortest and the longest that a length can be
BAIL = "bail"  # not one of the steps: it may come at any time
CASE, ACCUSED, ORDER = "cases.Case", "prosecutions.Accused", "prosecutions.BailOrder"


@dataclass(frozen=True, slots=True)
class Span:
    """One thing that waits, or has waited, for a step."""

    step: str
    case_id: UUID
    model: str
    pk: UUID
    key: str
    start: PartialDate | str
    end: PartialDate | str
    came: bool  # the step was taken, on a known day or not
    left: PartialDate | str = ""  # the day since which nobody waits any longer, though it never came
    gone: bool = False  # nobody waits any longer, on a known day or not


@dataclass
class Measured:
    """What a set of spans comes to on a day."""

    tally: Counter = field(default_factory=Counter)
    waiting: list[tuple[int, Any]] = field(default_factory=list)  # (days, span), the longest first
    undated: int = 0
    vague: int = 0
    backwards: int = 0

    @property
    def counted(self) -> int:
        return self.tally.total()

    @property
    def left_out(self) -> int:
        return self.undated + self.vague + self.backwards


def measure(spans: Iterable[Any], as_of: date) -> Measured:
    """Each length in days, what became of it, and what cannot be told."""
    found = Measured()
    for span in spans:
        until = span.end if span.came else (span.left if span.gone else as_of)
        if not span.start or not until:
            found.undated += 1
            continue
        days = length(span.start, until)
        if days is None:
            found.vague += 1
        elif days < 0:
            found.backwards += 1
        else:
            found.tally[days, CAME if span.came else WATCHED] += 1
            if not span.came and not span.gone:
                found.waiting.append((days, span))
    found.waiting.sort(key=lambda one: -one[0])
    return found


def length(start: Any, until: Any) -> int | None:
    """The middle of what it can be; None when that is anybody's guess, below nought when backwards."""
    first, last = (until, until) if isinstance(until, date) else (until.first, until.last)
    shortest, longest = (first - start.last).days, (last - start.first).days
    if longest - shortest > VAGUE:
        return None
    if longest < 0:
        return longest
    return (max(shortest, 0) + longest) // 2


def spans(snapshot: Any) -> list[Span]:
    """Every step of every case and accused of the snapshot."""
    return [
        *_to_arrest(snapshot), *_to_charge(snapshot), *_to_verdict(snapshot), *_to_final(snapshot),
    ]  # fmt: skip


def _to_arrest(snapshot: Any) -> list[Span]:
    referrals = snapshot.grouped_once("referrals", "case_id")
    arrests: dict = {}
    for arrest in snapshot.table("arrests"):
        if happened(arrest.on, snapshot.as_of):
            arrests.setdefault(arrest.case_id, []).append(arrest.on)
    found = []
    for case in snapshot.table("cases"):
        reported = earliest(step.on for step in referrals.get(case.id, ())) or case.opened_on
        if happened(reported, snapshot.as_of):
            on = arrests.get(case.id)
            found.append(_span(snapshot, ARREST, case.id, CASE, case.id, case.number, reported, on))
    return found


def _to_charge(snapshot: Any) -> list[Span]:
    charged = {row.pk: row.on for row in snapshot.once(accused.charged)}
    arrested = _dates(snapshot, "arrests")
    return [
        _of_accused(snapshot, CHARGE, person, earliest(arrested[person.id]),
                    [charged[person.id]] if person.id in charged else None)
        for person in snapshot.table("accused")
        if person.id in arrested
    ]  # fmt: skip


def _to_verdict(snapshot: Any) -> list[Span]:
    charged = {row.pk: row.on for row in snapshot.once(accused.charged)}
    judged = _dates(snapshot, "verdicts")
    return [
        _of_accused(snapshot, VERDICT, person, charged[person.id], judged.get(person.id))
        for person in snapshot.table("accused")
        if person.id in charged
    ]


def _to_final(snapshot: Any) -> list[Span]:
    judged, appeals = _dates(snapshot, "verdicts"), snapshot.grouped_once("appeals", "accused_id")
    found = []
    for person in snapshot.table("accused"):
        lodged = [row for row in appeals.get(person.id, ()) if happened(row.filed_on, snapshot.as_of)]
        if lodged and person.id in judged:
            over = all(_decided(row, snapshot.as_of) for row in lodged)
            last = _latest(row.decided_on for row in lodged) if over else ""
            found.append(
                _of_accused(snapshot, FINAL, person, earliest(judged[person.id]), [last] if over else None)
            )
    return found


def bail_spans(snapshot: Any) -> list[Span]:
    """Each application for bail from the day it was lodged to its decision; withdrawn ones count nowhere."""
    found = []
    for order in snapshot.table("bail_orders"):
        if happened(order.applied_on, snapshot.as_of):
            decided = order.status not in ("SOUGHT", "WITHDRAWN") and happened(
                order.decided_on, snapshot.as_of
            )
            if order.status == "WITHDRAWN":
                continue
            ends = [order.decided_on] if decided else None
            found.append(_span(snapshot, BAIL, order.case_id, ORDER, order.id, "", order.applied_on, ends))
    return found


def _decided(appeal: Any, day: date) -> bool:
    return appeal.outcome not in ("", "pending") and happened(appeal.decided_on, day)


def _dates(snapshot: Any, table: str) -> dict[UUID, list]:
    """The dates of what has happened by the day, by accused."""
    dates: dict[UUID, list] = {}
    for row in snapshot.table(table):
        if happened(row.on, snapshot.as_of):
            dates.setdefault(row.accused_id, []).append(row.on)
    return dates


def _of_accused(snapshot, step, person, start, ends):
    return _span(snapshot, step, person.case_id, ACCUSED, person.id, person.key, start, ends)


def _span(snapshot, step, case_id, model, pk, key, start, ends):  # noqa: PLR0913
    """`ends` are the dates on which the step was taken, known or not; None when it was not."""
    gone, left = snapshot.once(_closings).get(case_id, (False, "")) if ends is None else (False, "")
    end = earliest(ends) if ends else ""
    return Span(step, case_id, model, pk, key, start, end, ends is not None, left, gone)


def _closings(snapshot: Any) -> dict[UUID, tuple[bool, Any]]:
    """The cases of which nobody pursues the crime any longer, and since when."""
    return {
        case.id: (True, case.legal_closed_on)
        for case in snapshot.table("courses")
        if case.legal_status == "closed" and happened(case.legal_closed_on, snapshot.as_of)
    }


def earliest(dates: Iterable[Any]) -> PartialDate | str:
    """The earliest of the known ones; '' when none is known."""
    known = sorted((on for on in dates if on), key=lambda on: (on.first, on.last))
    return known[0] if known else ""


def _latest(dates: Iterable[Any]) -> PartialDate | str:
    """The latest; '' when one of them is not known."""
    dates = list(dates)
    return max(dates, key=lambda on: (on.last, on.first)) if dates and all(dates) else ""
