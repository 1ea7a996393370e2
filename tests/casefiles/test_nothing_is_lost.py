"""Every field of the format has a home: what a file says can be found in the records of its case."""

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest

import casefiles
from accounts.scope import system_access
from aftercare import models as aftercare
from casefiles.contract import schema
from casefiles.loading import gather, load_all
from casefiles.reading import read
from casefiles.saving import loaded_models
from casefiles.when import DATED, leaves, resolve
from cases import models as cases
from cases.models import Case
from figures.catalogue import EXPECTED
from figures.standing import RULES
from operations import models as operations
from prosecutions import models as prosecutions
from reference.sealed_fields import Column
from reference.values import Money, Quantity, plain
from survivors import models as survivors
from survivors.states import AgeMoment

EXAMPLES = sorted((Path(casefiles.__file__).parent / "examples").glob("*.yaml"))
FILES = sorted((Path(__file__).parent / "files").glob("*.yaml"))


def used(value, part, places):
    """Every (description of the group, property) that a document uses."""
    if "$ref" in part:
        part = {
            **schema()["$defs"][part["$ref"].split("/")[-1]],
            **{k: v for k, v in part.items() if k != "$ref"},
        }
    if isinstance(value, dict):
        for key, below in value.items():
            if key in part.get("properties", {}):
                field = part["properties"][key]
                places.add((tuple(sorted(part["properties"])), key))
            else:
                field = next(iter(part.get("patternProperties", {"": {}}).values()))
            used(below, field, places)
    elif isinstance(value, list):
        for below in value:
            used(below, part.get("items", {}), places)
    return places


def every_place(part, places, seen):
    if "$ref" in part:
        name = part["$ref"].split("/")[-1]
        if name in seen:
            return places
        return every_place(schema()["$defs"][name], places, {*seen, name})
    for key, field in part.get("properties", {}).items():
        places.add((tuple(sorted(part["properties"])), key))
        every_place(field, places, seen)
    for field in [*part.get("patternProperties", {}).values(), *([part["items"]] if "items" in part else [])]:
        every_place(field, places, seen)
    return places


def test_our_files_use_every_field_of_the_format():
    places = set()
    for path in [*EXAMPLES, *FILES]:
        used(read(path).document, schema(), places)
    missing = sorted(
        key for group, key in every_place(schema(), set(), set()) - places if "alerts" not in group
    )
    assert missing == []


def pieces(value):
    """The pieces in which a value of a file may be found in columns."""
    text = str(value)
    if match := DATED.match(text):
        day, clock, mark = match.groups()
        return {day + mark} | ({clock} if clock else set())
    if re.search(r"\d [A-Z]{3}$", text):
        money = Money.of(text)
        return {plain(money.low), plain(money.high), money.currency}
    try:
        return {str(Quantity.of(value))}
    except ValueError:
        return {text}


