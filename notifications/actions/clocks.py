"""Clocks of the law that run out: a warning at each step before the end, at the end, and none twice."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.models import User
from law.states import About, ClockKind, Severity
from notifications.actions.alerts import Opening, open_alerts
from notifications.clock import wall, zone_of
from notifications.models import Alert
from notifications.rules import WORKING, To, Urgency
from prosecutions.models import Clock

RULES = ("C1", "D1", "D2")
SIX = time(6)
LONGEST = timedelta(days=16)
# What ran out longer ago than this when it was first seen is history.
GONE = timedelta(days=30)
JUDGED = ("judgment", "judgment_notified", "verdict")
S, C, A, N = Urgency.SAFETY, Urgency.COURT, Urgency.CONFIRM, Urgency.NORMAL


@dataclass(frozen=True)
class Step:
    """One warning: its code, when it is due before the end, and how hard it knocks by what hangs on it."""

    code: str
    urgency: dict[str, Urgency]
    days: int = 0  # at six in the morning, so many days before the last one
    share: float = 0  # of the hours that have gone
    lead: bool = False  # the legal lead hears of it
    director: bool = False


URGENT, WARNING, INFO = Severity.URGENT, Severity.WARNING, Severity.INFO
BY_DAYS = (
    Step("d14", {URGENT: A}, days=14),
    Step("d7", {URGENT: A, WARNING: A, INFO: N}, days=7),
    Step("d3", {URGENT: C, WARNING: A}, days=3, lead=True),
    Step("d2", {URGENT: C}, days=2, lead=True),
    Step("d1", {URGENT: S, WARNING: C}, days=1, lead=True),
    Step("d0", {URGENT: S}, days=0, lead=True, director=True),
)
BY_HOURS = (
    Step("h50", {URGENT: C}, share=0.5),
    Step("h75", {URGENT: C, WARNING: A}, share=0.75, lead=True),
    Step("h90", {URGENT: S, WARNING: C}, share=0.9, lead=True),
)
OVER = Step("over", {URGENT: S, WARNING: A}, lead=True, director=True)


def open_deadlines(*, by: User, now: datetime) -> int:
    """Warn of every clock that has come to its next step. Steps that were missed are not made up for."""
    found = (opening_of(clock, now) for clock in near_the_end(now))
    return len(open_alerts([opening for opening in found if opening], by=by, now=now))


def near_the_end(now: datetime) -> QuerySet:
    """Clocks that run and end soon, or ended of late; those of closed tracks wake nobody."""
    rows = Clock.objects.running().awake().filter(due_at__lt=now + LONGEST, due_at__gt=now - GONE)
    rows = rows.filter(rule__kind=ClockKind.DEADLINE)
    return rows.select_related("rule", "case__office").order_by("due_at", "pk")


def opening_of(clock: Clock, now: datetime) -> Opening | None:
    """The warning that is due for this clock now."""
    step = step_of(clock, now)
    urgency = step.urgency.get(weight_of(clock)) if step else None
    if step is None or urgency is None or clock.due_on is None:
        return None
    rule = rule_of(clock)
    due = clock.due_on.isoformat()
    return Opening(
        rule, clock.case, clock, f"{rule}:{clock.pk}:{due}:{step.code}",
        title=f"{rule}.over" if step is OVER else rule, urgency=urgency,
        practice=replace(WORKING[rule], to=people_of(clock, rule, step)),
        facts={"due": due, "step": step.code}, supersedes=RULES,
    )  # fmt: skip


def step_of(clock: Clock, now: datetime) -> Step | None:
    """The last step that has come and that says something of a clock of this weight."""
    steps = [*passed(clock, now)]
    if clock.due_at and clock.due_at <= now:
        steps.append(OVER)
    speaking = [step for step in steps if weight_of(clock) in step.urgency]
    return speaking[-1] if speaking else None


def weight_of(clock: Clock) -> str:
    """What hangs on it. The days between two hearings run anew with each hearing, so they only inform."""
    return Severity.INFO if clock.rule.starts == "last_hearing" else clock.rule.severity


def passed(clock: Clock, now: datetime) -> Iterable[Step]:
    """The steps before the end whose time has come."""
    zone = zone_of(clock.case.office.time_zone)
    if clock.due_on is None or clock.due_at is None:
        return
    if in_hours(clock):
        began = clock.began_at or wall(zone, clock.began_on, time())
        gone = (now - began) / (clock.due_at - began) if clock.due_at > began else 1
        yield from (step for step in BY_HOURS if gone >= step.share)
        return
    for step in BY_DAYS:
        if now >= wall(zone, clock.due_on - timedelta(days=step.days), SIX):
            yield step


def in_hours(clock: Clock) -> bool:
    """Is it counted in hours? A person extends by days."""
    rule = clock.rule
    exact = rule.months is None and rule.years is None
    return rule.hours is not None and exact and clock.extended_until is None


def rule_of(clock: Clock) -> str:
    """D1 is a window to appeal, C1 what somebody's liberty hangs on, D2 every other deadline."""
    if clock.rule.starts in JUDGED:
        return "D1"
    liberty = clock.rule.about == About.ACCUSED and clock.rule.severity == Severity.URGENT
    return "C1" if liberty else "D2"


def people_of(clock: Clock, rule: str, step: Step) -> tuple[To, ...]:
    """Whom this step reaches: the leads from three days before, the director on the last day."""
    to = list(WORKING[rule].to)
    if clock.survivor_id:
        to.append(To.SW)
    if step.lead and clock.rule.severity == Severity.URGENT:
        to += [To.LD, *([To.SG] if clock.survivor_id else [])]
    if step.director and clock.rule.severity == Severity.URGENT:
        to.append(To.FOD)
    return tuple(dict.fromkeys(to))


def answered_clocks(live: QuerySet[Alert]) -> Iterable[QuerySet[Alert]]:
    """The clock was stopped, extended, set aside or corrected, or the track it belongs to is closed."""
    ours = live.filter(rule__in=RULES, subject=Clock._meta.label)
    due = ours.annotate(due=Cast(KT("facts__due"), CharField()))
    same = Clock.objects.running().awake().filter(pk=OuterRef("subject_id"))
    same = same.annotate(last=Cast("due_on", CharField())).filter(last=OuterRef("due"))
    yield due.filter(~Exists(same))
