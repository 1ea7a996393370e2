"""Giving out and taking back the keys of other programs."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from accounts.models import User
from api.models import ApiToken
from audit.actions import record


def digest_of(key: str) -> str:
    """What is kept of a token: enough to know it again, not to use it."""
    return hashlib.sha256(key.encode()).hexdigest()


def issue_token(user_id: UUID, *, by: User, now: datetime, label: str = "") -> str:
    """Make a token and return its key, which nobody can read again afterwards."""
    key = secrets.token_urlsafe(32)
    token = ApiToken(user_id=user_id, label=label, digest=digest_of(key), created_at=now)
    token.save(force_insert=True)
    record("token.issue", by=by, subject=token, at=now, user=user_id)
    return key


def revoke_token(token_id: int, *, by: User, now: datetime) -> ApiToken:
    """The key opens nothing any more."""
    token = ApiToken.objects.select_for_update().get(pk=token_id)
    token.revoked_at = token.revoked_at or now
    token.save(update_fields=["revoked_at"])
    record("token.revoke", by=by, subject=token, at=now, user=token.user_id)
    return token
