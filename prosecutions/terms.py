"""When a sentence ends: sums over dates, without a database.

Readings of the rules (docs/adr, release dates): the first day of the sentence counts, the day of release is
its last; months are those of the calendar; days in custody before it are taken off, each once, by the
difference of the two dates; remission is not guessed. Whatever is half known gives a range.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from decimal import Decimal

from prosecutions.sentencing import NO_END, TERMS, ReleaseState, Runs, SentenceKind
from reference.values import PartialDate, Quantity

MONTH = Decimal("30.436875")  # days of a month over four hundred years: only to compare, never to count
HALF_MONTH = Decimal(30)


@dataclass(frozen=True)
class Length:
    """So many months of the calendar and days after them."""

    months: int = 0
    days: int = 0

    def __add__(self, other: "Length") -> "Length":
        return Length(self.months + other.months, self.days + other.days)

    @property
    def size(self) -> Decimal:
        return self.months * MONTH + self.days


NOTHING = Length()


@dataclass(frozen=True)
class Span:
    """A length of which only the ends are known; None is an open end."""

    low: Length | None = NOTHING
    high: Length | None = NOTHING

    def __add__(self, other: "Span") -> "Span":
        return Span(_plus(self.low, other.low), _plus(self.high, other.high))


def _plus(one: Length | None, two: Length | None) -> Length | None:
    return None if one is None or two is None else one + two


@dataclass(frozen=True)
class Part:
    """One part of a sentence as it was passed; months and days as they are written, '' when not."""

    kind: str
    months: str = ""
    days: str = ""
    runs: str = ""

    @property
    def span(self) -> Span:
        return span_of(self.months, self.days)


@dataclass(frozen=True)
class Spell:
    """One time in custody; `sure` is False when nobody knows whether it was for this matter."""

    starts_on: str = ""
    ends_on: str = ""
    over: bool = False
    days: str = ""
    sure: bool = True

    @property
    def running(self) -> bool:
        return not self.ends_on and not self.over


@dataclass(frozen=True)
class Sentence:
    """One conviction that stands: from when on, and its parts."""

    on: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Day:
    """What is known of the day of release, and the days taken off for custody before."""

    state: str
    earliest: date | None = None
    latest: date | None = None
    credit: tuple[int, int] = (0, 0)


def span_of(months: str, days: str) -> Span:
    """A term as it is written: 120, 84..120, ..108, 6 months and 15 days."""
    ends = []
    for end in ("low", "high"):
        numbers = [getattr(Quantity.of(text), end) if text else Decimal(0) for text in (months, days)]
        ends.append(None if None in numbers else _length(*numbers))
    return Span(*ends)


def _length(months: Decimal, days: Decimal) -> Length:
    """A broken month counts thirty days."""
    whole = int(months)
    return Length(whole, round((months - whole) * HALF_MONTH) + round(days))


def after(day: date, length: Length) -> date | None:
    """The day so much later; the last of a shorter month. None after the end of the calendar."""
    month = day.month - 1 + length.months
    year = day.year + month // 12
    if year > MAXYEAR:
        return None
    month = month % 12 + 1
    last = calendar.monthrange(year, month)[1]
    try:
        return day.replace(year=year, month=month, day=min(day.day, last)) + timedelta(days=length.days)
    except OverflowError:
        return None


def served_from(day: date, lengths: Sequence[Length], then: Length) -> date | None:
    """The day after the longest of these terms with what follows them; nothing is ever shortened by it.

    Months are added up before they are counted off: one month and one more from 30 January are two, though
    February is short.
    """
    ends = [after(day, length + then) for length in lengths or [NOTHING]]
    return None if None in ends else max(end for end in ends if end)


def prison(parts: Iterable[Part]) -> tuple[list[Span], Span]:
    """(terms that run side by side, the sum of those that run after them)."""
    terms = [part for part in parts if part.kind in TERMS]
    beside = [part.span for part in terms if part.runs != Runs.CONSECUTIVE]
    behind = sum((part.span for part in terms if part.runs == Runs.CONSECUTIVE), Span())
    return beside, behind


def effective(parts: Iterable[Part]) -> Span:
    """The term that all parts come to: the longest of those side by side, and the sum of those after."""
    beside, behind = prison(parts)
    lows = [span.low for span in beside]
    highs = [span.high for span in beside]
    return Span(_longest([low or NOTHING for low in lows]) if lows != [None] else None,
                None if None in highs else _longest([h for h in highs if h])) + behind  # fmt: skip


def _longest(lengths: Sequence[Length]) -> Length:
    return max(lengths, key=lambda length: length.size, default=NOTHING)


def in_default(parts: Iterable[Part]) -> Span:
    """What is added when the fine is not paid."""
    return sum((part.span for part in parts if part.kind == SentenceKind.DEFAULT_IMPRISONMENT), Span())


def kind_of(parts: Sequence[Part]) -> str:
    """Is there a day of release to reckon at all? '' when there is."""
    kinds = {part.kind for part in parts}
    if kinds & set(NO_END):
        return ReleaseState.LIFE
    if kinds & set(TERMS):
        return ""
    if SentenceKind.TIME_SERVED in kinds:
        return ReleaseState.OVER
    if SentenceKind.SUSPENDED_IMPRISONMENT in kinds:
        return ReleaseState.SUSPENDED
    return ReleaseState.NO_PRISON if parts else ReleaseState.UNKNOWN


def credit(spells: Iterable[Spell], until: date) -> tuple[int, int]:
    """(at least, at most) so many days in custody before this day, each day once."""
    certain, possible, loose = [], [], [0, 0]
    for spell in spells:
        surely, perhaps = bounds(spell, until)
        if spell.days and not (spell.starts_on and (spell.ends_on or spell.running)):
            low, high = (Quantity.of(spell.days).low or 0, Quantity.of(spell.days).high)
            loose[0] += int(low) if spell.sure else 0
            loose[1] += int(low if high is None else high)
            continue
        possible += perhaps
        certain += surely if spell.sure else []
    low, high = covered(certain) + loose[0], covered(possible) + loose[1]
    return low, max(low, high)


def bounds(spell: Spell, until: date) -> tuple[list, list]:
    """The days that certainly, and those that possibly, belong to the spell; none on or after `until`."""
    if not spell.starts_on:
        return [], []
    start = PartialDate(spell.starts_on)
    end = PartialDate(spell.ends_on) if spell.ends_on else None
    surely = end.first if end else until if spell.running else start.last
    perhaps = end.last if end else until
    return _within(start.last, surely, until), _within(start.first, perhaps, until)


def _within(first: date, end: date, until: date) -> list[tuple[date, date]]:
    end = min(end, until)
    return [(first, end)] if first < end else []


def covered(intervals: Iterable[tuple[date, date]]) -> int:
    """How many days these cover together; the end of each is not one of them."""
    days, reached = 0, date.min
    for first, end in sorted(intervals):
        days += max((end - max(first, reached)).days, 0)
        reached = max(reached, end)
    return days


def begins(sentence: Sentence, spells: Sequence[Spell]) -> tuple[date, date] | None:
    """The first day that counts: of the sentence, or of the custody that goes on when it began later."""
    running = [PartialDate(row.starts_on) for row in spells if row.running and row.starts_on]
    on = PartialDate(sentence.on) if sentence.on else None
    if running:
        start = min(running, key=lambda day: day.first)
        if on is None or start.first > on.last:
            return start.first, start.last
    return (on.first, on.last) if on else None


def day_of(sentence: Sentence, spells: Sequence[Spell]) -> Day:
    """When this sentence ends, taken by itself."""
    state = kind_of(sentence.parts)
    if state:
        return Day(state)
    start = begins(sentence, spells)
    if start is None:
        return Day(ReleaseState.UNKNOWN)
    beside, behind = prison(sentence.parts)
    early, late = credit(spells, start[0])[1], credit(spells, start[1])[0]
    latest = _end(start[1], [span.high for span in beside], behind.high, late)
    known = None not in [*(span.low for span in beside), behind.low]
    earliest = _end(start[0], [span.low for span in beside], behind.low, early) if known else None
    if earliest and latest and earliest > latest:
        earliest, latest = latest, earliest
    day = Day(ReleaseState.DATED, earliest, latest, (min(late, early), max(late, early)))
    return day if earliest or latest else replace(day, state=ReleaseState.UNKNOWN)


def _end(start: date, lengths: Sequence[Length | None], then: Length | None, off: int) -> date | None:
    """The last day of the terms, less the days already in custody; never before the sentence itself."""
    if then is None or None in lengths:
        return None
    end = served_from(start, [length for length in lengths if length is not None], then)
    return None if end is None else max(end - timedelta(days=off + 1), start)


def release(sentences: Sequence[Sentence], spells: Sequence[Spell], *, bailed: bool, out: bool) -> Day:
    """When the person leaves prison at the earliest, on all convictions that stand.

    Nobody has said whether several sentences run together: at the earliest when the longest ends, at the
    latest when each has run after the other. `bailed`: at liberty pending appeal; `out`: released already.
    """
    if not sentences:
        return Day(ReleaseState.NONE)
    days = [day_of(sentence, spells) for sentence in sentences]
    states = {day.state for day in days}
    if ReleaseState.LIFE in states:
        return Day(ReleaseState.LIFE)
    in_prison = [(one, day) for one, day in zip(sentences, days, strict=True) if _counts(day)]
    if not in_prison:
        return days[0] if len(states) == 1 else Day(ReleaseState.NO_PRISON)
    if bailed or out:
        return Day(ReleaseState.AT_LIBERTY if bailed else ReleaseState.OVER)
    if ReleaseState.UNKNOWN in states:
        return Day(ReleaseState.UNKNOWN)
    return in_prison[0][1] if len(in_prison) == 1 else together(in_prison)


def _counts(day: Day) -> bool:
    return day.state in (ReleaseState.DATED, ReleaseState.UNKNOWN)


def together(days: Sequence[tuple[Sentence, Day]]) -> Day:
    """Several sentences: side by side at the earliest, one after the other at the latest."""
    known = [day.earliest for _one, day in days]
    earliest = None if None in known else max(day for day in known if day)
    latest: date | None = None
    if None not in [day.latest for _one, day in days]:
        ordered = sorted(days, key=lambda pair: (pair[0].on, pair[1].latest or date.min))
        latest = ordered[0][1].latest
        for sentence, day in ordered[1:]:
            length = effective(sentence.parts).high
            later = after(latest, length) if latest and length else None
            latest = max(later, day.latest) if later and day.latest else None
    taken_off = [day.credit for _one, day in days]
    taken = min(low for low, _high in taken_off), max(high for _low, high in taken_off)
    return Day(ReleaseState.DATED if earliest or latest else ReleaseState.UNKNOWN, earliest, latest, taken)
