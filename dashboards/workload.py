"""Who carries how much, and what would help: for teams. Why it counts no more: docs/adr/0072-care-of-staff.md

Points say what a case weighs: by the risk that counts now, high 3, medium 2, low or not assessed 1. People
stand in the order of their names beside the number of their cases, and only who names teams sees them so.
Work at night and on weekends is told of a team of five and more, as a share of the hours in which anything
was done, and of nobody alone. A hard operation is one that failed or freed ten people or more; rest is an
absence that began after it and lasts two days or more.
"""

from collections import defaultdict
from datetime import timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import TruncHour
from django.utils.translation import gettext as _

from accounts.models import Absence, Office, User
from accounts.roles import Can
from audit.models import Event
from cases.models import Assignment, RiskNote, Task
from cases.querysets import holding_now
from dashboards.speed import MOST
from notifications.models import Alert
from notifications.states import AlertState
from operations.models import Operation
from operations.states import OperationStatus
from prosecutions.models import Hearing
from reference.fields import First
from reference.values import Quantity

# Both tracks have come to their end, or one has and the other never began: as figures.breakdowns reads it.
_STILL = ["closed", "", "not_started"]
OVER = Q(legal_status__in=_STILL, aftercare_status__in=_STILL) & (
    Q(legal_status="closed") | Q(aftercare_status="closed")
)
POINTS = {"high": 3, "medium": 2}
HARD_WITHIN, REST, LEAVE, LOOKED_AT = (
    timedelta(days=90),
    timedelta(days=2),
    timedelta(days=183),
    timedelta(days=28),
)
FREED_MANY, TEAM, LIKELY_TOO_MANY, FEW_HOURS = 10, 5, 25, 20
FIRST_HOUR, LAST_HOUR, WEEKEND = 7, 20, (5, 6)


