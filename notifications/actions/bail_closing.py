"""What closes the alerts of bail and custody: the deed, or somebody who has taken it on."""

from collections.abc import Iterable

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from notifications.actions.bail_watch import confirmed_hearing
from notifications.states import AlertState
from prosecutions.models import Accused, BailCondition, BailOrder, Custody, StatusCheck
from prosecutions.states import LIVE_BAIL, Bail

OVER = (Bail.CANCELLED, Bail.ENDED)
DENIED = (Bail.REFUSED, Bail.WITHDRAWN)


def answered_bail(live: QuerySet) -> Iterable[QuerySet]:
    """The live alerts of bail and custody whose fact is in the database."""
    goes = confirmed_hearing() | Q(proceeding=None)
    ready = BailOrder.objects.filter(~Q(status=Bail.SOUGHT) | (goes & ~Q(opposition="")))
    yield live.filter(rule="B2", subject_id__in=ready.values("pk"))
    proved = BailOrder.objects.filter(~Q(notice="") | Q(status__in=[*OVER, *DENIED]))
    yield live.filter(rule="B12", subject_id__in=proved.values("pk"))
    yield live.filter(rule__in=["B11", "C4"], state=AlertState.ACKED)
    over = BailOrder.objects.exclude(status__in=LIVE_BAIL)
    yield live.filter(rule="F1", state=AlertState.ACKED, subject_id__in=over.values("pk"))
    held = Custody.objects.running().filter(accused=OuterRef("subject_id"))
    yield live.filter(Exists(held.filter(created_at__gt=OuterRef("opened_at"))), rule="C3")
    yield confirmed_conditions(live)
    yield confirmed_people(live)


def confirmed_conditions(live: QuerySet) -> QuerySet:
    """Somebody has answered for the day, or nobody need any more."""
    due = live.filter(rule="B7").annotate(due=Cast(KT("facts__due"), DateField()))
    waits = BailCondition.objects.in_force().filter(pk=OuterRef("subject_id"), next_on=OuterRef("due"))
    return due.filter(~Exists(waits))


def confirmed_people(live: QuerySet) -> QuerySet:
    """Somebody has made sure since, or the person waits for nothing any more."""
    asked = live.filter(rule="C6").annotate(since=Cast(KT("facts__since"), DateField()))
    after = StatusCheck.objects.filter(accused=OuterRef("subject_id"), on__gt=OuterRef("since"))
    held = Custody.objects.running().filter(accused=OuterRef("pk"))
    asks = BailOrder.objects.pending().filter(accused=OuterRef("pk"))
    waiting = Accused.objects.filter(Exists(held) | Exists(asks))
    return asked.filter(Exists(after) | ~Q(subject_id__in=waiting.values("pk")))
