"""Which parts are asked of whom, what they come to, and when the next scoring is due (DOMAIN d.1)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch, Value
from django.utils import translation
from django.utils.translation import gettext as _

from aftercare.ages import ADULT, UNKNOWN, age_today
from aftercare.models import CareTask, Instrument
from aftercare.states import (
    CARE_GOES_ON,
    MONTHS_TO_NEXT,
    AssessmentReason,
    Domain,
    ForWhom,
    PlacementKind,
    TaskKind,
    TaskStatus,
    average,
    months_later,
)
from cases.clock import today_in
from prosecutions.models import BailOrder, Verdict
from prosecutions.states import Bail
from reference.values import PartialDate
from survivors.models import Relief

# Who lives there is scored against the home to return to, which somebody must name.
SHELTERS = (
    PlacementKind.CRISIS_CENTRE, PlacementKind.GOVERNMENT_SHELTER, PlacementKind.NGO_SHELTER,
    PlacementKind.PROCESSING_CENTRE, PlacementKind.AFTERCARE_HOME, PlacementKind.HOSPITAL,
)  # fmt: skip
YEARLY = 12
SOON = timedelta(days=31)  # from when on lists and pages speak of it
RESCORE_WITHIN = timedelta(days=14)  # after what may have changed everything
INTAKE_WITHIN = timedelta(days=7)  # the first scoring, as soon as enough is known (DOMAIN d2)


def instrument_in_use(language=None):
    """What people are scored with in this language; in English where there is none of it."""
    wanted = (language or translation.get_language() or "en").split("-")[0]
    rows = {row.language.split("-")[0]: row for row in Instrument.objects.filter(in_use=True).order_by("-pk")}
    return rows.get(wanted) or rows.get("en") or next(iter(rows.values()), None)


def parts_for(instrument, care, day):
    """The parts that are asked of this person on that day; of a group, and of an unknown age, all."""
    if instrument is None:
        return []
    low, high = age_today(care.survivor, day) if care.survivor else UNKNOWN
    left_out = set()
    if low is not None and low >= ADULT:
        left_out.add(ForWhom.CHILDREN)
    if high is not None and high < ADULT:
        left_out.add(ForWhom.ADULTS)
    parts = sorted(instrument.parts.all(), key=lambda part: part.position)
    return [part for part in parts if part.for_whom not in left_out]


def domain_score(values, enough):
    """(score, its known parts) of one domain; no score where less than the share `enough` is known."""
    known = [value for value in values if value is not None]
    if not known or Decimal(len(known)) / len(values) < Decimal(str(enough)):
        return None
    return average(known), known


def stay_of(care):
    """Where the person lives now, as far as it is known."""
    stays = [stay for stay in care.placements.all() if not stay.ends_on and not stay.over]
    return max(stays, key=lambda stay: (stay.position, stay.pk), default=None)


def lives_in_shelter(care):
    stay = stay_of(care)
    return stay is not None and stay.kind in SHELTERS


def likely_setting(care, before):
    """The home to score against: as last time; of somebody who is back, where she lives now."""
    stay = stay_of(care)
    if stay is not None and stay.kind not in SHELTERS and not (before and before.on.last >= began(stay)):
        return stay.get_kind_display()
    return before.setting if before else ""


def began(stay):
    return stay.starts_on.last if stay.starts_on else date.min


@dataclass(frozen=True)
class Due:
    """When the next scoring is due, and because of what."""

    on: date
    reason: str
    because: str
    late: bool
    soon: bool = False

    @property
    def reason_words(self):
        return AssessmentReason(self.reason).label


def due_of(care, now, *, records=False):
    """What is due next: what an event asks for, else the calendar; None when care has ended.

    `records`: look at bail, verdicts and recaptures of the record too, for histories that were brought over
    and made no task; one question more, for pages of one person.
    """
    if care.result not in CARE_GOES_ON:
        return None
    today = today_in(care.office, now)
    tasks = care.rescores if hasattr(care, "rescores") else care.tasks.all()
    events = [event_due(care, task, now) for task in tasks if waits(task)]
    if records and not events:
        events = recorded_due(care, today)
    planned = calendar_due(care, today)
    found = [*events, planned] if planned else events
    first = min(found, key=lambda due: due.on, default=None)
    return first and replace(first, soon=first.on <= today + SOON)


def rescores():
    """For lists: what events ask for, of all the rows in one query."""
    rows = CareTask.objects.filter(kind=TaskKind.RESCORE, status=TaskStatus.OPEN)
    return Prefetch("tasks", rows, to_attr="rescores")


def waits(task):
    # Those of the calendar say again what calendar_due knows better.
    calendar = task.source == "assessment.round"
    return task.kind == TaskKind.RESCORE and task.status == TaskStatus.OPEN and not calendar


def event_due(care, task, now):
    """An event asks for it: bail of the accused, recapture, verdict, going home, care taken up again."""
    return Due(
        on=today_in(care.office, task.due_at), reason=AssessmentReason.SPECIAL,
        because=because_of(task), late=task.due_at < now,
    )  # fmt: skip


def recorded_due(care, today):
    """What happened since the last scoring and was never asked about: due within the days of the table."""
    latest = max((one.on.last for one in care.assessments.all()), default=None)
    last = max(happened_to(care), default=None) if latest else None
    if last is None or last[0] <= latest or last[0] > today:
        return []
    day, source = last
    if care.tasks.filter(kind=TaskKind.RESCORE, created_at__date__gte=day).exists():
        return []
    on = day + RESCORE_WITHIN
    return [Due(on, AssessmentReason.SPECIAL, because(source), on < today)]


def happened_to(care):
    """[(last day it can have been, its source)] of the bail, verdicts and recaptures on record."""
    bail = BailOrder.objects.filter(case=care.case_id, status=Bail.GRANTED)
    back = Relief.objects.filter(survivor=care.survivor_id, recaptured=True)
    named = (
        (bail, "decided_on", "bail"), (Verdict.objects.filter(case=care.case_id), "on", "verdict"),
        (back, "recaptured_on", "survivor"),
    )  # fmt: skip
    first, *others = (
        rows.exclude(**{field: ""}).order_by().values_list(field, Value(source))
        for rows, field, source in named
    )
    return [(PartialDate(on).last, source) for on, source in first.union(*others, all=True)]


def because_of(task):
    """What has happened, in a sentence."""
    return because(task.source.split(".")[0]) or task.what or _("somebody asked for it")


def because(source):
    words = {
        "bail": _("the accused may be out on bail"),
        "release": _("the accused was released"),
        "survivor": _("the person was recaptured"),
        "verdict": _("there is a verdict"),
        "placement": _("the person has moved to another home"),
        "milestone": _("the person has gone back"),
        "care": _("the care stands differently now"),
        "closure": _("care was taken up again"),
    }
    return words.get(source, "")


def calendar_due(care, today):
    """At intake, six months after it, then every year, reckoned from the scorings themselves."""
    made = sorted(care.assessments.all(), key=lambda one: (one.on.last, one.position))
    planned = [one for one in made if one.reason not in (AssessmentReason.SPECIAL, AssessmentReason.CLOSURE)]
    if not made:
        on = came_to_us(care) + INTAKE_WITHIN
        return Due(on, AssessmentReason.INTAKE, _("nobody has scored yet"), on < today)
    last = planned[-1] if planned else made[-1]
    on = months_later(last.on.last, MONTHS_TO_NEXT.get(last.reason, YEARLY))
    if last.reason == AssessmentReason.INTAKE:
        return Due(on, AssessmentReason.SIX_MONTH, _("it is six months after the intake"), on < today)
    return Due(on, AssessmentReason.ANNUAL, _("it is a year after the last scoring"), on < today)


def came_to_us(care):
    """The first day of the care, as far as it is known."""
    if care.arrived_at:
        return today_in(care.office, care.arrived_at)
    return care.result_on.last if care.result_on else today_in(care.office, care.created_at)


def earlier_parts(assessment):
    """{code of the part: its score or None} of an assessment; empty without one."""
    if assessment is None:
        return {}
    return {row.part.code: row.value for row in assessment.part_scores.select_related("part")}


def in_domains(rows):
    """[(domain, what is said of it)] in the order of the domains, for rows that begin with a part."""
    return [(domain, [row for row in rows if row[0].domain == domain]) for domain in Domain]
