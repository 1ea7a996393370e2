"""One file into the system, whole or not at all; many files in an order in which what they need comes
first.
"""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Role
from accounts.scope import system_access
from audit.actions import record
from audit.models import Event
from casefiles import parts, saving
from casefiles.building import records_of
from casefiles.contract import check_contract
from casefiles.offices import known_keys, office_of, offices_named, today_in
from casefiles.reading import CaseFile, read
from casefiles.records import said, shaped
from casefiles.references import check_order, check_references
from casefiles.when import check_values, resolve
from cases.models import Assignment, Case
from cases.states import Sensitivity
from prosecutions.actions import index_case
from prosecutions.actions.linking import link_case
from reference.sealed_fields import keys_in_hand

# Grows when a load stores more than before, so that an unchanged file is read again once.
READING = 3
NAMED_ON_SEALED = (Role.OFFICE_DIRECTOR, Role.SAFEGUARDING_LEAD)
OURS = ("as_of", "sources", "demo")
CASE_VERBS = ("case.edit", "case.seal", "track.move", "track.close", "track.reopen")


class Refused(Exception):
    """A file has faults: nothing of it stays."""


@dataclass
class Outcome:
    """What became of one file."""

    file: CaseFile
    number: str = ""
    state: str = "refused"
    changes: saving.Changes = field(default_factory=saving.Changes)
    notices: list = field(default_factory=list)

    @property
    def expect(self):
        return self.file.document.get("expect", {})


def gather(paths):
    """The files of paths and folders, read and checked, in an order in which `expect.with` comes first."""
    files = {}
    for path in paths:
        for found in _files_in(Path(path)):
            _take(found, files)
    return list(files.values())


def _files_in(path):
    if not path.is_dir():
        return [path]
    return sorted(found for found in path.rglob("*") if found.suffix in (".yaml", ".yml") and found.is_file())


def _take(path, files, above=()):
    """The files that it needs, then itself; a circle is entered where it is met."""
    place = path.resolve()
    if place in files or place in above:
        return
    file = check(read(path))
    for name in _needed(file):
        beside = path.parent / name
        if beside.is_file():
            _take(beside, files, (*above, place))
        else:
            file.fault(_("%s is not in the same folder") % name, "expect", "with")
    files[place] = file


def _needed(file):
    expect = file.document.get("expect") if isinstance(file.document, dict) else None
    names = expect.get("with", ()) if isinstance(expect, dict) else ()
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return []
    for name in names:
        if Path(name).name != name:
            file.fault(_("%s is not the name of a file in the same folder") % name, "expect", "with")
    return [name for name in names if Path(name).name == name]


def check(file):
    """Look for every fault that can be seen without writing anything."""
    if file.document is not None and not file.faults:
        check_contract(file)
        check_values(file)
        check_references(file, known_keys())
    return file


def load_all(files, *, office, now=None, within=None):
    """Load each file in a transaction of its own; a file with faults leaves nothing behind, the others go on.

    `within`: the principal of a transaction that is open already (a dry run).
    """
    seen, outcomes = {}, []
    for file in files:
        outcome = Outcome(file)
        outcomes.append(outcome)
        number = _number(file)
        if number in seen:
            file.fault(_("has the case number of %s") % seen[number], "case", "number")
        elif number:
            seen[number] = file.path
        if not file.faults:
            _load_whole(outcome, office, now or timezone.now(), within)
    return outcomes


def _number(file):
    case = file.document.get("case") if isinstance(file.document, dict) else None
    return case.get("number") if isinstance(case, dict) else None


def _load_whole(outcome, office, now, within):
    try:
        if within is not None:
            with transaction.atomic():
                _load(outcome, office, within, now)
        else:
            with system_access("loader", "a case file is loaded") as loader:
                _load(outcome, office, loader, now)
    except Refused:
        outcome.state = "refused"
    except IntegrityError as why:
        outcome.file.fault(_in_words(why))
        outcome.state = "refused"
    except DatabaseError as why:
        outcome.file.fault(_("the database refused it: %s") % str(why).splitlines()[0])
        outcome.state = "refused"


def _in_words(why):
    name = getattr(getattr(why.__cause__, "diag", None), "constraint_name", "") or str(why).splitlines()[0]
    return _("the database keeps a rule that this file would break: %s") % name


