"""Both tracks side by side on one axis of time: what stands in which lane, and never what caused what."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.roles import Can
from aftercare.models import Score
from aftercare.states import Domain
from desk.telling import tell, word
from reference.templatetags.show import edtf
from reference.values import PartialDate

# (lane, label, who may see it, what stands in it). The history has left out what this person may not see.
LANES = (
    ("hearings", lazy("Hearings"), Can.VIEW_HEARING, {"hearing"}),
    ("accused", lazy("Custody, bail and verdicts"), Can.VIEW_ACCUSED,
     {"arrest", "custody", "bail_decision", "bail_end", "breach", "verdict", "appeal_decision"}),
    ("threats", lazy("Threats"), Can.VIEW_SURVIVOR, {"threat", "recapture"}),
    ("homes", lazy("Homes"), Can.VIEW_AFTERCARE, {"placement"}),
    ("scores", lazy("Scores"), Can.VIEW_AFTERCARE, set()),
)  # fmt: skip
KINDS = {kind: name for name, _label, _verb, kinds in LANES for kind in kinds}
# The rows that end what began in another row of the same record: they become one bar.
ENDS = {"placement": "placement_end", "custody": "custody_end", "bail_decision": "bail_end"}
GRANTED = ("GRANTED", "BREACHED", "CANCELLED", "ENDED")
# More survivors than this are not drawn at once: one is chosen instead.
MOST_PEOPLE = 6


@dataclass
class Mark:
    """One thing on the axis: a moment, or a spell from a day to a day."""

    start: date
    title: str
    tone: str = "plain"
    shape: str = "dot"
    end: date | None = None
    open: bool = False
    value: float | None = None
    url: str = ""
    labels: tuple = ()  # what may stand on a bar, the longest first


@dataclass
class Lane:
    """One lane of the picture."""

    name: str
    label: str
    marks: list = field(default_factory=list)
    whose: str | None = None


def lanes_for(user, office_id):
    """[(lane, label)] of what the person may see at all."""
    return [(name, label) for name, label, verb, _kinds in LANES if user.can_on(verb, office_id)]


def middle(day):
    """Where a day of which perhaps only the month is known stands on the axis."""
    known = PartialDate(day)
    return known.first + (known.last - known.first) / 2


def chosen(rows, shown, who):
    """The rows of the history that stand in these lanes, of this survivor where she is chosen."""
    found = [row for row in rows if KINDS.get(row.kind) in shown or row.kind in ends_of(shown)]
    if not who:
        return found
    return [row for row in found if row.kind not in PERSONAL or row.about == who]


PERSONAL = {"placement", "placement_end", "threat", "recapture"}


def ends_of(shown):
    """The ends of spells that stand in these lanes."""
    return {end for kind, end in ENDS.items() if KINDS[kind] in shown}


def lanes_of(rows, scores, shown, people, names, today):
    """The lanes from top to bottom: those of the case, then homes and scores of each survivor."""
    ends = {(row.kind, row.pk): row for row in rows if row.kind in ends_of(shown)}
    marks = defaultdict(list)
    for row in rows:
        if KINDS.get(row.kind) not in shown or not row.on or row.kind == "bail_end":
            continue
        of = row.about if KINDS[row.kind] == "homes" else ""
        marks[KINDS[row.kind], of].append(mark_of(row, ends, names, today))
    for whose, points in scores.items():
        marks["scores", whose] = points
    found = [
        Lane(name, str(label), sorted(marks[name, ""], key=lambda mark: mark.start))
        for name, label, _verb, _kinds in LANES[:3]
        if name in shown
    ]
    return found + lanes_of_people(marks, shown, people, names)


def lanes_of_people(marks, shown, people, names):
    """Homes and scores, survivor by survivor; the groups last."""
    found = []
    for whose in [*people, ""]:
        called = names.get(whose, _("A group"))
        for name, label, _verb, _kinds in LANES[3:]:
            mine = sorted(marks.get((name, whose), ()), key=lambda mark: mark.start)
            if name in shown and mine:
                words = _("%(who)s: %(lane)s") % {"who": called, "lane": str(label).lower()}
                found.append(Lane(name, words, mine, whose))
    return found


def first_people(lanes):
    """(the lanes that are drawn, how many survivors are left out): thirty at once say nothing."""
    whose = list(dict.fromkeys(lane.whose for lane in lanes if lane.whose is not None))
    kept = set(whose[:MOST_PEOPLE])
    drawn = [lane for lane in lanes if lane.whose is None or lane.whose in kept]
    return drawn, len(whose) - len(kept)


def narrow(lanes):
    """For a phone: the lanes of the case, and of the first survivor alone."""
    first = next((lane.whose for lane in lanes if lane.whose is not None), None)
    return [lane for lane in lanes if lane.whose in (None, first)]


def people_beyond_the_first(lanes):
    """How many survivors a phone leaves out."""
    return max(len({lane.whose for lane in lanes if lane.whose is not None}) - 1, 0)


def mark_of(row, ends, names, today):
    """One row of the history as a mark, told in the words of the timeline."""
    told = tell(row, names)
    tags = [str(tag["label"]) for tag in told["tags"]]
    words = " · ".join([str(told["when_text"]), str(told["title"]), *tags])
    mark = Mark(middle(row.on), words, tone=told["tone"], url=told["url"])
    if row.kind in ("verdict", "appeal_decision"):
        mark.shape = "diamond"
    if row.kind in ("custody", "placement") or (row.kind == "bail_decision" and row.what in GRANTED):
        draw_spell(mark, row, ends.get((ENDS[row.kind], row.pk)), today)
        what = _("Bail") if row.kind == "bail_decision" else word(row.kind, "what", row.what)
        who = names.get(row.about, "") if row.kind != "placement" else ""
        mark.labels = (_("%(who)s: %(what)s") % {"who": who, "what": what}, what) if who else (what,)
    return mark


def draw_spell(mark, row, end, today):
    """A bar to its last day; to today while it lasts; a moment where nobody knows when it ended."""
    if end is not None and end.on:
        mark.shape, mark.end = "bar", max(middle(end.on), mark.start)
    elif row.reason != "true" and mark.start <= today:
        mark.shape, mark.end, mark.open = "bar", today, True


def scores_of(case, user, who=""):
    """{survivor: marks}: at each assessment every domain that was scored and their mean. One query."""
    if not user.can_on(Can.VIEW_AFTERCARE, case.office_id):
        return {}
    rows = Score.objects.filter(case=case)
    rows = rows.filter(assessment__care__survivor=who) if who else rows
    columns = ("assessment__care__survivor_id", "assessment_id", "assessment__on", "domain", "value")
    found = defaultdict(dict)
    for whose, assessment, on, domain, value in rows.order_by("domain").values_list(*columns):
        at = found[str(whose or "")].setdefault(assessment, (on, []))
        at[1].append((domain, float(value)))
    return {
        whose: [mark for on, values in at.values() for mark in points(on, values)]
        for whose, at in found.items()
    }


def points(on, values):
    """The dots of one assessment, one for each domain, and the mean that the line goes through."""
    at, when = middle(on), edtf(on)
    mean = sum(value for _domain, value in values) / len(values)
    dots = [
        Mark(at, f"{when} · {Domain(domain).label}: {value:.1f}", "info", "domain", value=value)
        for domain, value in values
    ]
    words = _("%(when)s · mean of %(number)d domains: %(mean)s") % {
        "when": when,
        "number": len(values),
        "mean": f"{mean:.1f}",
    }
    return [*dots, Mark(at, words, "info", "mean", value=mean)]


def span_of(lanes, today):
    """The first and the last day of the picture; at least a month, today always on it."""
    days = [day for lane in lanes for mark in lane.marks for day in (mark.start, mark.end) if day]
    first, last = min([*days, today]), max([*days, today])
    return first - timedelta(days=10), last + timedelta(days=10)
