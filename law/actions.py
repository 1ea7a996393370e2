"""What people do to the law as data: rows, countries, courts and the ways between them."""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts.actions import Refused
from accounts.models import User
from audit.actions import record
from law.models import Court, Entry, Jurisdiction, Revision, Travel
from law.revising import facts_of, plain
from reference.templatetags.show import edtf

Row = TypeVar("Row", bound=Entry)


class Overtaken(Exception):
    """Somebody else saved the row while this person was writing."""

    def __init__(self, row: models.Model) -> None:
        super().__init__(str(row))
        self.record = row


def locked(model: Any, pk: Any, version: int | None) -> Any:
    """The row as it is now, for us alone; refused when it has moved on since this version."""
    row = model.objects.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and row.version != version:
        raise Overtaken(row)
    return row


def add_entry(
    model: type[Row], country: str, *, by: User, now: datetime, reason: str, code: str, **facts: Any
) -> Row:
    """Write a row of law that no file has."""
    if model.objects.of_country(country).filter(code=code).exists():
        raise Refused(_("There is a row with this code. Open it, and begin a new version of it."), "code")
    row = model(jurisdiction_id=country, code=code, edited=True, **facts)
    keep(row)
    revise(row, by, now, reason, was={}, to={name: plain(value) for name, value in facts.items()})
    record("law.add", by=by, subject=row, at=now, code=code, country=country)
    return row


def edit_entry(
    model: type[Row],
    entry_id: UUID,
    *,
    by: User,
    now: datetime,
    reason: str,
    version: int | None = None,
    **facts: Any,
) -> Row:
    """Put a row right: it was always so. What the law became later is a new version."""
    row = locked(model, entry_id, version)
    change(row, by, now, reason, facts)
    return row


def renew_entry(
    model: type[Row],
    entry_id: UUID,
    *,
    by: User,
    now: datetime,
    reason: str,
    begins: date,
    version: int | None = None,
    **facts: Any,
) -> Row:
    """The law changes on a day: the row ends the day before, and its next version begins."""
    row = locked(model, entry_id, version)
    if row.valid_from and begins <= row.valid_from:
        raise Refused(_("The new version must begin after %s.") % edtf(row.valid_from), "begins")
    if row.valid_to and begins > row.valid_to + timedelta(days=1):
        raise Refused(
            _("This version ended on %s: the new one begins the day after at the latest.")
            % edtf(row.valid_to),
            "begins",
        )
    until = row.valid_to if row.valid_to and row.valid_to >= begins else None
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    change(row, by, now, reason, {"valid_to": begins - timedelta(days=1)})
    fresh = {name: value for name, value in kept.items() if name not in ("id", "version")}
    new = model(**{**fresh, "valid_from": begins, "valid_to": until, "edited": True, "checked": False})
    for name, value in facts.items():
        setattr(new, name, value)
    keep(new)
    revise(new, by, now, reason, was={"version": str(row.pk)}, to={"valid_from": begins.isoformat()})
    record("law.add", by=by, subject=new, at=now, code=new.code, country=new.jurisdiction_id)
    return new


def edit_country(
    country: str, *, by: User, now: datetime, reason: str, version: int | None = None, **facts: Any
) -> Jurisdiction:
    """Change what is said of a country as a whole: rules of bail, notes."""
    row = locked(Jurisdiction, country, version)
    change(row, by, now, reason, facts)
    return row


def change(row: Any, by: User, now: datetime, reason: str, facts: dict[str, Any]) -> None:
    """Save what differs, with the version that goes on rising, and keep why and what it was."""
    was = facts_of(row)
    to = {name: plain(value) for name, value in facts.items() if was[name] != plain(value)}
    if not to:
        raise Refused(_("Nothing is different from what is saved."))
    for name in to:
        setattr(row, name, facts[name])
    row.edited, row.version = True, row.version + 1
    keep(row, [*to, "edited", "version"])
    revise(row, by, now, reason, was={name: was[name] for name in to}, to=to)
    record("law.edit", by=by, subject=row, at=now, version=row.version)


def keep(row: models.Model, fields: list[str] | None = None) -> None:
    """Save a new row, or these fields; say in words what the tables refuse."""
    try:
        with transaction.atomic():
            if fields is None:
                row.save(force_insert=True)
            else:
                row.save(update_fields=fields)
    except IntegrityError as why:
        if "one_meaning_a_day" in str(why):
            raise Refused(_("Another version of this code is in force on these days."), "valid_from") from why
        if "ends_after_it_begins" in str(why):
            raise Refused(_("It cannot end before it begins."), "valid_to") from why
        raise


def revise(
    row: models.Model, by: User, now: datetime, reason: str, *, was: dict[str, Any], to: dict[str, Any]
) -> None:
    """Keep one change of a row: why, what it was and what it is."""
    Revision.objects.create(
        table=str(row._meta.model_name),
        entry_id=str(row.pk),
        reason=reason,
        was=was,
        now=to,
        by=by,
        made_at=now,
    )


def check_court(facts: dict[str, Any], court: Court | None = None) -> None:
    """A court stands once in its town."""
    there = Court.objects.filter(
        jurisdiction=facts["jurisdiction"], name__iexact=facts["name"], place__iexact=facts.get("place", "")
    )
    if (there.exclude(pk=court.pk) if court else there).exists():
        raise Refused(_("This court is in the list already."), "name")


def add_court(*, by: User, now: datetime, **facts: Any) -> Court:
    """Put a court into the list."""
    check_court(facts)
    court = Court.objects.create(**facts)
    record("court.add", by=by, subject=court, at=now)
    return court


def edit_court(court_id: UUID, *, by: User, now: datetime, version: int | None = None, **facts: Any) -> Court:
    """Change how a court is called, written, reached, or whether it is still used."""
    court = locked(Court, court_id, version)
    check_court({"jurisdiction": court.jurisdiction_id, **facts}, court)
    for name, value in facts.items():
        setattr(court, name, value)
    court.version += 1
    court.save(update_fields=[*facts, "version"])
    record("court.edit", by=by, subject=court, at=now, version=court.version)
    return court


def set_travel(court_id: UUID, *, by: User, now: datetime, other: Court, minutes: int) -> Travel:
    """Say how long the way between two courts takes; the same both ways."""
    if other.pk == court_id:
        raise Refused(_("Choose another court."), "other")
    one, two = sorted((court_id, other.pk))
    travel, _new = Travel.objects.update_or_create(one_id=one, other_id=two, defaults={"minutes": minutes})
    record("travel.set", by=by, subject=travel, at=now, minutes=minutes)
    return travel
