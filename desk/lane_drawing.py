"""Where the marks of the lanes stand: along the page for paper and wide screens, down it for a phone."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format

WORDS, EDGE = 190, 14  # room for the words of a lane on the left of the wide picture
DAYS, HEAD = 58, 34  # room for the days, and for the numbers of the lanes, of the narrow one
ROOM = {"hearings": 44, "accused": 92, "threats": 40, "homes": 42, "scores": 96}
NARROW = {"hearings": 2, "accused": 3, "threats": 2, "homes": 2, "scores": 4}
ROWS = {"accused": 4, "homes": 2}
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
MOST_TICKS = 12
LETTER = 6.4
THICK = 16


@dataclass(frozen=True)
class Axis:
    """Time along the page, or down it, from a first to a last day."""

    first: date
    last: date
    begins: float
    length: float
    ends_across: float
    down: bool = False

    def at(self, day):
        """How far along a day stands."""
        whole = max((self.last - self.first).days, 1)
        return round(self.begins + (day - self.first).days / whole * self.length, 1)

    def point(self, along, across):
        """A place on the page: time to the right, or time downwards."""
        return (across, along) if self.down else (along, across)

    def line(self, along, start):
        """A line through all the lanes at one moment."""
        (x1, y1), (x2, y2) = self.point(along, start), self.point(along, self.ends_across)
        return {"x1": x1, "y1": y1, "x2": x2, "y2": y2}


def along(lanes, span):
    """The picture with time to the right."""
    sizes = [ROOM[lane.name] for lane in lanes]
    axis = Axis(*span, WORDS, 1060 - WORDS - EDGE, 26 + sum(sizes))
    drawn = picture(axis, lanes, sizes, 26)
    return drawn | {"width": 1060, "height": 26 + sum(sizes) + EDGE}


def down(lanes, span):
    """The picture with time downwards, for a narrow screen; its lanes are numbered, not named."""
    shares = [NARROW[lane.name] for lane in lanes]
    sizes = [round((340 - DAYS - 4) * part / max(sum(shares), 1), 1) for part in shares]
    length = max(420, min(1400, (span[1] - span[0]).days * 1.4))
    axis = Axis(*span, HEAD, length, 336, down=True)
    drawn = picture(axis, lanes, sizes, DAYS)
    return drawn | {"width": 340, "height": round(HEAD + length + EDGE)}


def picture(axis, lanes, sizes, start):
    """Every lane with its shapes, one after the other across the axis."""
    found, across = [], start
    for number, (lane, size) in enumerate(zip(lanes, sizes, strict=True), 1):
        found.append(drawn_lane(axis, lane, number, across, size))
        across = round(across + size, 1)
    hearings = {mark.start for lane in lanes if lane.name == "hearings" for mark in lane.marks}
    return {
        "lanes": found,
        "down": axis.down,
        "ticks": [tick(axis, day, words, start) for day, words in ticks(axis)],
        "hearings": [axis.line(axis.at(day), start) for day in sorted(hearings)],
    }


def tick(axis, day, words, start):
    """A line at the beginning of a month or year, and its words."""
    at = axis.at(day)
    text = (4, at + 4) if axis.down else (at + 3, 16)
    return axis.line(at, start) | {"words": words, "text_x": text[0], "text_y": text[1]}


def drawn_lane(axis, lane, number, start, size):
    """One lane: the line that bounds it, the places of its words, its shapes."""
    edge_from = axis.point(axis.begins if axis.down else 0, start)
    edge_to = axis.point(axis.begins + axis.length, start)
    words = (start + size / 2, 20) if axis.down else (4, start + size / 2 + 4)
    return {
        "label": lane.label,
        "name": lane.name,
        "number": number,
        "edge": {"x1": edge_from[0], "y1": edge_from[1], "x2": edge_to[0], "y2": edge_to[1]},
        "text_x": round(words[0], 1),
        "text_y": round(words[1], 1),
        **shapes(axis, lane, start, size),
    }


def shapes(axis, lane, start, size):
    """{bars, dots, small, diamonds, line}: what is drawn, each with its place, colour and words."""
    found = {"bars": [], "dots": [], "small": [], "diamonds": []}
    kinds = {"diamond": "diamonds", "domain": "small", "dot": "dots", "mean": "dots"}
    taken = []
    means = []
    for mark in lane.marks:
        across = place(axis, lane, mark, taken, start, size)
        x, y = axis.point(axis.at(mark.start), across)
        told = {"x": x, "y": y, "tone": mark.tone, "title": mark.title, "url": mark.url}
        if mark.shape == "bar":
            found["bars"].append(told | bar(axis, mark, across))
        else:
            found[kinds[mark.shape]].append(told | {"points": diamond(x, y)})
        means += [f"{x},{y}"] if mark.shape == "mean" else []
    return found | {"line": " ".join(means), "grid": grid(axis, lane, start, size)}


def place(axis, lane, mark, taken, start, size):
    """How far across: a score by its value, spells in the first row that is free, moments in the middle."""
    if mark.value is not None:
        return by_value(axis, mark.value, start, size)
    rows = ROWS.get(lane.name)
    if not rows:
        return round(start + size / 2, 1)
    return round(start + (free_row(mark, taken) % rows + 0.5) * size / rows, 1)


def by_value(axis, value, start, size):
    """1 to 4: upwards along the page, to the right down the page."""
    part = (value - 1) / 3
    return round(start + 9 + (part if axis.down else 1 - part) * (size - 18), 1)


def free_row(mark, taken):
    """The first row in which nothing lies over this mark."""
    until = max(mark.end or mark.start, mark.start + timedelta(days=14))
    for row, busy in enumerate(taken):
        if busy <= mark.start:
            taken[row] = until
            return row
    taken.append(until)
    return len(taken) - 1


def bar(axis, mark, across):
    """A spell: its box, and its words where they fit."""
    from_, to = axis.at(mark.start), axis.at(mark.end)
    long = max(round(to - from_, 1), 3)
    x, y = axis.point(from_, round(across - THICK / 2, 1))
    wide, high = axis.point(long, THICK)
    fitting = [words for words in mark.labels if len(words) * LETTER + 6 < long]
    words = fitting[0] if fitting and not axis.down else ""
    return {"x": x, "y": y, "wide": wide, "high": high, "open": mark.open, "label": words,
            "text_x": x + 4, "text_y": y + 12}  # fmt: skip


def diamond(x, y, half=7):
    return f"{x},{y - half} {x + half},{y} {x},{y + half} {x - half},{y}"


def grid(axis, lane, start, size):
    """The lines of 1 to 4 behind scores."""
    if lane.name != "scores":
        return []
    found = []
    for value in (1, 2, 3, 4):
        across = by_value(axis, value, start, size)
        (x1, y1), (x2, y2) = (axis.point(axis.begins + far, across) for far in (0, axis.length))
        found.append({"x1": x1, "y1": y1, "x2": x2, "y2": y2, "value": value, "text_y": y1 + 4})
    return found


def ticks(axis):
    """[(day, words)]: the first days of months or years, a dozen at the most."""
    first, last = axis.first, axis.last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = next((step for step in STEPS if months / step <= MOST_TICKS), STEPS[-1])
    found = []
    for number in range(months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        day = date(year, month + 1, 1)
        # Steps of years stand on January, shorter ones on months that come back every year.
        index = year * 12 + month if step >= 12 else month
        if index % step == 0 and first <= day <= last:
            found.append((day, str(year) if step >= 12 else date_format(day, "M Y")))
    return found
