"""The work of somebody who leaves, a case given to somebody, and a place that takes no messages any more."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from accounts.models import Absence, Deputy, Membership, Office, User
from audit.models import Event
from cases.models import Assignment, Case
from cases.querysets import holding_now
from law.models import ClockRule
from notifications.actions.alerts import Opening
from notifications.actions.openings import case_of, episode
from notifications.models import Alert, Endpoint
from notifications.rules import To, Urgency
from notifications.states import LIVE_ALERT, AlertState
from prosecutions.models import Clock, Hearing
from prosecutions.states import ClockState

AHEAD = timedelta(days=30)
NEAR = timedelta(days=7)


def somebody_left(event: Event, now: datetime) -> Iterable[Opening]:
    """The account was closed, or the last role taken: who takes over what is still in her name?"""
    person = User.objects.get(pk=event.subject_id)
    if person.is_active and Membership.objects.filter(user=person, ended_at=None).exists():
        return
    left = left_behind(person, now)
    office = office_of(person)
    if office is None or not any(rows.exists() for rows in left.values()):
        return
    near = left["hearings"].filter(starts_at__lt=now + NEAR).exists()
    yield Opening(
        "A2", None, person, f"A2:{person.pk}:e{event.pk}", office=office,
        urgency=Urgency.COURT if near else Urgency.CONFIRM,
        facts={name: rows.count() for name, rows in left.items()},
    )  # fmt: skip


def left_behind(person: User, now: datetime) -> dict[str, QuerySet]:
    """What still stands in somebody's name, as far as whoever looks may see it."""
    return {
        "hearings": Hearing.objects.expected()
        .filter(who_goes=person)
        .between(now - timedelta(days=1), now + AHEAD),
        "cases": Case.objects.filter(
            pk__in=Assignment.objects.filter(holding_now(), user=person).values("case")
        ),
        "alerts": Alert.objects.filter(state=AlertState.ACKED, acked_by=person),
    }


def leave_uncovered(event: Event, now: datetime) -> Iterable[Opening]:
    """Somebody will be away while hearings of hers take place and nobody stands in: her lead hears it too."""
    leave = Absence.objects.select_related("person").get(pk=event.subject_id)
    office, count = office_of(leave.person), uncovered(leave, now).count()
    if office is not None and count:
        yield Opening(
            "A3", None, leave.person, f"A3:{leave.pk}", office=office, known={To.SELF: [leave.person_id]},
            facts={"leave": leave.pk, "hearings": count},
        )  # fmt: skip


def uncovered(leave: Absence, now: datetime) -> QuerySet:
    """Hearings to which she goes, or as the lawyer alone would, while she is away and nobody stands in."""
    ahead = Hearing.objects.expected().in_diary_of(leave.person)
    if leave.ended_at or leave.until <= now:
        return ahead.none()
    covers = Deputy.objects.filter(person=leave.person).overlapping(leave.starts_at, leave.until)
    return ahead.none() if covers.exists() else ahead.between(max(leave.starts_at, now), leave.until)


def office_of(person: User) -> Office | None:
    """The office in which the person works, or worked last."""
    held = Membership.objects.filter(user=person, office__isnull=False).select_related("office")
    found = held.order_by("-ended_at", "-started_at", "-pk").first()  # a role that holds has no end: first
    return found.office if found else None


def case_given(event: Event, now: datetime) -> Iterable[Opening]:
    """Somebody else is named in place of whoever had the role: she hears what is open on the case."""
    user, case = event.detail.get("user"), case_of(event)
    if str(event.actor_id) == user or event.detail.get("backup") in (True, "True"):
        return
    had = Assignment.objects.filter(case=case, role=event.detail.get("role"), ended_at__isnull=False)
    if had.exclude(user=user).exists():
        live = Alert.objects.filter(case=case, state__in=LIVE_ALERT).count()
        known = {To.SELF: [UUID(str(user))]}
        yield Opening("A1", case, case, episode("A1", event, case), known=known, facts={"open": live})


def place_lost(event: Event, now: datetime) -> Iterable[Opening]:
    """A telephone, a browser or an address refuses what we send: its person and her lead hear of it."""
    place = Endpoint.objects.select_related("user").get(pk=event.subject_id)
    office = office_of(place.user) or Office.objects.order_by("pk").first()
    if place.disabled_at is not None and place.removed_at is None and office is not None:
        known = {To.SELF: [place.user_id]}
        key = f"X1:{place.pk}:e{event.pk}"
        yield Opening("X1", None, place, key, office=office, known=known, facts={"kind": place.kind})


def law_changed(event: Event, now: datetime) -> Iterable[Opening]:
    """The rule of a clock was changed: the leads of offices in which clocks run by it look at the dates."""
    if event.subject != ClockRule._meta.label:
        return
    rule = ClockRule.objects.get(pk=event.subject_id)
    running = Clock.objects.filter(rule=rule, state=ClockState.RUNNING).order_by()
    counts = dict(running.values_list("office").annotate(n=Count("pk")))
    for office in Office.objects.filter(pk__in=counts).order_by("pk"):
        key, facts = f"X6:{rule.pk}:e{event.pk}:{office.pk}", {"clocks": counts[office.pk]}
        yield Opening("X6", None, rule, key, office=office, facts=facts)


def settled_people(live: QuerySet, now: datetime) -> Iterable[QuerySet]:
    """The live alerts about people and the law whose deed is done."""
    yield live.filter(rule__in=["A1", "X6"], state=AlertState.ACKED)
    gone = list(live.filter(rule="A2"))
    people = User.objects.in_bulk([alert.subject_id for alert in gone])
    yield live.filter(pk__in=[alert.pk for alert in gone if all_given(people.get(alert.subject_id), now)])
    away = {alert.facts.get("leave"): alert.pk for alert in live.filter(rule="A3")}
    leaves = Absence.objects.filter(pk__in=[key for key in away if key]).select_related("person")
    yield live.filter(pk__in=[away[leave.pk] for leave in leaves if not uncovered(leave, now).exists()])


def all_given(person: User | None, now: datetime) -> bool:
    """Nothing stands in the person's name any more."""
    return person is None or not any(rows.exists() for rows in left_behind(person, now).values())


CALLS_FOR_PEOPLE: dict[str, Callable[[Event, datetime], Iterable[Opening]]] = {
    "person.end": somebody_left,
    "membership.end": somebody_left,
    "case.assign": case_given,
    "absence.set": leave_uncovered,
    "endpoint.disable": place_lost,
    "law.edit": law_changed,
}
