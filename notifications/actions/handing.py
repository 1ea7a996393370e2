from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from audit.actions import record
from audit.models import Event
from cases.querysets import colleagues_who_may_see
from cases.states import IllegalMove
from notifications.actions.alerts import acknowledge_alert, log
from notifications.actions.owing import Owed, owe
from notifications.models import Alert, AlertLog, Handled, InboxItem
from notifications.querysets import FEW_ONLY
from notifications.rules import To, Urgency
from notifications.states import LIVE_ALERT, AlertState, LogKind

HANDED, DECLINED = "alert.hand_over", "alert.decline"
AT_A_TIME = 200


def may_take_over(alert: Alert, but: User) -> QuerySet[User]:
    """To whom it may be given: whoever may see the case; of what few may know, only those who know it."""
    if alert.case is None:
        return User.objects.none()
    people = colleagues_who_may_see(alert.case).exclude(pk=but.pk)
    if alert.rule in FEW_ONLY:
        told = AlertLog.objects.filter(alert=alert).values_list("people", flat=True)
        people = people.filter(pk__in={person for people in told for person in people})
    return people


def may_hand_over(alert: Alert, by: User) -> bool:
    """Whoever has it, anybody while nobody has it, and a lead."""
    if alert.case_id is None or not alert.ladder or alert.state not in LIVE_ALERT:
        return False
    return alert.state == AlertState.OPEN or alert.acked_by_id == by.pk or leads(alert, by)


def leads(alert: Alert, by: User) -> bool:
    return by.can_in(alert.office_id, Can.SEAL_CASE)


def hand_over_alert(alert_id: UUID, *, by: User, to: User, now: datetime) -> Alert:
    """Give it to somebody. Until she says yes it stays with the giver, and climbs again if she does not."""
    alert = Alert.objects.select_for_update(of=("self",)).select_related("case").get(pk=alert_id)
    if alert.state not in LIVE_ALERT:
        raise IllegalMove(_("This alert is over already."))
    if not may_hand_over(alert, by):
        raise IllegalMove(_("Only whoever has it, or a lead of the office, gives it to somebody."))
    if not may_take_over(alert, by).filter(pk=to.pk).exists() or to.pk == alert.acked_by_id:
        raise IllegalMove(_("Give it to somebody else who may see the case."), field="to")
    if alert.state == AlertState.OPEN:
        alert = acknowledge_alert(alert_id, by=by, now=now)
    alert.handed_to, alert.handed_at = to, now
    alert.version += 1
    alert.save(update_fields=["handed_to", "handed_at", "version"])
    log(LogKind.HANDED, [(alert, [to.pk])], by=by, now=now)
    record("alert.hand_over", by=by, subject=alert, at=now, rule=alert.rule, user=to.pk)
    return alert


def mine(by: User) -> QuerySet[Alert]:
    """What this person has, and what still asks her while nobody has it."""
    asked = InboxItem.objects.filter(alert=OuterRef("pk"), user=by, acked_at=None, superseded=False)
    rows = Alert.objects.live().filter(case__isnull=False).exclude(ladder=[])
    held = Q(state=AlertState.ACKED, acked_by=by)
    return rows.filter(held | Q(state=AlertState.OPEN) & Exists(asked)).order_by("opened_at", "pk")


def hand_over_all(*, by: User, to: User, now: datetime) -> tuple[list[Alert], list[Alert]]:
    """Give somebody all that is on one's hands: (what was given, what she may not see)."""
    given, kept = [], []
    for alert in mine(by).filter(handed_to=None).select_related("case", "office"):
        if may_take_over(alert, by).filter(pk=to.pk).exists():
            given.append(hand_over_alert(alert.pk, by=by, to=to, now=now))
        else:
            kept.append(alert)
    return given, kept


def take_over_alert(alert_id: UUID, *, by: User, now: datetime) -> Alert:
    """Yes: from now on she has it, to be done by the time that held before."""
    alert = given_to(alert_id, by)
    return acknowledge_alert(alert.pk, by=by, now=now)


def decline_alert(alert_id: UUID, *, by: User, now: datetime) -> Alert:
    """No: it stays with whoever gave it, who hears of it."""
    alert = given_to(alert_id, by)
    InboxItem.objects.filter(alert=alert, user=by, acked_at=None).update(acked_at=now, read_at=now)
    alert.handed_to = alert.handed_at = None
    alert.version += 1
    alert.save(update_fields=["handed_to", "handed_at", "version"])
    log(LogKind.DECLINED, [(alert, [alert.acked_by_id] if alert.acked_by_id else ())], by=by, now=now)
    record("alert.decline", by=by, subject=alert, at=now, rule=alert.rule, user=alert.acked_by_id)
    return alert


def given_to(alert_id: UUID, by: User) -> Alert:
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
    if alert.handed_to_id != by.pk or alert.state != AlertState.ACKED:
        raise IllegalMove(_("Nobody is giving this to you any more."))
    return alert


def tell_of_handing(*, now: datetime, since: datetime | None = None) -> int:
    """Whoever was given an alert, and whoever gets it back, finds it in the inbox and outside the house."""
    seen = Handled.objects.filter(event_id=OuterRef("pk"))
    facts = Event.objects.live().filter(~Exists(seen), verb__in=(HANDED, DECLINED))
    facts = facts.filter(at__gte=since) if since else facts
    events = list(facts.order_by("pk")[:AT_A_TIME])
    keys = [UUID(event.subject_id) for event in events]
    alerts = Alert.objects.select_related("case").in_bulk(keys) if keys else {}
    owed = [owed_of(event, alerts[key]) for event, key in zip(events, keys, strict=True) if key in alerts]
    owe([one for one in owed if one], now=now)
    Handled.objects.bulk_create(
        [Handled(event_id=event.pk, at=now) for event in events], ignore_conflicts=True
    )
    return len(events)


def owed_of(event: Event, alert: Alert) -> Owed | None:
    """What the person is told, while it is still true."""
    user = event.detail.get("user")
    still = str(alert.handed_to_id if event.verb == HANDED else alert.acked_by_id)
    if alert.state not in LIVE_ALERT or user != still:
        return None
    title = "handed" if event.verb == HANDED else "declined"
    return Owed(
        UUID(str(user)), alert.case, f"alert:{alert.pk}:{title}:e{event.pk}", f"{alert.rule}.{title}",
        To.GIVEN, Urgency(alert.urgency), alert=alert,
    )  # fmt: skip
