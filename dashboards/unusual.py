"""The monthly sheet of unusual access: rules, each with the events it finds, gathered by person.

A line is no accusation: it is where somebody should ask. Rules are data; each takes what was seen of a
month and gives the events it is about.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, Membership, Office, User
from accounts.roles import Can, Reach, roles_reaching
from audit.models import Event
from cases.models import Case
from dashboards.periods import MONTH, named
from dashboards.states import ReviewWord
from dashboards.trail import code_of, words_of
from survivors.models import Survivor

OPENINGS = (
    "case.read", "survivor.open", "identity.open", "shelter.open", "home.where", "therapy.open",
    "document.open", "evidence.open", "operation.open", "share.open",
)  # fmt: skip
IDENTITIES = ("identity.open", "shelter.open", "home.where")
EMERGENCIES = ("case.break_glass", "emergency.miss")
TEAM = ("case.assign", "case.unassign")
# Sheets that are made to be printed; that one was opened is an event of the page itself.
PAPERS = ("evidence.open", "trail.read", "operation.open")
FIRST_HOUR, LAST_HOUR = 7, 20
WEEKEND = (5, 6)
IDENTITIES_A_DAY = 10
REFUSALS_A_MONTH = 3
FAILURES_A_MONTH = 5
DUTY_FADES = timedelta(days=31)
JUST_NAMED = timedelta(hours=1)
MOST = 50_000  # events of one office in one month that are looked at


class Rule(NamedTuple):
    """What is looked for, why, and the events of a month that are it."""

    words: Any
    why: Any
    finds: Callable[["Seen"], Iterable[Event]]


@dataclass
class Seen:
    """A month of an office: the events of its people, who was named on what when, and who was on duty."""

    zone: ZoneInfo
    events: list[Event]
    team: dict[tuple[str, str], list[tuple[datetime, str]]]
    duties: dict[Any, list[tuple[date, date]]]

    @cached_property
    def openings(self) -> list[Event]:
        return [event for event in self.events if event.verb in OPENINGS]

    def of(self, *verbs: str) -> list[Event]:
        return [event for event in self.events if event.verb in verbs]

    def last_team_change(self, event: Event) -> tuple[datetime, str] | None:
        """When whoever acted was last named on the case of an event, or taken off it, before that."""
        changes = self.team.get((str(event.actor_id), str(event.case_id)), [])
        place = bisect_right(changes, event.at, key=lambda change: change[0])
        return changes[place - 1] if place else None


def out_of_hours(seen: Seen) -> list[Event]:
    local = [(event, event.at.astimezone(seen.zone)) for event in seen.openings]
    return [event for event, at in local if at.weekday() in WEEKEND or not FIRST_HOUR <= at.hour < LAST_HOUR]


def many_identities(seen: Seen) -> list[Event]:
    days = defaultdict(list)
    for event in seen.of(*IDENTITIES):
        days[event.actor_id, event.at.astimezone(seen.zone).date()].append(event)
    many = [day for day in days.values() if len({whose(event) for event in day}) >= IDENTITIES_A_DAY]
    return [event for day in many for event in day]


def whose(event: Event) -> str:
    """The survivor that an event is about: its subject, or whom its subject belongs to."""
    return event.detail.get("survivor") or event.subject_id


def just_named(seen: Seen) -> list[Event]:
    found = []
    for event in seen.openings:
        change = seen.last_team_change(event)
        if change and change[1] == "case.assign" and event.at - change[0] < JUST_NAMED:
            found.append(event)
    return found


def after_leaving(seen: Seen) -> list[Event]:
    found = []
    for event in seen.openings:
        change = seen.last_team_change(event)
        if change[1] == "case.unassign" if change else event.case_id and after_duty(seen, event):
            found.append(event)
    return found


def after_duty(seen: Seen, event: Event) -> bool:
    """Was the duty of whoever opened a case lately over, and no other week of hers running?"""
    day = event.at.astimezone(seen.zone).date()
    weeks = seen.duties.get(event.actor_id, [])
    running = any(first <= day < end for first, end in weeks)
    return not running and any(end <= day < end + DUTY_FADES for _first, end in weeks)


def emergencies(seen: Seen) -> list[Event]:
    return seen.of(*EMERGENCIES)


def refused(seen: Seen) -> list[Event]:
    by_person = defaultdict(list)
    for event in seen.of("access.deny"):
        by_person[event.actor_id].append(event)
    return [event for events in by_person.values() if len(events) >= REFUSALS_A_MONTH for event in events]


def failed_sign_ins(seen: Seen) -> list[Event]:
    by_person = defaultdict(list)
    for event in seen.of("signin.fail"):
        by_person[event.subject_id].append(event)
    return [event for events in by_person.values() if len(events) >= FAILURES_A_MONTH for event in events]


def taken_out(seen: Seen) -> list[Event]:
    return [event for event in seen.events if event.verb.startswith(("export.", "handover."))]


def for_printing(seen: Seen) -> list[Event]:
    return [event for event in seen.of(*PAPERS) if event.verb != "operation.open" or lists(event)]


def lists(event: Event) -> bool:
    """The sheet of who knew of an operation, not one of its details."""
    return event.detail.get("what") == "list"


def concerns(event: Event) -> Any:
    """The person whose line an event is on: who acted, or whose account somebody tried in vain."""
    return UUID(event.subject_id) if event.verb == "signin.fail" else event.actor_id


RULES = {
    "emergency": Rule(_("Opened a case in an emergency"), _("Each use, and each try in vain."), emergencies),
    "refused": Rule(
        _("Was refused"),
        _("Tried at least three times in the month to open what is not theirs to open."),
        refused,
    ),
    "signin": Rule(
        _("Failed sign-ins"),
        _(
            "A wrong password or code for the person's account, in at least five stretches of ten minutes"
            " in the month."
        ),
        failed_sign_ins,
    ),
    "identities": Rule(
        _("Opened many identities in a day"),
        _("Ten or more survivors' names or addresses in one day."),
        many_identities,
    ),
    "left": Rule(
        _("Opened after leaving the team"),
        _(
            "The person had been taken off the team, or was the duty officer until lately,"
            " and opened the case by another right."
        ),
        after_leaving,
    ),
    "named": Rule(_("Opened when just named"), _("Within an hour of being named on the team."), just_named),
    "hours": Rule(
        _("Opened outside working hours"),
        _("Before 07:00, after 20:00 or at a weekend, by the clock of the office."),
        out_of_hours,
    ),
    "exports": Rule(_("Took data out"), _("Exports and hand-overs."), taken_out),
    "printing": Rule(
        _("Opened papers made for printing"),
        _("Chains of custody, who knew of an operation, who looked at a survivor."),
        for_printing,
    ),
}


class Line(NamedTuple):
    """What one rule found of one person."""

    rule: str
    person: User
    events: list[Event]
    url: str
    review: dict[str, Any] | None


class Sheet:
    """One office in one month."""

    def __init__(self, office: Office | None, offices: list[Office], month: str, now: datetime):
        self.office, self.offices, self.month = office, offices, month
        self.zone = ZoneInfo(office.time_zone if office else "UTC")
        year, number = map(int, month.split("-"))
        self.start = datetime(year, number, 1, tzinfo=self.zone)
        self.end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=self.zone)
        self.earlier = f"{self.start - timedelta(days=1):%Y-%m}"
        self.later = f"{self.end:%Y-%m}" if self.end <= now else ""
        self.cut = False  # whether there was more than is looked at

    @property
    def month_name(self) -> str:
        return named(self.start.date())

    @property
    def url(self) -> str:
        return reverse("dashboards:access-sheet", query=self.asked)

    @property
    def asked(self) -> dict[str, Any]:
        """The sheet as its address asks for it."""
        return {"office": self.office.pk, "month": self.month} if self.office else {"month": self.month}

    @cached_property
    def people(self) -> dict[Any, User]:
        """Who had a role in the office in that month."""
        then = Membership.objects.filter(
            Q(ended_at=None) | Q(ended_at__gte=self.start), office=self.office, started_at__lt=self.end
        )
        people = User.objects.filter(principal="", pk__in=then.values("user_id"))
        return {person.pk: person for person in people.order_by("name", "pk")}

    @cached_property
    def seen(self) -> Seen:
        events = list(self.watched().order_by("pk")[: MOST + 1])
        self.cut = len(events) > MOST
        events = events[:MOST]
        return Seen(self.zone, events, self.team_of({event.case_id for event in events}), self.duties())

    def watched(self) -> QuerySet[Event]:
        """The events of the month that a rule is about."""
        acts = Q(verb__in=(*OPENINGS, *EMERGENCIES, "access.deny"))
        acts |= Q(verb__startswith="export.") | Q(verb__startswith="handover.")
        acts |= Q(verb="trail.read", subject=Survivor._meta.label)
        tries = Q(verb="signin.fail", subject_id__in=[str(pk) for pk in self.people])
        events = Event.objects.live().between(self.start, self.end)
        return events.filter(Q(acts, actor_id__in=self.people) | tries)

    def duties(self) -> dict[Any, list[tuple[date, date]]]:
        """The weeks on duty in this office, but of those whose role sees its cases all year round."""
        within = (self.start.date() - DUTY_FADES, self.end.date())
        by_role = Membership.objects.filter(
            Q(office=self.office) | Q(office=None), role__in=roles_reaching(Reach.OFFICE, Reach.EVERYWHERE)
        )
        weeks = Duty.objects.filter(office=self.office, days__overlap=within)
        found = defaultdict(list)
        for duty in weeks.exclude(user_id__in=by_role.values("user_id")):
            found[duty.user_id].append((duty.days.lower, duty.days.upper))
        return found

    def team_of(self, case_ids) -> dict[tuple[str, str], list[tuple[datetime, str]]]:
        """When each person was named on each of these cases or taken off it."""
        found = defaultdict(list)
        changes = Event.objects.filter(case_id__in=case_ids - {None}, verb__in=TEAM, at__lt=self.end)
        for event in changes.order_by("at", "pk"):
            # Teams that were brought over from a file are teams; nobody was named just then.
            what = event.verb if event.origin == Event.Origin.LIVE else event.origin
            found[event.detail.get("user"), str(event.case_id)].append((event.at, what))
        return found

    @cached_property
    def reviews(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The last word on each line: by (rule, person)."""
        key = self.office.key if self.office else ""
        said = Event.objects.live().filter(
            verb="access.review", at__gte=self.start, subject_id__in=[str(pk) for pk in self.people]
        )
        said = [
            event
            for event in said.order_by("pk")
            if (event.detail["month"], event.detail["office"]) == (self.month, key)
        ]
        names = User.objects.in_bulk({event.actor_id for event in said})
        return {
            (event.detail["rule"], event.subject_id): {
                "word": ReviewWord(event.detail["word"]).label,
                "who": names[event.actor_id].name if event.actor_id in names else "",
                "at": event.at,
            }
            for event in said
        }

    def lines(self, name: str) -> list[Line]:
        """What a rule found, person by person, most events first."""
        found = defaultdict(list)
        for event in RULES[name].finds(self.seen):
            found[concerns(event)].append(event)
        lines = [
            Line(name, self.people[pk], events, self.url_of(name, pk), self.reviews.get((name, str(pk))))
            for pk, events in found.items()
        ]
        return sorted(lines, key=lambda line: (-len(line.events), line.person.name))

    def url_of(self, name: str, person_id: Any) -> str:
        return reverse("dashboards:access-line", args=[name], query={**self.asked, "person": person_id})

    def told(self) -> list[dict[str, Any]]:
        """Every rule with its lines."""
        if self.office is None:
            return []
        return [{"rule": rule, "name": name, "lines": self.lines(name)} for name, rule in RULES.items()]

    def line(self, name: str, person: User) -> dict[str, Any]:
        """One line with its events in words; cases by number to those who see them, else by a code."""
        line = next((line for line in self.lines(name) if line.person.pk == person.pk), None)
        if line is None:
            raise Http404
        shown = line.events[::-1][:500]
        seen = Case.objects.filter(pk__in={event.case_id for event in shown})
        numbers = dict(seen.values_list("pk", "number"))
        acts = [(event, words_of(event), code_or_number(event, numbers)) for event in shown]
        return {"rule": RULES[name], "line": line, "acts": acts}


def code_or_number(event: Event, numbers: dict[UUID, str]) -> str:
    """The number of the case of an event where it is known, else a code."""
    return (event.case_id and numbers.get(event.case_id)) or code_of(event.case_id)


def sheet_asked_for(request) -> Sheet:
    """The sheet of the office and month in the address: by default the first office and this month."""
    now = timezone.now()
    offices = offices_reviewed(request.user)
    asked = request.GET.get("office", "")
    office = next((office for office in offices if str(office.pk) == asked), None)
    if asked and office is None:
        raise Http404
    month = request.GET.get("month", "")
    if not MONTH.match(month) or month > f"{now:%Y-%m}":
        month = f"{now:%Y-%m}"
    return Sheet(office or next(iter(offices), None), offices, month, now)


def offices_reviewed(user) -> list[Office]:
    """The offices whose access the person reviews: hers, or all where the role belongs to none."""
    offices = Office.objects.order_by("name", "pk")
    if user.can_in(None, Can.REVIEW_ACCESS):
        return list(offices)
    return [office for office in offices if user.can_in(office.pk, Can.REVIEW_ACCESS)]
