"""What the people of a case demand before its legal track goes on (DOMAIN d.3).

An operation that is approved and safe before relief; their consent and a risk note before a prosecution.
"""

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.clock import today_in
from cases.models import RiskNote
from cases.states import LegalStatus
from operations.models import Operation
from survivors.consents import Fitness
from survivors.models import Consent, Relief, Survivor
from survivors.states import ConsentPurpose, ReliefRoad

IN_COURT = {
    LegalStatus.PRE_TRIAL,
    LegalStatus.TRIAL,
    LegalStatus.JUDGMENT,
    LegalStatus.APPEAL,
    LegalStatus.ENFORCEMENT,
}


def relief_without_approval(case, by):
    """An operation with an approved plan and a safeguarding check, or a relief by another road."""
    operations = list(Operation.objects.standing().filter(case=case).for_list())
    if any(one.plan_approved and one.safeguarding_checked for one in operations):
        return None
    if Relief.objects.filter(case=case).exclude(how=ReliefRoad.OPERATION).exists():
        return None
    if not operations:
        return _("No operation is planned, and no other road out is recorded. Plan the operation first.")
    return missing_in(operations)


def missing_in(operations):
    """The sentence about the operation that lacks least, and who can give it."""
    for one in operations:
        if one.plan_approved:
            return _(
                "The safeguarding check of %(key)s is missing. The legal lead, the safeguarding lead or the"
                " office director can give it."
            ) % {"key": one.key}
        if one.safeguarding_checked:
            return _(
                "The plan of %(key)s is not approved. The legal lead, the safeguarding lead or the office"
                " director can approve it."
            ) % {"key": one.key}
    return _(
        "%(key)s has neither an approved plan nor a safeguarding check. The legal lead, the safeguarding lead"
        " or the office director can give both."
    ) % {"key": operations[0].key}


def prosecution_without_consent(case, by):
    """At least one survivor on record wants our legal support, today. Moves within the court's track pass."""
    people = {one.pk: one for one in Survivor.objects.filter(case=case).select_related("office")}
    if case.legal_status in IN_COURT or not people:
        return None
    answers, now = Consent.objects.filter(case=case, purpose=ConsentPurpose.LEGAL_SUPPORT), timezone.now()
    fitness = Fitness(list(people.values()), now)
    holding = answers.holding(today_in(case.office, now))
    if any(not fitness.against(one, people[one.survivor_id]) for one in holding):
        return None
    if set(people) == set(answers.refused().values_list("survivor_id", flat=True)):
        return _("Every survivor on record has refused legal support, so the case does not go to court.")
    return _(
        "No survivor on record agrees to legal support at present. Write the consent down on the survivor's"
        " page first."
    )


def prosecution_without_risk_note(case, by):
    """Somebody has thought about the danger before anybody is brought to court."""
    if case.legal_status in IN_COURT or RiskNote.objects.filter(case=case).exists():
        return None
    return _("The risk of this case has not been assessed. Anybody on its team who writes notes can do it.")
