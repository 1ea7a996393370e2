"""Who was told of an alert, by which channel, and what came of it: the proof that stands on its page."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from notifications.rules import To
from notifications.states import DeliveryState, Kind

COLUMNS = (
    "person", "told_at", "why", "taken_at", "outside", "channel", "state", "reason", "unknowns", "next_at",
    "accepted_at", "delivered_at",
)  # fmt: skip
WAITING = (DeliveryState.QUEUED, DeliveryState.CLAIMED, DeliveryState.SENDING)


@dataclass
class Way:
    """One message by one channel."""

    channel: str
    label: str
    tone: str
    at: datetime | None


@dataclass
class Reached:
    """One person, when she was told last, and by which ways."""

    name: str
    why: str
    told_at: datetime
    times: int = 1
    taken_at: datetime | None = None
    silent: bool = False
    ways: list[Way] = field(default_factory=list)


def reached(alert: Any) -> list[Reached]:
    """Everybody who was told, the latest first; two questions to the database however many there were."""
    rows = sending_of(alert.pk)
    names = dict(User.objects.filter(pk__in={row["person"] for row in rows}).values_list("pk", "name"))
    return by_person(rows, names)


def sending_of(alert_id: Any) -> list[dict[str, Any]]:
    """What the database tells of the messages, if the viewer may see the alert."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM alert_sending(%s)", [str(alert_id)])
        return [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]


def by_person(rows: Iterable[dict[str, Any]], names: dict[Any, str]) -> list[Reached]:
    """One line for each person: the last time she was told counts, with its messages."""
    found: dict[Any, Reached] = {}
    times: dict[Any, set[datetime]] = {}
    for row in rows:
        one = found.get(row["person"])
        if one is None:
            one = found[row["person"]] = Reached(
                name=names.get(row["person"], _("Somebody")),
                why=str(To(row["why"]).label),
                told_at=row["told_at"],
                silent=not row["outside"],
            )
        times.setdefault(row["person"], set()).add(row["told_at"])
        one.taken_at = one.taken_at or row["taken_at"]
        if row["channel"] and row["told_at"] == one.told_at:
            one.ways.append(way_of(row))
    for key, one in found.items():
        one.times = len(times[key])
    return list(found.values())


def way_of(row: dict[str, Any]) -> Way:
    """How far one message came, in a word."""
    label, tone, at = said_of(row)
    return Way(str(Kind(row["channel"]).label), label, tone, at)


def said_of(row: dict[str, Any]) -> tuple[str, str, datetime | None]:
    if row["delivered_at"]:
        return _("arrived"), "done", row["delivered_at"]
    if row["unknowns"]:
        return _("may have been sent twice"), "soon", row["accepted_at"]
    if row["state"] == DeliveryState.ACCEPTED:
        return _("handed over"), "done", row["accepted_at"]
    if row["state"] in WAITING:
        return _("waiting"), "info", row["next_at"]
    if row["state"] == DeliveryState.FAILED:
        return _("failed"), "danger", None
    return _("not needed any more"), "past", None
