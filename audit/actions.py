from datetime import datetime
from typing import Any

from django.utils import timezone

from audit.models import Event


def record(
    verb: str,
    *,
    by: Any,
    subject: Any,
    case_id: Any = None,
    origin: str = "live",
    at: datetime | None = None,
    **detail: Any,
) -> Event:
    """Write down who did what to which record, in the transaction of the act.

    ``detail`` holds ids, codes, versions and dates only, never a name, place or free text: alerts and
    auditors read it.
    """
    return Event.objects.create(
        at=at or timezone.now(),
        actor_id=by.pk,
        verb=verb,
        case_id=case_id if case_id is not None else getattr(subject, "case_id", None),
        subject=subject._meta.label,
        subject_id=str(subject.pk),
        detail={
            name: value if isinstance(value, (int, bool, list)) else str(value)
            for name, value in detail.items()
        },
        origin=origin,
    )
