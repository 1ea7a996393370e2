"""How long things take when some have not happened yet: the two curves, as the textbooks have them.

Kaplan-Meier for one kind of end: of those who are still waiting at a time, the share to whom it has not
happened. Whoever is no longer watched counts up to then and not as an end. The band is Greenwood's, on the
scale of log(-log), 95 in 100, so that it never leaves 0 to 1.

Aalen-Johansen for several kinds of end of which only one can come: the share of each by a time. To draw one
minus Kaplan-Meier for each kind would promise more than all.

Pure functions over counts: `{(time, kind): how many}`, where kind is "" for those who were watched up to that
time and to whom nothing has happened. They say nothing of causes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log, sqrt

WATCHED = ""  # nothing has happened by then
NINETY_FIVE = 1.959963984540054

Tally = Mapping[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class Point:
    """The curve just after one time at which something happened."""

    time: int
    at_risk: int
    ended: int
    still: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """The share still waiting, step by step, and how far anybody was watched."""

    points: tuple[Point, ...]
    count: int
    ended: int
    last: int  # the longest time watched
    times: tuple[tuple[int, int], ...]  # (time, how many left then, ended or not), in order

    def at(self, time: int) -> Point | None:
        """The step that holds at a time; None before the first one."""
        held = None
        for point in self.points:
            if point.time > time:
                break
            held = point
        return held

    def done(self, time: int) -> float | None:
        """The share to whom it has happened by a time; None where nobody was watched so long."""
        if time > self.last:
            return None
        point = self.at(time)
        return 1 - point.still if point else 0.0

    def at_risk(self, time: int) -> int:
        """How many were watched for this long or longer, and had not ended before."""
        return self.count - sum(number for day, number in self.times if day < time)

    def quantile(self, share: float = 0.5) -> int | None:
        """The time by which this share had ended; None where the curve does not come so far."""
        return next((point.time for point in self.points if 1 - point.still >= share - 1e-9), None)

    def quantile_band(self, share: float = 0.5) -> tuple[int | None, int | None]:
        """Between which times that lies, 95 in 100: where the two ends of the band pass it."""
        low = next((point.time for point in self.points if 1 - point.low >= share - 1e-9), None)
        high = next((point.time for point in self.points if 1 - point.high >= share - 1e-9), None)
        return low, high


def kaplan_meier(tally: Tally) -> Curve:
    """The curve of one kind of end; whatever is not WATCHED is an end."""
    steps = _by_time(tally)
    at_risk = count = sum(number for kinds in steps.values() for number in kinds.values())
    still, spread, ended, points = 1.0, 0.0, 0, []
    for time, kinds in sorted(steps.items()):
        gone = sum(kinds.values())
        now = gone - kinds.get(WATCHED, 0)
        if now:
            ended += now
            still *= 1 - now / at_risk
            spread += now / (at_risk * (at_risk - now)) if at_risk > now else 0.0
            points.append(Point(time, at_risk, now, still, *_band(still, spread)))
        at_risk -= gone
    times = tuple((time, sum(kinds.values())) for time, kinds in sorted(steps.items()))
    return Curve(tuple(points), count, ended, max(steps, default=0), times)


def _by_time(tally: Tally) -> dict[int, dict[str, int]]:
    steps: dict[int, dict[str, int]] = {}
    for (time, kind), number in tally.items():
        if number:
            kinds = steps.setdefault(time, {})
            kinds[kind] = kinds.get(kind, 0) + number
    return steps


def _band(still: float, spread: float) -> tuple[float, float]:
    """Greenwood's interval on the scale of log(-log); at the two ends of the scale there is none."""
    if not 0 < still < 1:
        return still, still
    width = NINETY_FIVE * sqrt(spread) / log(still)
    return still ** exp(-width), still ** exp(width)


@dataclass(frozen=True)
class Incidence:
    """The share of each kind of end by each time at which one came; the rest is still waiting."""

    kinds: tuple[str, ...]
    steps: tuple[tuple[int, dict[str, float]], ...]
    count: int
    last: int

    def at(self, time: int) -> dict[str, float] | None:
        """The shares by a time; None where nobody was watched so long."""
        if time > self.last:
            return None
        held = dict.fromkeys(self.kinds, 0.0)
        for day, shares in self.steps:
            if day > time:
                break
            held = shares
        return held


def aalen_johansen(tally: Tally, kinds: Iterable[str]) -> Incidence:
    """The cumulative incidence of each of these kinds of end; kinds that are not named may not occur."""
    kinds = tuple(kinds)
    steps = _by_time(tally)
    at_risk = count = sum(number for found in steps.values() for number in found.values())
    still, shares, told = 1.0, dict.fromkeys(kinds, 0.0), []
    for time, found in sorted(steps.items()):
        ends = {kind: number for kind, number in found.items() if kind != WATCHED}
        if ends:
            shares = {kind: shares[kind] + still * ends.get(kind, 0) / at_risk for kind in kinds}
            still *= 1 - sum(ends.values()) / at_risk
            told.append((time, shares))
        at_risk -= sum(found.values())
    return Incidence(kinds, tuple(told), count, max(steps, default=0))
