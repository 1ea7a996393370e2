from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.models import User
from aftercare.models import Care, Plan
from cases.models import Emergency
from notifications.actions.aftermath import settled
from notifications.actions.alerts import finish, log, trail
from notifications.actions.bail_closing import answered_bail
from notifications.actions.care_watch import answered_care
from notifications.actions.clocks import answered_clocks
from notifications.actions.corrections import corrections_heard
from notifications.actions.deeds import done_deeds
from notifications.actions.hearing_watch import hearings_answered
from notifications.actions.leaving import settled_people
from notifications.actions.lookouts import answered_lookouts
from notifications.actions.telling import told_of
from notifications.models import Alert, InboxItem
from notifications.querysets import BLIND
from notifications.rules import EACH_ANSWERS
from notifications.states import AlertState, LogKind
from prosecutions.models import BailOrder, Hearing, MatchSide
from prosecutions.states import Bail

KEPT = timedelta(days=30)
CORRECTIONS = EACH_ANSWERS
READ_ONLY = ("B5", "B8", "H1", "J2", "O5")


def close_alerts(*, by: User, now: datetime) -> int:
    """Close what the facts have answered: not the button but the deed."""
    done = {alert.pk: alert for alerts in answered(now) for alert in alerts}
    return finish(list(done.values()), AlertState.CLOSED, by=by, now=now)


def close_now(alerts: Iterable[Alert], *, by: User, now: datetime) -> set[Any]:
    """Close those of these alerts whose deed is done at this moment: it wins over the next step."""
    these = Alert.objects.live().filter(pk__in=[alert.pk for alert in alerts])
    done = {alert.pk: alert for rows in answered(now, these) for alert in rows}
    finish(list(done.values()), AlertState.CLOSED, by=by, now=now)
    return set(done)


def answered(now: datetime, live: QuerySet | None = None) -> Iterable[QuerySet]:
    """The live alerts whose fact is in the database, rule by rule."""
    live = Alert.objects.live() if live is None else live
    applied = Q(rule="B1") | Q(rule="B10", facts__applied=True)
    replied = BailOrder.objects.filter(~Q(status=Bail.SOUGHT) | ~Q(opposition=""))
    yield live.filter(applied, subject_id__in=replied.values("pk"))
    over = BailOrder.objects.filter(status__in=[Bail.CANCELLED, Bail.ENDED])
    yield live.filter(rule__in=["B3", "B4", "B6", "B10"], subject_id__in=over.values("pk"))
    recorded = Hearing.objects.exclude(outcome="")
    yield live.filter(rule="H5", subject_id__in=recorded.values("pk"))
    yield from hearings_answered(live, now)
    yield from corrections_heard(live, now)
    yield from answered_lookouts(live, now)
    told = MatchSide.objects.exclude(answer="").annotate(text=Cast("pk", CharField()))
    matches = live.filter(rule="B9", facts__has_key="side")
    matches = matches.annotate(side=Cast(KT("facts__side"), CharField()))
    yield matches.filter(side__in=told.values("text"))
    looked_at = Emergency.objects.filter(reviewed_at__isnull=False)
    yield live.filter(rule="E1", subject_id__in=looked_at.values("pk"))
    yield from reviewed(live)
    yield from answered_bail(live)
    yield from answered_clocks(live)
    yield from settled(live, now)
    yield from settled_people(live, now)
    yield from told_of(live)
    yield from done_deeds(live)
    yield from answered_care(live, now)
    yield read_by_all(live, now)
    # Where an office wants an answer to what elsewhere is only read, the answer is all there is to do.
    yield live.filter(rule__in=READ_ONLY, state=AlertState.ACKED)


def reviewed(live: QuerySet) -> Iterable[QuerySet]:
    """The review is recorded, or its date was moved."""
    due = live.filter(rule__in=["P1", "P2"]).annotate(due=Cast(KT("facts__due"), CharField()))
    same_plan = Plan.objects.filter(pk=OuterRef("subject_id"), reviewed_on="", review_on=OuterRef("due"))
    yield due.filter(~Exists(same_plan), subject=Plan._meta.label)
    same_care = Care.objects.filter(pk=OuterRef("subject_id"), next_review_on=OuterRef("due"))
    yield due.filter(~Exists(same_care), subject=Care._meta.label)


def read_by_all(live: QuerySet, now: datetime) -> QuerySet:
    """What nobody need answer is over when everybody has read it, or after a month."""
    unread = InboxItem.objects.filter(alert=OuterRef("pk"), read_at=None, superseded=False)
    return live.filter(ladder=[]).filter(~Exists(unread) | Q(opened_at__lt=now - KEPT))


def take_answers(*, by: User, now: datetime) -> int:
    """Another office that was asked to watch has said yes; it may not touch the alert of our case itself."""
    said_yes = InboxItem.objects.filter(
        title_code__in=BLIND, acked_at__isnull=False, alert__state=AlertState.OPEN
    ).select_related("alert")
    answers: dict[Any, Any] = {item.alert_id: item for item in said_yes.order_by("-acked_at")}
    for item in answers.values():
        alert = item.alert
        alert.state, alert.next_step_at = AlertState.ACKED, None
        alert.acked_at, alert.acked_by_id = item.acked_at, item.user_id
        alert.save(update_fields=["state", "next_step_at", "acked_at", "acked_by"])
        log(LogKind.ACKED, [(alert, [item.user_id])], by=by, now=now)
    trail("alert.acknowledge", [item.alert for item in answers.values()], by=by, now=now)
    return len(answers)
