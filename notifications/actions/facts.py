"""What each fact of the audit calls for: one small function a verb, without a word about inboxes or mail."""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from accounts.models import Membership
from accounts.roles import Role
from audit.models import Event
from cases.models import Emergency
from notifications.actions.alerts import Opening
from notifications.actions.corrections import HEARD_SOON, hearing_cancelled, hearing_moved
from notifications.actions.custody_facts import CALLS_FOR_CUSTODY, notice_owed
from notifications.actions.hearing_watch import (
    hearing_entered,
    hearing_named,
    outcome_recorded,
    witness_called,
)
from notifications.actions.leaving import CALLS_FOR_PEOPLE
from notifications.actions.lookouts import CALLS_FOR_LOOKOUTS
from notifications.actions.openings import alert, bail_of, case_of, elsewhere, episode, subject_of
from notifications.clock import wall, zone_of
from notifications.rules import WORKING, Practice, To, Urgency
from operations.states import Failure, OperationOutcome
from prosecutions.identity_states import MatchState
from prosecutions.models import Accused, Arrest, BailBreach, BailOrder, MatchSide
from prosecutions.states import BailKind, Charging, VerdictResult
from reference.values import PartialDate
from survivors.models import Kinship, Survivor


def bail_sought(event: Event, now: datetime) -> Iterable[Opening]:
    bail = bail_of(event)
    rule = "B10" if bail.kind == BailKind.PENDING_APPEAL else "B1"
    urgency = Urgency.SAFETY if heard_within_a_day(bail, now) else Urgency.COURT
    yield alert(
        rule, event, bail, title="B1", urgency=urgency, practice=WORKING["B1"], facts={"applied": True}
    )


def heard_within_a_day(bail: BailOrder, now: datetime) -> bool:
    if not (bail.heard_on and PartialDate(bail.heard_on).exact):
        return False
    zone = zone_of(bail.case.office.time_zone)
    heard = wall(zone, PartialDate(bail.heard_on).first, bail.heard_time or time(8))
    return heard - now < HEARD_SOON


def bail_granted(event: Event, _now: datetime) -> Iterable[Opening]:
    bail = bail_of(event)
    rule = "B10" if bail.kind == BailKind.PENDING_APPEAL else "B3"
    yield alert(rule, event, bail, title="B3")
    yield from notice_owed(event, bail)
    yield from elsewhere(event, bail.accused, rule, "B3.elsewhere", (To.SW,))


def bail_released(event: Event, _now: datetime) -> Iterable[Opening]:
    bail = bail_of(event)
    older = ("B3", "B10")
    yield alert("B4", event, bail, supersedes=older)
    yield from elsewhere(event, bail.accused, "B4", "B4.elsewhere", (To.SW,), supersedes=older)


def bail_breached(event: Event, _now: datetime) -> Iterable[Opening]:
    breach = BailBreach.objects.filter(pk=event.detail.get("breach")).first()
    yield alert("B6", event, bail_of(event), facts={"broken_on": str(breach.on)} if breach else {})


def arrested(event: Event, _now: datetime) -> Iterable[Opening]:
    """Known from another case: each team hears of its own file only."""
    arrest = subject_of(event)
    accused = arrest.accused if isinstance(arrest, Arrest) else arrest
    others = list(elsewhere(event, accused, "B9", "B9.elsewhere", WORKING["B9"].to))
    if others:
        yield alert("B9", event, accused)
    yield from others
    yield from possible(event, accused)


def possible(event: Event, accused: Accused) -> Iterable[Opening]:
    """A match that nobody has confirmed yet: each side that was told hears of the arrest."""
    pairs = MatchSide.objects.filter(accused=accused, state=MatchState.OPEN).values("pair")
    sides = MatchSide.objects.filter(pair__in=pairs, state=MatchState.OPEN)
    for side in sides.select_related("accused", "case__office").order_by("pk"):
        here = side.accused_id == accused.pk
        yield of_match(event, side, Urgency.COURT, "B9.possible" if here else "B9.maybe")


def matched(event: Event, now: datetime) -> Iterable[Opening]:
    """Another office may know the person: urgent soon after an arrest, else a question that can wait."""
    side = MatchSide.objects.select_related("pair", "accused", "case__office").get(pk=event.subject_id)
    lately = (now - timedelta(days=30)).date().isoformat()
    arrests = Arrest.objects.filter(accused__in=[side.pair.one_id, side.pair.two_id], on__gte=lately)
    urgency = Urgency.COURT if arrests.exists() else Urgency.CONFIRM
    yield of_match(event, side, urgency, "B9.match")


def of_match(event: Event, side: MatchSide, urgency: Urgency, title: str) -> Opening:
    """About our own person alone; the key names our side, so that nothing joins the two alerts."""
    how = WORKING["B9"]
    return Opening(
        "B9", side.case, side.accused, f"B9:{side.pk}:e{event.pk}", title=title, urgency=urgency,
        practice=Practice(how.to, urgency, how.act_minutes), facts={"side": str(side.pk)},
    )  # fmt: skip


