import json
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit.models import NOBODY, Event

logger = logging.getLogger(__name__)


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
    auditors read it. The database puts whoever it knows to be looking in the place of ``by``.
    """
    if getattr(by, "under_duress", False):  # to the database nobody looks; that she came is recorded
        return Event()
    return Event.objects.create(
        at=at or timezone.now(),
        actor_id=by.pk,
        verb=verb,
        case_id=case_id if case_id is not None else getattr(subject, "case_id", None),
        subject=subject._meta.label,
        subject_id=str(subject.pk),
        detail=plain(detail),
        origin=origin,
    )


def record_many(
    verb: str, *, by: Any, subjects: Iterable[Any], at: datetime, origin: str = "live", **detail: Any
) -> int:
    """`record` for the same deed on many records of a case, in one statement; how many they were."""
    if getattr(by, "under_duress", False):
        return 0
    rows = [
        Event(
            at=at, actor_id=by.pk, verb=verb, case_id=subject.case_id, subject=subject._meta.label,
            subject_id=str(subject.pk), detail=plain(detail), origin=origin,
        )
        for subject in subjects
    ]  # fmt: skip
    Event.objects.bulk_create(rows)
    return len(rows)


def plain(detail: dict[str, Any]) -> dict[str, Any]:
    """Numbers and lists as they are, the rest as text."""
    return {
        name: value if isinstance(value, (int, bool, list)) else str(value) for name, value in detail.items()
    }


def record_apart(
    verb: str, *, by: Any, subject: str, subject_id: str, case_id: Any = None, **detail: Any
) -> bool:
    """Write down what was refused, on a connection of its own: the request's transaction may be rolled back.

    Only the verbs of the second door (audit/policies.py); repetitions within ten minutes are left out. ``by``
    is None where nobody has signed in. Says whether a row was written; never fails for want of one, for what
    was refused stays refused.
    """
    if not settings.AUDIT_APART:
        return False
    values = [verb, getattr(by, "pk", None) or NOBODY, case_id, subject[:60], subject_id[:40]]
    try:
        with apart() as cursor:
            cursor.execute("SELECT audit_apart(%s, %s, %s, %s, %s, %s)", [*values, json.dumps(plain(detail))])
            return cursor.fetchone()[0]
    except DatabaseError as broken:
        logger.error("%s was not written down: %s", verb, type(broken).__name__)
        return False


@contextmanager
def apart() -> Iterator[Any]:
    """A cursor on a connection that no request's transaction touches; tests stay in theirs."""
    if settings.AUDIT_APART == "shared":
        with transaction.atomic(), connection.cursor() as cursor:
            yield cursor
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.close()


def erase_detail(event_ids: Sequence[int], *, by: Any, reason: str) -> int:
    """Erase the detail of sealed events; their commitments stay, so the chain verifies as before.

    Only the retention principal may. The event that this writes names the rows: an erasure without one is
    a finding of verify_audit.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_erase(%s)", [list(event_ids)])
        (erased,) = cursor.fetchone()
    if erased:
        record("audit.erase", by=by, subject=by, ids=sorted(event_ids), reason=reason)
    return erased
