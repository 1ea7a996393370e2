"""The brake against a flood: a load of history or a rule gone wild must not ring a hundred telephones.

Looked at in the very transaction that opened the alerts, so that not one of their messages has left. The
inboxes keep everything; the messages wait until somebody lets them out or withdraws them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncHour
from django.utils.translation import gettext as _

from accounts.models import Office, User
from audit.actions import record
from cases.states import IllegalMove
from notifications.actions.alerts import Opening, finish, open_alerts
from notifications.models import Alert, Brake, Delivery
from notifications.rules import Urgency
from notifications.states import LIVE_ALERT, AlertState, BrakeState, DeliveryState

HOUR = timedelta(hours=1)
TEN_MINUTES = timedelta(minutes=10)
USUAL_OF = timedelta(days=28)
TIMES = 5
FEW = 40  # of one rule in an hour are never a flood, however quiet the weeks before
URGENT_FEW = 5  # a rule with no more urgent alerts than this has no part in a flood of urgent ones
ONE_BY_ONE = (Urgency.SAFETY, Urgency.COURT, Urgency.CONFIRM)  # the rest goes in one mail an hour, or none
NEVER = ("X", "T")
STORM = "storm"  # why a message waits, on its row
WITHDRAWN = "withdrawn"


def brake_floods(*, by: User, now: datetime) -> int:
    """Pull the brake where it floods, and hold back what is braked; how many brakes were pulled."""
    flooding = {key: found for key, found in floods(now).items() if not decided(key, now)}
    held = set(Brake.objects.on().values_list("rule", "office_id"))
    offices = Office.objects.in_bulk({office for _rule, office in flooding})
    pulled = [
        Brake(rule=rule, office=offices[office], began_at=now, count=count, usual=usual)
        for (rule, office), (count, usual) in sorted(flooding.items())
        if (rule, office) not in held
    ]
    Brake.objects.bulk_create(pulled, ignore_conflicts=True)
    open_alerts([told(brake) for brake in pulled], by=by, now=now)
    for brake in pulled:
        record("brake.pull", by=by, subject=brake, at=now, rule=brake.rule, count=brake.count)
    if held or pulled:
        hold(now)
    return len(pulled)


def decided(key: tuple[str, int], now: datetime) -> bool:
    """Has somebody just decided about it, and have not as many come since as make a flood?"""
    rule, office = key
    last = Brake.objects.filter(rule=rule, office=office, done_at__gt=now - HOUR).order_by("-done_at").first()
    if last is None:
        return False
    since = Alert.objects.filter(rule=rule, office=office, opened_at__gt=last.done_at, opened_at__lte=now)
    return since.count() <= min(FEW, settings.ALERT_STORM)


def told(brake: Brake) -> Opening:
    facts = {"rule": brake.rule, "count": brake.count, "usual": brake.usual}
    return Opening("X5", None, brake, f"X5:{brake.pk}", office=brake.office, facts=facts)


def floods(now: datetime) -> dict[tuple[str, int], tuple[int, int]]:
    """{(rule, office): (how many, how many are usual)} of what floods at this moment."""
    recent = Alert.objects.filter(opened_at__gt=now - HOUR, opened_at__lte=now)
    recent = recent.exclude(Q(rule__startswith=NEVER[0]) | Q(rule__startswith=NEVER[1]))
    counted = recent.filter(urgency__in=ONE_BY_ONE).values_list("rule", "office").order_by()
    many = {(rule, office): n for rule, office, n in counted.annotate(n=Count("pk")) if n > FEW}
    usual = usual_of(many, now) if many else {}
    found = {key: (n, usual[key]) for key, n in many.items() if n > TIMES * usual[key]}
    # The most that a release of everybody at once may do before somebody looks: not per rule, but all told.
    urgent = recent.filter(urgency=Urgency.SAFETY, opened_at__gt=now - TEN_MINUTES)
    burst = Counter(urgent.values_list("rule", "office").order_by())
    if burst.total() > settings.ALERT_STORM:
        found |= {key: (n, 0) for key, n in burst.items() if n > URGENT_FEW and key not in found}
    return found


def usual_of(keys: Iterable[tuple[str, int]], now: datetime) -> Mapping[tuple[str, int], int]:
    """The busiest hour of each rule in the four weeks before, but for hours that were braked."""
    before = Alert.objects.filter(opened_at__gt=now - USUAL_OF, opened_at__lte=now - HOUR)
    before = before.filter(rule__in={rule for rule, _office in keys})
    rows = before.annotate(hour=TruncHour("opened_at")).values_list("rule", "office", "hour").order_by()
    braked = {(b.rule, b.office_id): b.began_at for b in Brake.objects.filter(began_at__gt=now - USUAL_OF)}
    busiest: dict[tuple[str, int], int] = dict.fromkeys(keys, 0)
    for rule, office, hour, n in rows.annotate(n=Count("pk")):
        key, pulled = (rule, office), braked.get((rule, office))
        if key in busiest and not (pulled and hour <= pulled < hour + HOUR):
            busiest[key] = max(busiest[key], n)
    return busiest


def waiting_of(brake: Brake) -> QuerySet:
    """The messages of its rule and office that have not left."""
    return Delivery.objects.filter(
        state=DeliveryState.QUEUED, item__alert__rule=brake.rule, item__alert__office=brake.office_id
    )


def hold(now: datetime) -> None:
    """What is braked has no next moment."""
    for brake in Brake.objects.on():
        fresh = waiting_of(brake).filter(item__alert__opened_at__gt=brake.began_at - HOUR)
        fresh.exclude(next_at=None).update(next_at=None, reason=STORM)


def decide_brake(brake_id: UUID, *, by: User, now: datetime, let_out: bool, reason: str = "") -> Brake:
    """Let the messages out, or withdraw them; the next sweep does it."""
    brake = Brake.objects.select_for_update(of=("self",)).get(pk=brake_id)
    if brake.state != BrakeState.HELD:
        raise IllegalMove(_("Somebody else has decided already."))
    if not let_out and not reason.strip():
        raise IllegalMove(_("Say why these messages are not to go out."), field="reason")
    brake.state = BrakeState.RELEASED if let_out else BrakeState.WITHDRAWN
    brake.decided_at, brake.decided_by, brake.reason = now, by, reason.strip()
    brake.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    record("brake.decide", by=by, subject=brake, at=now, rule=brake.rule, let_out=let_out)
    return brake


def obey_decisions(*, by: User, now: datetime) -> int:
    """Do what was decided: the messages go out, or never will."""
    decided = list(Brake.objects.exclude(state=BrakeState.HELD).filter(done_at=None).select_for_update())
    for brake in decided:
        held = waiting_of(brake).filter(reason=STORM, next_at=None)
        if brake.state == BrakeState.RELEASED:
            held.update(next_at=now, reason="")
        else:
            withdraw(held)
        brake.done_at = now
        brake.save(update_fields=["done_at"])
    about = Alert.objects.filter(
        rule="X5", state__in=LIVE_ALERT, subject_id__in=[brake.pk for brake in decided]
    )
    finish(list(about), AlertState.CLOSED, by=by, now=now)
    return len(decided)


def withdraw(held: QuerySet) -> None:
    """They never leave, and their alerts chase nobody any more: in the inboxes they stand to be read."""
    alerts = set(held.values_list("item__alert", flat=True))
    held.update(state=DeliveryState.SUPPRESSED, reason=WITHDRAWN)
    chasing = Alert.objects.filter(pk__in=alerts, state=AlertState.OPEN)
    chasing.update(ladder=[], step=0, next_step_at=None, act_by=None, version=F("version") + 1)
