"""What may be told of the record: which events, and only while the person may see what they are about.

The app that shows records registers how, in ``ready()`` of its apps.py::

    register_records(lambda: {"prosecutions.Hearing": Noun("hearings", Can.VIEW_HEARING, seen)})
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, F, Func, Q

from accounts.models import User
from accounts.roles import Can
from audit.models import Event
from hooks.states import VERBS, verbs_of

TRAIL = (Can.VIEW_TRAIL, Can.VIEW_SURVIVOR_TRAIL, Can.REVIEW_ACCESS)
_load: list[Callable] = []


@dataclass(frozen=True)
class Noun:
    """A kind of record: its word in addresses, the verb of its readers, and which of some rows one sees."""

    word: str
    need: Can
    seen: Callable[[Any, set], dict]  # (person, ids) -> {id as text: id of the office}


@dataclass(frozen=True)
class Told:
    """An event and the noun of what it is about."""

    event: Any
    noun: Noun

    @property
    def address(self):
        return f"{settings.SITE_URL.rstrip('/')}/api/v1/{self.noun.word}/{self.event.subject_id}/"

    def facts(self):
        """Ids, a verb and a moment: neither a name nor a text nor a number of a case."""
        return {
            "event": cursor_of(self.event.xid, self.event.pk),
            "verb": self.event.verb,
            "at": self.event.at.isoformat(),
            "case": str(self.event.case_id),
            "record": {
                "kind": self.noun.word,
                "id": self.event.subject_id,
                "address": self.address,
            },
        }


class Horizon(Func):
    """The first transaction that may still be running: what is older is there for everybody to see."""

    template = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
    output_field = BigIntegerField()


def horizon():
    """Up to where the record is whole."""
    return User.objects.order_by().annotate(edge=Horizon()).values_list("edge", flat=True)[:1].get()


def register_records(load):
    """`load()` gives {model label: Noun}."""
    _load[:] = [load]


def nouns():
    """Every kind of record that can be told of."""
    return _load[0]() if _load else {}


def events_after(person, place, edge, verbs=None):
    """Events behind this place in the order of the database, as far as this person reads the trail."""
    xid, pk = place
    rows = Event.objects.live().filter(Q(xid=xid, pk__gt=pk) | Q(xid__gt=xid), xid__lt=edge)
    rows = rows.filter(verb__in=verbs_of(verbs) if verbs else VERBS, case_id__isnull=False)
    if not any(map(person.can, TRAIL)):
        rows = rows.filter(actor_id=person.pk)  # the database shows no other: it need not look through all
    return rows.order_by("xid", "pk")


def told_of(events, person):
    """Of these events those whose records the person may read now, through the API."""
    known, wanted = nouns(), {}
    for event in events:
        wanted.setdefault(event.subject, set()).add(event.subject_id)
    seen = {
        label: known[label].seen(person, ids)
        for label, ids in wanted.items()
        if label in known and person.can(known[label].need)
    }
    return [
        Told(event, known[event.subject])
        for event in events
        if (office := seen.get(event.subject, {}).get(event.subject_id)) is not None
        and person.can_on(known[event.subject].need, office)
    ]


def cursor_of(xid, pk):
    """A place in the record as a word."""
    return base64.urlsafe_b64encode(f"{xid}|{pk}".encode()).decode()


def place_of(cursor):
    """The place that a word stands for; ValueError when it was not given out here."""
    try:
        xid, pk = base64.urlsafe_b64decode(cursor.encode()).decode().split("|")
        place = int(xid), int(pk)
    except (ValueError, binascii.Error) as why:
        raise ValueError(cursor) from why
    if not all(0 <= number < 2**63 for number in place):
        raise ValueError(cursor)
    return place


def since(moment):
    """The place before the first event at this moment or later; None when there is none yet."""
    first = Event.objects.filter(at__gte=moment).order_by("at", "pk").values_list(F("xid"), F("pk")).first()
    return first and (first[0] - 1, 0)
