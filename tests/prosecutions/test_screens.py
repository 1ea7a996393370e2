"""Every screen of the courtroom: who gets it, who may not, and for whom it does not exist."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests.factories import (
    AccusedMake,
    AppealMake,
    ArrestMake,
    AttendanceMake,
    AwardMake,
    BailOrderMake,
    CaseMake,
    ChargeMake,
    CustodyMake,
    HearingMake,
    NetworkMake,
    PartyMake,
    PaymentMake,
    ProceedingMake,
    SurvivorMake,
    VerdictMake,
)

READING = [
    ("accused-detail", "accused"),
    ("bail-detail", "bail"),
    ("hearing-detail", "hearing"),
    ("proceeding-detail", "proceeding"),
]
WRITING = [
    ("accused-add", "case"),
    ("accused-edit", "accused"),
    ("network-add", "case"),
    ("kinship-add", "accused"),
    ("arrest-record", "case"),
    ("custody-start", "accused"),
    ("custody-end", "custody"),
    ("charge-add", "accused"),
    ("charge-edit", "charge"),
    ("proceeding-open", "case"),
    ("proceeding-edit", "proceeding"),
    ("hearing-schedule", "case"),
    ("hearing-reschedule", "hearing"),
    ("hearing-cancel", "hearing"),
    ("hearing-assign", "hearing"),
    ("hearing-record", "hearing"),
    ("hearing-correct", "hearing"),
    ("bail-seek", "accused"),
    ("bail-oppose", "bail"),
    ("bail-grant", "bail"),
    ("bail-release", "bail"),
    ("bail-refuse", "bail"),
    ("bail-withdraw", "bail"),
    ("bail-breach", "bail"),
    ("bail-cancel", "bail"),
    ("bail-end", "bail"),
    ("verdict-record", "accused"),
    ("appeal-file", "accused"),
    ("appeal-decide", "appeal"),
    ("award-order", "case"),
    ("payment-record", "award"),
    ("payment-correct", "payment"),
]
RAW = re.compile(r"\b[psvtnog]\d+\b|\b[a-z]+_[a-z_]+\b|\b(?:SOUGHT|GRANTED|BREACHED|REFUSED)\b")
LISTS = ["accused-list", "bail-list", "hearing-list"]


@pytest.fixture
def rows(case):
    """One of everything in one case."""
    survivor = SurvivorMake(case=case)
    accused = AccusedMake(case=case, network=NetworkMake(case=case))
    proceeding = ProceedingMake(case=case)
    PartyMake(case=case, accused=accused, proceeding=proceeding)
    hearing = HearingMake(case=case, proceeding=proceeding)
    AttendanceMake(case=case, hearing=hearing, survivor=survivor, called=True)
    ArrestMake(case=case, accused=accused)
    VerdictMake(case=case, accused=accused, months="120")
    award = AwardMake(case=case)
    payment = PaymentMake(case=case, award=award)
    return {
        "case": case,
        "accused": accused,
        "proceeding": proceeding,
        "hearing": hearing,
        "custody": CustodyMake(case=case, accused=accused),
        "charge": ChargeMake(case=case, accused=accused),
        "bail": BailOrderMake(case=case, accused=accused, proceeding=proceeding),
        "appeal": AppealMake(case=case, accused=accused, outcome="pending"),
        "award": award,
        "payment": payment,
    }


def ask(client, user, name, row):
    client.force_login(user)
    return client.get(reverse(f"prosecutions:{name}", args=[row.pk]))


@pytest.mark.parametrize(("name", "of"), [*READING, *WRITING, ("hearing-confirm", "hearing")])
def test_the_lawyer_of_the_case_gets_every_page(client, rows, lawyer, name, of):
    response = ask(client, lawyer, name, rows[of])
    assert response.status_code == 200
    assert rows["case"].number in response.content.decode()


@pytest.mark.parametrize(("name", "of"), [*READING, *WRITING, ("hearing-confirm", "hearing")])
def test_for_another_office_no_record_exists(client, rows, charlie, name, of):
    assert ask(client, charlie, name, rows[of]).status_code == 404


@pytest.mark.parametrize(("name", "of"), WRITING)
def test_the_social_worker_of_the_case_may_not_write(client, rows, social_worker, name, of):
    assert ask(client, social_worker, name, rows[of]).status_code == 403


@pytest.mark.parametrize(("name", "of"), READING)
def test_the_social_worker_of_the_case_may_read(client, rows, social_worker, name, of):
    response = ask(client, social_worker, name, rows[of])
    assert response.status_code == 200
    assert "Record verdict" not in response.content.decode()


def words_of(client, name, row=None, **query):
    """What a person reads of a page, its title included."""
    response = client.get(reverse(f"prosecutions:{name}", args=[row.pk] if row else []), query)
    return strip_tags(re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.S))


@pytest.mark.parametrize(("name", "of"), [*READING, *WRITING, ("hearing-confirm", "hearing")])
def test_no_page_shows_a_key_or_a_stored_code(client, rows, lawyer, name, of):
    client.force_login(lawyer)
    assert not RAW.findall(words_of(client, name, rows[of]))


@pytest.mark.parametrize("name", LISTS)
def test_no_list_shows_a_key_or_a_stored_code(client, rows, lawyer, name):
    NetworkMake(case=rows["case"], members=[rows["accused"].key, "p77"])
    client.force_login(lawyer)
    for query in ({}, {"case": rows["case"].pk}):
        assert not RAW.findall(words_of(client, name, **query))


def test_people_are_called_by_code_and_name_countries_by_name(client, case, lawyer):
    accused = AccusedMake(case=case, name="The barber", nationality=["PH", "KH"])
    NetworkMake(case=case, name="The ring", members=[accused.key])
    NetworkMake(case=case, name="The empty ring", members=[])
    client.force_login(lawyer)
    assert f"{accused.code} · The barber" in words_of(client, "arrest-record", case)
    assert "Philippines, Cambodia" in words_of(client, "accused-detail", accused)
    listed = words_of(client, "accused-list", case=case.pk)
    assert "The ringThe barber" in listed
    assert "The empty ringNobody of this case is named in it yet." in listed


def test_two_versions_call_a_proceeding_by_its_court(client, rows, lawyer):
    client.force_login(lawyer)
    facts = {"offence": "Forced labour", "proceeding": rows["proceeding"].pk, "version": 99}
    response = client.post(reverse("prosecutions:charge-edit", args=[rows["charge"].pk]), facts)
    assert response.status_code == 409
    assert (str(rows["proceeding"].called), "") in [tuple(row[1:]) for row in response.context["changes"]]


@pytest.mark.parametrize("name", LISTS)
def test_lists_show_the_case_to_its_team_and_to_nobody_else(client, rows, lawyer, charlie, colleague, name):
    for person, seen in ((lawyer, True), (charlie, False), (colleague, False)):
        client.force_login(person)
        text = client.get(reverse(f"prosecutions:{name}")).content.decode()
        assert (rows["case"].number in text) is seen, person


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_a_case_that_is_not_ours_does_not_exist(client, rows, lawyer, other_office, name):
    client.force_login(lawyer)
    address = reverse(f"prosecutions:{name}")
    assert client.get(address, {"case": rows["case"].pk}).status_code == 200
    assert client.get(address, {"case": CaseMake(office=other_office).pk}).status_code == 404
    assert client.get(address, {"case": "nonsense"}).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_the_administrator_sees_no_list(client, rows, administrator, name):
    client.force_login(administrator)
    assert client.get(reverse(f"prosecutions:{name}")).status_code == 403


@pytest.mark.parametrize("name", LISTS)
def test_htmx_gets_the_rows_and_a_browser_the_page(client, rows, lawyer, name):
    client.force_login(lawyer)
    address = reverse(f"prosecutions:{name}")
    page = client.get(address)
    part = client.get(address, headers={"HX-Request": "true"})
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert 'id="rows"' in part.content.decode()
    assert "HX-Request" in page["Vary"]


@pytest.mark.parametrize("name", LISTS)
def test_three_rows_cost_as_many_queries_as_one(client, case, lawyer, name, queries_for):
    def add():
        accused = AccusedMake(case=case)
        proceeding = ProceedingMake(case=case)
        PartyMake(case=case, accused=accused, proceeding=proceeding)
        BailOrderMake(case=case, accused=accused, proceeding=proceeding)
        HearingMake(case=case, proceeding=proceeding, who_goes=lawyer)

    add()
    client.force_login(lawyer)
    one = queries_for(reverse(f"prosecutions:{name}"))
    add()
    add()
    three = queries_for(reverse(f"prosecutions:{name}"))
    assert one == three
