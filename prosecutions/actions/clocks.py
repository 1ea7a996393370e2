"""What people do to clocks: write down the step that moves one, start one, extend it, set it aside."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import lock_case
from cases.states import IllegalMove, check_version
from law.models import ClockRule
from law.states import About
from prosecutions.actions.casework import locked, put, settle
from prosecutions.actions.clock import check_happened
from prosecutions.models import Accused, Clock, ClockMove, CourtEvent, Proceeding
from prosecutions.reckoning.days import DAY, first_moment
from prosecutions.states import ClockMoveKind, ClockState
from reference.values import PartialDate
from survivors.models import Survivor


def moment_of(
    on: str | date, local_time: time | None, proceeding: Proceeding | None, zone: str
) -> datetime | None:
    """The moment on the clock of the court, of the office where the court is not in the list."""
    if local_time is None:
        return None
    day = PartialDate(on) if on else None
    if day is None or not day.exact:
        raise IllegalMove(_("Enter the whole date that belongs to this time."), "on")
    court = proceeding.known_court if proceeding else None
    there = ZoneInfo(court.time_zone if court else zone)
    return datetime.combine(day.first, local_time, there)


def record_court_event(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    event: str,
    on: str,
    local_time: time | None = None,
    accused: Accused | None = None,
    survivor: Survivor | None = None,
    proceeding: Proceeding | None = None,
    note: str = "",
) -> CourtEvent:
    """A step that starts or stops clocks was taken; about nobody in particular it is about everybody."""
    case = lock_case(case_id)
    check_happened(on, case.office, now, "on")
    happened_at = moment_of(on, local_time, proceeding, case.office.time_zone)
    if happened_at and happened_at > now:
        raise IllegalMove(_("This time is in the future."), "local_time")
    step = CourtEvent.objects.create(
        case=case, event=event, on=on, happened_at=happened_at, accused=accused, survivor=survivor,
        proceeding=proceeding, note=note,
    )  # fmt: skip
    record("step.record", by=by, subject=step, at=now, event=event)
    settle(case, now)
    return step


def check_subject(
    rule: ClockRule, accused: Accused | None, survivor: Survivor | None, proceeding: Proceeding | None
) -> None:
    """A clock is about whom its rule says, and about nobody else."""
    given = {About.ACCUSED: accused, About.SURVIVOR: survivor, About.PROCEEDING: proceeding}
    wanted = About(rule.about)
    if wanted in given and given[wanted] is None:
        raise IllegalMove(_("Choose whom this clock is about."), wanted.value)
    wrong = next((about for about, row in given.items() if row is not None and about != wanted), None)
    if wrong:
        sentence = _("This rule is about: %(whom)s. Leave this empty.") % {"whom": wanted.label}
        raise IllegalMove(sentence, wrong.value)


def start_clock(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    rule: ClockRule,
    on: date,
    local_time: time | None = None,
    accused: Accused | None = None,
    survivor: Survivor | None = None,
    proceeding: Proceeding | None = None,
) -> Clock:
    """Start a clock that records do not start by themselves."""
    case = lock_case(case_id)
    check_happened(PartialDate(on), case.office, now, "on")
    check_subject(rule, accused, survivor, proceeding)
    whose = {"accused": accused, "survivor": survivor, "proceeding": proceeding}
    if Clock.objects.filter(case=case, rule=rule, began_on=on, **whose).exists():
        raise IllegalMove(_("This clock is running already, or has been."), "rule")
    began_at = moment_of(on, local_time, proceeding, case.office.time_zone)
    clock = Clock.objects.create(case=case, rule=rule, by_hand=True, began_on=on, began_at=began_at, **whose)
    record("clock.start", by=by, subject=clock, at=now, rule=rule.code)
    settle(case, now)
    clock.refresh_from_db()
    return clock


def locked_clock(clock_id: UUID, version: int | None, *states: ClockState) -> Clock:
    """The clock as it is now, if it is still what the person saw and may still be moved."""
    clock = locked(Clock, clock_id)
    check_version(clock, version)
    if clock.state not in states:
        sentence = _("This clock is not running: %(state)s.") % {"state": clock.get_state_display()}
        raise IllegalMove(sentence)
    return clock


def extend_clock(
    clock_id: UUID,
    *,
    by: User,
    now: datetime,
    until: date,
    why: str,
    order: str = "",
    version: int | None = None,
) -> Clock:
    """An order gives more time: the clock ends on that day and no other."""
    clock = locked_clock(clock_id, version, ClockState.RUNNING)
    if until < clock.began_on:
        raise IllegalMove(_("This is before the beginning."), "until")
    if clock.due_on and until <= clock.due_on:
        raise IllegalMove(_("An extension ends later than the clock does now."), "until")
    at = first_moment(until + DAY, ZoneInfo(clock.case.office.time_zone))
    put(clock, extended_until=until, order=order, why=why, due_on=until, due_at=at, other_due_on=None)
    keep_move(clock, ClockMoveKind.EXTENDED, mover=by, now=now, why=why, order=order, until=until)
    record("clock.extend", by=by, subject=clock, at=now, until=until.isoformat())
    settle(clock.case, now)
    return clock


def set_aside_clock(
    clock_id: UUID, *, by: User, now: datetime, why: str, version: int | None = None
) -> Clock:
    """The clock does not hold here, or what it asks for was decided otherwise: it warns nobody any more."""
    clock = locked_clock(clock_id, version, ClockState.RUNNING)
    put(clock, state=ClockState.SET_ASIDE, why=why)
    keep_move(clock, ClockMoveKind.SET_ASIDE, mover=by, now=now, why=why)
    record("clock.set_aside", by=by, subject=clock, at=now)
    settle(clock.case, now)
    return clock


def take_back_clock(
    clock_id: UUID, *, by: User, now: datetime, why: str, version: int | None = None
) -> Clock:
    """Set aside or extended by mistake: the clock is again what the records make of it."""
    clock = locked_clock(clock_id, version, ClockState.SET_ASIDE, ClockState.RUNNING)
    if clock.state == ClockState.RUNNING and not clock.extended_until:
        raise IllegalMove(_("Nobody has moved this clock."))
    put(clock, state=ClockState.RUNNING, extended_until=None, order="", why="")
    keep_move(clock, ClockMoveKind.TAKEN_BACK, mover=by, now=now, why=why)
    record("clock.take_back", by=by, subject=clock, at=now)
    settle(clock.case, now)
    return clock


def keep_move(
    clock: Clock,
    kind: ClockMoveKind,
    *,
    mover: User,
    now: datetime,
    why: str,
    order: str = "",
    until: date | None = None,
) -> None:
    """Write down for good what was done to the clock; the verb records it."""
    ClockMove.objects.create(
        case_id=clock.case_id,
        clock=clock,
        kind=kind,
        until=until,
        order=order,
        why=why,
        mover=mover,
        moved_at=now,
    )
