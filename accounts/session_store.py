"""Sessions in the database, each with the person, the browser and the two ends of its life.

Where nobody does anything for a while the session is over, and after a working day in any case. A request
that is still running when its session is ended does not bring it back.
"""

import time
import uuid
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

SINCE, SEEN, HANDLE, DEVICE = "since", "seen", "handle", "device"


def moment(seconds):
    return datetime.fromtimestamp(seconds, UTC)


class SessionStore(db.SessionStore):
    """Django's own, with the columns by which a person knows her sign-ins again."""

    @classmethod
    def get_model_class(cls):
        from accounts.models import SignIn  # noqa: PLC0415  models are ready only when the first session is

        return SignIn

    def save(self, must_create=False):
        # Read without loading: a session that is being made anew, under another key, has its data at hand.
        kept = self._get_session(no_load=must_create)
        if SESSION_KEY in kept:
            kept.setdefault(SINCE, time.time())
            kept.setdefault(SEEN, time.time())
            # Django makes the new row before it takes the old one away, and both may not have one handle.
            if must_create or HANDLE not in kept:
                kept[HANDLE] = str(uuid.uuid4())
        super().save(must_create)

    def get_expiry_date(self, **kwargs):
        if SESSION_KEY not in self or SEEN not in self:
            return super().get_expiry_date(**kwargs)
        idle = self[SEEN] + settings.SESSION_IDLE_SECONDS
        return moment(min(idle, self[SINCE] + settings.SESSION_COOKIE_AGE))

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        if SESSION_KEY in data and HANDLE in data:
            row.user_id = data[SESSION_KEY]
            row.handle = data[HANDLE]
            row.device = data.get(DEVICE, "")[:60]
            row.started_at, row.seen_at = moment(data[SINCE]), moment(data[SEEN])
        return row
