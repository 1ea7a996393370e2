"""Adjournments: how many of the hearings of a court, a judge, an office came to nothing, and what it cost.

Readings of the rules. A hearing counts when its outcome is recorded and it took place or was to: held and
part-heard count as held, adjourned as adjourned. One that was vacated counts neither way: the court took it
off its list, nobody came for nothing. Rate: adjourned of those counted. A run: adjournments of one
proceeding one after the other, without a hearing that was held between them; hearings that were vacated or
have no outcome do not end it. Days lost: from the date of an adjourned hearing to the one it was put off to
(put_off_to), both known to the day; where no next date is known they are not counted, and told apart. Cost:
the wages and fares families lost at adjourned hearings, currency by currency, never added together.

Avoidable: what the exact reason of the law's list says; else what the short reason says, which is
avoidable where somebody's preparation could have prevented it (AVOIDABLE); `other` and `unknown` are neither.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from figures.rows import NOTHING, within
from law.states import Party
from prosecutions.states import AdjournmentReason, AskedBy, HearingOutcome
from reference.values import Quantity

HELD = (HearingOutcome.HELD, HearingOutcome.PART_HEARD)
ADJOURNED = HearingOutcome.ADJOURNED
COUNTED = (*HELD, ADJOURNED)
LEAST = 5  # below this there is no rate, only "3 of 4"

R = AdjournmentReason
# The short reasons, as the list of reasons that all countries share has them.
PARTY_OF = {
    R.JUDGE_ABSENT: Party.COURT, R.FILE_MISSING: Party.COURT, R.INTERPRETER_MISSING: Party.COURT,
    R.COURT_TOO_BUSY: Party.COURT, R.PUBLIC_HOLIDAY: Party.COURT, R.PROSECUTOR_ABSENT: Party.PROSECUTION,
    R.SUMMONS_NOT_SERVED: Party.PROSECUTION, R.EVIDENCE_NOT_READY: Party.PROSECUTION,
    R.DEFENCE_ABSENT: Party.DEFENCE, R.ACCUSED_ABSENT: Party.DEFENCE, R.NEW_COUNSEL: Party.DEFENCE,
    R.SETTLEMENT_TALKS: Party.DEFENCE, R.WITNESS_ABSENT: Party.WITNESS, R.SURVIVOR_UNWELL: Party.SURVIVOR,
    R.ACCUSED_NOT_PRODUCED: Party.EXTERNAL, R.LAWYER_STRIKE: Party.EXTERNAL,
}  # fmt: skip
UNAVOIDABLE = {R.JUDGE_ABSENT, R.PUBLIC_HOLIDAY, R.SURVIVOR_UNWELL, R.LAWYER_STRIKE, R.SETTLEMENT_TALKS}
AVOIDABLE = set(PARTY_OF) - UNAVOIDABLE

FIELDS = (
    "pk", "case_id", "case__number", "proceeding_id", "follows_id", "purpose", "office_id", "office__name",
    "on", "outcome", "reason", "asked_by", "next_on", "judge", "proceeding__judge", "proceeding__court",
    "proceeding__known_court_id", "proceeding__known_court__name", "exact_reason_id", "exact_reason__name",
    "exact_reason__party", "exact_reason__avoidable",
)  # fmt: skip
NOT_KNOWN = gettext_lazy("Not known")


def key_of(text: str) -> str:
    """What stands for a name in an address."""
    words = " ".join(text.casefold().split())
    return f"w-{hashlib.sha256(words.encode()).hexdigest()[:16]}" if words else "none"


def court_of(row: Any) -> tuple[str, str]:
    if row.proceeding__known_court_id:
        return f"c-{row.proceeding__known_court_id}", row.proceeding__known_court__name
    return key_of(row.proceeding__court), row.proceeding__court.strip() or str(NOT_KNOWN)


def judge_of(row: Any) -> tuple[str, str]:
    """Who sat; the judge of the proceeding where the hearing names none."""
    name = row.judge.strip() or row.proceeding__judge.strip()
    return key_of(name), name or str(NOT_KNOWN)


def office_of(row: Any) -> tuple[str, str]:
    return f"o-{row.office_id}", row.office__name


def reason_of(row: Any) -> tuple[str, str]:
    """The exact reason where there is one, else the short one."""
    if row.exact_reason_id:
        return f"r-{row.exact_reason_id}", row.exact_reason__name
    names = dict(AdjournmentReason.choices)
    return row.reason or "none", str(names.get(row.reason, NOT_KNOWN))


def party_of(row: Any) -> tuple[str, str]:
    """On whose side it went wrong."""
    code = row.exact_reason__party or PARTY_OF.get(row.reason, "")
    return code or "none", str(dict(Party.choices).get(code, NOT_KNOWN))


def asked_of(row: Any) -> tuple[str, str]:
    """Who asked the court for it."""
    return row.asked_by or "none", str(dict(AskedBy.choices).get(row.asked_by, NOT_KNOWN))


def avoidable_of(row: Any) -> tuple[str, str]:
    """Could preparation have prevented it?"""
    known = row.exact_reason__avoidable
    if known is None and row.reason in PARTY_OF:
        known = row.reason in AVOIDABLE
    if known is None:
        return "none", str(NOT_KNOWN)
    return ("yes", _("Avoidable")) if known else ("no", _("Not avoidable"))


# By what hearings are put together: of the first three there are rates, of the others shares of adjournments.
RATES = {"court": court_of, "judge": judge_of, "office": office_of}
SHARES = {"reason": reason_of, "party": party_of, "asked": asked_of, "avoidable": avoidable_of}
PARTS = {**RATES, **SHARES}


@dataclass(frozen=True)
class Run:
    """The adjournments of one proceeding one after the other: the longest row of them, and the one now."""

    proceeding_id: Any
    case_id: Any
    number: str
    longest: int
    current: int


@dataclass
class Count:
    """Some of the hearings, and what they come to."""

    key: str
    label: str
    rows: list = field(default_factory=list)
    days: dict = field(default_factory=dict)
    lost: dict = field(default_factory=dict)

    @property
    def counted(self) -> int:
        return len(self.rows)

    @property
    def adjourned(self) -> int:
        return len(self.put_off)

    @property
    def put_off(self) -> list:
        return [row for row in self.rows if row.outcome == ADJOURNED]

    @property
    def held(self) -> int:
        return self.counted - self.adjourned

    @property
    def days_lost(self) -> int:
        return sum(self.days[row.pk] for row in self.put_off if row.pk in self.days)

    @property
    def without_next(self) -> int:
        """Adjournments after which no next date is known."""
        return sum(row.pk not in self.days for row in self.put_off)

    @property
    def costs(self) -> dict[str, Quantity]:
        """{currency: what families lost at the adjourned hearings}."""
        sums: dict[str, Quantity] = {}
        for row in self.put_off:
            for currency, amount in self.lost.get(row.pk, ()):
                sums[currency] = sums.get(currency, NOTHING) + amount
        return dict(sorted(sums.items()))

    @property
    def percent(self) -> int | None:
        """The rate as a whole number; none of too few."""
        return percent(self.adjourned, self.counted)


def percent(part: int, whole: int) -> int | None:
    """A share as a whole number of per cent; None where the whole is too small for a rate."""
    return (200 * part + whole) // (2 * whole) if whole >= LEAST else None


def share_said(part: int, whole: int) -> str:
    """75 %, or 3 of 4 where a rate would say more than is known."""
    known = percent(part, whole)
    if known is not None:
        return f"{known} %"
    return _("%(part)s of %(whole)s") % {"part": part, "whole": whole} if whole else "–"


class Adjournments:
    """The hearings of some cases in a period, as the viewer may see them; read in three questions."""

    def __init__(self, hearings: Any, period: Any = None):
        rows = hearings.order_by("proceeding_id", "on", "position", "pk").values_list(*FIELDS, named=True)
        self.dated = list(rows)
        self.rows = [row for row in self.dated if row.outcome in COUNTED and within(row.on, period)]
        vacated = (row for row in self.dated if row.outcome == HearingOutcome.VACATED)
        self.vacated = sum(within(row.on, period) for row in vacated)
        self.days = dict(days_lost(self.dated))
        self.lost: dict = {}
        for loss in hearings.filter(outcome=ADJOURNED).lost_money():
            self.lost.setdefault(loss.hearing_id, []).append((loss.currency, Quantity(loss.low, loss.high)))

    @property
    def all(self) -> Count:
        return Count("", "", self.rows, self.days, self.lost)

    def by(self, part: str) -> list[Count]:
        """The hearings by court, judge, reason and so on; most adjournments first."""
        named, rows = PARTS[part], self.rows if part in RATES else self.all.put_off
        found: dict[str, Count] = {}
        for row in rows:
            key, label = named(row)
            count = found.setdefault(key, Count(key, label, [], self.days, self.lost))
            count.rows.append(row)
        return sorted(found.values(), key=lambda one: (-one.adjourned, -one.counted, one.label.casefold()))

    def of(self, part: str, key: str) -> Count:
        """Those of one court, one judge, one reason."""
        rows = [row for row in self.rows if PARTS[part](row)[0] == key] if part in PARTS else self.rows
        if part in SHARES:
            rows = [row for row in rows if row.outcome == ADJOURNED]
        label = PARTS[part](rows[0])[1] if rows and part in PARTS else ""
        return Count(key, label, rows, self.days, self.lost)


def runs_of(rows: Sequence[Any]) -> list[Run]:
    """The runs of each proceeding, the longest first."""
    found = []
    by_proceeding: dict[Any, list] = {}
    for row in rows:
        by_proceeding.setdefault(row.proceeding_id, []).append(row)
    for proceeding_id, sittings in by_proceeding.items():
        longest = current = 0
        for row in sorted(sittings, key=lambda row: row.on.first):
            current = current + 1 if row.outcome == ADJOURNED else 0
            longest = max(longest, current)
        if longest:
            last = sittings[-1]
            found.append(Run(proceeding_id, last.case_id, last.case__number, longest, current))
    return sorted(found, key=lambda run: (-run.longest, -run.current, run.number, str(run.proceeding_id)))


def days_lost(rows: Iterable[Any]) -> Iterable[tuple[Any, int]]:
    """(hearing, days to the date it was put off to) of each adjourned one where both are known."""
    by_proceeding: dict[Any, list] = {}
    for row in rows:
        if exact(row.on) and row.outcome != "vacated":
            by_proceeding.setdefault(row.proceeding_id, []).append(row)
    for sittings in by_proceeding.values():
        sittings.sort(key=lambda row: row.on.first)
        for row in sittings:
            if row.outcome == ADJOURNED and (day := put_off_to(row, sittings)):
                yield row.pk, (day - row.on.first).days


def put_off_to(row: Any, sittings: Iterable[Any]) -> date | None:
    """The hearing that follows it, else the next of its purpose, else the date the court gave, else the next.

    A bail hearing between two days of evidence is not what the evidence was put off to.
    """
    later = [other for other in sittings if other.on.first > row.on.first]
    following = [other for other in later if other.follows_id == row.pk]
    alike = [other for other in later if other.purpose == row.purpose]
    for found in (following, alike):
        if found:
            return found[0].on.first
    if exact(row.next_on) and row.next_on.first > row.on.first:
        return row.next_on.first
    return later[0].on.first if later else None


def exact(on: Any) -> bool:
    """Is the date known to the day?"""
    return bool(on) and bool(on.parts[2])
