"""We met or reached a person, or tried to: written down in seconds."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import lock
from aftercare.actions.services import log_service
from aftercare.actions.tasks import make_task
from aftercare.models import Care, Contact
from aftercare.scoring import came_to_us
from aftercare.states import SafeNow, TaskKind
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import PartialDate

LONG_BEFORE = timedelta(days=366)  # who is found again was met before; a slip of the hand is older


def log_contact(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    way: str,
    reached: bool = True,
    safe: str = "",
    service: str = "",
    note: str = "",
    met_at: datetime | None = None,
) -> Contact:
    """One contact, or one try; whatever was done on the occasion is a service of the same day.

    Somebody who is not safe has her safety looked at within a day, whoever learned of it and how.
    """
    care = lock(Care, care_id)
    when = met_at or now
    if when > now:
        raise IllegalMove(_("This moment has not come yet."), field="met_at")
    if today_in(care.office, when) < first_day(care) - LONG_BEFORE:
        raise IllegalMove(_("This day lies long before the person came to us."), field="on")
    if service and not reached:
        raise IllegalMove(_("Nobody was reached, so nothing was done."), field="service")
    contact = Contact(care=care, case=care.case, met_at=when, way=way, reached=reached, safe=safe, note=note)
    contact.by = by
    contact.save(force_insert=True)
    record("contact.log", by=by, subject=contact, at=now, way=way, reached=reached)
    if service:
        log_service(
            care.pk, by=by, now=now, kind=service, starts_on=PartialDate(today_in(care.office, when)),
            provider=by.name,
        )  # fmt: skip
    if safe == SafeNow.NO:
        due = now + timedelta(hours=settings.SAFETY_REVIEW_HOURS)
        make_task(
            care, TaskKind.SAFETY_REVIEW, by=by, now=now, due_at=due, source="contact.log",
            source_id=contact.pk,
        )  # fmt: skip
    touch(care.case, now)
    return contact


def first_day(care: Care) -> date:
    """The day from which we may have known the person: of the care, or of the case where that is older."""
    came: date = came_to_us(care)
    return min(came, PartialDate(care.case.opened_on).first) if care.case.opened_on else came