def _load(outcome, fallback, loader, now):
    file = outcome.file
    office = office_of(file, fallback)
    _stop_at_faults(file)
    outcome.number = file.document["case"]["number"]
    case = _case_before(file, outcome.number)
    loaded_on = case.loaded_on if case else today_in(office, now)
    document = resolve(file.document, loaded_on)
    check_order(file, document)
    digest = _digest(document, office)
    if case is not None and _last_digest(case) == digest:
        outcome.state = "unchanged"
        return
    first = case is None
    _check_case_fits(file, document)
    case = _case(case, document, office, loaded_on, now)
    outcome.changes = _write(file, case, document, office, first=first, now=now)
    if case.sensitivity == Sensitivity.SEALED:
        _name_the_few(outcome, case, loader, now)
    record("case.load", by=loader, subject=case, case_id=case.pk, origin="import", at=now,
           digest=digest, as_of=case.as_of)  # fmt: skip
    outcome.state = "loaded" if first else "updated"


def _case_before(file, number):
    """The case as it was loaded before, locked; None when it is new."""
    case = Case.objects.select_for_update(of=("self",)).filter(number=number).first()
    if case is not None and case.loaded_on is None:
        reason = _("a case with this number was opened in the system; a file cannot replace it")
        file.fault(reason, "case", "number")
    _stop_at_faults(file)
    return case


def _write(file, case, document, office, *, first, now):
    records = records_of(document, case.pk, office, offices_named(document))
    saving.place_people(file, records, case.pk)
    saving.check_fits(file, records)
    _stop_at_faults(file)
    with keys_in_hand():
        changes = saving.save(file, case, records, first=first, now=now)
        index_case(case.pk)
        link_case(case.pk)
    _stop_at_faults(file)
    return changes


def _stop_at_faults(file):
    if file.faults:
        raise Refused


def _digest(document, office):
    """What was read, so that the same again need not be written again."""
    said = json.dumps([READING, office.key, document], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _last_digest(case):
    event = Event.objects.of_case(case.pk).filter(verb="case.load").first()
    return event.detail.get("digest") if event else None


def _case(case, document, office, loaded_on, now):
    """The case itself, new or brought up to what the file says; what people changed in it stays theirs."""
    values = {
        **case_values(document),
        "office_id": office.pk,
        "sensitivity": Sensitivity.SEALED if document["case"].get("sealed") else Sensitivity.OFFICE,
        "loaded_on": loaded_on,
    }
    if case is None:
        case = Case(number=document["case"]["number"], **values)
        case.save(force_insert=True)
        return case
    if Event.objects.of_case(case.pk).live().filter(verb__in=CASE_VERBS).exists():
        values = {name: value for name, value in values.items() if name in OURS}
    differing = {name: value for name, value in values.items() if getattr(case, name) != value}
    for name, value in {**differing, "touched_at": now, "version": case.version + bool(differing)}.items():
        setattr(case, name, value)
    case.save(update_fields=[*differing, "touched_at", "version"])
    return case


def _check_case_fits(file, document):
    for name, value in case_values(document).items():
        if value not in (None, "", []):
            try:
                Case._meta.get_field(name).run_validators(value)
            except ValidationError as why:
                file.fault(" ".join(why.messages), "case", name)
    _stop_at_faults(file)


def case_values(document):
    """The fields of the case that stand in the file."""
    part, fields = document["case"], {}
    sources = [(name, part.get(source)) for name, source in parts.CASE.items()]
    for track in ("legal", "aftercare"):
        state = part.get(track, {})
        sources += [(f"{track}_{name}", state.get(source)) for name, source in parts.TRACK.items()]
    sources += [(name, document.get(name)) for name in OURS]
    for name, value in sources:
        fields[name] = shaped(Case._meta.get_field(name), said(document, Case, name, value))
    return fields


def _name_the_few(outcome, case, loader, now):
    """A sealed case opens to named people only: first its office's directors and safeguarding leads."""
    memberships = case.office.memberships.filter(
        ended_at=None, role__in=NAMED_ON_SEALED, user__is_active=True, user__principal=""
    )
    for membership in memberships.order_by("role", "user_id"):
        who = {"user_id": membership.user_id, "role": membership.role}
        if not Assignment.objects.filter(case=case, **who).exists():
            pk = uuid.uuid5(case.pk, f"team/{membership.user_id}/{membership.role}")
            row = Assignment(pk=pk, case=case, started_at=now, **who)
            row.save(force_insert=True)
            record("case.assign", by=loader, subject=row, origin="import", at=now,
                   user=membership.user_id, role=membership.role)  # fmt: skip
    if not Assignment.objects.filter(case=case, ended_at=None).exists():
        outcome.notices.append(_("is sealed and nobody is named on it: name somebody, or nobody can open it"))
