"""What every screen of a survivor keeps: need to know, the verb, one record for a double click, a trace."""

import uuid

import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from audit.models import Event
from cases.models import Case
from survivors.models import Age, Consent, Episode, Kinship, MissingPerson, Relief, Statement, Survivor
from tests.factories import OperationMake, SurvivorMake

ADDS = {
    "age-add": (Age, "age.add", {"at": "relief", "years": "15~", "said_by": "police", "estimated": "true"}),
    "episode-add": (Episode, "episode.add", {"kinds": ["SexualExploitation"], "control": ["DebtBondage"]}),
    "relief-add": (Relief, "relief.add", {"how": "own_escape", "on": "2026-03-10"}),
    "kinship-add": (Kinship, "kinship.add", {"relation": "mother", "role": "sold her"}),
    "statement-add": (
        Statement,
        "statement.add",
        {"result": "full", "on": "2026-03-11"},
    ),
    "consent-add": (
        Consent,
        "consent.add",
        {"purpose": "services", "given": "yes"},
    ),
}
PAGES = [*ADDS, "survivor-detail", "survivor-edit", "survivor-miss", "witness-edit"]


@pytest.fixture
def survivor(case):
    return SurvivorMake(case=case, key="s1", pseudonym="Maya")


def address(name, survivor):
    return reverse(f"survivors:{name}", args=[survivor.pk])


@pytest.mark.parametrize("name", PAGES)
def test_outside_the_need_to_know_she_does_not_exist(client, survivor, charlie, name):
    client.force_login(charlie)
    assert client.get(address(name, survivor)).status_code == 404
    if name in ADDS:
        assert client.post(address(name, survivor), ADDS[name][2]).status_code == 404
    assert not Event.objects.exists()


@pytest.mark.parametrize("name", [name for name in PAGES if name != "survivor-detail"])
def test_without_the_verb_the_page_is_refused(client, survivor, lawyer, name):
    client.force_login(lawyer)
    assert client.get(address(name, survivor)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_and_its_title_tells_no_name(client, survivor, alice, name):
    client.force_login(alice)
    page = client.get(address(name, survivor)).content.decode()
    assert "Maya" in page
    assert "Maya" not in page[page.index("<title>") : page.index("</title>")]


@pytest.mark.parametrize("name", ADDS)
def test_a_double_click_adds_one_record_and_leaves_one_trace(client, survivor, alice, name):
    model, verb, facts = ADDS[name]
    client.force_login(alice)
    facts = {**facts, "idempotency_key": str(uuid.uuid4())}
    for _press in range(2):
        assert client.post(address(name, survivor), facts)["Location"] == survivor.get_absolute_url()
    with viewing_as(alice):
        row = model.objects.get()
        assert Case.objects.get(pk=survivor.case_id).touched_at > survivor.case.touched_at
    assert row.case_id == survivor.case_id
    event = Event.objects.get()
    # A tie is a record of its own: the alert about relatives among the accused reads it.
    about = row if name == "kinship-add" else survivor
    assert (event.verb, event.subject_id) == (verb, str(about.pk))


@pytest.mark.parametrize(
    ("name", "facts", "sentence"),
    [
        ("age-add", {"at": "relief"}, "Give the age in years"),
        ("age-add", {"at": "relief", "years": "young"}, "Write a number, 5~ for about five"),
        ("episode-add", {"kinds": []}, "Say what kind of exploitation it was."),
        ("episode-add", {"kinds": ["Nonsense"]}, "Select a valid choice"),
        (
            "episode-add",
            {"kinds": ["Servitude"], "started": "2026", "ended": "2025"},
            "The end lies before the beginning.",
        ),
        ("relief-add", {"how": "own_escape", "on": "2990"}, "This day has not come yet."),
        ("relief-add", {"how": "magic"}, "Select a valid choice"),
        ("kinship-add", {"relation": "mother", "who": "p9"}, "Select a valid choice"),
        ("statement-add", {"result": "full", "on": "2990-01"}, "This day has not come yet."),
        ("consent-add", {"purpose": "services"}, "This field is required"),
        (
            "consent-add",
            {"purpose": "services", "given": "no", "on": "2026-02", "until": "2025"},
            "The end lies before the beginning.",
        ),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_saved(client, survivor, alice, name, facts, sentence):
    client.force_login(alice)
    response = client.post(address(name, survivor), facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with viewing_as(alice):
        assert not ADDS[name][0].objects.exists()
    assert not Event.objects.exists()


def test_a_survivor_is_recorded_as_missing_at_an_operation_once(client, survivor, alice, other_office):
    operation = OperationMake(case=survivor.case)
    elsewhere = OperationMake()
    client.force_login(alice)
    there = address("survivor-miss", survivor)
    assert client.post(there, {"operation": elsewhere.pk}).status_code == 422
    assert client.post(there, {"operation": operation.pk}).status_code == 302
    assert "This is recorded already." in client.post(there, {"operation": operation.pk}).content.decode()
    with viewing_as(alice):
        assert MissingPerson.objects.get().survivor_id == survivor.pk
    assert Event.objects.get().detail == {"operation": str(operation.pk)}
    assert "Was missing" in client.get(survivor.get_absolute_url()).content.decode()


def test_the_detail_page_shows_no_way_to_write_for_those_who_may_only_read(client, survivor, lawyer):
    client.force_login(lawyer)
    page = client.get(survivor.get_absolute_url()).content.decode()
    assert "Maya" in page
    assert reverse("survivors:survivor-edit", args=[survivor.pk]) not in page


def test_opening_a_record_is_written_down_each_time(client, survivor, lawyer):
    client.force_login(lawyer)
    for _turn in range(2):
        client.get(survivor.get_absolute_url())
    events = Event.objects.filter(verb="survivor.open", subject_id=str(survivor.pk), actor_id=lawyer.pk)
    assert events.count() == 2
    with viewing_as(lawyer):
        assert Survivor.objects.get().version == 1
