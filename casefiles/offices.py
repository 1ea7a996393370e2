"""The offices that files name: those in the system, and those of offices.yaml, made when a file needs one."""

from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Office
from casefiles.reading import read

LIST = Path(__file__).with_name("offices.yaml")
FIELDS = ("name", "city", "country", "time_zone", "currency", "languages", "opened", "note")


@cache
def listed():
    """What offices.yaml says of each office."""
    return read(LIST).document


def known_keys():
    """Keys of every office that a file may name."""
    return set(listed()) | set(Office.objects.values_list("key", flat=True))


def office_of(file, fallback):
    """The office of a file, made from the list when it is not here yet; None with a fault when there is
    none.
    """
    key = file.document["case"].get("office") or fallback
    if not key:
        file.fault(_("names no office; say which one loads it with --office"), "case", "office")
        return None
    office = Office.objects.filter(key=key).first()
    if office is None and key in listed():
        office = _make(key)
    if office is None:
        known = ", ".join(sorted(known_keys()))
        reason = _("there is no office %(key)s; known are %(known)s") % {"key": key, "known": known}
        file.fault(reason, "case", "office")
    return office


def _make(key):
    facts = listed()[key]
    return Office.objects.create(key=key, **{name: facts[name] for name in FIELDS if name in facts})


def offices_named(document):
    """Ids of the offices that lookouts went to, by key; made from the list when they are not here yet."""
    keys = {lookout["to_office"] for lookout in document.get("lookouts", ()) if "to_office" in lookout}
    ids = dict(Office.objects.filter(key__in=keys).values_list("key", "id"))
    for key in sorted(keys & set(listed()) - set(ids)):
        ids[key] = _make(key).pk
    return ids


def today_in(office, now=None):
    """The day it is in the office."""
    return (now or timezone.now()).astimezone(ZoneInfo(office.time_zone)).date()
