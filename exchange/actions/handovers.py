"""A link for somebody without an account, opened with a code that was told by another way."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from accounts.scope import become
from audit.actions import record
from cases.states import IllegalMove
from exchange import keeping
from exchange.actions.exports import check_not_over, lock_export
from exchange.models import Export, Handover, HandoverTry
from exchange.states import INSIDE, ExportState, HandoverEnd
from reference.sealed import SealBroken

CODE_DIGITS = 8
TRIES = 5
PERIOD = timedelta(minutes=15)


class TooOften(Exception):
    """Too many codes were typed from there; later again."""


def make_handover(
    export_id: UUID, *, by: User, now: datetime, until: datetime, most_downloads: int = 1
) -> tuple[Handover, str, str]:
    """(the link's row, its token, its code). Both are told once: only their hashes are kept."""
    export = lock_export(export_id)
    if export.requested_by_id != by.pk:
        raise IllegalMove(_("Only whoever asked for a file can pass it on."))
    if export.status != ExportState.READY or export.purpose in INSIDE:
        raise IllegalMove(_("Only a finished file that was made for a receiver can be passed on."))
    check_not_over(export, now)
    if not now < until <= now + timedelta(days=settings.HANDOVER_MOST_DAYS):
        raise IllegalMove(
            _("A link lives for %(days)s days at most.") % {"days": settings.HANDOVER_MOST_DAYS},
            field="until",
        )
    token = secrets.token_urlsafe(32)
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    plain = keeping.fetch(export.pk, export.file, export.file_key)
    handover = Handover.objects.create(
        export_id=export.pk, made_by=by, receiver=export.receiver, token_hash=hash_of(token),
        code_hash=code_hash(token, code), file=keeping.keep_for(token, code, plain), sha256=export.sha256,
        file_name=export.file_name, most_downloads=most_downloads, expires_at=until, created_at=now,
    )  # fmt: skip
    record(
        "handover.make", by=by, subject=handover, at=now, case_id=export.about_case, export=export.pk,
        sha256=export.sha256, until=until.isoformat(),
    )  # fmt: skip
    return handover, token, code


def revoke_handover(handover_id: UUID, *, by: User, now: datetime) -> Handover:
    """Take the link back: from now on it opens nothing."""
    handover = Handover.objects.select_for_update(of=("self",)).get(pk=handover_id)
    export = Export.objects.get(pk=handover.export_id)
    if by.pk != handover.made_by_id and not by.can_in(export.office_id, Can.EXPORT_DATA):
        raise IllegalMove(_("Only whoever made it, or a lead of the office, can take a link back."))
    if handover.ended_at:
        raise IllegalMove(_("This link has ended already."))
    end(handover, HandoverEnd.REVOKED, now)
    record("handover.revoke", by=by, subject=handover, at=now, case_id=export.about_case, export=export.pk)
    return handover


def open_handover(token: str, code: str, *, origin: str, now: datetime) -> tuple[Handover, bytes] | None:
    """The file for whoever holds the link and the code; None for everything else, whatever the cause.

    It goes on as the person who made the link: who may not export any more has no working links either.
    """
    count_try(origin, now)
    code = "".join(sign for sign in code if sign.isdecimal())
    handover = (
        Handover.at_the_door.select_for_update(of=("self",))
        .select_related("made_by")
        .filter(token_hash=hash_of(token), ended_at=None)
        .first()
    )
    right = hmac.compare_digest(handover.code_hash if handover else "", code_hash(token, code))
    if handover is None or handover.expires_at <= now:
        return None
    if not right:
        wrong_code(handover, now)
        return None
    if not handover.made_by.can(Can.EXPORT_DATA):
        return None
    try:
        plain = keeping.fetch_for(token, code, handover.file)
    except (keeping.Lost, SealBroken):
        return None
    return deliver(handover, now), plain


def wrong_code(handover: Handover, now: datetime) -> None:
    """Count it; after the last try the link is closed for good."""
    handover.tries += 1
    handover.save(update_fields=["tries"])
    if handover.tries >= TRIES:
        become(handover.made_by)
        end(handover, HandoverEnd.GUESSED, now)
        record("handover.fail", by=handover.made_by, subject=handover, at=now, export=handover.export_id)


def deliver(handover: Handover, now: datetime) -> Handover:
    """Count and write down that the receiver took the file."""
    maker = handover.made_by
    become(maker)
    export = Export.objects.filter(pk=handover.export_id).first()
    handover.downloads += 1
    handover.save(update_fields=["downloads"])
    record(
        "handover.open", by=maker, subject=handover, at=now, export=handover.export_id,
        case_id=export.about_case if export else None, sha256=handover.sha256, time=handover.downloads,
    )  # fmt: skip
    if handover.downloads >= handover.most_downloads:
        end(handover, HandoverEnd.USED, now)
    return handover


def end(handover: Handover, why: str, now: datetime) -> None:
    """It opens nothing any more, and its file is destroyed."""
    name, handover.file, handover.ended, handover.ended_at = handover.file, "", why, now
    handover.save(update_fields=["file", "ended", "ended_at"])
    transaction.on_commit(lambda: keeping.destroy(name))


def count_try(origin: str, now: datetime) -> None:
    """Refuse when too many codes came from one place within minutes; the link tried does not matter."""
    place = hmac.new(settings.SECRET_KEY.encode(), origin.encode(), sha256).hexdigest()
    HandoverTry.objects.filter(at__lt=now - timedelta(hours=1)).delete()
    if HandoverTry.objects.filter(origin=place, at__gt=now - PERIOD).count() >= settings.HANDOVER_TRIES:
        raise TooOften
    HandoverTry.objects.create(at=now, origin=place)


def hash_of(token: str) -> str:
    """What the database knows of a token. It is long and random, so a plain digest cannot be turned back."""
    return sha256(token.encode()).hexdigest()


def code_hash(token: str, code: str) -> str:
    """What the database knows of a code: bound to the token, without which nobody can try codes out."""
    return hmac.new(token.encode(), f"code {code}".encode(), sha256).hexdigest()
