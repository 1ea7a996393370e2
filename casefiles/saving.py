"""Writing the records of a file: new ones at once, changed ones in place, none twice, none deleted.

A row that the loader wrote is known by its key, which follows from its place in the file (version 5 of UUID);
people's rows have random keys (version 4) and are never looked at. A row that somebody changed here since is
theirs: it stays as it is and is reported. A row that the file no longer has is a fault, because nothing is
deleted.
"""

import uuid
from dataclasses import dataclass, field
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.rights import case_bearing_models
from accounts.roles import SYSTEM_PRINCIPALS
from audit.models import Event
from cases.models import Assignment
from prosecutions.models import Accused, Hearing, Perpetrator
from prosecutions.states import LIVE_BAIL

# Reading is no change.
READS = ("survivor.open", "document.open")
BATCH = 500


@dataclass
class Changes:
    """What one load did to one case."""

    created: int = 0
    updated: int = 0
    left: list = field(default_factory=list)

    @property
    def any(self):
        return bool(self.created or self.updated)


def check_fits(file, records):
    """Every value has room in its column."""
    for record in records:
        for name, value in record.values.items():
            if value in (None, "", []) or name == "case_id":
                continue
            try:
                record.model._meta.get_field(name.removesuffix("_id")).run_validators(value)
            except ValidationError as why:
                file.fault(" ".join(why.messages), *record.where, name)


def place_people(file, records, case_id):
    """Give each accused the human being: the one of the same ref in whatever case, or one of their own."""
    accused = [record for record in records if record.model is Accused]
    refs = {record.pk: record.values.pop("ref") for record in accused}
    longest = Perpetrator._meta.get_field("ref").max_length
    for record in accused:
        if len(refs[record.pk]) > longest:
            file.fault(_("is longer than %d characters") % longest, *record.where, "ref")
            return
    known = dict(Perpetrator.objects.filter(ref__in=[r for r in refs.values() if r]).values_list("ref", "pk"))
    held = dict(Accused.objects.filter(case_id=case_id).values_list("pk", "perpetrator_id"))
    new = []
    for record in accused:
        ref = refs[record.pk]
        person = known.get(ref) or _own(record, held, ref, new, known)
        record.values["perpetrator_id"] = person
    Perpetrator.objects.bulk_create(new)


def _own(record, held, ref, new, known):
    """Somebody nobody has heard of yet, or the one this record already has."""
    person = held.get(record.pk)
    if person is not None and (not ref or _becomes(person, ref)):
        return person
    made = Perpetrator(pk=uuid.uuid4(), ref=ref or None)
    new.append(made)
    if ref:
        known[ref] = made.pk
    return made.pk


def _becomes(person, ref):
    """A human being without a ref gets one; one with another ref is somebody else."""
    return bool(Perpetrator.objects.filter(pk=person, ref=None).update(ref=ref))


def save(file, case, records, *, first, now):
    """Write the records; on a second load only what the file says differently."""
    changes = Changes()
    touched = set() if first else _touched(case)
    groups = {}
    for record in records:
        groups.setdefault(record.model, []).append(record)
    for model, group in groups.items():
        existing = {} if first else {row.pk: row for row in model.objects.filter(case_id=case.pk)}
        _refuse_missing(file, group, existing)
        if not file.faults:
            _create(model, [record for record in group if record.pk not in existing], changes)
            _update(model, group, existing, touched, changes, now)
    if not first:
        _refuse_gone(file, case, groups)
    return changes


def _touched(case):
    """Rows that people changed here, by what the trail says."""
    events = Event.objects.of_case(case.pk).live().exclude(verb__in=READS)
    return set(events.values_list("subject_id", flat=True))


def _refuse_missing(file, group, existing):
    """Rows of this kind that left the file, and keys that people have given away meanwhile."""
    kept = {record.pk for record in group}
    theirs = set()
    for pk, row in existing.items():
        if pk.version != 5:
            theirs.add(getattr(row, "key", ""))
        elif pk not in kept:
            file.fault(_gone(row))
    for record in group:
        if record.values.get("key") in theirs - {""} and record.pk not in existing:
            reason = _("somebody added a record with this key in the system; take another key")
            file.fault(reason, *record.where)


def _gone(row):
    called = " ".join(str(getattr(row, name)) for name in ("key", "position", "on") if getattr(row, name, ""))
    return _(
        "%(what)s was loaded before and is no longer in the file; nothing is deleted here: put it back, "
        "or end it in the system"
    ) % {"what": f"{row._meta.model_name} {called}".strip()}


def _refuse_gone(file, case, groups):
    """A whole kind of record may have left the file, too."""
    for model in loaded_models():
        if model not in groups:
            for row in model.objects.filter(case_id=case.pk):
                if row.pk.version == 5:
                    file.fault(_gone(row))


def _create(model, records, changes):
    model.objects.bulk_create([model(pk=record.pk, **record.values) for record in records], batch_size=BATCH)
    changes.created += len(records)


def _update(model, group, existing, touched, changes, now):
    rows, fields = [], set()
    for record in _ends_first(group):
        row = existing.get(record.pk)
        if row is None:
            continue
        differing = {name: value for name, value in record.values.items() if getattr(row, name) != value}
        if not differing:
            continue
        if str(row.pk) in touched:
            changes.left.append(".".join(map(str, record.where)))
            continue
        if model is Hearing and differing.keys() & {"on", "local_time", "starts_at"}:
            differing |= {"schedule_version": row.schedule_version + 1, "scheduled_at": now}
        for name, value in differing.items():
            setattr(row, name, value)
        row.version += 1
        fields |= {name.removesuffix("_id") for name in differing}
        rows.append(row)
    if rows:
        model.objects.bulk_update(rows, [*fields, "version"], batch_size=BATCH)
    changes.updated += len(rows)


def _ends_first(group):
    """Bail that ends makes room for bail that begins."""
    return sorted(group, key=lambda record: record.values.get("status") in LIVE_BAIL)


@cache
def loaded_models():
    """Every model of which the loader may hold rows."""
    return [
        model
        for model in case_bearing_models()
        if hasattr(model, "case")
        and model._meta.app_label in SYSTEM_PRINCIPALS["loader"]
        and model is not Assignment
    ]
