"""Many people registered at once after an operation, and why some of those who were counted never will be."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record, record_many
from cases.actions import lock_case, touch
from cases.keys import next_key
from cases.models import Case
from cases.states import IllegalMove, check_version
from operations.models import Headcount, Operation
from reference.values import PartialDate, Quantity
from survivors.actions.facts import ADULT, check_operation, check_past, is_child
from survivors.actions.families import found_families
from survivors.actions.people import check_called_something
from survivors.models import Age, HeadcountMember, Relief, Survivor, Unregistered
from survivors.states import AgeMoment, ReliefRoad, UnregisteredWhy

# What is known of one person on arrival; everything but the name may be empty.
PERSON = {"called", "gender", "years", "months", "child", "dependant", "family", "part"}
JUST_NOW = 31  # so many days after the relief, an age said today is the age at relief
DAYS_OF_YEAR = 365


def add_survivors(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    people: Sequence[Mapping[str, Any]],
    headcount: Headcount | None = None,
    operation: Operation | None = None,
    how: str = "",
    on: str = "",
) -> list[Survivor]:
    """Everybody of one group: record, age, road out, group and family; as many statements for 1 as for 40."""
    case = lock_case(case_id)
    said = years_before(operation.on if operation else "", on)
    added = written(case, people, said)
    Survivor.objects.bulk_create(added)
    record_many("survivor.add", by=by, subjects=added, at=now)
    ages = [
        age_of(person, facts, on if said else "")
        for person, facts in zip(added, people, strict=True)
        if told_age(facts)
    ]
    Age.objects.bulk_create(ages)
    record_many("age.add", by=by, subjects=[age.survivor for age in ages], at=now)
    relieve(case, added, operation, how, on, by=by, now=now)
    if headcount:
        HeadcountMember.objects.bulk_create(
            HeadcountMember(case=case, headcount=headcount, survivor=person) for person in added
        )
    parts = [(facts.get("family", ""), facts.get("part", "")) for facts in people]
    found_families(case, added, parts, headcount, by=by, now=now)
    touch(case, now)
    return added


def years_before(relieved: PartialDate | str, came: str) -> int:
    """For how many years they have been out when they come to us; begun ones count."""
    if not relieved or not came:
        return 0
    days = (PartialDate(came).last - PartialDate(relieved).last).days
    return ceil(days / DAYS_OF_YEAR) if days > JUST_NOW else 0


def written(case: Case, people: Sequence[Mapping[str, Any]], years_out: int = 0) -> list[Survivor]:
    """The records, not saved yet; who has no name is called by her number among the people of the case.

    Whoever is grown up now, but has been out for years, may have been a child when she was relieved.
    """
    first = int(next_key(Survivor, case, "s")[1:])
    rows = []
    for number, facts in enumerate(people, first):
        if not facts.keys() <= PERSON:
            raise TypeError(f"not facts of an arrival: {sorted(facts.keys() - PERSON)}")
        child = facts.get("child")
        of_age = is_child(facts.get("years", ""), facts.get("months", ""))
        if of_age is False and Quantity.of(facts["years"]).low - years_out < ADULT:
            of_age = None
        child = of_age if of_age is not None else child
        pseudonym = str(facts.get("called", "")).strip()
        label = "" if pseudonym else described(child, number)
        check_called_something(pseudonym, label)
        rows.append(
            Survivor(
                case=case, key=f"s{number}", pseudonym=pseudonym, label=label, child=child,
                gender=facts.get("gender", ""), dependant=facts.get("dependant", False),
            )
        )  # fmt: skip
    return rows


def described(child: bool | None, number: int) -> str:
    """Child 3: what to call somebody who has chosen no name yet."""
    if child is None:
        return _("Person %(number)s") % {"number": number}
    return (_("Child %(number)s") if child else _("Adult %(number)s")) % {"number": number}


def told_age(facts: Mapping[str, Any]) -> bool:
    """Is anything said of her age?"""
    return bool(facts.get("years") or facts.get("months"))


def age_of(person: Survivor, facts: Mapping[str, Any], today: str) -> Age:
    """Her age at relief; of those relieved long before they came, that of the day on which they came.

    One with a mark or a range is an estimate.
    """
    years, months = facts.get("years", ""), facts.get("months", "")
    estimated = not Quantity.of(years or months).exact or None
    return Age(
        case=person.case,
        survivor=person,
        at=AgeMoment.INTAKE if today else AgeMoment.RELIEF,
        on=today,
        years=years,
        months=months,
        estimated=estimated,
    )


def relieve(
    case: Case,
    people: list[Survivor],
    operation: Operation | None,
    how: str,
    on: str,
    *,
    by: User,
    now: datetime,
) -> None:
    """Their road out, the same for all of them and judged once: the operation, or another that was told."""
    road = str(ReliefRoad.OPERATION) if operation else how
    if not road:
        return
    check_operation(people[0] if people else Survivor(case=case), road, operation)
    day = operation.on if operation else on
    check_past(case, day, now, "on")
    Relief.objects.bulk_create(
        Relief(case=case, survivor=person, how=road, on=day, operation=operation) for person in people
    )
    through = operation.pk if operation else ""
    record_many("relief.add", by=by, subjects=people, at=now, how=road, operation=through)


def excuse_arrival(
    headcount_id: UUID, *, by: User, now: datetime, number: int, why: str, note: str = ""
) -> Unregistered:
    """So many of the group will have no record of their own, and why."""
    headcount = Headcount.objects.select_related("case__office").get(pk=headcount_id)
    case = lock_case(headcount.case_id)
    if number < 1:
        raise IllegalMove(_("Say how many people it is about."), field="number")
    if why == UnregisteredWhy.OTHER and not note.strip():
        raise IllegalMove(_("Say in a few words why."), field="note")
    row = Unregistered(
        case=case, headcount=headcount, number=number, why=why, note=note.strip(), said_at=now, said_by=by
    )
    row.save(force_insert=True)
    record("arrival.excuse", by=by, subject=row, at=now, why=why, number=number)
    touch(case, now)
    return row


def recall_excuse(excuse_id: UUID, *, by: User, now: datetime, version: int | None = None) -> Unregistered:
    """It was said by mistake, or they have come after all."""
    rows = Unregistered.objects.select_for_update(of=("self",)).select_related("case")
    row = rows.get(pk=excuse_id)
    check_version(row, version)
    if row.recalled_at:
        raise IllegalMove(_("This has been taken back already."))
    row.recalled_at, row.recalled_by = now, by
    row.version += 1
    row.save(update_fields=["recalled_at", "recalled_by", "version"])
    record("arrival.recall", by=by, subject=row, at=now)
    touch(row.case, now)
    return row
