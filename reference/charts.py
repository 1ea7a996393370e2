"""Where the server draws each part of a chart: percentages across, pixels down."""

from collections.abc import Mapping, Sequence
from math import ceil, log10

HEIGHT, TOP, FOOT, LEFT = 220, 18, 24, 4.5  # pixels, pixels, pixels, percent


def nice_step(highest: float, lines: int = 4) -> int:
    """A round distance between grid lines: 1, 2 or 5 times a power of ten."""
    rough = max(highest / lines, 1)
    power = 10 ** int(log10(rough))
    for step in (1, 2, 5, 10):
        if rough <= step * power:
            return int(step * power)
    return int(10 * power)


def stacked(
    labels: Sequence[str],
    series: Mapping[str, Sequence[float]],
    feet: Sequence[tuple[str, bool | None]] | None = None,
) -> dict:
    """Columns by label, one part per series from the ground up; `_chart_bars.html` draws it.

    `feet`: what stands under each column instead of its label, and whether a phone has no room for it.
    """
    totals = [sum(values[i] or 0 for values in series.values()) for i in range(len(labels))]
    step = nice_step(max(totals, default=0))
    top = max(step * ceil(max(totals, default=0) / step), step)
    scale = (HEIGHT - TOP - FOOT) / top
    wide = (100 - LEFT) / max(len(labels), 1)
    columns = [
        column(i, label, [values[i] or 0 for values in series.values()], wide, scale)
        for i, label in enumerate(labels)
    ]
    for one, (foot, slim) in zip(columns, feet or (), strict=bool(feet)):
        one |= {"foot": foot, "minor": one["minor"] if slim is None else slim}
    return {
        "height": HEIGHT,
        "ground": HEIGHT - FOOT,
        "left": LEFT,
        "names": list(series),
        "lines": [line(value, scale) for value in range(step, top + 1, step)],
        "columns": columns,
        "slim": len(labels) > 8,
        "tight": len(labels) > 12 and max(totals) >= 10,
        "packed": len(labels) > 12 and max(totals) >= 100,  # the lines tell how much, and the table
    }


def line(value: int, scale: float) -> dict:
    y = round(HEIGHT - FOOT - value * scale, 1)
    return {"value": value, "y": y, "text_y": y + 4}


def column(i: int, label: str, values: Sequence[float], wide: float, scale: float) -> dict:
    parts: list[dict] = []
    level: float = HEIGHT - FOOT
    for number, value in enumerate(values, start=1):
        tall = value * scale
        level -= tall
        parts.append({"series": number, "value": value, "y": round(level, 1), "height": round(tall, 1)})
    left = LEFT + i * wide
    return {
        "label": label,
        "foot": label,
        "total": sum(values),
        "x": round(left + wide * 0.21, 2),
        "width": round(wide * 0.58, 2),
        "middle": round(left + wide / 2, 2),
        "label_y": HEIGHT - 6,
        "total_y": round(level - 5, 1),
        "parts": parts,
        "minor": i % 2 == 1,
    }


def rows(items: Sequence[Mapping], *, least: int = 1) -> list[dict]:
    """Horizontal bars from `{label, value, tone, url}`; the longest fills the width.

    Of fewer than `least` in all no share is given.
    """
    highest = max((item["value"] for item in items), default=0) or 1
    whole = sum(item["value"] for item in items) or 1
    return [
        {
            **item,
            "percent": 100 * item["value"] / highest,
            "share": round(100 * item["value"] / whole) if whole >= least else None,
        }
        for item in items
    ]


def paired(labels: Sequence[str], now: Sequence[float], before: Sequence[float]) -> dict:
    """Two columns by label on one scale, the earlier one first; `_chart_pairs.html` draws it."""
    highest = max([*now, *before], default=0)
    step = nice_step(highest)
    top = max(step * ceil(highest / step), step)
    scale = (HEIGHT - TOP - FOOT) / top
    wide = (100 - LEFT) / max(len(labels), 1)
    return {
        "height": HEIGHT,
        "ground": HEIGHT - FOOT,
        "left": LEFT,
        "lines": [line(value, scale) for value in range(step, top + 1, step)],
        "pairs": [
            pair(LEFT + i * wide, wide, label, (now[i], before[i]), scale) | {"minor": i % 2 == 1}
            for i, label in enumerate(labels)
        ],
        "slim": len(labels) > 8,
    }


def pair(left: float, wide: float, label: str, values: tuple[float, float], scale: float) -> dict:
    now, before = (round(value * scale, 1) for value in values)
    return {
        "label": label,
        "width": round(wide * 0.32, 2),
        "before": {"x": round(left + wide * 0.15, 2), "y": HEIGHT - FOOT - before, "height": before},
        "now": {"x": round(left + wide * 0.51, 2), "y": HEIGHT - FOOT - now, "height": now},
        "total": values[0],
        "total_x": round(left + wide * 0.67, 2),
        "total_y": round(HEIGHT - FOOT - now - 5, 1),
        "middle": round(left + wide / 2, 2),
        "label_y": HEIGHT - 6,
    }
