"""A survivor's record: added, opened, changed, missed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import lock_case, touch
from cases.keys import next_key
from cases.states import IllegalMove, check_version
from operations.models import Operation
from operations.states import OperationStatus
from reference.values import PartialDate
from survivors.models import MissingPerson, Survivor

FACTS = {
    "pseudonym", "label", "gender", "birth_year", "child", "nationality", "language", "schooling",
    "vulnerabilities", "dependant", "note",
}  # fmt: skip


def lock_survivor(survivor_id: UUID) -> Survivor:
    """The record of a survivor, held until the transaction ends."""
    rows = Survivor.objects.select_for_update(of=("self",)).select_related("case", "case__office")
    return rows.get(pk=survivor_id)


def check_called_something(pseudonym: str, label: str) -> None:
    """People who have no pseudonym yet are described."""
    if not pseudonym.strip() and not label.strip():
        raise IllegalMove(_("Give a pseudonym, or a description if there is none yet."), field="pseudonym")


def year_of(born: str) -> str:
    """What of a date of birth may be read without opening it: the year, with ~ or ? where it has one."""
    if not born:
        return ""
    year, _month, _day, mark = PartialDate(born).parts
    return f"{year:04d}{mark}"


def check_year(survivor: Survivor, year: str) -> None:
    """Where the date of birth is known, its year follows from it."""
    if survivor.born and year != survivor.birth_year:
        raise IllegalMove(
            _("The date of birth is recorded with the identity; change it there."), field="birth_year"
        )


def add_survivor(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    pseudonym: str = "",
    label: str = "",
    gender: str = "",
    born: str = "",
    child: bool | None = None,
    nationality: Sequence[str] = (),
    language: str = "",
    dependant: bool = False,
    note: str = "",
    external_id: str = "",
) -> Survivor:
    """One more person; pseudonym first, never a real name."""
    case = lock_case(case_id)
    check_called_something(pseudonym, label)
    survivor = Survivor.objects.create(
        case=case, key=next_key(Survivor, case, "s"), pseudonym=pseudonym.strip(), label=label.strip(),
        gender=gender, born=born, birth_year=year_of(born), child=child, nationality=list(nationality),
        language=language, dependant=dependant, note=note, external_id=external_id,
    )  # fmt: skip
    record("survivor.add", by=by, subject=survivor, at=now)
    touch(case, now)
    return survivor


def open_survivor(survivor_id: UUID, *, by: User, now: datetime) -> Survivor:
    """Somebody reads the record: that too is written down."""
    survivor = Survivor.objects.select_related("case__office", "office", "family").get(pk=survivor_id)
    record("survivor.open", by=by, subject=survivor, at=now)
    return survivor


def edit_survivor(
    survivor_id: UUID, *, by: User, now: datetime, version: int | None = None, **facts: object
) -> Survivor:
    """Change what is written about the person."""
    survivor = lock_survivor(survivor_id)
    check_version(survivor, version)
    if not facts.keys() <= FACTS:
        raise TypeError(f"not facts of a survivor: {sorted(facts.keys() - FACTS)}")
    if "birth_year" in facts:
        facts["birth_year"] = year_of(str(facts["birth_year"]))
        check_year(survivor, str(facts["birth_year"]))
    for name, value in facts.items():
        setattr(survivor, name, value)
    check_called_something(survivor.pseudonym, survivor.label)
    survivor.version += 1
    survivor.save(update_fields=[*facts, "version"])
    record("survivor.edit", by=by, subject=survivor, at=now, version=survivor.version)
    touch(survivor.case, now)
    return survivor


def edit_witness(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    stance: str = "",
    testified: bool | None = None,
    testified_on: str = "",
    in_court_at_verdict: bool | None = None,
    witness_note: str = "",
    version: int | None = None,
) -> Survivor:
    """Whether she is willing to be heard, and was."""
    survivor = lock_survivor(survivor_id)
    check_version(survivor, version)
    if testified_on and testified is not True:
        raise IllegalMove(_("There is a date, so say that the person was heard."), field="testified")
    facts = {
        "stance": stance, "testified": testified, "testified_on": testified_on,
        "in_court_at_verdict": in_court_at_verdict, "witness_note": witness_note,
    }  # fmt: skip
    for name, value in facts.items():
        setattr(survivor, name, value)
    survivor.version += 1
    survivor.save(update_fields=[*facts, "version"])
    record("witness.edit", by=by, subject=survivor, at=now, version=survivor.version)
    touch(survivor.case, now)
    return survivor


def miss_survivor(survivor_id: UUID, *, by: User, now: datetime, operation: Operation) -> MissingPerson:
    """She ran away or was moved before or during the operation, and is looked for."""
    survivor = lock_survivor(survivor_id)
    if operation.case_id != survivor.case_id:
        raise IllegalMove(_("This operation belongs to another case."), field="operation")
    if operation.status == OperationStatus.CANCELLED:
        raise IllegalMove(_("This operation was cancelled."), field="operation")
    if MissingPerson.objects.filter(operation=operation, survivor=survivor).exists():
        raise IllegalMove(_("This is recorded already."), field="operation")
    missing = MissingPerson.objects.create(case=survivor.case, operation=operation, survivor=survivor)
    record("survivor.miss", by=by, subject=survivor, at=now, operation=operation.pk)
    touch(survivor.case, now)
    return missing
