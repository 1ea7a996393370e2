"""Lookouts between offices: who is asked to watch, what comes back, and a watch that has run out."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.models import Duty, Membership, User
from accounts.roles import Role
from audit.models import Event
from notifications.actions.alerts import Opening, open_alerts
from notifications.actions.openings import alert, episode, subject_of
from notifications.rules import To, Urgency
from notifications.states import AlertState
from operations.models import Lookout, LookoutCard, LookoutName, LookoutReply
from operations.states import LookoutAnswer

LOOK_BACK = timedelta(days=120)


def lookout_sent(event: Event, _now: datetime) -> Iterable[Opening]:
    """Each office that is asked hears who asks, and nothing of the case; its card says what to watch for."""
    lookout = subject_of(event)
    cards = list(LookoutCard.objects.filter(lookout=lookout).order_by("created_at", "pk"))
    for card in cards:
        yield Opening(
            "O4", lookout.case, lookout, f"{episode('O4', event, lookout.case)}:{card.office_id}",
            asked=dict.fromkeys(watchers_of(card.office_id), To.DUTY), facts={"card": str(card.pk)},
        )  # fmt: skip
    if lookout.to_office_id and not cards:
        yield alert("O4", event, lookout, asked=dict.fromkeys(watchers_of(lookout.to_office_id), To.DUTY))


def watchers_of(office_id: int) -> list:
    """Duty officer and investigators of an office; its director when it has neither."""
    members = Membership.objects.filter(office_id=office_id, ended_at=None, user__is_active=True)
    duty = Duty.objects.current().filter(office_id=office_id, user__is_active=True)
    found = set(duty.values_list("user_id", flat=True))
    found |= set(members.filter(role=Role.INVESTIGATOR).values_list("user_id", flat=True))
    return sorted(found or members.filter(role=Role.OFFICE_DIRECTOR).values_list("user_id", flat=True))


def lookout_answered(event: Event, _now: datetime) -> Iterable[Opening]:
    """The other office has answered: to read, but a sighting is a matter of safety."""
    reply = LookoutReply.objects.select_related("card").get(pk=event.subject_id)
    lookout = lookout_of(reply.card.lookout_id)
    seen = reply.answer == LookoutAnswer.SIGHTING
    yield Opening(
        "O7", lookout.case, lookout, f"O7:{reply.pk}", title="O7.sighting" if seen else "",
        urgency=Urgency.SAFETY if seen else Urgency.NORMAL, facts={"reply": reply.answer},
    )  # fmt: skip


def lookout_of(pk: UUID | str) -> Lookout:
    return Lookout.objects.select_related("case__office", "to_office").get(pk=pk)


def name_asked(event: Event, _now: datetime) -> Iterable[Opening]:
    """Somebody wants a name to be told; it waits for the safeguarding lead."""
    lookout = lookout_of(event.subject_id)
    yield Opening("O8", lookout.case, lookout, f"O8:{lookout.pk}:e{event.pk}")


CALLS_FOR_LOOKOUTS = {
    "lookout.send": lookout_sent,
    "lookout.reply": lookout_answered,
    "lookout.name": name_asked,
}


def open_lookouts_over(*, by: User, now: datetime) -> int:
    """A watch has run out and nobody has said how it ended: the team watches on or closes it."""
    cards = LookoutCard.objects.filter(closed_at=None, expires_at__lte=now, expires_at__gt=now - LOOK_BACK)
    ends = dict(cards.order_by("expires_at").values_list("lookout_id", "expires_at"))
    rows = Lookout.objects.filter(pk__in=ends, closed_on="", result="").select_related("case__office")
    openings = [
        Opening(
            "O7", row.case, row, f"O7:{row.pk}:over:{ends[row.pk]:%Y%m%dT%H%M}", title="O7.over",
            urgency=Urgency.CONFIRM, facts={"over": ends[row.pk].date().isoformat()},
        )
        for row in rows
    ]  # fmt: skip
    return len(open_alerts(openings, by=by, now=now))


def answered_lookouts(live: QuerySet, now: datetime) -> Iterable[QuerySet]:
    """What ends the alerts of lookouts: an answer, a decision, a longer watch, or the end of it."""
    closed = Lookout.objects.filter(~Q(closed_on="") | ~Q(result=""))
    yield live.filter(rule__in=["O4", "O7", "O8"], subject_id__in=closed.values("pk"))
    of_card = live.filter(rule="O4", facts__has_key="card").annotate(
        card=Cast(KT("facts__card"), CharField())
    )
    answered = Exists(LookoutReply.objects.filter(card=OuterRef("pk")))
    done = LookoutCard.objects.filter(answered | Q(expires_at__lte=now) | Q(closed_at__isnull=False))
    yield of_card.filter(card__in=done.annotate(text=Cast("pk", CharField())).values("text"))
    yield live.filter(rule="O7", facts__reply=LookoutAnswer.SIGHTING, state=AlertState.ACKED)
    watching = LookoutCard.objects.filter(closed_at=None, expires_at__gt=now)
    yield live.filter(rule="O7", facts__has_key="over", subject_id__in=watching.values("lookout"))
    decided = LookoutName.objects.filter(decided_at__isnull=False)
    yield live.filter(rule="O8", subject_id__in=decided.values("lookout"))
