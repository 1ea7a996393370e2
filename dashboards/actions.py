from datetime import datetime
from uuid import UUID

from accounts.models import User
from audit.actions import record


def review_access(
    person_id: UUID, *, by: User, now: datetime, rule: str, month: str, office: str, word: str
) -> User:
    """Say what one found about a line of the sheet of unusual access; it stands in the trail for good."""
    person = User.objects.get(pk=person_id)
    record("access.review", by=by, subject=person, at=now, rule=rule, month=month, office=office, word=word)
    return person
