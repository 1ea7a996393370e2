"""Deeds that answer alerts of operations, of risk and of people who are known from elsewhere."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.models import RiskNote
from notifications.states import AlertState
from operations.models import Operation
from prosecutions.models import Accused, BailOrder, Memo
from survivors.models import Relief


def done_deeds(live: QuerySet) -> Iterable[QuerySet]:
    """The live alerts whose deed is in the database and is nobody else's business."""
    since = {"created_at__gte": OuterRef("opened_at")}
    handed = Memo.objects.filter(accused=OuterRef("subject_id"), **since)
    opposed = BailOrder.objects.filter(~Q(opposition=""), accused=OuterRef("subject_id"), **since)
    known = live.filter(rule="B9", subject=Accused._meta.label, state=AlertState.ACKED)
    yield known.exclude(facts__has_key="side").filter(Exists(handed) | Exists(opposed))
    again = Operation.objects.filter(case=OuterRef("case"), **since)
    yield live.filter(Exists(again), rule="O1", state=AlertState.ACKED)
    weighed = RiskNote.objects.filter(case=OuterRef("case"), **since)
    yield live.filter(Exists(weighed), rule__in=["O6"], state=AlertState.ACKED)
    out = Relief.objects.filter(survivor=OuterRef("subject_id"), **since)
    yield live.filter(Exists(out), rule="O3")