def stored(value):
    """The same pieces of a value in a column."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from stored(part)
    elif isinstance(value, list):
        for part in value:
            yield from stored(part)
    elif isinstance(value, datetime.time):
        yield value.strftime("%H:%M")
    elif isinstance(value, Decimal):
        yield plain(value)
    elif value not in (None, ""):
        yield str(value)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield from pieces(value)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*EXAMPLES, *FILES], ids=lambda path: path.stem)
def test_whatever_a_file_says_can_be_found_in_the_records_of_its_case(path):
    files = [file for file in gather([path]) if file.path == path]
    [outcome] = load_all(files, office="mumbai")
    with system_access("loader", "a test looks"):
        case = Case.objects.select_related("office").get(number=outcome.number)
        found = set(stored([case.__dict__.get(f.attname) for f in case._meta.concrete_fields])) | {
            case.office.key
        }
        for model in loaded_models():
            for row in model.objects.filter(case=case).values():
                found |= set(stored([opened(value, row) for value in row.values()]))
            if model is prosecutions.Accused:
                found |= set(prosecutions.Perpetrator.objects.exclude(ref=None).values_list("ref", flat=True))
        found |= set(
            operations.Lookout.objects.exclude(to_office=None).values_list("to_office__key", flat=True)
        )
    document = resolve(
        {k: v for k, v in outcome.file.document.items() if k not in ("expect", "format")}, case.loaded_on
    )
    lost = [
        (where, value)
        for where, _name, value in leaves(document)
        if not isinstance(value, bool) and not points(where) and not pieces(value) <= found
    ]
    assert lost == []


def opened(value, row):
    """What a sealed column holds; anything else as it stands."""
    return value.of(row["case_id"], row["id"]).open() if isinstance(value, Column) else value


def points(where):
    """Places whose key becomes a foreign key, or whose value becomes a state of its own."""
    steps = [str(step) for step in where]
    names = {
        "operation", "headcount", "includes", "missing", "follows", "attended", "network", "to", "for",
        "decision", "venue", "accused", "scores", "sealed",
    }  # fmt: skip
    return bool(names & set(steps[1:])) and not {"consents", "lookouts", "referral"} & set(steps)


def enum_of(definition, *path):
    part = schema()["$defs"][definition] if definition else schema()
    for step in path:
        part = part[step]
    return set(part["enum"])


@pytest.mark.parametrize(
    ("definition", "name", "model", "field"),
    [
        ("agency", "kind", cases.Agency, "kind"),
        ("venue", "kind", operations.Venue, "kind"),
        ("venue", "network", operations.Venue, "network"),
        ("leg", "by", operations.RouteLeg, "by"),
        ("leg", "border", operations.RouteLeg, "border"),
        ("leg", "stage", operations.RouteLeg, "stage"),
        ("headcount", "what", operations.Headcount, "what"),
        ("investigation", "result", operations.Investigation, "result"),
        ("operation", "purpose", operations.Operation, "purpose"),
        ("operation", "status", operations.Operation, "status"),
        ("operation", "outcome", operations.Operation, "outcome"),
        ("operation", "failure", operations.Operation, "failure"),
        ("asset", "fault", operations.OperationAsset, "fault"),
        ("lookout", "result", operations.Lookout, "result"),
        ("survivor", "gender", survivors.Survivor, "gender"),
        ("witness", "stance", survivors.Survivor, "stance"),
        ("statement", "result", survivors.Statement, "result"),
        ("consent", "for", survivors.Consent, "purpose"),
        ("health", "what", survivors.HealthEvent, "what"),
        ("kin", "is", survivors.Kinship, "relation"),
        ("relief", "how", survivors.Relief, "how"),
        ("episode", "industry", survivors.Episode, "industry"),
        ("episode", "recruiter", survivors.Episode, "recruiter"),
        ("episode", "relationship", survivors.Episode, "relationship"),
        ("perpetrator", "standing", prosecutions.Accused, "standing"),
        ("perpetrator", "position", prosecutions.Accused, "position"),
        ("custody", "kind", prosecutions.Custody, "kind"),
        ("charge", "status", prosecutions.Charge, "status"),
        ("charge", "plea", prosecutions.Charge, "plea"),
        ("bail", "kind", prosecutions.BailOrder, "kind"),
        ("bail", "ended", prosecutions.BailOrder, "ended"),
        ("verdict", "result", prosecutions.Verdict, "result"),
        ("appeal", "by", prosecutions.Appeal, "by"),
        ("appeal", "outcome", prosecutions.Appeal, "outcome"),
        ("proceeding", "kind", prosecutions.Proceeding, "kind"),
        ("proceeding", "stage", prosecutions.Proceeding, "stage"),
        ("hearing", "purpose", prosecutions.Hearing, "purpose"),
        ("hearing", "outcome", prosecutions.Hearing, "outcome"),
        ("hearing", "reason", prosecutions.Hearing, "reason"),
        ("hearing", "asked_by", prosecutions.Hearing, "asked_by"),
        ("placement", "kind", aftercare.Placement, "kind"),
        ("assessment", "reason", aftercare.Assessment, "reason"),
        ("service", "kind", aftercare.Service, "kind"),
        ("entitlement", "status", aftercare.Entitlement, "status"),
    ],
)
def test_every_code_of_the_format_is_a_code_of_ours(definition, name, model, field):
    ours = {code for code, _label in model._meta.get_field(field).flatchoices}
    assert enum_of(definition, "properties", name) <= ours


def test_every_moment_of_an_age_is_known():
    assert enum_of("age", "properties", "at") == set(AgeMoment.values)


def test_every_figure_and_alert_of_the_format_can_be_worked_out():
    expect = schema()["properties"]["expect"]["properties"]
    assert set(EXPECTED) == set(expect) - {"with"}
    assert set(RULES) == set(expect["alerts"]["items"]["enum"])
