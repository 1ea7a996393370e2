"""Evidence in words: what stands on each side, and how much it weighs."""

from django.utils.translation import gettext as _

from prosecutions.matching.weighing import ACROSS, Kind
from prosecutions.states import Position, RoleInProcess
from reference.templatetags.show import countries
from survivors.states import Gender

CODES = {Kind.POSITION: Position, Kind.ROLE: RoleInProcess, Kind.GENDER: Gender}


def shown(proposals):
    """Proposals as pages show them."""
    return [
        {
            "other": one.other,
            "score": one.score,
            "likely": one.score >= ACROSS,
            "later": bool(one.answer),
            "lines": [line_words(line) for line in one.weighed.lines],
        }
        for one in proposals
    ]


def line_words(line):
    """One line: what was compared, both sides, the points."""
    return {
        "kind": Kind(line.kind).label,
        "text": both_sides(line),
        "points": f"{line.points:+d}",
        "against": line.points < 0,
    }


def both_sides(line):
    kind, ours, theirs = line.kind, in_words(line.kind, line.ours), in_words(line.kind, line.theirs)
    if kind == Kind.PHONE:
        return _("The same number")
    if kind == Kind.CO_ACCUSED:
        return _("Accused together with the same person")
    if kind in (Kind.NAME, Kind.SECOND_NAME):
        words = {"ours": ours, "theirs": theirs, "percent": line.percent}
        return _("“%(ours)s” and “%(theirs)s” sound %(percent)s%% alike") % words
    if ours == theirs:
        return _("Both: %(what)s") % {"what": ours}
    return _("%(ours)s here, %(theirs)s there") % {"ours": ours, "theirs": theirs}


def in_words(kind, value):
    """A code in words, a text as it is."""
    if kind == Kind.NATIONALITY:
        return countries(value.split(", "))
    return str(dict(CODES[kind].choices).get(value, value)) if kind in CODES else value
