"""The 27 columns: files of three generations in, rows out in which nobody can be told apart."""

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.scope import viewing_as
from exchange.building import build_waiting
from exchange.ctdc.anonymity import anonymised, rarest
from exchange.ctdc.columns import COLUMNS, KNOWN_BY, LABOUR, MEANS, RECRUITERS, SEX, TYPES
from exchange.ctdc.making import rows_of
from exchange.ctdc.reading import NotCtdc, read_ctdc, strange
from exchange.ctdc.writing import as_published
from exchange.models import CtdcSet, Export
from survivors.models import Survivor
from tests.exchange.conftest import latest, taken
from tests.factories import AgeMake, CaseMake, EpisodeMake, SurvivorMake, VenueMake

SAMPLE = Path(__file__).parent / "files" / "ctdc_2024_sample.csv"
NAMES = dict(zip(COLUMNS, range(len(COLUMNS)), strict=True))


def said(row):
    return {name: value for name, value in zip(COLUMNS, row, strict=True) if value}


def test_the_sample_of_the_collaborative_comes_out_byte_by_byte_as_it_went_in():
    content = SAMPLE.read_bytes()
    reading = read_ctdc(content)
    assert (reading.generation, len(reading.rows), reading.faults) == ("2024", 2385, [])
    assert as_published(reading.rows) == content


def test_files_until_2023_and_of_2026_say_the_same_in_other_columns():
    old = (
        b"yearOfRegistration,Datasource,gender,ageBroad,citizenship,CountryOfExploitation,"
        b"meansOfControlThreatOfLawEnforcement,meansOfControlUsesChildren,meansOfControlRestrictsMovement,"
        b"isForcedLabour,isSexualExploit,isOtherExploit,isForcedMarriage,typeOfLabourDomesticWork,"
        b"recruiterRelationFamily\r\n"
        b"2015,Hotline,Female,9-17,PH,-99,1,0,-99,0,1,-99,1,1,1\r\n"
    )
    reading = read_ctdc(old)
    assert reading.generation == "until 2023"
    assert (reading.aside, strange(reading)) == (["Datasource"], [])
    assert said(reading.rows[0]) == {
        "yearOfRegistration": "2015", "gender": "Woman", "ageBroad": "09--17", "citizenship": "PHL",
        MEANS[1]: "1", TYPES[1]: "1", TYPES[2]: "1", LABOUR[2]: "1", RECRUITERS[2]: "1",
    }  # fmt: skip
    new = (
        "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation,traffickMonths,isForcedLabour,"
        "sectorOfLabourConstruction,sectorOfSexPornography,meansWithholdDocuments\r\n"
        "2025,Man,0–8,XK,KHM,25+ (2+ yrs),1,1,,1\r\n"
    )
    reading = read_ctdc(new.encode())
    assert reading.generation == "2026"
    assert said(reading.rows[0]) == {
        "yearOfRegistration": "2025", "gender": "Man", "ageBroad": "0--8", "citizenship": "SRB",
        "CountryOfExploitation": "KHM", "traffickMonths": "25+ (2+ yrs)", TYPES[0]: "1", LABOUR[1]: "1",
        MEANS[7]: "1",
    }  # fmt: skip


def test_what_the_codebook_does_not_know_is_told_cell_by_cell():
    head = ",".join(COLUMNS).encode()
    reading = read_ctdc(head + b"\r\n1066,Woman,9-17,ZZ" + b"," * 23 + b"\r\n")
    assert [(row, column) for row, column, _value in reading.faults] == [
        (2, "yearOfRegistration"), (2, "citizenship"),
    ]  # fmt: skip
    with pytest.raises(NotCtdc):
        read_ctdc(b"name,phone\r\nMira,1\r\n")


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2015", "2016", ""]), st.sampled_from(["Woman", "Man"]),
        st.sampled_from(["09--17", "18--20", "48+"]), st.sampled_from(["PHL", "IND", "KHM", ""]),
        st.sampled_from(["PHL", "IND"]), st.sampled_from(["", "25+ (2+ yrs)"]),
    ),
    max_size=120,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(ROWS, st.integers(2, 15))
def test_whoever_knows_all_five_of_somebody_finds_at_least_k_rows_that_could_be_hers(rows, k):
    kept, _emptied, dropped = anonymised(rows, k)
    assert len(kept) + dropped == len(rows)
    assert not kept or rarest(kept) >= k
    for known in {row[:5] for row in rows}:
        could_be = sum(
            all(not told or told == mine for told, mine in zip(row[:5], known, strict=True)) for row in kept
        )
        assert could_be == 0 or could_be >= k
    assert Counter(row[5] for row in kept) <= Counter(row[5] for row in rows), (
        "what was done is never changed"
    )
    assert kept == sorted(kept), "the order tells nothing"


def fits(told, known):
    """Could this row be somebody of whom all five are known?"""
    return all(not one or one == mine for one, mine in zip(told, known, strict=True))


@pytest.fixture
def one(case):
    VenueMake(case=case, key="v1", kind="lake", country="GH")
    survivor = SurvivorMake(
        case=case, gender="Feminine", birth_year="2003", nationality=["KH"], pseudonym="Mira"
    )
    AgeMake(survivor=survivor, case=case, years="15", at="relief")
    EpisodeMake(
        survivor=survivor,
        case=case,
        kinds=["ChildLabour", "SexualExploitation"],
        sex=["RemoteInteractiveServices"],
        industry="A_AgricultureForestryAndFishing",
        control=["DebtBondage", "RestrictsMovement"],
        venues=["v1"],
        recruiter="intimate_partner",
        months="14",
    )
    return survivor


