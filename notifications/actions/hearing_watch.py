"""What hearings call for besides their reminders: entered, without a next date, unconfirmed, not planned."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audit.models import Event
from notifications.actions.alerts import Opening, open_alerts
from notifications.actions.reminders import day_of, over_at
from notifications.clock import wall, zone_of
from notifications.rules import PLAN_AT_LAST, WORKING, Practice, To, Urgency
from prosecutions.hearing_states import GOES_ON
from prosecutions.models import Attendance, CalledWitness, Hearing, WitnessItem

MORNING = time(8)
AHEAD = timedelta(days=15)
OVER = timedelta(days=1)
PLAN_DAYS = (2, 7, 14)
UNCONFIRMED = (
    (1, Urgency.SAFETY, Practice((To.GOES, To.LAW, To.BK, To.LD), Urgency.SAFETY, 60)),
    (3, Urgency.COURT, WORKING["H7"]),
)


def the_hearing(pk: Any) -> Hearing:
    return Hearing.objects.select_related("case__office").get(pk=pk)


def goes(hearing: Hearing) -> dict:
    """Whoever goes, when somebody does."""
    return {To.GOES: [hearing.who_goes_id] if hearing.who_goes_id else []}


def is_over(hearing: Hearing, now: datetime) -> bool:
    """Is it recorded, or has its day gone by? A day that is not known lies ahead."""
    return bool(hearing.outcome) or (hearing.starts_at is not None and over_at(hearing) <= now)


def hearing_entered(event: Event, now: datetime) -> Iterable[Opening]:
    """A hearing stands in the calendar: everybody on the case hears of the date."""
    hearing = the_hearing(event.subject_id)
    if not is_over(hearing, now):
        yield Opening("H1", hearing.case, hearing, f"H1:{hearing.pk}", known=goes(hearing), hearing=hearing)


def hearing_named(event: Event, now: datetime) -> Iterable[Opening]:
    """Somebody was named to go: she hears it at once."""
    hearing = the_hearing(event.subject_id)
    still = hearing.who_goes_id and str(hearing.who_goes_id) == str(event.detail.get("user"))
    if still and not is_over(hearing, now):
        yield Opening(
            "H1", hearing.case, hearing, f"H1:{hearing.pk}:e{event.pk}", title="H1.goes", known=goes(hearing),
            practice=Practice((To.GOES,), Urgency.NORMAL), hearing=hearing,
        )  # fmt: skip


def witness_called(event: Event, now: datetime) -> Iterable[Opening]:
    """A survivor is called who was not when the hearing was entered: her social worker plans the day."""
    if event.subject == CalledWitness._meta.label:
        return
    row = Attendance.objects.select_related("hearing").get(pk=event.subject_id)
    hearing = the_hearing(row.hearing_id)
    if row.called and not is_over(hearing, now):
        yield Opening(
            "H1", hearing.case, hearing, f"H1:{hearing.pk}:e{event.pk}", title="H1.called",
            practice=Practice((To.SW,), Urgency.NORMAL), hearing=hearing,
        )  # fmt: skip


def outcome_recorded(event: Event, _now: datetime) -> Iterable[Opening]:
    """Put off, or to go on, and nobody knows when: it is asked for until there is a date."""
    hearing = the_hearing(event.subject_id)
    if hearing.outcome in GOES_ON and not hearing.next_on:
        yield Opening("H6", hearing.case, hearing, f"H6:{hearing.pk}:e{event.pk}", known=goes(hearing))


def open_hearing_watch(*, by: User, now: datetime) -> int:
    """Ask who goes when nobody has said so, and what is missing for the survivors who are called."""
    ahead = Hearing.objects.expected().between(now - OVER, now + AHEAD).with_missing()
    hearings = [row for row in ahead.select_related("case__office") if now < over_at(row)]
    found = [opening for row in hearings for opening in (unconfirmed(row, now), unplanned(row, now))]
    return len(open_alerts([opening for opening in found if opening], by=by, now=now))


def asked_at(hearing: Hearing, days: int) -> datetime:
    """So many days before, at the hour of the hearing."""
    zone = zone_of(hearing.case.office.time_zone)
    return wall(zone, day_of(hearing) - timedelta(days=days), hearing.local_time or MORNING)


def unconfirmed(hearing: Hearing, now: datetime) -> Opening | None:
    """Three days before, and the day before, if it was on record by then and nobody has confirmed."""
    if hearing.confirmed_at:
        return None
    for days, urgency, practice in UNCONFIRMED:
        if hearing.scheduled_at < asked_at(hearing, days) <= now:
            return Opening(
                "H7", hearing.case, hearing, f"H7:{hearing.pk}:v{hearing.schedule_version}:t{days}",
                urgency=urgency, practice=practice, known=goes(hearing), supersedes=("H7",), hearing=hearing,
            )  # fmt: skip
    return None


def unplanned(hearing: Hearing, now: datetime) -> Opening | None:
    """Two weeks, one week and two days before: something is still open for a survivor who is called."""
    if not hearing.missing:  # type: ignore[attr-defined]
        return None
    for days in PLAN_DAYS:
        if asked_at(hearing, days) <= now:
            last = days == PLAN_DAYS[0]
            return Opening(
                "H9", hearing.case, hearing, f"H9:{hearing.pk}:v{hearing.schedule_version}:t{days}",
                title="H9.t2" if last else "", urgency=Urgency.COURT if last else None,
                practice=PLAN_AT_LAST if last else None, known=goes(hearing), supersedes=("H9",),
                hearing=hearing,
            )  # fmt: skip
    return None


def hearings_answered(live: QuerySet, now: datetime) -> Iterable[QuerySet]:
    """The deed is done: a date, a yes, a plan; or the day has come and something else is asked."""
    gone = Hearing.objects.filter(~Q(outcome="") | Q(starts_at__lt=now - OVER))
    confirmed = Hearing.objects.filter(confirmed_at__isnull=False)
    missing = WitnessItem.objects.missing().values("hearing")
    yield live.filter(rule="H7", subject_id__in=(gone | confirmed).values("pk"))
    yield live.filter(rule="H9", subject_id__in=gone.values("pk"))
    yield live.filter(rule="H9").exclude(subject_id__in=missing)
    later = Hearing.objects.filter(proceeding=OuterRef("proceeding"), starts_at__gt=OuterRef("starts_at"))
    later = later.exclude(outcome="vacated").exclude(pk=OuterRef("pk"))
    dated = ~Q(outcome__in=GOES_ON) | ~Q(next_on="") | ~Q(proceeding__closed_on="") | Exists(later)
    yield live.filter(rule="H6", subject_id__in=Hearing.objects.filter(dated).values("pk"))
