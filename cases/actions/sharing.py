"""What a partner of another organisation may see of one case: for a purpose and a time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from audit.actions import record
from cases.actions.holding import lock_case, touch
from cases.models import Case, Share
from cases.states import IllegalMove, Sensitivity, SharePart


def partners_for(case: Case) -> QuerySet[User]:
    """Partners who were invited by the office of the case."""
    here = {"memberships__office_id": case.office_id, "memberships__ended_at": None}
    partners = User.objects.filter(is_active=True, principal="", memberships__role=Role.PARTNER, **here)
    return partners.distinct().order_by("name", "pk")


def share_case(
    case_id: UUID, *, by: User, now: datetime, user: User, parts: list[str], purpose: str, until: datetime
) -> Share:
    """Let a partner see a few things of the case until a day. Number and type always belong to it."""
    case = lock_case(case_id)
    if case.sensitivity == Sensitivity.SEALED:
        raise IllegalMove(_("A sealed case is shared with nobody."))
    if not partners_for(case).filter(pk=user.pk).exists():
        raise IllegalMove(_("This person is not a partner of the office of the case."), field="user")
    if not now < until <= now + timedelta(days=settings.SHARE_MOST_DAYS):
        most = {"days": settings.SHARE_MOST_DAYS}
        raise IllegalMove(_("Choose a day from today on, %(days)s days ahead at most.") % most, field="until")
    if Share.objects.filter(case=case, user=user, ended_at=None, until__gt=now).exists():
        raise IllegalMove(_("The case is shared with this partner already. End that first."), field="user")
    wanted = {str(SharePart.CASE), *parts}
    parts = [part for part in SharePart.values if part in wanted]
    share = Share.objects.create(
        case=case, user=user, parts=parts, purpose=purpose, by=by, until=until, started_at=now
    )
    record("share.start", by=by, subject=share, at=now, user=user.pk, parts=parts, until=until.isoformat())
    touch(case, now)
    return share


def end_share(share_id: UUID, *, by: User, now: datetime) -> Share:
    """The partner sees nothing more of the case from now on."""
    case = lock_case(Share.objects.get(pk=share_id).case_id)
    share = Share.objects.select_for_update(of=("self",)).select_related("user").get(pk=share_id)
    if share.ended_at or share.until <= now:
        raise IllegalMove(_("This has ended already."))
    share.ended_at = now
    share.version += 1
    share.save(update_fields=["ended_at", "version"])
    record("share.end", by=by, subject=share, at=now, user=share.user_id)
    touch(case, now)
    return share


def open_share(share_id: UUID, *, by: User, now: datetime) -> Share:
    """A partner looks at what was shared with her: no row in the trail, no page."""
    share = Share.objects.get(pk=share_id, user=by, ended_at=None, until__gt=now)
    record("share.open", by=by, subject=share, at=now, user=by.pk, parts=share.parts)
    return share
