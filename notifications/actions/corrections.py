"""A date that people were told holds no more: whoever holds it hears the new one, and says that she knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from audit.models import Event
from notifications.actions.alerts import Opening
from notifications.actions.openings import subject_of
from notifications.clock import wall, zone_of
from notifications.models import Alert, Delivery, InboxItem
from notifications.recipients import Directory
from notifications.rules import EACH_ANSWERS, WORKING, Practice, To, Urgency
from prosecutions.models import Hearing

NEAR = timedelta(days=7)
HEARD_SOON = timedelta(hours=24)
# What is moved is often moved again in the same breath: until then it stands in the inboxes alone.
HOLD = timedelta(minutes=2)
OVERTAKEN = ("H3", "H4", "H5", "H7", "H9")
WHO = (To.TOLD, To.GOES, To.TEAM)


@dataclass(frozen=True)
class Moves:
    """What became of a hearing's date, and how far people have heard of it."""

    hearing: Hearing
    event: Event

    @cached_property
    def events(self) -> QuerySet:
        rows = Event.objects.live().filter(subject_id=self.event.subject_id)
        return rows.filter(verb__in=("hearing.reschedule", "hearing.cancel")).order_by("pk")

    @cached_property
    def later(self) -> bool:
        return self.events.filter(pk__gt=self.event.pk).exists()

    @cached_property
    def items(self) -> QuerySet:
        """What stands in inboxes of an earlier date, or of this one before it was called off."""
        rows = InboxItem.objects.filter(hearing=self.hearing)
        if self.event.verb == "hearing.cancel":
            return rows.exclude(title_code__startswith="H4")
        return rows.filter(hearing_version__lt=self.hearing.schedule_version)

    @cached_property
    def heard(self) -> InboxItem | None:
        """The last that anybody has heard: a correction that is held back and unread is no news yet."""
        gone = Delivery.objects.filter(item=OuterRef("pk"), attempts__gt=0)
        known = Q(alert=None) | ~Q(alert__rule__in=EACH_ANSWERS) | Q(read_at__isnull=False) | Exists(gone)
        rows = self.items.filter(known | Q(acked_at__isnull=False))
        return rows.order_by("hearing_version", "created_at", "pk").last()

    @cached_property
    def unheard(self) -> list[Event]:
        """The moves that nobody has heard of yet, the first one first."""
        heard = self.heard.hearing_version or 0 if self.heard else 0
        moves = self.events.filter(verb="hearing.reschedule", detail__version__gt=heard)
        return list(moves) or [self.event]

    @property
    def was(self) -> str:
        """The date that people hold."""
        return str(self.unheard[0].detail.get("was", ""))

    @property
    def back(self) -> bool:
        """Do people hold the right date already, room and all?"""
        if self.heard is None or self.called_off or not self.hearing.starts_at:
            return False
        same_room = all(event.detail.get("room") == "same" for event in self.unheard)
        put_off = any(event.detail.get("again") not in (None, "vacated") for event in self.unheard)
        return same_room and not put_off and self.was == self.hearing.starts_at.isoformat()

    @property
    def called_off(self) -> bool:
        """Was the last that people heard that it does not take place?"""
        return self.heard is not None and self.heard.title_code.startswith("H4")

    @property
    def again(self) -> bool:
        """It was off, and stands again."""
        return self.called_off or any(event.detail.get("again") for event in self.unheard)


def hearing_moved(event: Event, now: datetime) -> Iterable[Opening]:
    moves = Moves(subject_of(event), event)
    if moves.hearing.starts_at is None or moves.later:
        return
    facts = {"was": moves.was}
    if moves.back:
        yield correction("H3", moves, "H3.back", Practice(WHO, Urgency.NORMAL, quiet=WHO), facts=facts)
        return
    how = Practice(WHO, Urgency.NORMAL, WORKING["H3"].act_minutes)
    yield correction("H3", moves, "H3.again" if moves.again else "", how, by_nearness(moves, now), facts)


