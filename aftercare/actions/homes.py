"""The homes of an office: kept by those who manage them, opened by those who need the way."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep
from aftercare.models import Home, HomeAddress
from audit.actions import record
from cases.states import IllegalMove, check_version

FACTS = (
    "called", "kind", "capacity", "takes", "youngest", "oldest", "siblings_together", "family_consent",
    "languages", "step_free", "note",
)  # fmt: skip
TELLING = 4  # a word of an address that long gives the place away


def lock_home(home_id: UUID, version: int | None = None) -> Home:
    """The home, held until the transaction ends: whoever takes its last place takes it alone."""
    home = Home.objects.select_for_update(of=("self",)).select_related("office").get(pk=home_id)
    check_version(home, version)
    return home


def add_home(office_id: int, *, by: User, now: datetime, address: str = "", **facts: Any) -> Home:
    """The office works with another home from today on."""
    home = Home(office_id=office_id, created_at=now, updated_at=now)
    write_facts(home, facts, address)
    home.save(force_insert=True)
    record("home.add", by=by, subject=home, at=now)
    keep_address(home, address)
    return home


def edit_home(
    home_id: UUID, *, by: User, now: datetime, version: int | None = None, address: str = "", **facts: Any
) -> Home:
    """Other facts of a home; an empty address leaves the one that is kept."""
    home = lock_home(home_id, version)
    write_facts(home, facts, address or address_of(home))
    home.updated_at = now
    keep(home, *FACTS, "updated_at")
    record("home.edit", by=by, subject=home, at=now, version=home.version)
    keep_address(home, address)
    return home


def close_home(
    home_id: UUID, *, by: User, now: datetime, closed_on: date | None, version: int | None = None
) -> Home:
    """From this day on the home takes nobody; without a day it is open again."""
    home = lock_home(home_id, version)
    if closed_on == home.closed_on:
        raise IllegalMove(_("So it stands already."), field="closed_on")
    home.closed_on, home.updated_at = closed_on, now
    keep(home, "closed_on", "updated_at")
    record("home.close", by=by, subject=home, at=now, on=closed_on or "")
    return home


def open_home(home_id: UUID, *, by: User, now: datetime) -> tuple[Home, str]:
    """Somebody looks where a home stands: no row in the audit, no address."""
    home = Home.objects.select_related("office").get(pk=home_id)
    record("home.where", by=by, subject=home, at=now)
    return home, address_of(home)


def address_of(home: Home) -> str:
    """The address in clear, for those who may open it; else, or where none is kept, nothing."""
    kept = HomeAddress.objects.filter(home=home).first()
    return kept.open_place() if kept else ""


def write_facts(home: Home, facts: dict[str, Any], address: str) -> None:
    """Take over what was said of a home, after a look at whether it gives the place away."""
    for name in FACTS:
        if name in facts:
            setattr(home, name, facts[name])
    same = Home.objects.filter(office_id=home.office_id, called__iexact=home.called)
    if same.exclude(pk=home.pk).exists():
        raise IllegalMove(_("Another home of the office is called so."), field="called")
    for field in ("called", "note"):
        told = telling_words(getattr(home, field), address)
        if told:
            raise IllegalMove(
                _("This tells where the home is: “%(word)s” stands in its address.") % {"word": told[0]},
                field=field,
            )


def telling_words(text: str, address: str) -> list[str]:
    """The words of a text that stand in the address too."""
    place = set(re.findall(r"\w+", address.casefold()))
    words = re.findall(r"\w+", text.casefold())
    return [word for word in words if word in place and len(word) >= TELLING]


def keep_address(home: Home, address: str) -> None:
    """Seal the address, in place of the one before; nothing said leaves it."""
    if not address.strip():
        return
    kept = HomeAddress.objects.select_for_update().filter(home=home).first()
    row = kept or HomeAddress(home=home, office_id=home.office_id)
    row.seal_place(address.strip())
    if kept:
        keep(row, "place")
    else:
        row.save(force_insert=True)
