"""Whose list of the day it is, how a line of it reads, and what it says of people in care."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from aftercare.models import Care, CareTask
from cases.querysets import SEALED
from notifications.clock import wall
from reference.templatetags.show import day as in_words


@dataclass(frozen=True)
class Morning:
    """Whose list it is, and which day it is where she works."""

    user: User
    now: datetime
    zone: Any

    @property
    def day(self):
        return self.now.astimezone(self.zone).date()

    def midnight(self, days=0):
        return wall(self.zone, self.day + timedelta(days=days), time())

    def of(self, rows):
        """What of it she may see, but for sealed cases."""
        return rows.visible_to(self.user).filter(sensitivity__lt=SEALED)


@dataclass
class Line:
    """One thing to do, and where."""

    title: str
    url: str
    number: str
    note: str = ""
    lead: str = ""
    tag: str = ""
    tone: str = "plain"


def parts(*words):
    return " · ".join(str(word) for word in words if word)


def care_tasks(morning):
    rows = CareTask.objects.waiting().of_worker(morning.user).filter(due_at__lt=morning.midnight(1))
    return morning.of(rows).for_list()


def care_lines(rows, morning):
    """What is to be done today for the people of one's own, what is late first."""
    return [
        Line(
            title=row.what if row.kind in ("other", "decision") else row.get_kind_display(),
            url=reverse("aftercare:people-list", query={"worker": "me"}),
            number=row.case.number,
            note=row.care.called,
            tag=_("Late") if row.due_at < morning.now else "",
            tone="danger",
        )
        for row in rows
    ]


def silent_people(morning):
    rows = Care.objects.filter(worker=morning.user).silent(morning.now)
    return morning.of(rows).select_related("case", "survivor", "headcount").order_by("silent_since", "pk")


def silent_lines(rows, morning):
    return [
        Line(
            title=row.called,
            url=reverse("aftercare:care-contact", args=[row.pk]),
            number=row.case.number,
            tag=in_words(row.silent_since.astimezone(morning.zone).date()),
            tone="soon",
        )
        for row in rows
    ]
