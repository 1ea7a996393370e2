"""The files of the law into the tables: each whole or not at all, and the second time nothing changes."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from law.checking import check, head_of
from law.models import ClockRule, CommonCode, Jurisdiction, Reason, Revision
from law.reading import LawFile, gather
from law.revising import facts_of, plain
from law.shapes import OFFENCES, SHAPES, STATUTES, empty

# What the system adds follows the system, whoever edited the row.
OURS = {ClockRule: ("about", "starts_when"), Reason: ("falls_under",)}


@dataclass
class Loaded:
    """What became of one file."""

    file: LawFile
    rows: Counter = field(default_factory=Counter)
    added: int = 0
    changed: int = 0
    kept: list = field(default_factory=list)
    gone: list = field(default_factory=list)


def load(path=None, *, now=None):
    """Load a folder or a file (the project's own when nothing is said); one outcome for each file."""
    outcomes = []
    for file in gather(path):
        outcome = Loaded(file)
        outcomes.append(outcome)
        rows = check(file)
        if not file.faults:
            load_file(outcome, rows, now or timezone.now())
    return outcomes


def load_file(outcome, rows, now):
    """All of one file or nothing of it."""
    file = outcome.file
    try:
        with transaction.atomic():
            place = load_head(outcome, head_of(file))
            load_codes(outcome, rows.pop("codes", []))
            statutes = defaultdict(list)
            for shape in SHAPES:
                found = rows.get(shape.list, [])
                if shape is OFFENCES:
                    found = [with_statute(row, statutes) for row in found]
                there = Table(outcome, shape, place, now).bring_in(found)
                if shape is STATUTES:
                    for row in there:
                        statutes[row.code].append(row)
    except IntegrityError as why:
        file.fault(_("the database refused it: %s") % str(why).strip().replace("\n", " "))


def load_head(outcome, facts):
    """The country itself."""
    country = outcome.file.country
    place, new = Jurisdiction.objects.get_or_create(country=country, defaults=facts)
    differing = {name: value for name, value in facts.items() if getattr(place, name) != value}
    if differing and place.edited:
        outcome.kept.append(country)
        return place
    if differing:
        Jurisdiction.objects.filter(pk=country).update(**differing)
    outcome.added += new
    outcome.changed += bool(differing)
    return place


def with_statute(row, statutes):
    """The row with the version of its statute that was in force when it began."""
    versions = statutes[row["statute_code"]]
    day = row.get("valid_from") or date.min
    fitting = [s for s in versions if (s.valid_from or date.min) <= day <= (s.valid_to or date.max)]
    return {**row, "statute": (fitting or versions)[-1]}


def load_codes(outcome, codes):
    """The lists that all countries share."""
    there = {(row.list, row.code): row for row in CommonCode.objects.all()} if codes else {}
    for facts in codes:
        row = there.pop((facts["list"], facts["code"]), None)
        outcome.rows["codes"] += 1
        if row is None:
            outcome.added += 1
            CommonCode.objects.create(**facts)
        elif any(getattr(row, name) != value for name, value in facts.items()):
            outcome.changed += 1
            CommonCode.objects.filter(pk=row.pk).update(**facts)
    outcome.gone += [f"{name}: {code}" for name, code in sorted(there)]


class Table:
    """One list of one file against the rows that are there."""

    def __init__(self, outcome, shape, place, now):
        self.outcome, self.shape, self.model, self.place, self.now = outcome, shape, shape.model, place, now

    def bring_in(self, found):
        """Add, change, keep or name; returns the rows as they are then."""
        there = defaultdict(list)
        for row in self.model.objects.of_country(self.place.pk).order_by("valid_from", "pk"):
            there[row.code].append(row)
        wanted = defaultdict(list)
        for row in found:
            wanted[row["code"]].append(row)
        new = []
        for code, versions in wanted.items():
            new += self.settle_code(code, versions, there[code])
        self.model.objects.bulk_create(new)
        self.outcome.added += len(new)
        self.outcome.rows[self.shape.list] += len(found)
        missing = [code for code, rows in there.items() if code not in wanted and not rows[0].edited]
        self.outcome.gone += [f"{self.shape.list}: {code}" for code in missing]
        return [*new, *(row for rows in there.values() for row in rows)]

    def settle_code(self, code, versions, there):
        """One code: the rows that must still be made."""
        if any(row.edited for row in there):
            self.keep(code, versions, there)
            return []
        there = sorted(there, key=lambda row: row.valid_from or date.min)
        versions = sorted(versions, key=lambda row: row.get("valid_from") or date.min)
        by_day = {row.valid_from: row for row in there}
        pairs = [(facts, by_day.pop(facts.get("valid_from"), None)) for facts in versions]
        left, new = list(by_day.values()), []
        for facts, row in pairs:
            row = row or (left.pop(0) if left else None)
            if row is None:
                new.append(self.model(jurisdiction=self.place, **self.columns(facts)))
            else:
                self.change(row, self.columns(facts))
        self.outcome.gone += [f"{self.shape.list}: {code} ({row.valid_from})" for row in left]
        return new

    def keep(self, code, versions, there):
        """Somebody changed this code here: it stays, and is named if the file says something else."""
        ours = OURS.get(self.model, ())
        for row in there:
            self.change(row, {name: self.columns(versions[0])[name] for name in ours}, tell=False)
        said = [self.columns(facts) for facts in versions]
        if not all(any(not self.differing(row, facts) for row in there) for facts in said):
            self.outcome.kept.append(f"{self.shape.list}: {code}")

    def columns(self, facts):
        """Every column that files speak of, filled with its empty value where this one is silent."""
        facts = {name: value for name, value in facts.items() if name not in ("said", "statute_code")}
        spoken = {column for column, _kind in self.shape.columns().values()} - {"statute"}
        return {column: empty(self.model, column) for column in spoken} | facts

    def differing(self, row, facts):
        """The columns in which they differ; the statute by its code, whichever version."""
        return {name: value for name, value in facts.items() if getattr(row, name) != value}

    def change(self, row, facts, *, tell=True):
        """Bring a row up to date with the file, and keep what it was."""
        differing = self.differing(row, facts)
        if not differing:
            return
        was = facts_of(row)
        for name, value in differing.items():
            setattr(row, name, value)
        row.version += 1
        row.save(update_fields=[*differing, "version"])
        self.outcome.changed += tell
        Revision.objects.create(
            table=self.model._meta.model_name,
            entry_id=row.pk,
            reason=_("Loaded from %s") % self.outcome.file.path.name,
            was={name: was[name] for name in differing},
            now={name: plain(value) for name, value in differing.items()},
            by=User.objects.get(principal="loader"),
            made_at=self.now,
        )
