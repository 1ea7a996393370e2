from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import Membership, Office, User
from cases.querysets import CASE_ROLES
from notifications.actions.owing import Owed, owe
from notifications.clock import wall, zone_of
from notifications.models import Choice, Delivery, InboxItem
from notifications.rules import To, Urgency
from notifications.states import DeliveryState
from notifications.today import anything_for, morning_of

AT_A_TIME = 20
LATE = timedelta(hours=6)  # a morning that nobody could look at is not made up for in the evening
TEXT = "digest"


def owe_digests(*, now: datetime) -> tuple[bool, int]:
    """Call those whose morning has come to their list, once a day; (are there more, how many were called)."""
    due = due_people(now)
    owed = [called(user, office, now) for user, office in due[:AT_A_TIME]]
    wanted = [one for one in owed if one]
    owe(wanted, now=now)
    new = InboxItem.objects.filter(
        key__in={one.key for one in wanted}, user__in=[one.user_id for one in wanted]
    )
    waiting = Delivery.objects.filter(item__in=new, state=DeliveryState.QUEUED, attempts=0)
    waiting.update(template=TEXT)
    return len(due) > AT_A_TIME, len(wanted)


def due_people(now: datetime) -> list[tuple[User, Office]]:
    """Who does casework, where, and has not been looked at this morning; always the same two queries."""
    rows = Membership.objects.filter(
        ended_at=None, role__in=CASE_ROLES, user__is_active=True, user__principal=""
    )
    homes: dict[UUID, Membership] = {}
    for row in rows.select_related("user", "office").order_by("office__name", "pk"):
        homes.setdefault(row.user_id, row)
    choices = {choice.user_id: choice for choice in Choice.objects.filter(user__in=homes)}
    return [
        (row.user, row.office)
        for key, row in homes.items()
        if row.office and is_morning(choices.get(key) or Choice(), row.office, now)
    ]


def is_morning(choice: Choice, office: Office, now: datetime) -> bool:
    """On the clock of her office: her hour has come today, not long ago, and this is the first look."""
    zone = zone_of(office.time_zone)
    day = now.astimezone(zone).date()
    begins = wall(zone, day, choice.digest_at)
    return choice.digest and choice.digest_on != day and begins <= now < begins + LATE


def called(user: User, office: Office, now: datetime) -> Owed | None:
    """Her list of this day, when there is anything on it; looked at once, whatever it holds."""
    morning = morning_of(user, office, now)
    Choice.objects.update_or_create(user=user, defaults={"digest_on": morning.day})
    if not anything_for(morning):
        return None
    return Owed(
        user.pk, None, f"digest:{morning.day}", "D.list", To.SELF, Urgency.NORMAL, office=office,
        expires_at=morning.midnight(1),
    )  # fmt: skip