def hearing_cancelled(event: Event, now: datetime) -> Iterable[Opening]:
    moves = Moves(subject_of(event), event)
    if moves.hearing.starts_at is not None and not moves.later:
        how = Practice(WHO, Urgency.NORMAL, WORKING["H4"].act_minutes)
        yield correction("H4", moves, "", how, by_nearness(moves, now))


def correction(
    rule: str,
    moves: Moves,
    title: str,
    how: Practice,
    urgency: Urgency = Urgency.NORMAL,
    facts: dict[str, str] | None = None,
) -> Opening:
    """To everybody who was told the old date, and the team; only the last of several moves counts."""
    hearing = moves.hearing
    told = sorted(set(moves.items.values_list("user_id", flat=True)))
    goes = [hearing.who_goes_id] if hearing.who_goes_id else []
    return Opening(
        rule, hearing.case, hearing, f"{rule}:{hearing.pk}:v{hearing.schedule_version}", title=title,
        urgency=urgency, practice=how, known={To.TOLD: told, To.GOES: goes}, supersedes=OVERTAKEN,
        hearing=hearing, facts=facts or {}, outside_at=moves.event.at + HOLD,
    )  # fmt: skip


def by_nearness(moves: Moves, now: datetime) -> Urgency:
    """The nearer of the old and the new date decides; one that has passed does not hurry anybody."""
    hearing = moves.hearing
    dates = [hearing.starts_at] if hearing.starts_at else []
    for event in (moves.event, moves.unheard[0]):
        try:
            was = datetime.fromisoformat(str(event.detail.get("was", "")))
        except ValueError:
            continue  # the old date was not known to the day
        zone = zone_of(hearing.case.office.time_zone)
        dates.append(was if was.tzinfo else wall(zone, was.date(), was.time()))
    left = min((date - now for date in dates if date > now), default=None)
    if left is None or left > NEAR:
        return Urgency.NORMAL
    return Urgency.SAFETY if left < HEARD_SOON else Urgency.COURT


def corrections_heard(live: QuerySet, now: datetime) -> Iterable[QuerySet]:
    """Everybody who held the old date has said that she knows, or may not know any more; or it has come."""
    urgent = list(live.filter(rule__in=EACH_ANSWERS).exclude(ladder=[]).select_related("case"))
    deaf = deaf_to(urgent)
    yield live.filter(pk__in=[alert.pk for alert in urgent if not deaf[alert.pk]])
    begun = Hearing.objects.filter(starts_at__lt=now - timedelta(days=1))
    yield live.filter(rule__in=EACH_ANSWERS, subject_id__in=begun.values("pk"))


def deaf_to(alerts: Sequence[Alert]) -> dict[UUID, set[UUID]]:
    """Who has still to say that she knows: those told the old date; where nobody was, somebody at least."""
    if not alerts:
        return {}
    items = InboxItem.objects.filter(alert__in=[alert.pk for alert in alerts]).order_by("created_at")
    told: dict[UUID, dict[UUID, bool]] = {alert.pk: {} for alert in alerts}
    rest: dict[UUID, dict[UUID, bool]] = {alert.pk: {} for alert in alerts}
    for pk, user, why, acked in items.values_list("alert", "user", "why", "acked_at"):
        held = (told if why == To.TOLD else rest)[pk]
        held[user] = held.get(user, False) or acked is not None
    directory = Directory([alert.case for alert in alerts if alert.case])
    return {
        alert.pk: still(told[alert.pk], rest[alert.pk], directory.may_see(alert.case)) for alert in alerts
    }


def still(told: dict[UUID, bool], rest: dict[UUID, bool], allowed: set[UUID]) -> set[UUID]:
    """Those of them who have not answered; nobody once one has, where nobody held an old date."""
    holders = {user: acked for user, acked in told.items() if user in allowed}
    if holders:
        return {user for user, acked in holders.items() if not acked}
    others = {user: acked for user, acked in rest.items() if user in allowed}
    return set() if any(others.values()) else set(others)
