"""The side of the office that is asked: it reads its card, and says what it knows."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.clock import today_in
from cases.states import IllegalMove
from operations.models import LookoutCard, LookoutReading, LookoutReply
from operations.querysets import watched_offices
from operations.states import LookoutAnswer
from reference.values import PartialDate


def open_card(card_id: UUID, *, by: User, now: datetime) -> LookoutCard:
    """Somebody who watches has opened the card: the sender will see it. The first time is what counts."""
    card = LookoutCard.objects.get(pk=card_id)
    if card.office_id not in watched_offices(by) or not card.is_open:
        return card
    _row, first = LookoutReading.objects.get_or_create(card=card, user=by, defaults={"read_at": now})
    if first:
        record("lookout.open", by=by, subject=card, at=now, office=card.office_id)
    return card


def reply_to_card(
    card_id: UUID,
    *,
    by: User,
    now: datetime,
    answer: str,
    seen_on: str = "",
    place: str = "",
    words: str = "",
) -> LookoutReply:
    """What the office knows goes to the team of the case; a sighting goes at once."""
    card = LookoutCard.objects.get(pk=card_id)
    if card.office_id not in watched_offices(by):
        raise IllegalMove(_("Only the office that was asked can answer."))
    if not card.is_open:
        raise IllegalMove(_("This lookout is over. Call the office that sent it."))
    if answer not in LookoutAnswer.values:
        raise IllegalMove(_("Choose an answer."), field="answer")
    if answer == LookoutAnswer.SIGHTING and not (place.strip() or words.strip()):
        raise IllegalMove(_("Say where, as well as you can."), field="place")
    if answer == LookoutAnswer.OTHER and not words.strip():
        raise IllegalMove(_("Say it in words."), field="words")
    if seen_on and PartialDate(seen_on).first > today_in(card.office, now):
        raise IllegalMove(_("That day is still to come."), field="seen_on")
    reply = LookoutReply.objects.create(
        card=card, user=by, replied_at=now, answer=answer, seen_on=seen_on, place=place.strip(),
        words=words.strip(),
    )  # fmt: skip
    record("lookout.reply", by=by, subject=reply, at=now, answer=answer, office=card.office_id)
    return reply
