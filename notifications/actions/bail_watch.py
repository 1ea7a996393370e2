"""What the clock calls for about people on bail and in custody: what nobody has answered or confirmed."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from accounts.models import User
from cases.clock import today_in
from notifications.actions.alerts import Opening, open_alerts
from notifications.actions.custody_facts import NOTICE_LANDS, wants_notice
from notifications.clock import wall, zone_of
from notifications.rules import Urgency
from prosecutions.models import Accused, BailCondition, BailOrder, Custody, Hearing, StatusCheck
from prosecutions.states import CustodyKind, HearingPurpose
from prosecutions.watching import SERVING, WAITING
from reference.fields import Last
from reference.values import PartialDate

HEARD_SOON = timedelta(hours=48)
DAY = timedelta(days=1)
LATE = timedelta(days=3)
LOOK_BACK = timedelta(days=30)
MORNING = time(8)
# How hard an old answer knocks: after one, two and three times the days allowed.
HARDER = (Urgency.DIGEST, Urgency.CONFIRM, Urgency.COURT)


def open_bail_watch(*, by: User, now: datetime) -> int:
    """Ask for what is due; each episode once, in a few statements however many people wait for judgment."""
    found = [*unanswered(now), *unproved(now), *unconfirmed_conditions(now), *unconfirmed_people(now)]
    return len(open_alerts(found, by=by, now=now))


def heard_between(first: date, last: date) -> QuerySet:
    """Applications of which the court has not decided, heard on one of these days."""
    rows = BailOrder.objects.pending().annotate(day=Last("heard_on")).filter(day__gte=first, day__lte=last)
    return rows.select_related("case__office")


def confirmed_hearing() -> Exists:
    """Somebody has said that she goes to the hearing on this application."""
    hearings = Hearing.objects.filter(proceeding=OuterRef("proceeding"), on=OuterRef("heard_on"), outcome="")
    return Exists(hearings.filter(purpose=HearingPurpose.BAIL, confirmed_at__isnull=False))


def unanswered(now: datetime) -> Iterable[Opening]:
    """Heard within two days, and we have neither answered nor said who goes."""
    today = now.date()
    rows = heard_between(today - DAY, today + HEARD_SOON + DAY).filter(~confirmed_hearing(), opposition="")
    for bail in rows:
        if not PartialDate(bail.heard_on).exact:
            continue
        zone, day = zone_of(bail.case.office.time_zone), PartialDate(bail.heard_on).first
        over = wall(zone, day + DAY, time())
        if wall(zone, day, bail.heard_time or MORNING) - now < HEARD_SOON and now < over:
            yield Opening("B2", bail.case, bail, f"B2:{bail.pk}:{day}", facts={"applied": True})


def unproved(now: datetime) -> Iterable[Opening]:
    """The court has heard it by now, and no notice to the survivors is on record where the law wants one."""
    rows = heard_between((now - LOOK_BACK).date(), now.date()).filter(notice="")
    here = Q(case__country="", office__country__in=NOTICE_LANDS)
    rows = rows.filter(Q(case__country__in=NOTICE_LANDS) | here)
    for bail in rows:
        day = PartialDate(bail.heard_on)
        if not day.exact or day.first > today_in(bail.case.office, now) or not wants_notice(bail):
            continue
        if today_in(bail.case.office, bail.created_at) <= day.first:  # history asks nobody anything
            yield Opening("B12", bail.case, bail, f"B12:{bail.pk}:heard", facts={"applied": True})


def unconfirmed_conditions(now: datetime) -> Iterable[Opening]:
    """A day to report, to pay or to hand something in has passed, and nobody has said whether it was kept."""
    rows = BailCondition.objects.in_force().filter(next_on__lt=now.date() + DAY)
    for condition in rows.select_related("case__office"):
        due, today = condition.next_on, today_in(condition.case.office, now)
        if due is None or due >= today:
            continue
        late = today - due > LATE
        yield Opening(
            "B7", condition.case, condition, f"B7:{condition.pk}:{due}{':late' if late else ''}",
            urgency=Urgency.COURT if late else Urgency.CONFIRM, facts={"due": due.isoformat()},
            supersedes=("B7",) if late else (),
        )  # fmt: skip


def unconfirmed_people(now: datetime) -> Iterable[Opening]:
    """Held, or waiting for bail, and for too long nobody has made sure where."""
    for accused in people_watched(now.date()):
        since = max(day for day in (accused.confirmed_on, accused.held_since) if day is not None)
        limit = SERVING if accused.serving else WAITING
        age = today_in(accused.case.office, now) - since
        level = min(age // limit if age > limit else 0, len(HARDER))
        if level:
            yield Opening(
                "C6", accused.case, accused, f"C6:{accused.pk}:{since}:{level}", urgency=HARDER[level - 1],
                facts={"since": since.isoformat()}, supersedes=("C6",) if level > 1 else (),
            )  # fmt: skip


def people_watched(today: date) -> QuerySet:
    """Those of whom we once knew: confirmed at some time, or entered when it began. History asks nobody."""
    spells = Custody.objects.running().filter(accused=OuterRef("pk")).annotate(start=Last("starts_on"))
    live = spells.filter(start__gte=TruncDate("created_at") - LOOK_BACK, start__lte=today - WAITING)
    checks = StatusCheck.objects.filter(accused=OuterRef("pk")).order_by("-on")
    rows = Accused.objects.annotate(
        confirmed_on=Subquery(checks.values("on")[:1]),
        held_since=Subquery(live.order_by("-start").values("start")[:1]),
        serving=Exists(spells.filter(kind=CustodyKind.SENTENCE)),
    )
    waits = Exists(spells) | Exists(BailOrder.objects.pending().filter(accused=OuterRef("pk")))
    known = Q(confirmed_on__lt=today - WAITING) | Q(confirmed_on=None, held_since__isnull=False)
    return rows.filter(waits, known).select_related("case__office").order_by(F("confirmed_on").asc(), "pk")
