"""What stands before the end of a care: the rule for restored, and the gates by how it ends (DOMAIN d.3)."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftercare.models import Care
from aftercare.states import (
    CareResult,
    Domain,
    ReferralStatus,
    TaskKind,
    TaskStatus,
    falls_short,
    months_later,
)
from cases.clock import today_in
from survivors.models import Threat

GATES = {
    "assessment": gettext_lazy("Scored lately"),
    "rule": gettext_lazy("The rule for restored is met"),
    "plan": gettext_lazy("The plan has ended or was reviewed"),
    "safety": gettext_lazy("No look at safety and no threat is open"),
    "contact": gettext_lazy("The person was met or reached lately"),
    "referrals": gettext_lazy("Every referral is done or taken back"),
}
ALL = tuple(GATES)
# Which gates must be open for which end; the others are shown to whoever decides, and hold nothing up.
NEEDED = {
    CareResult.RESTORED: ALL,
    CareResult.MOVED: ("plan", "safety", "contact"),
    CareResult.TRANSFERRED: ("plan", "safety", "referrals"),
    CareResult.DECLINED: (),
    CareResult.LOST_CONTACT: (),
    CareResult.DIED: (),
}
FOLLOWED = (CareResult.RESTORED, CareResult.MOVED, CareResult.DECLINED, CareResult.TRANSFERRED)
LOOKS = (TaskKind.FIRST_SAFETY, TaskKind.SAFETY_REVIEW)
GOING_ON = (ReferralStatus.ASKED, ReferralStatus.TAKEN)


@dataclass(frozen=True)
class Gate:
    """One thing that should be so before a care ends: whether it is, and what is missing."""

    code: str
    holds: bool
    needed: bool
    why: str = ""

    @property
    def label(self):
        return GATES[self.code]


def rule_in_words():
    """The rule for restored, as it is set here."""
    rule = settings.RESTORED_WHEN
    return _("Every domain %(least)s or more, and no part at %(lowest)s or below.") % {
        "least": f"{Decimal(str(rule['every_domain_at_least'])).normalize():f}",
        "lowest": rule["no_part_at"],
    }


def standing(assessment):
    """Domain by domain how an assessment stands against the rule for restored; empty without one."""
    if assessment is None:
        return []
    scores = {score.domain: score for score in assessment.scores.all()}
    short = short_of(assessment)
    return [
        {"domain": domain.label, "score": scores.get(domain), "meets": domain not in short}
        for domain in Domain
    ]


def short_of(assessment):
    """The domains that fall short of the rule; one of which too little is known falls short too."""
    scores = {score.domain: (score.value, score.parts) for score in assessment.scores.all()}
    return falls_short(scores)


def gates_of(care, result, now):
    """Each gate as it stands now for this end."""
    needed = NEEDED.get(result, ())
    found = [
        ("assessment", lacks_assessment(care, now)),
        ("plan", lacks_plan(care)),
        ("safety", lacks_safety(care)),
        ("contact", lacks_contact(care, now)),
        ("referrals", lacks_referrals(care)),
    ]
    if result == CareResult.RESTORED:
        found.insert(1, ("rule", lacks_rule(care)))
    return [Gate(code, not why, code in needed, why) for code, why in found]


def shut(gates):
    """The sentences of the gates that hold the end up."""
    return [gate.why for gate in gates if gate.needed and not gate.holds]


def kept(gates):
    """The gates as they stood, to be kept with the request."""
    return [asdict(gate) for gate in gates]


def lacks_assessment(care, now):
    latest, months = care.latest_assessment(), settings.CLOSING_ASSESSMENT_MONTHS
    if latest is None:
        return _("An assessment is needed, and none has been scored yet.")
    if months_later(latest.on.last, months) < today_in(care.office, now):
        return _("The last assessment is older than %(months)s months.") % {"months": months}
    return ""


def lacks_rule(care):
    latest = care.latest_assessment()
    if latest is None:
        return _("An assessment is needed, and none has been scored yet.")
    short = short_of(latest)
    if not short:
        return ""
    return _(
        "The latest assessment does not meet the rule for restored (%(rule)s) It falls short in: %(domains)s."
    ) % {"rule": rule_in_words(), "domains": ", ".join(str(domain.label) for domain in short)}


def lacks_plan(care):
    waiting = [plan for plan in care.plans.all() if not plan.ended_on and not plan.reviewed_on]
    return _("A plan has neither ended nor been reviewed.") if waiting else ""


def lacks_safety(care):
    if care.tasks.filter(kind__in=LOOKS, status=TaskStatus.OPEN).exists():
        return _("A look at the person's safety is still to be taken.")
    if care.survivor_id and Threat.objects.filter(survivor=care.survivor_id, acted_at=None).exists():
        return _("A threat has no answer yet.")
    return ""


def lacks_contact(care, now):
    days = settings.CLOSING_CONTACT_DAYS
    seen = Care.objects.with_last_seen().filter(pk=care.pk).values_list("last_seen", flat=True).first()
    if seen is None or seen < now - timedelta(days=days):
        return _("Nobody has met or reached the person in the last %(days)s days.") % {"days": days}
    return ""


def lacks_referrals(care):
    going_on = care.referrals.filter(status__in=GOING_ON).exists()
    return _("A referral is neither done nor taken back.") if going_on else ""
