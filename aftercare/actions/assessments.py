from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, next_position, refuse_future
from aftercare.models import Assessment, Care, Score
from aftercare.states import MONTHS_TO_NEXT, AssessmentReason, average, months_later
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import PartialDate


def score_assessment(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    on: PartialDate,
    reason: str,
    scores: Mapping[str, int | list[int]],
    setting: str = "",
    note: str = "",
) -> Assessment:
    """Score the six domains, leaving out what is not known well enough; the next review follows from it."""
    care = lock(Care, care_id)
    refuse_future(on, office=care.office, now=now, field="on")
    if not scores:
        raise IllegalMove(_("Score at least one domain."))
    assessment = Assessment(care=care, case=care.case, on=on, reason=reason, setting=setting, note=note)
    assessment.by, assessment.position = by.name, next_position(care.assessments)
    assessment.save(force_insert=True)
    Score.objects.bulk_create(score_of(assessment, domain, given) for domain, given in scores.items())
    care.next_review_on = next_review(care, on, reason, now=now)
    keep(care, "next_review_on")
    record("assessment.score", by=by, subject=assessment, at=now, reason=reason)
    touch(assessment.case, now)
    return assessment


def score_of(assessment: Assessment, domain: str, given: int | list[int]) -> Score:
    """One domain: a number, or parts whose average counts."""
    parts = given if isinstance(given, list) else []
    value = average(parts) if parts else Decimal(str(given))
    case = assessment.case
    # bulk_create sends the copied scope too; the database writes the case's own over it.
    return Score(
        assessment=assessment, case=case, office_id=case.office_id, sensitivity=case.sensitivity,
        domain=domain, value=value, parts=parts,
    )  # fmt: skip


def next_review(care: Care, on: PartialDate, reason: str, *, now: datetime) -> PartialDate | str:
    """Six months after the intake, then yearly; none after closure; a special one moves nothing ahead."""
    if reason == AssessmentReason.CLOSURE:
        return ""
    planned = care.next_review_on
    if reason not in MONTHS_TO_NEXT and planned and PartialDate(planned).last > today_in(care.office, now):
        return planned
    return PartialDate(months_later(on.last, MONTHS_TO_NEXT.get(AssessmentReason(reason), 12)))
