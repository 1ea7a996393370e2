"""What the survivors were told of an alert: the deed that closes it, and never the button alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions import settle_told
from aftercare.models import Care
from audit.actions import record
from cases.states import IllegalMove
from notifications.actions.alerts import acknowledge_alert, log
from notifications.actions.care_watch import unlooked
from notifications.models import Alert, Telling
from notifications.states import AlertState, LogKind, WasTold
from survivors.models import Survivor

# Somebody who harmed them is out, gone, dead or acquitted: each of them is told, or it is decided not to.
# The events of which each of these alerts speaks: what was to be told of them has been told then.
TOLD_BY = {
    "B3": ("bail.grant",),
    "B4": ("bail.grant", "bail.release"),
    "B10": ("bail.grant",),
    "C2": ("custody.end",),
    "J1": ("verdict.record",),
}
LOOKED_AT = ("B3", "B4", "B10", "C2")
TOLD_OF = ("B3", "B4", "B10", "C2", "C5", "J1")


@dataclass(frozen=True)
class Answer:
    """What was said of one survivor."""

    told: str
    way: str = ""
    reason: str = ""


def tell_survivors(alert_id: UUID, *, by: User, now: datetime, answers: Mapping[UUID, Answer]) -> Alert:
    """Write down who was told, as far as it is known; whoever writes it has the alert, if nobody had.

    `answers` by the key of the survivor. What was said before of the same survivor is replaced; the audit
    keeps both. Raises IllegalMove for an alert that nobody is told of and for a reason that is missing.
    """
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
    if alert.rule not in TOLD_OF or alert.case is None:
        raise IllegalMove(_("Of this alert nobody need be told."))
    known = set(survivors_of(alert).filter(pk__in=answers).values_list("pk", flat=True))
    for survivor_id, said in answers.items():
        if survivor_id not in known:
            raise IllegalMove(_("This survivor is not of this case."))
        if said.told == WasTold.NOT_TOLD and not said.reason.strip():
            raise IllegalMove(_("Say why she was not told."), f"reason_{survivor_id}")
        write_down(alert, survivor_id, said, by=by, now=now)
    if answers and alert.state == AlertState.OPEN:
        return acknowledge_alert(alert.pk, by=by, now=now)
    return alert


def write_down(alert: Alert, survivor_id: UUID, said: Answer, *, by: User, now: datetime) -> None:
    """One row for each survivor and alert."""
    told = said.told == WasTold.TOLD
    facts = {
        "told": said.told,
        "way": said.way if told else "",
        "reason": "" if told else said.reason.strip(),
    }
    before = Telling.objects.filter(alert=alert, survivor=survivor_id).first()
    if before is not None and all(getattr(before, name) == value for name, value in facts.items()):
        return
    row = before or Telling(case=alert.case, alert=alert, survivor_id=survivor_id, created_at=now)
    row.answered_at, row.answered_by, row.version = now, by, row.version + (before is not None)
    for name, value in facts.items():
        setattr(row, name, value)
    if before is None:
        row.office_id, row.sensitivity = alert.office_id, alert.sensitivity
        row.save(force_insert=True)
    else:
        row.save(update_fields=[*facts, "answered_at", "answered_by", "version"])
    log(LogKind.SURVIVOR_TOLD, [(row.alert, ())], by=by, now=now)
    record("survivor.tell", by=by, subject=row, at=now, told=said.told, rule=alert.rule)
    care = Care.objects.filter(survivor=survivor_id).first()
    if care is not None:
        settle_told(care, TOLD_BY.get(alert.rule, ()), told=told, by=by, now=now)


def survivors_of(alert: Alert) -> QuerySet:
    """Who has a right to know: the survivors of the case, but for dependants, who hear it from them."""
    return Survivor.objects.filter(case=alert.case_id, dependant=False).order_by("key", "pk")


def told_of(live: QuerySet) -> Iterable[QuerySet]:
    """Taken on, and of every survivor it is written down whether she was told."""
    said = Telling.objects.filter(alert=OuterRef(OuterRef("pk")), survivor=OuterRef("pk"))
    silent = Survivor.objects.filter(~Exists(said), case=OuterRef("case"), dependant=False)
    asks = live.exclude(facts__contains={"applied": True}).filter(~Exists(silent), state=AlertState.ACKED)
    yield asks.filter(rule__in=set(TOLD_OF) - set(LOOKED_AT))
    # Whoever is out may come near: that nobody is in danger by it is looked at anew, for all in care.
    yield asks.filter(~Exists(unlooked()), rule__in=LOOKED_AT)


def may_be_told(alert: Alert) -> bool:
    """Does the page of the alert ask who was told?"""
    return alert.rule in TOLD_OF and alert.case_id is not None and not alert.facts.get("applied")
