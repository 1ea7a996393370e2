"""The monthly sheet of unusual access: rules, each with the events it finds, gathered by person.

A line is no accusation: it is where somebody should ask. Rules are data; each takes what was seen of a
month and gives the events it is about.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Office, User
from accounts.roles import Can
from audit.models import Event
from cases.models import Case
from dashboards.periods import MONTH, named
from dashboards.states import ReviewWord
from dashboards.trail import code_of, words_of

OPENINGS = (
    "case.read", "survivor.open", "identity.open", "shelter.open", "therapy.open", "document.open",
    "evidence.open", "operation.open", "share.open",
)  # fmt: skip
IDENTITIES = ("identity.open", "shelter.open")
EMERGENCIES = ("case.break_glass", "emergency.miss")
TEAM = ("case.assign", "case.unassign")
FIRST_HOUR, LAST_HOUR = 7, 20
WEEKEND = (5, 6)
IDENTITIES_A_DAY = 10
REFUSALS_A_MONTH = 3
JUST_NAMED = timedelta(hours=1)
MOST = 50_000  # events of one office in one month that are looked at


class Rule(NamedTuple):
    """What is looked for, why, and the events of a month that are it."""

    words: Any
    why: Any
    finds: Callable[["Seen"], Iterable[Event]]


@dataclass
class Seen:
    """A month of an office: the events of its people, and who was named on what when."""

    zone: ZoneInfo
    events: list[Event]
    team: dict[tuple[str, str], list[tuple[datetime, str]]]

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
    changes = [(event, seen.last_team_change(event)) for event in seen.openings]
    return [event for event, change in changes if change and change[1] == "case.unassign"]


def emergencies(seen: Seen) -> list[Event]:
    return seen.of(*EMERGENCIES)


def refused(seen: Seen) -> list[Event]:
    by_person = defaultdict(list)
    for event in seen.of("access.deny"):
        by_person[event.actor_id].append(event)
    return [event for events in by_person.values() if len(events) >= REFUSALS_A_MONTH for event in events]


def taken_out(seen: Seen) -> list[Event]:
    return [event for event in seen.events if event.verb.startswith(("export.", "handover."))]


def printed(seen: Seen) -> list[Event]:
    return [event for event in seen.events if event.verb.endswith(".print")]


RULES = {
    "emergency": Rule(_("Opened a case in an emergency"), _("Each use, and each try in vain."), emergencies),
    "refused": Rule(
        _("Was refused"),
        _("Tried at least three times in the month to open what is not theirs to open."),
        refused,
    ),
    "identities": Rule(
        _("Opened many identities in a day"),
        _("Ten or more survivors' names or addresses in one day."),
        many_identities,
    ),
    "left": Rule(
        _("Opened after leaving the team"),
        _("The person had been taken off the team and opened the case by another right."),
        after_leaving,
    ),
    "named": Rule(_("Opened when just named"), _("Within an hour of being named on the team."), just_named),
    "hours": Rule(
        _("Opened outside working hours"),
        _("Before 07:00, after 20:00 or at a weekend, by the clock of the office."),
        out_of_hours,
    ),
    "exports": Rule(_("Took data out"), _("Exports and hand-overs."), taken_out),
    "printing": Rule(_("Printed"), _("Papers made for printing."), printed),
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

    @property
    def month_name(self) -> str:
        return named(self.start.date())

    @property
    def url(self) -> str:
        return reverse("dashboards:access-sheet", query={"office": self.office.pk, "month": self.month})

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
        watched = Q(verb__in=(*OPENINGS, *EMERGENCIES, "access.deny"))
        watched |= (
            Q(verb__startswith="export.") | Q(verb__startswith="handover.") | Q(verb__endswith=".print")
        )
        events = Event.objects.live().between(self.start, self.end).filter(watched, actor_id__in=self.people)
        events = list(events.order_by("pk")[:MOST])
        return Seen(self.zone, events, self.team_of({event.case_id for event in events}))

    def team_of(self, case_ids) -> dict[tuple[str, str], list[tuple[datetime, str]]]:
        """When each person was named on each of these cases or taken off it."""
        found = defaultdict(list)
        changes = Event.objects.live().filter(case_id__in=case_ids - {None}, verb__in=TEAM, at__lt=self.end)
        for event in changes.order_by("at", "pk"):
            found[event.detail.get("user"), str(event.case_id)].append((event.at, event.verb))
        return found

    @cached_property
    def reviews(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The last word on each line: by (rule, person)."""
        said = Event.objects.live().filter(
            verb="access.review", at__gte=self.start, subject_id__in=[str(pk) for pk in self.people]
        )
        said = [
            event
            for event in said.order_by("pk")
            if (event.detail["month"], event.detail["office"]) == (self.month, self.office.key)
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
            found[event.actor_id].append(event)
        lines = [
            Line(name, self.people[pk], events, self.url_of(name, pk), self.reviews.get((name, str(pk))))
            for pk, events in found.items()
        ]
        return sorted(lines, key=lambda line: (-len(line.events), line.person.name))

    def url_of(self, name: str, person_id: Any) -> str:
        query = {"office": self.office.pk, "month": self.month, "person": person_id}
        return reverse("dashboards:access-line", args=[name], query=query)

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
        acts = [
            (event, words_of(event), numbers.get(event.case_id) or code_of(event.case_id)) for event in shown
        ]
        return {"rule": RULES[name], "line": line, "acts": acts}


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
