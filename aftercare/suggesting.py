"""Which goals the latest scoring suggests: its low parts, each with what the next steps up look like."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from aftercare.models import InstrumentPart, PartScore
from aftercare.states import LIVE_GOALS, Domain

LOW_PART, LOW_DOMAIN = 2, 3
AIM = 3  # the score from which a part counts as safe (the rule for restored, DOMAIN d.1)


@dataclass(frozen=True)
class Suggestion:
    """One goal that could be taken into the plan with one press."""

    key: str
    area: str
    label: str
    score: str
    now: str = ""
    aim: str = ""
    part: InstrumentPart | None = None

    @property
    def goal(self):
        """The line of the plan; whoever takes it can put it into better words."""
        return f"{self.label}: {self.aim}"[:1000] if self.aim else self.label

    @property
    def urgent(self):
        """At the lowest step."""
        return self.score.startswith("1")


def suggestions_of(care, plan):
    """What the latest scoring suggests and no live goal of the plan takes up yet, the worst first."""
    latest = care.latest_assessment()
    if latest is None:
        return []
    goals = [goal for goal in plan.goals.all() if goal.status in LIVE_GOALS] if plan else []
    parts = {goal.part.code for goal in goals if goal.part_id}
    areas = {goal.area for goal in goals}
    scored = list(PartScore.objects.filter(assessment=latest).select_related("part"))
    low = [of_part(row) for row in scored if low_part(row) and row.part.code not in parts]
    seen = {row.part.domain for row in scored if row.value is not None}
    low += [
        of_domain(score)
        for score in latest.scores.all()
        if score.value < LOW_DOMAIN and score.domain not in seen | areas
    ]
    return sorted(low, key=lambda one: (one.score, Domain.values.index(one.area), one.key))


def low_part(row):
    """Scored, and low."""
    return row.value is not None and row.value <= LOW_PART


def of_part(row):
    """One low part: what it looks like now, and what it should look like."""
    part = row.part
    return Suggestion(
        f"part:{part.pk}", part.domain, part.label, str(row.value), part.steps[row.value - 1],
        part.steps[AIM - 1], part,
    )  # fmt: skip


def of_domain(score):
    """A domain that was scored as a whole, or loaded without its parts."""
    label = _("Raise %(domain)s to 3 or more") % {"domain": score.get_domain_display()}
    return Suggestion(f"domain:{score.domain}", score.domain, label, f"{score.value:.1f}")
