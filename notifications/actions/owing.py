import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.models import Office
from cases.models import Case
from cases.states import Sensitivity
from notifications.actions.outside import queue_outside
from notifications.models import Alert, InboxItem
from notifications.rules import To, Urgency
from prosecutions.models import Hearing

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I, no O: read over the telephone


@dataclass(frozen=True)
class Owed:
    """One thing that one person is to be told; the key makes it happen once."""

    user_id: UUID
    case: Case | None  # None: about the system or an office
    key: str
    title_code: str
    why: To
    urgency: Urgency
    alert: Alert | None = None
    hearing: Hearing | None = None
    day: date | None = None
    expires_at: datetime | None = None
    mail: bool = True  # does it leave the house too?
    office: Office | None = None  # whose business it is, where there is no case
    outside_at: datetime | None = None  # it stands in the inbox, and leaves the house from then on

    @property
    def home(self) -> tuple[int, int]:
        """(office, how secret): the case's own; what is of no case is for those alone who were told."""
        if self.case is not None:
            return self.case.office_id, self.case.sensitivity
        office = self.office.pk if self.office else self.alert.office_id if self.alert else None
        if office is None:
            raise ValueError("a message of no case needs an office")
        return office, Sensitivity.SEALED


def new_code() -> str:
    """Five letters that mean nothing, to name a message by."""
    return "".join(secrets.choice(LETTERS) for _letter in range(5))


def owe(owed: Sequence[Owed], *, now: datetime) -> int:
    """Put each into its person's inbox and on its way outside, once; never more statements."""
    items = [item_of(one, now) for one in owed]
    if not items:
        return 0
    InboxItem.objects.bulk_create(items, ignore_conflicts=True)
    # Our own random keys say which rows are new: the others met theirs in the table.
    new = set(InboxItem.objects.filter(pk__in=[item.pk for item in items]).values_list("pk", flat=True))
    for moment, group in by_moment(owed, items).items():
        queue_outside([item for item in group if item.pk in new], now=now, since=moment)
    return len(new)


def by_moment(owed: Sequence[Owed], items: Sequence[InboxItem]) -> dict[datetime | None, list[InboxItem]]:
    """The items by when they may leave the house."""
    groups: dict[datetime | None, list[InboxItem]] = {}
    for one, item in zip(owed, items, strict=True):
        groups.setdefault(one.outside_at, []).append(item)
    return groups


def item_of(one: Owed, now: datetime) -> InboxItem:
    """The row of the inbox."""
    version = one.hearing.schedule_version if one.hearing else None
    office_id, sensitivity = one.home
    return InboxItem(
        case=one.case, office_id=office_id, sensitivity=sensitivity, user_id=one.user_id,
        key=one.key, alert=one.alert, hearing=one.hearing, hearing_version=version, day=one.day,
        title_code=one.title_code, why=one.why, urgency=one.urgency, code=new_code(), created_at=now,
        created_by_pid=os.getpid(), outside=one.mail, expires_at=one.expires_at,
    )  # fmt: skip
