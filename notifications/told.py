"""Who was told of which date of a hearing, by which way, and how far she has heard: the proof."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from cases.querysets import people_who_may_see
from notifications.clock import zone_of
from notifications.models import Reminder
from notifications.rules import To
from notifications.states import DeliveryState, Kind, ReminderState
from notifications.subjects import since
from prosecutions.models import Hearing
from prosecutions.states import HearingOutcome
from reference.templatetags.show import day, edtf, moment

TOLD = "SELECT * FROM told_of_hearing(%s)"
DATES = "SELECT date_version, was FROM dates_of_hearing(%s)"
HANDED = (DeliveryState.ACCEPTED, DeliveryState.DELIVERED)
MAYBE = (DeliveryState.UNKNOWN, DeliveryState.SENDING)


class Line(NamedTuple):
    """One message of one person, as the database gives it."""

    user: UUID
    version: int
    code: str
    why: str
    told_at: datetime
    read_at: datetime | None
    acked_at: datetime | None
    channel: str | None
    state: str | None
    accepted_at: datetime | None
    delivered_at: datetime | None

    @property
    def news(self) -> tuple[int, bool]:
        """Which state of the hearing it tells of: a date, or that the date was called off."""
        return self.version, self.code.startswith("H4")


class Way(NamedTuple):
    """How something reached a person, and when."""

    label: Promise | str
    at: datetime

    @property
    def when(self) -> str:
        return since(self.at)


@dataclass
class Person:
    """What one person was told of the hearing."""

    name: str
    why: Promise | str
    here: bool  # may she still see the case?
    news: tuple[int, bool] = (0, False)
    told: str = ""
    right: bool = False
    told_at: datetime | None = None
    acked_at: datetime | None = None
    read_at: datetime | None = None
    ways: list[Way] = field(default_factory=list)

    @property
    def steps(self) -> list[Way]:
        """All that is known of how it reached her, in the order of time."""
        said = [(_("Read"), self.read_at), (_("Said that she knows"), self.acked_at)]
        return [*self.ways, *(Way(label, at) for label, at in said if at)]

    @property
    def sure(self) -> bool:
        """Does she know how it stands?"""
        return self.right and bool(self.acked_at or self.read_at)

    @property
    def mark(self) -> tuple[Promise | str, str, str]:
        """(label, tone, icon) of how far she has heard."""
        if not self.right:
            return _("Holds an old date"), "danger", "triangle-alert"
        if self.acked_at:
            return _("Says she knows"), "done", "circle-check"
        if self.read_at:
            return _("Has read it"), "done", "eye"
        if any(way.label != INBOX for way in self.ways):
            return _("Message has left, not opened yet"), "info", "bell"
        return _("In the inbox, not opened yet"), "soon", "inbox"


INBOX = pgettext_lazy("by which way", "Inbox")
WAYS = {
    True: pgettext_lazy("what became of a message", "%(way)s, arrived"),
    False: pgettext_lazy("what became of a message", "%(way)s, handed over"),
    None: pgettext_lazy("what became of a message", "%(way)s, may have been sent"),
}


# What they are, where the catalogue names whole groups.
WHY = {
    To.TOLD: _("Was told the date before"),
    To.TEAM: _("On the team of the case"),
    To.SAME: _("Was asked once more"),
}


def rows_of(statement: str, hearing: Hearing) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [hearing.pk])
        return cursor.fetchall()


def lines_of(hearing: Hearing) -> list[Line]:
    """Everything that was told of it, the oldest first."""
    return [Line(*row) for row in rows_of(TOLD, hearing)]


def dates_of(hearing: Hearing) -> dict[int, str]:
    """{version: the date it was on, in words}."""
    rows = rows_of(DATES, hearing)
    return {version: in_words(was, hearing) for version, was in rows} | {
        hearing.schedule_version: in_words(
            hearing.starts_at.isoformat() if hearing.starts_at and hearing.local_time else str(hearing.on),
            hearing,
        )
    }


def in_words(was: str, hearing: Hearing) -> str:
    """A date as an event keeps it: a moment, a day, or part of one."""
    try:
        then = datetime.fromisoformat(was)
    except ValueError:
        return edtf(was)
    if then.tzinfo is None:
        return day(then.date())
    with timezone.override(zone_of(hearing.case.office.time_zone)):
        midnight = not any(timezone.localtime(then).timetuple()[3:6])
        return day(then) if midnight else moment(then)


def people_told(hearing: Hearing) -> list[Person]:
    """Each who was told anything, whoever holds an old date first."""
    lines = lines_of(hearing)
    now = (hearing.schedule_version, hearing.outcome == HearingOutcome.VACATED)
    dates = dates_of(hearing)
    names = dict(User.objects.filter(pk__in={line.user for line in lines}).values_list("pk", "name"))
    allowed = set(people_who_may_see(hearing.case).values_list("pk", flat=True))
    of_user: dict[UUID, list[Line]] = {}
    for line in lines:
        of_user.setdefault(line.user, []).append(line)
    people = [
        person_of(held, now, dates, names.get(user, ""), user in allowed) for user, held in of_user.items()
    ]
    return sorted(people, key=lambda one: (one.right, one.sure, one.name))


def person_of(
    lines: Sequence[Line], now: tuple[int, bool], dates: dict[int, str], name: str, here: bool
) -> Person:
    """The newest that she was told, and how that reached her."""
    news = max(line.news for line in lines)
    last = [line for line in lines if line.news == news]
    why = To(last[-1].why)
    return Person(
        name=name, why=WHY.get(why) or why.label, here=here, news=news, right=news == now,
        told=dates.get(news[0], ""), told_at=last[0].told_at,
        acked_at=min((line.acked_at for line in last if line.acked_at), default=None),
        read_at=min((line.read_at for line in last if line.read_at), default=None), ways=list(ways_of(last)),
    )  # fmt: skip


def ways_of(lines: Sequence[Line]) -> Iterable[Way]:
    """The inbox first, then what left the house; each way once, as it went best."""
    yield Way(INBOX, lines[0].told_at)
    best: dict[str, Line] = {}
    for line in lines:
        if line.channel and line.state in (*HANDED, *MAYBE):
            held = best.get(line.channel)
            if held is None or rank(line) > rank(held):
                best[line.channel] = line
    for channel, line in best.items():
        sure = bool(line.delivered_at) if line.state in HANDED else None
        label = WAYS[sure] % {"way": Kind(channel).label}
        yield Way(label, line.delivered_at or line.accepted_at or line.told_at)


def rank(line: Line) -> int:
    return (line.state in HANDED) + (line.delivered_at is not None)


@dataclass(frozen=True)
class Dated:
    """One date that the hearing was on."""

    words: str
    holds: bool
    people: int


def history(hearing: Hearing, people: Sequence[Person]) -> list[Dated]:
    """The dates it was on, the present one first, each with how many people hold it as their last."""
    dates = dates_of(hearing)
    return [
        Dated(
            dates[version],
            version == hearing.schedule_version and not hearing.outcome,
            sum(one.news[0] == version for one in people),
        )
        for version in sorted(dates, reverse=True)
    ]


def still_to_come(hearing: Hearing) -> list[Reminder]:
    """The reminders of the present date, given and planned."""
    rows = Reminder.objects.filter(hearing=hearing, hearing_version=hearing.schedule_version)
    return list(rows.filter(state__in=[ReminderState.PLANNED, ReminderState.FIRED]).order_by("due_at", "pk"))
