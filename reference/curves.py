"""Step curves drawn by the server: shares over time, from nought to all, with how many are still watched.

Lines live in an inner picture that is stretched to the width there is; letters and ticks stand outside of it
in percentages, so that they stay crisp.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDE, TALL, TOP, LEFT, RIGHT, ROW = 1000, 180, 12, 7.0, 2.0, 16
EDGE = 94  # beyond this, words end at their tick
MONTH = 30.4375
MONTHS_BETWEEN = (1, 2, 3, 6, 12, 24, 60)
MOST_TICKS = 6


@dataclass(frozen=True)
class Line:
    """One curve: (day, share) in order, and the ends of its band at the same days where it has one."""

    name: str
    look: str
    steps: Sequence[tuple[int, float]]
    last: int
    band: Sequence[tuple[float, float]] = ()
    watched: Sequence[int] = ()  # at each tick


def ticks(days: int) -> list[int]:
    """Whole months to mark on an axis of so many days."""
    months = max(days / MONTH, 1)
    between = next((step for step in MONTHS_BETWEEN if months / step <= MOST_TICKS), 120)
    return list(range(0, int(months) + 1, between))


def days_of(months: int) -> int:
    """So many months as days, for reading a curve."""
    return round(months * MONTH)


def curves(lines: Iterable[Line], days: int, labels: Sequence[tuple[int, str]]) -> dict:
    """The picture; `labels` are (months, words) of the ticks. `_chart_curves.html` draws it."""
    lines = list(lines)
    days = max(days, 1)
    inner = 100 - LEFT - RIGHT
    return {
        "left": LEFT, "inner": inner, "top": TOP, "tall": TALL, "wide": WIDE, "ground": TOP + TALL,
        "grid": [{"words": f"{share} %", "y": TOP + TALL * (1 - share / 100)} for share in range(0, 101, 25)],
        "ticks": [
            {"words": words, "x": place(months, days), "edge": place(months, days) > EDGE}
            for months, words in labels
        ],
        "lines": [
            {"name": line.name, "look": line.look, "path": path(line, days), "band": area(line, days)}
            for line in lines
        ],
        "watched": [
            {"name": line.name, "look": line.look, "y": TOP + TALL + 34 + ROW * (row + 1), "numbers": [
                {"x": place(months, days), "text": number, "edge": place(months, days) > EDGE}
                for (months, _words), number in zip(labels, line.watched, strict=False)
            ]}
            for row, line in enumerate(line for line in lines if line.watched)
        ],
        "label_y": TOP + TALL + 18, "watched_y": TOP + TALL + 34,
        "height": TOP + TALL + 42 + ROW * sum(bool(line.watched) for line in lines),
    }  # fmt: skip


def place(months: int, days: int) -> float:
    """Where a tick stands, in per cent of the whole."""
    return round(LEFT + (100 - LEFT - RIGHT) * days_of(months) / days, 2)


def across(day: float, days: int) -> float:
    return round(WIDE * min(day, days) / days, 1)


def down(share: float) -> float:
    return round(TALL * (1 - share), 1)


def path(line: Line, days: int) -> str:
    """Level, then up, at each day on which something happened, as far as anybody was watched."""
    drawn = [f"M0 {down(0)}"]
    for day, share in line.steps:
        if day > days:
            break
        drawn.append(f"H{across(day, days)}V{down(share)}")
    drawn.append(f"H{across(line.last, days)}")
    return "".join(drawn)


def area(line: Line, days: int) -> str:
    """The band between its two ends, forth along the upper one and back along the lower."""
    known = [(day, ends) for (day, _share), ends in zip(line.steps, line.band, strict=False) if day <= days]
    if not known:
        return ""
    forth = [f"M{across(known[0][0], days)} {down(known[0][1][1])}"]
    forth += [f"H{across(day, days)}V{down(ends[1])}" for day, ends in known[1:]]
    forth.append(f"H{across(line.last, days)}V{down(known[-1][1][0])}")
    back = [
        f"H{across(day, days)}V{down(before[0])}"
        for (day, _ends), (_day, before) in zip(reversed(known[1:]), reversed(known[:-1]), strict=True)
    ]
    return "".join([*forth, *back, f"H{across(known[0][0], days)}Z"])