def linked(event: Event, now: datetime) -> Iterable[Opening]:
    """Found to be known from another case only after the arrest here."""
    if subject_of(event).arrests.exists():
        yield from arrested(event, now)


def operation_recorded(event: Event, _now: datetime) -> Iterable[Opening]:
    operation = subject_of(event)
    if operation.outcome != OperationOutcome.FAILED:
        return
    yield Opening("O1", operation.case, operation, f"O1:{operation.pk}")
    if operation.failure == Failure.TIP_OFF:
        yield Opening("O2", operation.case, operation, f"O2:{operation.pk}")
    if operation.failure == Failure.VICTIM_FLED:
        yield Opening("O3", operation.case, operation, missing_at(operation.pk))


def missing_at(operation_id: UUID | str) -> str:
    """One search for each operation, whether the outcome or the missing person was written down first."""
    return f"O3:{operation_id}:missing"


def survivor_missed(event: Event, _now: datetime) -> Iterable[Opening]:
    subject = subject_of(event)
    key = missing_at(event.detail.get("operation") or f"{event.subject_id}:e{event.pk}")
    yield Opening("O3", subject.case, subject, key)


def survivor_recaptured(event: Event, _now: datetime) -> Iterable[Opening]:
    yield alert("O3", event, subject_of(event))


def track_reopened(event: Event, _now: datetime) -> Iterable[Opening]:
    case = case_of(event)
    facts = {"track": event.detail.get("track", "")}
    yield Opening("O5", case, case, episode("O5", event, case), facts=facts)


def kinship_added(event: Event, _now: datetime) -> Iterable[Opening]:
    """Only when one of the two is accused and the other is a survivor of the same case."""
    kinship: Kinship = subject_of(event)
    ends = {kinship.of, kinship.who}
    accused = Accused.objects.counted().filter(case=kinship.case_id, key__in=ends).first()
    if accused and Survivor.objects.filter(case=kinship.case_id, key__in=ends).exists():
        yield Opening("O6", kinship.case, accused, f"O6:{kinship.pk}")


def verdict_recorded(event: Event, _now: datetime) -> Iterable[Opening]:
    verdict = subject_of(event)
    yield alert("J2" if verdict.result == VerdictResult.CONVICTED else "J1", event, verdict)


def charge_edited(event: Event, _now: datetime) -> Iterable[Opening]:
    charge = subject_of(event)
    if charge.status == Charging.DROPPED:
        yield Opening("J1", charge.case, charge, f"J1:{charge.pk}:dropped", title="J1.dropped")


def threatened(event: Event, _now: datetime) -> Iterable[Opening]:
    yield alert("S1", event, subject_of(event))


def emergency_opened(event: Event, _now: datetime) -> Iterable[Opening]:
    """Whoever reviews it hears at once, whether she may see the case or not: no word tells which."""
    entry = Emergency.objects.get(pk=event.subject_id)
    yield Opening(
        "E1", case_of(event), entry, f"E1:{entry.pk}", asked=reviewers_of(entry.office_id, entry.user_id)
    )


def reviewers_of(office_id: int, but: UUID) -> dict[UUID, To]:
    """Director and safeguarding lead of the office, but for the person herself; else whoever oversees it."""
    live = Membership.objects.filter(ended_at=None, user__is_active=True).exclude(user_id=but)
    asked = {Role.OFFICE_DIRECTOR: To.FOD, Role.SAFEGUARDING_LEAD: To.SG}
    found = live.filter(office_id=office_id, role__in=asked).order_by("user_id", "role")
    above = live.filter(
        Q(office_id=office_id, role=Role.REGIONAL_DIRECTOR) | Q(role=Role.GLOBAL_DIRECTOR)
    ).order_by("user_id")
    return {row.user_id: asked[Role(row.role)] for row in found} or {row.user_id: To.RD for row in above}


CALLS_FOR: dict[str, Callable[[Event, datetime], Iterable[Opening]]] = {
    **CALLS_FOR_CUSTODY,
    **CALLS_FOR_LOOKOUTS,
    **CALLS_FOR_PEOPLE,
    "bail.seek": bail_sought,
    "bail.grant": bail_granted,
    "bail.release": bail_released,
    "bail.breach": bail_breached,
    "arrest.record": arrested,
    "accused.link": linked,
    "match.find": matched,
    "operation.record": operation_recorded,
    "survivor.miss": survivor_missed,
    "survivor.recapture": survivor_recaptured,
    "track.reopen": track_reopened,
    "kinship.add": kinship_added,
    "verdict.record": verdict_recorded,
    "charge.edit": charge_edited,
    "hearing.schedule": hearing_entered,
    "hearing.assign": hearing_named,
    "hearing.record": outcome_recorded,
    "witness.call": witness_called,
    "hearing.reschedule": hearing_moved,
    "hearing.cancel": hearing_cancelled,
    "threat.report": threatened,
    "case.break_glass": emergency_opened,
}
