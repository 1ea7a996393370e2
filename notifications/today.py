"""The list of the day: what the day asks for in court and in care, under the reader's rights.

Sealed cases stand in no list that a message calls anybody to. Each line is one press from its deed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.roles import Can
from cases.states import LegalStatus
from notifications.actions.clocks import JUDGED
from notifications.clock import zone_of
from notifications.models import InboxItem
from notifications.mornings import (
    Line,
    Morning,
    care_lines,
    care_tasks,
    parts,
    silent_lines,
    silent_people,
)
from notifications.rules import Urgency
from notifications.states import LIVE_ALERT
from notifications.words import words_of
from prosecutions.countdown import with_countdown
from prosecutions.models import Attendance, AwardStep, BailCondition, BailOrder, Clock, Hearing, Proceeding
from reference.templatetags.look import icon_name
from reference.templatetags.show import clock, edtf, moment
from reference.templatetags.show import day as in_words

MOST = 30
DAY = timedelta(days=1)
FORTNIGHT = 14


@dataclass(frozen=True)
class Kind:
    """One of the lists: what it asks for, who may read it, and how a row of it reads."""

    code: str
    title: Any
    icon: str
    need: Can
    rows: Callable[[Morning], Any]
    lines: Callable[[list[Any], Morning], list[Line]]


@dataclass
class Shown:
    kind: Kind
    lines: list[Line] = field(default_factory=list)
    more: bool = False


def hearing_lines(rows, morning):
    """When, for what, where, before whom, and who goes."""
    return [
        Line(
            title=row.get_purpose_display() or _("Hearing"),
            url=reverse("prosecutions:hearing-detail", args=[row.pk]),
            number=row.case.number,
            lead=when(row, morning),
            note=parts(row.proceeding.court, row.room, row.judge),
            tag=row.who_goes.name if row.who_goes else _("Nobody goes yet"),
            tone="plain" if row.who_goes else "danger",
        )
        for row in rows
    ]


def when(row, morning):
    """The hour today, else the day too, on the clock of the hearing's office."""
    if row.starts_at is None:
        return edtf(row.on)
    local = row.starts_at.astimezone(zone_of(row.office.time_zone))
    if local.date() == morning.day:
        return clock(local.time()) if row.local_time else in_words(local.date())
    with timezone.override(zone_of(row.office.time_zone)):
        return moment(row.starts_at) if row.local_time else in_words(local.date())


def near_hearings(morning):
    rows = Hearing.objects.expected().between(morning.midnight(), morning.midnight(2))
    rows = morning.of(rows).select_related("proceeding", "case", "office", "who_goes")
    return rows.order_by("proceeding__court", "starts_at", "pk")


def moved_hearings(morning):
    since = morning.now - DAY
    moved = Q(schedule_version__gt=1, scheduled_at__gte=since) | Q(outcome="vacated", outcome_at__gte=since)
    return morning.of(Hearing.objects.filter(moved)).for_list()


def unrecorded_hearings(morning):
    rows = Hearing.objects.unrecorded(morning.midnight()).filter(starts_at__gte=morning.now - 30 * DAY)
    return morning.of(rows).for_list()


def unrecorded_lines(rows, morning):
    """As hearings, one press from the outcome for those who write it down."""
    lines = hearing_lines(rows, morning)
    for line, row in zip(lines, rows, strict=True):
        line.tag, line.tone = _("No outcome"), "soon"
        if morning.user.can(Can.RECORD_HEARING):
            line.url = reverse("prosecutions:hearing-record", args=[row.pk])
    return lines


def needed_hearings(morning):
    called = Attendance.objects.filter(hearing=OuterRef("pk"), called=True)
    rows = Hearing.objects.expected().between(morning.midnight(), morning.midnight(FORTNIGHT))
    return morning.of(rows.filter(Exists(called)).with_missing()).for_list()


def needed_lines(rows, morning):
    """As hearings, with what is still missing for those who speak."""
    lines = hearing_lines(rows, morning)
    for line, row in zip(lines, rows, strict=True):
        missing = ngettext("%(n)s thing missing", "%(n)s things missing", row.missing) % {"n": row.missing}
        line.tag, line.tone = (missing, "danger") if row.missing else (_("Ready"), "done")
    return lines


def blind_proceedings(morning):
    ahead = Hearing.objects.expected().filter(proceeding=OuterRef("pk"))
    ahead = ahead.filter(Q(starts_at__gte=morning.midnight()) | Q(starts_at=None))
    begun = Hearing.objects.filter(proceeding=OuterRef("pk"))
    rows = Proceeding.objects.still_open().filter(Exists(begun), ~Exists(ahead))
    rows = rows.exclude(case__legal_status=LegalStatus.CLOSED)
    return morning.of(rows).select_related("case").order_by("case__number", "pk")


def proceeding_lines(rows, _morning):
    return [
        Line(
            title=row.called,
            url=reverse("desk:case-page", args=[row.case_id]),
            number=row.case.number,
            note=row.court,
        )
        for row in rows
    ]


def waiting_bail(morning):
    due = BailCondition.objects.in_force().filter(bail=OuterRef("pk"))
    due = due.filter(next_on__lte=morning.day + timedelta(days=7))
    rows = BailOrder.objects.filter(Q(status__in=["SOUGHT", "BREACHED"]) | Exists(due))
    return morning.of(rows).for_watch()


