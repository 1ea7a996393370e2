from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, next_position, refuse_future
from aftercare.actions.tasks import make_task, settle_tasks
from aftercare.models import Assessment, Care, Instrument, InstrumentPart, PartScore, Score, SecondRating
from aftercare.scoring import domain_score, lives_in_shelter
from aftercare.states import (
    CARE_GOES_ON,
    MONTHS_TO_NEXT,
    AssessmentReason,
    Domain,
    TaskKind,
    average,
    months_later,
)
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import PartialDate

Scored = int | list[int]
Parts = Mapping[int, tuple[int | None, str]]
LOOKS = (TaskKind.FIRST_SAFETY, TaskKind.SAFETY_REVIEW)
STILL_TRUE = timedelta(days=31)  # so long a scoring tells how somebody is now


def score_assessment(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    on: PartialDate,
    reason: str,
    scores: Mapping[str, Scored],
    parts: Parts | None = None,
    instrument_id: int | None = None,
    setting: str = "",
    note: str = "",
) -> Assessment:
    """Score the six domains, leaving out what is not known well enough; the next review follows from it.

    A domain is scored by its parts, {key: (1 to 4 or None, what it rests on)}, or as a whole in `scores`.
    """
    care = lock(Care, care_id)
    refuse_future(on, office=care.office, now=now, field="on")
    if not setting.strip() and lives_in_shelter(care):
        raise IllegalMove(
            _("Somebody who lives in a shelter is scored against the home to return to: say which."),
            field="setting",
        )
    instrument, asked = asked_parts(instrument_id, parts or {})
    domains = {**scores, **by_domain(instrument, asked, parts or {})}
    if not domains:
        raise IllegalMove(_("Score at least one domain."))
    assessment = Assessment(care=care, case=care.case, on=on, reason=reason, setting=setting, note=note)
    assessment.by, assessment.assessor, assessment.instrument = by.name, by, instrument
    assessment.position = next_position(care.assessments)
    assessment.save(force_insert=True)
    Score.objects.bulk_create(score_of(assessment, domain, given) for domain, given in domains.items())
    PartScore.objects.bulk_create(part_score_of(assessment, part, (parts or {})[part.pk]) for part in asked)
    care.next_review_on = next_review(care, on, reason, now=now)
    keep(care, "next_review_on")
    record("assessment.score", by=by, subject=assessment, at=now, reason=reason)
    settle_tasks(care, [TaskKind.RESCORE], by=by, now=now)
    if first_step_of_safety(scores, asked, parts or {}):
        ask_for_look(assessment, by=by, now=now)
    touch(assessment.case, now)
    return assessment


def first_step_of_safety(scores: Mapping[str, Scored], asked: Iterable[InstrumentPart], parts: Parts) -> bool:
    """Was the lowest step chosen anywhere in the domain of safety: hurt, threatened, blind to the danger?"""
    whole = scores.get(Domain.SAFETY, [])
    said = [parts[part.pk][0] for part in asked if part.domain == Domain.SAFETY]
    return 1 in (said or (whole if isinstance(whole, list) else [whole]))


def ask_for_look(assessment: Assessment, *, by: User, now: datetime) -> None:
    """A look at safety within a day, unless one is due by then or the scoring is of long ago."""
    care, due = assessment.care, now + timedelta(hours=settings.SAFETY_REVIEW_HOURS)
    old = PartialDate(assessment.on).last < today_in(care.office, now) - STILL_TRUE
    if old or care.result not in CARE_GOES_ON:
        return
    if care.tasks.waiting().filter(kind__in=LOOKS, due_at__lte=due).exists():
        return
    make_task(
        care, TaskKind.SAFETY_REVIEW, by=by, now=now, due_at=due, source="assessment.score",
        source_id=assessment.pk,
    )  # fmt: skip


def asked_parts(instrument_id: int | None, parts: Parts) -> tuple[Instrument | None, list[InstrumentPart]]:
    """The instrument and those of its parts that were answered; all belong to the one."""
    if not parts or instrument_id is None:
        return None, []
    asked = list(InstrumentPart.objects.filter(instrument=instrument_id, pk__in=list(parts)))
    if len(asked) != len(parts):
        raise IllegalMove(_("These parts do not belong to one instrument. Open the page again."))
    return Instrument.objects.get(pk=instrument_id), asked


def by_domain(
    instrument: Instrument | None, asked: Iterable[InstrumentPart], parts: Parts
) -> dict[str, list[int]]:
    """The known parts of each domain of which enough is known; of the others nothing is said."""
    found: dict[str, list[int]] = {}
    for domain in Domain.values:
        values = [parts[part.pk][0] for part in asked if part.domain == domain]
        scored = domain_score(values, instrument.enough) if instrument and values else None
        if scored:
            found[domain] = scored[1]
    return found


def score_of(assessment: Assessment, domain: str, given: Scored) -> Score:
    """One domain: a number, or parts whose average counts."""
    parts = given if isinstance(given, list) else []
    value = average(parts) if parts else Decimal(str(given))
    case = assessment.case
    # bulk_create sends the copied scope too; the database writes the case's own over it.
    return Score(
        assessment=assessment, case=case, office_id=case.office_id, sensitivity=case.sensitivity,
        domain=domain, value=value, parts=parts,
    )  # fmt: skip


def part_score_of(assessment: Assessment, part: InstrumentPart, said: tuple[int | None, str]) -> PartScore:
    """What one part was scored, or that not enough is known."""
    case, (value, evidence) = assessment.case, said
    return PartScore(
        assessment=assessment, case=case, office_id=case.office_id, sensitivity=case.sensitivity,
        part=part, value=value, evidence=evidence.strip(),
    )  # fmt: skip


def next_review(care: Care, on: PartialDate, reason: str, *, now: datetime) -> PartialDate | str:
    """Six months after the intake, then yearly; none after closure; a special one moves nothing ahead."""
    if reason == AssessmentReason.CLOSURE:
        return ""
    planned = care.next_review_on
    if reason not in MONTHS_TO_NEXT and planned and PartialDate(planned).last > today_in(care.office, now):
        return planned
    return PartialDate(months_later(on.last, MONTHS_TO_NEXT.get(AssessmentReason(reason), 12)))


def rate_assessment(
    assessment_id: UUID, *, by: User, now: datetime, scores: Mapping[str, int | None], note: str = ""
) -> SecondRating:
    """Somebody else scores the same, without having seen the first scores; never counted, only compared."""
    assessment = lock(Assessment, assessment_id)
    if may_not_rate(assessment, by):
        raise IllegalMove(_("Whoever scored first does not rate a second time: ask a colleague."))
    if assessment.second_ratings.filter(by=by).exists():
        raise IllegalMove(_("You have rated this assessment already."))
    rating = SecondRating(assessment=assessment, case=assessment.case, by=by, scores=dict(scores), note=note)
    rating.on = PartialDate(today_in(assessment.office, now))
    rating.save(force_insert=True)
    record("assessment.rate", by=by, subject=rating, at=now)
    touch(assessment.case, now)
    return rating


def may_not_rate(assessment: Assessment, by: User) -> bool:
    """The first scorer, known by her account or, of scores from a file, by her name."""
    return assessment.assessor_id == by.pk or (assessment.assessor_id is None and assessment.by == by.name)
