"""What comes round by the calendar: scoring a month after care began, then in its rhythm; plans."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import DateField, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Least

from accounts.models import User
from aftercare.actions import make_task
from aftercare.models import Assessment, Care, CareTask, Plan
from aftercare.scoring import calendar_due
from aftercare.states import AssessmentReason, TaskKind, TaskStatus
from aftercare.states.scores import MONTHS_TO_NEXT
from aftercare.task_table import AHEAD_DAYS
from cases.clock import today_in
from cases.states import AftercareStatus
from notifications.actions.care_tasks import NAMESPACE
from notifications.clock import wall, zone_of
from reference.fields import Last

EVENING = time(17)
AHEAD = timedelta(days=AHEAD_DAYS)
NEAR = timedelta(days=7)
SHORTEST = timedelta(days=28 * min(MONTHS_TO_NEXT.values()))
# Scorings for a reason of their own move nothing in the rhythm.
BESIDE = (AssessmentReason.SPECIAL, AssessmentReason.CLOSURE)


def make_round_tasks(*, by: User, now: datetime) -> int:
    """Tasks whose day is near; what was over before it was on record asks nobody anything."""
    made = 0
    for care, kind, due, source in (*scorings(now), *reviews(now)):
        due_at = wall(zone_of(care.case.office.time_zone), due, EVENING)
        key = uuid.uuid5(NAMESPACE, f"{source}:{care.pk}:{due}")
        task = make_task(care, kind, by=by, now=now, due_at=due_at, source=source, source_id=key)
        made += task is not None
    return made


def in_care() -> Q:
    return ~Q(case__aftercare_status__in=(AftercareStatus.CLOSED, "")) & Q(survivor__isnull=False)


def without_open(kind: TaskKind) -> Q:
    return ~Q(Exists(CareTask.objects.filter(care=OuterRef("pk"), kind=kind, status=TaskStatus.OPEN)))


def scorings(now: datetime) -> Iterable[tuple[Care, TaskKind, date, str]]:
    """Who is to be scored within two weeks, and has no task for it yet."""
    last = Assessment.objects.filter(care=OuterRef("pk")).exclude(reason__in=BESIDE)
    last = last.annotate(day=Last("on")).order_by("-day", "-position")
    rows = Care.objects.going_on().filter(in_care(), without_open(TaskKind.RESCORE)).annotate(
        scored_on=Subquery(last.values("day")[:1], output_field=DateField()),
    )  # fmt: skip
    horizon = (now + AHEAD).date()
    rows = rows.filter(Q(scored_on=None) | Q(scored_on__lte=horizon - SHORTEST))
    for care in rows.select_related("case__office", "office").prefetch_related("assessments").order_by("pk"):
        due = calendar_due(care, today_in(care.case.office, now))
        if known_in_time(care, due.on) and due.on <= horizon:
            yield care, TaskKind.RESCORE, due.on, "assessment.round"


def known_in_time(care: Care, due: date) -> bool:
    return due >= today_in(care.case.office, care.created_at)


def reviews(now: datetime) -> Iterable[tuple[Care, TaskKind, date, str]]:
    """Plans, or whole cares, that are to be looked at again within a week."""
    today = now.date()
    plans = Plan.objects.filter(care=OuterRef("pk"), reviewed_on="").annotate(day=Last("review_on"))
    rows = (
        Care.objects.going_on()
        .filter(in_care(), without_open(TaskKind.PLAN_REVIEW))
        .annotate(of_plan=Subquery(plans.order_by("day").values("day")[:1], output_field=DateField()))
    )
    rows = rows.annotate(due=Least(Last("next_review_on"), "of_plan", output_field=DateField()))
    near = rows.filter(due__gte=today - timedelta(days=2), due__lte=today + NEAR)
    for care in near.select_related("case__office").order_by("pk"):
        yield care, TaskKind.PLAN_REVIEW, care.due, "plan.round"