@pytest.mark.django_db
def test_a_row_follows_from_what_the_records_say(case, director, one):
    case.opened_on = "2019-05"
    type(case)._base_manager.filter(pk=case.pk).update(opened_on="2019-05")
    with viewing_as(director):
        people = list(Survivor.objects.select_related("case"))
        [row] = rows_of(people)
    assert said(row) == {
        "yearOfRegistration": "2019", "gender": "Woman", "ageBroad": "09--17", "citizenship": "KHM",
        "CountryOfExploitation": "GHA", "traffickMonths": "13--24 (1-2 yrs)", MEANS[0]: "1", MEANS[5]: "1",
        TYPES[0]: "1", TYPES[1]: "1", RECRUITERS[0]: "1",
    }, "fishing is no farming, and a live stream no pornography"  # fmt: skip
    assert SEX[1] not in said(row)


def asked(client, **answers):
    answers = {"form": "zip", "purpose": "supervision", "why": "Yearly data", "k": 11, **answers}
    return client.post(reverse("exchange:ctdc-add"), answers)


@pytest.mark.django_db
def test_rows_leave_from_a_hundred_people_on_and_nobody_stands_alone_in_them(
    case, director, one, signed_in, settings
):
    settings.EXPORT_APPROVAL_ABOVE = 1000
    client = signed_in(director)
    assert asked(client).status_code == 422, "of one person there are no rows"
    for number in range(59):
        SurvivorMake(case=case, gender="Masculine", nationality=["GH"], pseudonym=f"Kofi {number}")
    elsewhere = CaseMake(office=case.office, opened_on="2020", country="KH")
    for number in range(59):
        SurvivorMake(case=elsewhere, gender="Feminine", nationality=["KH"], pseudonym=f"Sok {number}")
    assert asked(client, k=10).status_code == 422, "never under eleven"
    assert asked(client).status_code == 302
    with CaptureQueriesContext(connection) as queries:
        build_waiting()
    assert len(queries) < 90
    export = latest(director)
    assert export.status == "ready"
    with zipfile.ZipFile(io.BytesIO(taken(client, export))) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("ctdc.csv").decode())))[1:]
        notes = archive.read("notes.csv").decode()
    assert min(Counter(tuple(row[: len(KNOWN_BY)]) for row in rows).values()) >= 11
    assert "GHA" in {row[NAMES["citizenship"]] for row in rows}
    assert "Mira" not in str(rows)
    assert "k = 11" in notes


@pytest.mark.django_db
def test_counts_hide_what_is_small_where_they_leave_us_and_not_inside(case, director, one, signed_in):
    client = signed_in(director)
    for number in range(20):
        survivor = SurvivorMake(case=case, gender="Feminine", child=True, pseudonym=f"Sok {number}")
        EpisodeMake(survivor=survivor, case=case, kinds=["SexualExploitation"])
    answers = {"form": "csv", "why": "SDG 16.2.2", "population": 1_000_000}
    assert (
        client.post(reverse("exchange:counts-add"), {**answers, "purpose": "supervision"}).status_code == 422
    )
    answers["population_source"] = "Census 2020"
    inside = made(client, director, **answers, purpose="supervision")
    assert ["victims", "sexual_exploitation", "female", "child", "20", "2.000"] in [
        [r[0], *r[2:]] for r in inside
    ]
    assert ["victims", "several", "female", "adult", "1", "0.100"] in [[r[0], *r[2:]] for r in inside]
    outside = made(client, director, **answers, purpose="donor", receiver="The public")
    assert all(row[5] == "" or int(row[5]) >= 11 for row in outside)


def made(client, director, **answers):
    response = client.post(reverse("exchange:counts-add"), answers)
    assert response.status_code == 302, response.context["form"].errors
    build_waiting()
    with viewing_as(director):
        export = Export.objects.filter(requested_by=director).latest("created_at")
    text = taken(client, export).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    return lines[lines.index([]) + 2 :]


@pytest.mark.django_db
def test_a_published_set_comes_in_is_told_in_shares_and_goes_away_whole(director, signed_in, social_worker):
    client = signed_in(director)
    with SAMPLE.open("rb") as file:
        facts = {"name": "CTDC 2024, sample", "source": "CTDC. 2024. Global Synthetic Dataset."}
        response = client.post(reverse("exchange:ctdc-set-add"), {**facts, "file": file})
        assert response.status_code == 302, response.context["form"].errors
        page = client.get(response.url)
        file.seek(0)
        assert client.post(reverse("exchange:ctdc-set-add"), {**facts, "file": file}).status_code == 422, (
            "once"
        )
    assert "2385 rows" in page.content.decode()
    assert "CTDC. 2024" in page.content.decode()
    pk = CtdcSet.objects.get().pk
    assert response.url == reverse("exchange:ctdc-set-detail", args=[pk])
    back = client.post(reverse("exchange:ctdc-set-download", args=[pk]))
    assert back.content == SAMPLE.read_bytes()
    assert b"CTDC 2024" in client.get(reverse("exchange:ctdc-set-list")).content
    assert client.post(reverse("exchange:ctdc-set-drop", args=[pk])).status_code == 302
    assert b"No set yet" in client.get(reverse("exchange:ctdc-set-list")).content
    assert signed_in(social_worker).get("/exchange/ctdc/sets/").status_code == 403
