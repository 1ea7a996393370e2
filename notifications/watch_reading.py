"""A reading of the watch as its page shows it: words, tones and ages instead of codes and seconds."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.invariants import INVARIANTS
from notifications.states import Kind
from notifications.watch_words import LOOPS, STATES, TROUBLES
from notifications.watching import NORMAL, URGENT

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


def long(seconds):
    """An age in words: 40 seconds, 12 minutes, 3 hours, 2 days."""
    if seconds is None:
        return _("never")
    if seconds < 2 * MINUTE:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    for size, one, many in (
        (DAY, "%(n)s day", "%(n)s days"), (HOUR, "%(n)s hour", "%(n)s hours"),
        (MINUTE, "%(n)s minute", "%(n)s minutes"),
    ):  # fmt: skip
        if seconds >= 2 * size:
            return ngettext(one, many, seconds // size) % {"n": seconds // size}
    return ngettext("%(n)s minute", "%(n)s minutes", seconds // MINUTE) % {"n": seconds // MINUTE}


def trouble_in_words(code):
    """What a code of a reading says."""
    kind, _colon, part = code.partition(":")
    words = TROUBLES.get(code) or TROUBLES[kind]
    if kind == "late":
        part = name_of(part)
    elif kind == "promise":
        part = INVARIANTS[part].words if part in INVARIANTS else part
    return str(words) % {"part": part}


@dataclass
class Row:
    """One line: what it is, how it is, and a tone."""

    label: str
    note: str
    word: str
    tone: str
    more: str = ""


@dataclass
class Overview:
    """All that the page shows of the newest reading."""

    now: dict[str, Any]
    reading: Any
    offices: list[Any]
    everything: bool = False
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.figures = self.reading.figures if self.reading else {}
        self.troubles = [trouble_in_words(code) for code in (self.reading.troubles if self.reading else [])]
        self.word, self.tone = STATES[self.now["word"]]

    @property
    def age(self):
        return long(self.now["watch_age_seconds"])

    def tiles(self):
        """The day in five figures."""
        day = self.figures.get("day", {})
        return [
            {"label": _("Messages of the last 24 hours"), "value": day.get("messages", 0)},
            {"label": _("Tries"), "value": day.get("tries", 0)},
            {"label": _("Handed over"), "value": day.get("accepted", 0)},
            {
                "label": _("May have been sent"),
                "value": day.get("unclear", 0),
                "note": _("the line broke while they were handed over"),
            },
            {
                "label": _("Sent twice"),
                "value": day.get("twice", 0),
                "note": _("never more often than it was unclear"),
            },
            {"label": _("Failed for good"), "value": day.get("failed", 0)},
        ]

    def loops(self):
        """What has to run all the time."""
        rows = []
        for loop, row in self.figures.get("loops", {}).items():
            # A reading that is old itself says nothing good of anything.
            age = row["age"] + (self.now["watch_age_seconds"] or 0)
            late = age > row["may"] + 2 * MINUTE
            rows.append(
                Row(
                    name_of(loop),
                    _("last known to have ended well %(age)s ago") % {"age": long(age)},
                    _("Late") if late else _("Runs"), "danger" if late else "done",
                )
            )  # fmt: skip
        return rows

    def channels(self):
        """What waits on each channel, and whether its line is up."""
        queues, lines = self.figures.get("channels", {}), self.figures.get("lines", {})
        return [
            channel_row(kind, queues.get(kind, {}), lines.get(kind)) for kind in sorted({*queues, *lines})
        ]

    def promises(self):
        """Every promise, and whether it holds."""
        broken = self.figures.get("promises", {})
        return [
            Row(
                str(promised.words), name, _("Broken") if broken.get(name) else _("Holds"),
                "danger" if broken.get(name) else "done",
            )
            for name, promised in INVARIANTS.items()
        ]  # fmt: skip

    def of_offices(self):
        """Each office: alerts that nobody has, the age of the oldest, messages that wait or failed."""
        known = self.figures.get("offices", {})
        blank = {"open": 0, "taken": 0, "oldest": 0, "waiting": 0, "failed": 0}
        rows = []
        for office in self.offices:
            row = {**blank, **known.get(str(office.pk), {})}
            rows.append({"office": office, **row, "age": long(row["oldest"]) if row["open"] else ""})
        return rows


def name_of(loop):
    """A loop in words; those that send have one for each channel: send.mail."""
    name, _dot, kind = loop.partition(".")
    words = str(LOOPS.get(name, name))
    return f"{words}: {Kind(kind).label if kind in Kind.values else kind}" if kind else words


def channel_row(kind, queue, line):
    """One channel in words."""
    label = str(Kind(kind).label) if kind in Kind.values else kind
    waiting = queue.get("waiting", 0)
    note = ngettext("%(n)s message waits", "%(n)s messages wait", waiting) % {"n": waiting}
    oldest = max(queue.get("urgent", 0), queue.get("normal", 0))
    more = _("the oldest has been due for %(age)s") % {"age": long(oldest)} if oldest else ""
    late = queue.get("urgent", 0) > URGENT or queue.get("normal", 0) > NORMAL
    if line:
        since = _("since %(time)s") % {"time": hour_of(line["since"])} if line["since"] else ""
        broken = _("%(n)s failures in a row") % {"n": line["failures"]}
        note = " · ".join(filter(None, [note, broken, since, line["error"]]))
        return Row(label, note, _("Line is down"), "danger", more)
    return Row(label, note, _("Late") if late else _("Well"), "danger" if late else "done", more)


def hour_of(text):
    return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M} UTC"
