"""Keys of offices elsewhere: added by one person, compared by another, ended by either."""

from datetime import datetime
from uuid import UUID

import pyrage
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from exchange.models import OfficeKey


def add_key(*, by: User, now: datetime, name: str, recipient: str) -> OfficeKey:
    """A public key that an office has sent; it serves nobody before somebody else has compared it."""
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as wrong:
        raise IllegalMove(_("This is not a public key: it begins with age1."), field="recipient") from wrong
    if OfficeKey.objects.filter(recipient=recipient).exists():
        raise IllegalMove(_("This key is here already."), field="recipient")
    key = OfficeKey.objects.create(name=name, recipient=recipient, added_by=by, added_at=now)
    record("key.add", by=by, subject=key, at=now)
    return key


def lock_key(key_id: UUID) -> OfficeKey:
    return OfficeKey.objects.select_for_update(of=("self",)).get(pk=key_id)


def check_key(key_id: UUID, *, by: User, now: datetime) -> OfficeKey:
    """Somebody else has read the fingerprint to the office by telephone, and it is the same."""
    key = lock_key(key_id)
    if key.added_by_id == by.pk:
        raise IllegalMove(_("Somebody else must compare the key that you added."))
    if key.checked_at or key.ended_at:
        raise IllegalMove(_("This key does not wait to be compared."))
    key.checked_by, key.checked_at = by, now
    key.save(update_fields=["checked_by", "checked_at"])
    record("key.check", by=by, subject=key, at=now)
    return key


def end_key(key_id: UUID, *, by: User, now: datetime) -> OfficeKey:
    """From now on nothing is sealed for it; what was sealed before it still opens."""
    key = lock_key(key_id)
    if key.ended_at:
        raise IllegalMove(_("This key has ended already."))
    key.ended_by, key.ended_at = by, now
    key.save(update_fields=["ended_by", "ended_at"])
    record("key.end", by=by, subject=key, at=now)
    return key


def key_in_use(key_id: UUID | str) -> OfficeKey | None:
    """The key, if something may be sealed for it now."""
    return OfficeKey.objects.filter(pk=key_id, checked_at__isnull=False, ended_at=None).first()
