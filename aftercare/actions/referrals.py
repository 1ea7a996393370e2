"""Referrals: made under a consent, answered by the receiver, marked when the consent ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from aftercare.actions.care import keep, lock, refuse_future
from aftercare.actions.tasks import make_task
from aftercare.models import Care, Referral
from aftercare.referring import RUNNING, permission, receiver_name
from aftercare.states import REFERRAL_MOVES, ReferralStatus, TaskKind
from audit.actions import record
from cases.actions import touch
from cases.states import IllegalMove, check_move
from reference.values import PartialDate
from survivors.actions import open_identity
from survivors.consents import Answer, Wallets, words_for
from survivors.models import Consent, Story
from survivors.states import IdentityPart, Shared, StoryState

TELL_WITHIN = timedelta(hours=24)
PARTS = {
    Shared.IDENTITY: (IdentityPart.NAMES, IdentityPart.NUMBERS),
    Shared.CONTACT: (IdentityPart.CONTACTS,),
    Shared.WHEREABOUTS: (IdentityPart.CONTACTS,),
}


def make_referral(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    to: str = "",
    receiver: str = "",
    leave_out: Sequence[str] = (),
    on: PartialDate | str = "",
    note: str = "",
) -> Referral:
    """Send the person to somebody's help; no more is told there than she agreed to."""
    care = lock(Care, care_id)
    refuse_future(on, office=care.office, now=now, field="on")
    name = receiver_name(care.case_id, to, receiver)
    if not name:
        raise IllegalMove(_("Say who is to help."), field="receiver")
    answer = allowed(care, to, name, now)
    shared = [code for code in answer.told if code not in leave_out]
    if not shared:
        raise IllegalMove(_("Then nothing at all would be told there. Leave less out."), field="leave_out")
    referral = Referral(
        care=care, case=care.case, to=to, receiver=name, kind=kind, shared=shared, consent=answer.consent,
        on=on, by=by, note=note,
    )  # fmt: skip
    referral.save(force_insert=True)
    record("referral.make", by=by, subject=referral, at=now, kind=kind, shared=shared)
    touch(care.case, now)
    return referral


def allowed(care: Care, to: str, name: str, now: datetime) -> Answer:
    """What her wallet lets this receiver know; refused with the reason where it lets nothing out."""
    if care.survivor is None:
        raise IllegalMove(_("A group gives no consent. Register the people of the group first."), field="to")
    answer = permission(Wallets([care.survivor], now), care.survivor, to=to, receiver=name)
    if answer.reason:
        raise IllegalMove(
            _("%(code)s cannot be referred there: %(why)s. Ask first, and write the answer into the wallet.")
            % {"code": care.code, "why": words_for(answer.reason)},
            field="to" if to else "receiver",
        )
    return answer


def move_referral(
    referral_id: UUID,
    *,
    by: User,
    now: datetime,
    status: str,
    answered_on: PartialDate | str = "",
    note: str = "",
    version: int | None = None,
) -> Referral:
    """The receiver has answered, has finished, or we take the referral back."""
    referral = lock(Referral, referral_id, version)
    refuse_future(answered_on, office=referral.office, now=now, field="answered_on")
    new = ReferralStatus(status)
    check_move(REFERRAL_MOVES, ReferralStatus(referral.status), new)
    referral.status, referral.answered_on = new, answered_on or referral.answered_on
    referral.note = note or referral.note
    keep(referral, "status", "answered_on", "note")
    record("referral.move", by=by, subject=referral, at=now, status=new)
    touch(referral.case, now)
    return referral


def print_referral(referral_id: UUID, *, by: User, now: datetime) -> tuple[Referral, set[IdentityPart]]:
    """The sheet that goes with her, as far as she agrees today; and what of it may be opened for `by`."""
    referral = lock(Referral, referral_id)
    if referral.status not in RUNNING:
        raise IllegalMove(_("This referral is over; nothing more is passed on."))
    survivor = referral.care.survivor
    wallets = Wallets([survivor], now)
    answer = permission(wallets, survivor, to=referral.to, receiver=referral.receiver, what=referral.shared)
    if answer.reason:
        raise IllegalMove(
            _("Nothing may be passed on any more: %(why)s.") % {"why": words_for(answer.reason)}
        )
    may_open = by.can_on(Can.OPEN_IDENTITY, referral.office_id)
    parts = {part for code in referral.shared for part in PARTS.get(Shared(code), ())} if may_open else set()
    if parts:
        open_identity(survivor.pk, by=by, now=now, parts=[str(part) for part in parts])
    record("referral.print", by=by, subject=referral, at=now, shared=list(referral.shared))
    return referral, parts


def end_with(consent: Consent, *, by: User, now: datetime) -> int:
    """A yes has ended, or a no was said: who waits is taken back, and who was told something hears of it."""
    mine = Referral.objects.select_for_update(of=("self",)).filter(care__survivor=consent.survivor_id)
    found = mine.filter(status__in=RUNNING).select_related("care__case__office").order_by("pk")
    wallets = Wallets([consent.survivor], now)
    over = [one for one in found if rests_no_more(one, consent, wallets)]
    tell_of_stories(consent, by=by, now=now)
    for referral in over:
        tell(referral, by=by, now=now)
        if referral.status == ReferralStatus.ASKED:
            referral.status = ReferralStatus.TAKEN_BACK
            keep(referral, "status")
            record("referral.move", by=by, subject=referral, at=now, status=referral.status)
    return len(over)


def rests_no_more(referral: Referral, consent: Consent, wallets: Wallets) -> bool:
    """It was made under what was just withdrawn, or her wallet says no to this receiver now."""
    if consent.withdrawn_on and referral.consent_id == consent.pk:
        return True
    asked = {"to": referral.to, "receiver": referral.receiver, "what": referral.shared}
    return bool(permission(wallets, consent.survivor, **asked).reason)


def tell(referral: Referral, *, by: User, now: datetime) -> None:
    """A task of a day: the receiver must know that the person takes it back."""
    what = _("Tell %(receiver)s that the consent was withdrawn, and ask what happens to what they were told.")
    make_task(
        referral.care, TaskKind.OTHER, by=by, now=now, due_at=now + TELL_WITHIN,
        what=(what % {"receiver": referral.receiver})[:300], worker=referral.care.worker,
        source="consent.withdraw", source_id=referral.pk,
    )  # fmt: skip


def tell_of_stories(consent: Consent, *, by: User, now: datetime) -> None:
    """A task for each story that this very moment has called back: whoever has it must know."""
    care = Care.objects.filter(survivor=consent.survivor_id).select_related("case", "worker").first()
    if care is None:
        return
    rows = Story.objects.filter(subjects__survivor=consent.survivor_id, status=StoryState.RECALLED)
    for story in rows.filter(recalled_at=now).exclude(second_at=None).order_by("pk"):
        what = _("Tell %(receiver)s that the story is called back and must not be used any more.")
        make_task(
            care, TaskKind.OTHER, by=by, now=now, due_at=now + TELL_WITHIN,
            what=(what % {"receiver": story.receiver})[:300], worker=care.worker,
            source="story.recall", source_id=story.pk,
        )  # fmt: skip