class Workload:
    """The work of the offices under the filters, as of today."""

    def __init__(self, scope):
        self.scope, self.user, self.now, self.today = scope, scope.user, scope.now, scope.today
        self.too_many = scope.cases.order_by()[: MOST + 1].count() > MOST
        cases = scope.cases.none() if self.too_many else scope.cases
        self.cases = cases.order_by().values("pk")
        self.open = cases.exclude(OVER).order_by().values("pk")

    @cached_property
    def offices(self):
        """The offices of which there are cases under the filters."""
        held = self.scope.cases.order_by().values("office_id").distinct()
        return list(Office.objects.filter(pk__in=held).order_by("name", "pk"))

    @cached_property
    def load(self):
        """{(office, person): {cases, points}} of the open cases that people are named on themselves."""
        level = RiskNote.objects.filter(case=OuterRef("case_id")).latest_first().values("level")[:1]
        rows = Assignment.objects.filter(holding_now(), backup=False, case__in=self.open).order_by()
        rows = rows.values("office_id", "user_id", risk=Subquery(level))
        found = defaultdict(lambda: {"cases": 0, "points": 0})
        for row in rows.annotate(cases=Count("case_id", distinct=True)):
            mine = found[row["office_id"], row["user_id"]]
            mine["cases"] += row["cases"]
            mine["points"] += row["cases"] * POINTS.get(row["risk"], 1)
        return found

    @cached_property
    def tasks(self):
        """{(office, person or nobody): tasks that are overdue}."""
        rows = Task.objects.filter(case__in=self.cases, done_at=None, due_on__lt=self.today).order_by()
        return self._counts(rows, "office_id", "assigned_to_id")

    @cached_property
    def hearings(self):
        """{(office, person or nobody): hearings of the next seven days}."""
        rows = Hearing.objects.filter(case__in=self.cases, outcome="").order_by()
        rows = rows.alias(day=First("on")).filter(
            ~Q(on=""), day__gte=self.today, day__lt=self.today + timedelta(days=7)
        )
        return self._counts(rows, "office_id", "who_goes_id")

    @cached_property
    def alerts(self):
        """{office: alerts that nobody has taken}."""
        rows = Alert.objects.filter(case__in=self.cases, state=AlertState.OPEN).order_by()
        return self._counts(rows, "office_id")

    @staticmethod
    def _counts(rows, *fields):
        found = rows.values_list(*fields).annotate(found=Count("pk"))
        return {row[:-1] if len(fields) > 1 else row[0]: row[-1] for row in found}

    @cached_property
    def hard(self):
        """{case: the day of its last hard operation}."""
        rows = Operation.objects.filter(case__in=self.cases, status=OperationStatus.DONE).order_by()
        rows = rows.alias(day=First("on")).filter(~Q(on=""), day__gte=self.today - HARD_WITHIN)
        found = {}
        for case_id, on, outcome, relieved in rows.values_list("case_id", "on", "outcome", "relieved"):
            if on.first <= self.today and (outcome == "failed" or freed_many(relieved)):
                found[case_id] = max(found.get(case_id, on.last), on.last)
        return found

    @cached_property
    def carried(self):
        """{(office, person): the day of the last hard operation in a case that she is named on}."""
        rows = Assignment.objects.filter(holding_now(), case__in=list(self.hard), backup=False).order_by()
        found = {}
        for office, person, case in rows.values_list("office_id", "user_id", "case_id"):
            found[office, person] = max(found.get((office, person), self.hard[case]), self.hard[case])
        return found

    @cached_property
    def absences(self):
        """{person: [(from, until)]} of the last half-year, and of those that lie ahead."""
        rows = Absence.objects.filter(person__in=self.people, until__gt=self.now - LEAVE)
        found = defaultdict(list)
        for person, starts_at, until, ended_at in rows.values_list(
            "person", "starts_at", "until", "ended_at"
        ):
            found[person].append((starts_at, min(until, ended_at) if ended_at else until))
        return found

    @cached_property
    def people(self):
        """{person: (her name, when she joined)} of the teams."""
        ids = {person for _office, person in self.load} | {person for _office, person in self.carried}
        rows = User.objects.filter(pk__in=ids, principal="").values_list("pk", "name", "joined_at")
        return {pk: (name, joined) for pk, name, joined in rows}

    def unrested(self, office, person):
        """Carried a hard operation, and has had no rest since."""
        day = self.carried.get((office, person))
        if day is None:
            return False
        after = [(a, b) for a, b in self.absences[person] if a.date() >= day and b - a >= REST]
        return not after

    def without_leave(self, person):
        """No absence of two days or more on record in the last half-year, nor ahead."""
        joined = self.people[person][1]
        return joined < self.now - LEAVE and not any(b - a >= REST for a, b in self.absences[person])

    def offices_table(self):
        """Each office: what waits, and how many of its people could do with help."""
        return [{"cells": self._office(office)} for office in self.offices]

    def _office(self, office):
        team = self.team_of(office)
        mine = [facts for (place, _person), facts in self.load.items() if place == office.pk]
        points = sum(facts["points"] for facts in mine)
        return [
            {"text": office.name, "url": self.scope.url("workload-show", office=office.pk)},
            {"text": len(team), "num": True},
            {"text": round(points / len(mine)) if mine else "–", "num": True},
            {"text": of_office(self.hearings, office), "num": True},
            {"text": of_office(self.tasks, office), "num": True},
            {"text": self.alerts.get(office.pk, 0), "num": True},
            {"text": self.share(office, team, [self.unrested(office.pk, one) for one in team]), "num": True},
            {"text": self.share(office, team, [self.without_leave(one) for one in team]), "num": True,
             "wide": True},
            {"text": self.late_said(office, team), "num": True, "wide": True},
        ]  # fmt: skip

    def share(self, office, team, marks):
        """How many of a team; of a small one only to those who lead it: one would know who is meant."""
        if len(team) < TEAM and not self.user.can_in(office.pk, Can.ASSIGN_CASE):
            return "–"
        return _("%(part)s of %(whole)s") % {"part": sum(marks), "whole": len(team)}

    def team_of(self, office):
        """Whoever is named on an open case of the office, or carried its hard operations."""
        named = {person for place, person in [*self.load, *self.carried] if place == office.pk}
        return sorted(
            named & set(self.people), key=lambda person: (self.people[person][0].casefold(), str(person))
        )

    @cached_property
    def hours(self):
        """{person: [the hours of the last four weeks in which she did anything in these cases]}."""
        rows = Event.objects.filter(
            case_id__in=self.cases, actor_id__in=list(self.people), origin=Event.Origin.LIVE,
            at__gte=self.now - LOOKED_AT,
        )  # fmt: skip
        found = defaultdict(list)
        for person, hour in rows.order_by().values_list("actor_id", TruncHour("at")).distinct():
            found[person].append(hour)
        return found

    def late_said(self, office, team):
        """The share of hours at night or on a weekend, of a team of five or more, and of nobody alone."""
        zone = ZoneInfo(office.time_zone)
        active = [person for person in team if self.hours.get(person)]
        hours = [hour.astimezone(zone) for person in active for hour in self.hours[person]]
        if len(active) < TEAM or len(hours) < FEW_HOURS:
            return "–"
        late = sum(hour.weekday() in WEEKEND or not FIRST_HOUR <= hour.hour < LAST_HOUR for hour in hours)
        return f"{round(100 * late / len(hours))} %"

    @cached_property
    def named(self):
        """The office whose people the viewer sees by name: one that she leads."""
        asked = self.scope.asked["office"]
        led = [office for office in self.offices if self.user.can_in(office.pk, Can.ASSIGN_CASE)]
        return next((office for office in led if asked in (None, office.pk)), None)

    def people_table(self):
        """The people of the office she leads, in the order of their names."""
        office = self.named
        if office is None:
            return []
        most = max(
            (facts["points"] for (place, _who), facts in self.load.items() if place == office.pk), default=0
        )
        return [{"cells": self._person(office, person, most)} for person in self.team_of(office)]

    def _person(self, office, person, most):
        facts = self.load.get((office.pk, person), {"cases": 0, "points": 0})
        return [
            {"text": self.people[person][0]},
            {"text": facts["cases"], "num": True,
             "url": self.scope.board.url("caseload", code=person, office=office.pk)},
            {"text": facts["points"], "num": True, "bar": round(100 * facts["points"] / most) if most else 0,
             "tone": "soon" if facts["cases"] > LIKELY_TOO_MANY else "info"},
            {"text": self.hearings.get((office.pk, person), 0), "num": True},
            {"text": self.tasks.get((office.pk, person), 0), "num": True},
            self._help(office, person),
        ]  # fmt: skip

    def _help(self, office, person):
        """What would help her, in a word."""
        words = []
        if self.unrested(office.pk, person):
            words.append(_("rest after a hard operation"))
        if self.without_leave(person):
            words.append(_("leave"))
        if self.load.get((office.pk, person), {"cases": 0})["cases"] > LIKELY_TOO_MANY:
            words.append(_("fewer cases"))
        return {"text": ", ".join(words) or "–"}


def of_office(counts, office):
    """The sum of what is counted by office and person."""
    return sum(count for (place, _who), count in counts.items() if place == office.pk)


def freed_many(relieved):
    low = Quantity.of(relieved).low if relieved else None
    return low is not None and low >= FREED_MANY


def office_columns():
    return [
        {"label": _("Office")}, {"label": _("People"), "num": True},
        {"label": _("Points each"), "num": True}, {"label": _("Hearings, 7 days"), "num": True},
        {"label": _("Tasks overdue"), "num": True}, {"label": _("Alerts nobody has"), "num": True},
        {"label": _("No rest after a hard operation"), "num": True},
        {"label": _("No leave for half a year"), "num": True, "wide": True},
        {"label": _("Hours at night or on weekends"), "num": True, "wide": True},
    ]  # fmt: skip


def person_columns():
    return [
        {"label": _("Name")}, {"label": _("Open cases"), "num": True}, {"label": _("Points"), "num": True},
        {"label": _("Hearings, 7 days"), "num": True}, {"label": _("Tasks overdue"), "num": True},
        {"label": _("What would help")},
    ]  # fmt: skip
