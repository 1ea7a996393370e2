"""What leaves with names comes into an empty office, and leaves it again the same."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

import casefiles
from accounts.models import Office
from accounts.roles import Role
from accounts.scope import viewing_as
from exchange.htcds.incoming.kind import HTCDS
from exchange.htcds.incoming.unpacking import from_json, from_zip
from exchange.htcds.profiles import identified
from exchange.htcds.records import gather
from exchange.htcds.writing import as_json, as_zip
from exchange.incoming.contract import Chunk, Faulty, Reading, Row
from exchange.incoming.parsers import says_nothing
from reference.sealed_fields import keys_in_hand
from survivors.actions import edit_identity
from survivors.models import Identity, Survivor
from survivors.states import Shared
from tests.factories import MembershipMake
from tests.people import person

EXAMPLES = Path(casefiles.__file__).parent / "examples"
LOOKUPS = ("vic_LocationOfExploitation", "cas_ReferringOrganisation", "cas_ReferredOrganisation")
# What cannot be the same: the office itself, and a consent that comes in without its scope.
OTHERWISE = ("cas_CaseOwner", "con_Consent", "vic_AgreementToManagePersonalData")


def leaving(user, offices):
    """All entities of offices with names, as this person gives them out."""
    with viewing_as(user), keys_in_hand():
        people = list(Survivor.objects.filter(office__in=offices).select_related("case__office", "office"))
        identities = {one.survivor_id: one for one in Identity.objects.filter(survivor__in=people)}
        told = {one.pk: list(Shared.values) for one in people}
        found = identified(gather(people, identities), told, name_accused=True)
    for row in found["con"]:
        row["con_Consent"] = "true"
    return found


def rows_of(table):
    """The rows of an unpacked table, each cell read as the machinery does."""
    columns = {column.name: column for column in HTCDS.columns}
    names = HTCDS.guess(next(table))
    return [read(number, cells, names, columns) for number, cells in enumerate(table, 2)]


def bring(user, office, rows):
    """Check and write them, as somebody of the office."""
    with viewing_as(user), keys_in_hand():
        chunk = Chunk(office, user, timezone.now(), rows, Reading(), {})
        HTCDS.plan(chunk)
        HTCDS.write(chunk)


def read(number, cells, names, columns):
    row = Row(number, {})
    for place, name in names.items():
        if says_nothing(cells[place]):
            continue
        try:
            row.said[name] = columns[name].parse(cells[place], Reading())
        except Faulty as why:
            row.fault(name, why.code, **why.params)
    return row


def without_keys(entities):
    """The rows of each entity as a bag: keys that are ours replaced by what they stand for."""
    places = {row["x_record"]: row for row in entities["org"]}
    bag = {}
    for prefix, rows in entities.items():
        told = []
        for row in rows:
            facts = {name: value for name, value in row.items() if name[0] != "x" and name not in OTHERWISE}
            for name in LOOKUPS:
                if name in facts:
                    facts[name] = places[facts[name]].get("org_Name")
            told.append(json.dumps(facts, sort_keys=True, ensure_ascii=False, default=str))
        bag[prefix] = Counter(told)
    return bag


@pytest.fixture
def examples(db, capsys):
    """Every example case that is not sealed, and people with names in several scripts."""
    call_command("load_case_files", str(EXAMPLES))
    offices = list(Office.objects.exclude(key="accra"))
    director = person(Role.OFFICE_DIRECTOR, offices[0], name="Dina")
    for office in offices[1:]:
        MembershipMake(user=director, office=office, role=Role.OFFICE_DIRECTOR)
    names = ("Marisol Quibuyen", "সুমন দাস", "សុខា ចាន់", "Ñusta Ana María Quispe", "Aye")
    with viewing_as(director):
        for number, one in enumerate(Survivor.objects.order_by("pk")[:10]):
            facts = {"own_name" if number % 5 in (1, 2) else "latin_name": names[number % 5]}
            edit_identity(
                one.pk, by=director, now=timezone.now(), phones=f"+63 917 123 45{number:02d}\n0288887777",
                address="Sampaloc 12\nManila", numbers=[{"kind": "national", "number": f"ZX-{number}"}],
                born=f"2001-02-{number + 1:02d}", **facts,
            )  # fmt: skip
    return director, offices


def test_what_leaves_with_names_comes_in_and_leaves_again_the_same(examples, other_office):
    director, offices = examples
    first = leaving(director, offices)
    assert len(first["vic"]) >= 15
    assert sum("prs_FirstName" in row for row in first["prs"]) > 10
    theirs = person(Role.OFFICE_DIRECTOR, other_office, name="Esi")
    as_tables = rows_of(from_zip(as_zip(first, "identified", [])))
    rows = rows_of(from_json(as_json(first, "identified", [])))
    assert [row.said for row in as_tables] == [row.said for row in rows]
    bring(theirs, other_office, rows)
    assert [(row.number, fault.column, fault.code) for row in rows for fault in row.faults] == []
    second = leaving(theirs, [other_office])
    was, now = without_keys(first), without_keys(second)
    assert {prefix: now[prefix] - was[prefix] for prefix in was} == dict.fromkeys(was, Counter())
    assert {prefix: was[prefix] - now[prefix] for prefix in was} == dict.fromkeys(was, Counter())