def bail_lines(rows, _morning):
    return [
        Line(
            title=row.accused.called,
            url=reverse("prosecutions:bail-detail", args=[row.pk]),
            number=row.case.number,
            note=row.proceeding.called if row.proceeding else row.court,
            tag=row.get_status_display(),
            tone="danger" if row.status == "BREACHED" else "soon",
        )
        for row in rows
    ]


def pressing_clocks(morning):
    rows = Clock.objects.pressing(morning.now).exclude(rule__starts__in=JUDGED)
    return morning.of(rows).for_board()


def appeal_clocks(morning):
    rows = Clock.objects.running().awake().filter(rule__starts__in=JUDGED)
    near = rows.filter(due_at__lt=morning.now + 15 * DAY, due_at__gt=morning.now - 7 * DAY)
    return morning.of(near).for_board()


def clock_lines(rows, morning):
    return [
        Line(
            title=row.rule.name,
            url=reverse("prosecutions:clock-detail", args=[row.pk]),
            number=row.case.number,
            note=parts(
                row.accused.called if row.accused else "", row.survivor.called if row.survivor else ""
            ),
            lead=in_words(row.due_on) if row.due_on else "",
            tag=row.count["label"],
            tone=row.count["tone"],
        )
        for row in with_countdown(rows, morning.now)
    ]


def due_steps(morning):
    """The last step of each order of money, when what it promised is near or past."""
    later = AwardStep.objects.filter(award=OuterRef("award"), on__gt=OuterRef("on"))
    near = {"next_on__lte": morning.day + timedelta(days=FORTNIGHT), "next_on__gte": morning.day - 30 * DAY}
    rows = AwardStep.objects.filter(~Exists(later), **near)
    return morning.of(rows).select_related("award", "case").order_by(F("next_on").asc(), "pk")


def step_lines(rows, _morning):
    return [
        Line(
            title=row.get_kind_display(),
            url=reverse("prosecutions:award-detail", args=[row.award_id]),
            number=row.case.number,
            lead=in_words(row.next_on),
        )
        for row in rows
    ]


def daily_alerts(morning):
    rows = InboxItem.objects.filter(user=morning.user, urgency=Urgency.DIGEST, superseded=False)
    rows = rows.filter(alert__state__in=LIVE_ALERT, case__isnull=False, acked_at=None)
    return morning.of(rows).select_related("alert", "case").order_by("created_at", "pk")


def alert_lines(rows, _morning):
    return [
        Line(
            title=words_of(row.title_code)[0],
            url=reverse("notifications:alert-detail", args=[row.alert_id]),
            number=row.case.number,
            note=words_of(row.title_code)[1],
        )
        for row in rows
    ]


HEARING, ACCUSED = Can.VIEW_HEARING, Can.VIEW_ACCUSED
LISTS = (
    Kind(
        "hearings",
        _("Hearings today and tomorrow"),
        icon_name("gavel"),
        HEARING,
        near_hearings,
        hearing_lines,
    ),
    Kind(
        "moved",
        _("Moved or taken off since yesterday"),
        icon_name("history"),
        HEARING,
        moved_hearings,
        hearing_lines,
    ),
    Kind(
        "blind",
        _("Proceedings without a next date"),
        icon_name("eye-off"),
        HEARING,
        blind_proceedings,
        proceeding_lines,
    ),
    Kind(
        "unrecorded",
        _("Hearings without an outcome"),
        icon_name("pencil"),
        HEARING,
        unrecorded_hearings,
        unrecorded_lines,
    ),
    Kind(
        "bail",
        _("Bail that waits for somebody"),
        icon_name("shield-alert"),
        ACCUSED,
        waiting_bail,
        bail_lines,
    ),
    Kind(
        "clocks",
        _("Clocks of the law, by the days left"),
        icon_name("clock"),
        ACCUSED,
        pressing_clocks,
        clock_lines,
    ),
    Kind(
        "needed",
        _("Who must speak in the next two weeks"),
        icon_name("users"),
        HEARING,
        needed_hearings,
        needed_lines,
    ),
    Kind(
        "care",
        _("To do for the people entrusted to you"),
        icon_name("heart-handshake"),
        Can.WRITE_AFTERCARE,
        care_tasks,
        care_lines,
    ),
    Kind(
        "silent",
        _("Not reached for too long"),
        icon_name("phone"),
        Can.WRITE_AFTERCARE,
        silent_people,
        silent_lines,
    ),
    Kind("orders", _("Orders with a date to be kept"), icon_name("banknote"), ACCUSED, due_steps, step_lines),
    Kind("appeals", _("Time to appeal"), icon_name("landmark"), ACCUSED, appeal_clocks, clock_lines),
    Kind(
        "daily", _("To be made sure of"), icon_name("list-checks"), Can.VIEW_CASE, daily_alerts, alert_lines
    ),
)


def morning_of(user, office, now):
    return Morning(user, now, zone_of(office.time_zone) if office else timezone.get_current_timezone())


def lists_of(morning):
    """The lists that are not empty."""
    shown = []
    for kind in LISTS:
        if not morning.user.can(kind.need):
            continue
        rows = list(kind.rows(morning)[: MOST + 1])
        if rows:
            shown.append(Shown(kind, kind.lines(rows[:MOST], morning), len(rows) > MOST))
    return shown


def anything_for(morning):
    """Does any list hold something?"""
    return any(kind.rows(morning).exists() for kind in LISTS if morning.user.can(kind.need))
