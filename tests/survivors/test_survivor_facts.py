"""What is known of a survivor, and what may not be."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Can
from accounts.scope import viewing_as
from audit.models import Event
from cases.states import IllegalMove
from survivors import actions, panels
from survivors.actions.facts import is_child
from survivors.models import Consent, Episode, Kinship, Relief, Statement, Survivor
from tests.factories import (
    AccusedMake,
    AgeMake,
    ConsentMake,
    EpisodeMake,
    KinshipMake,
    OperationMake,
    ReliefMake,
    StatementMake,
    SurvivorMake,
    VenueMake,
)


@pytest.fixture
def survivor(case):
    return SurvivorMake(case=case, key="s1", pseudonym="Maya")


def send(client, user, name, row, **facts):
    client.force_login(user)
    return client.post(reverse(f"survivors:{name}", args=[row.pk]), facts)


def refuse(user, sentence, act, row, **facts):
    with viewing_as(user), pytest.raises(IllegalMove, match=sentence):
        act(row.pk, by=user, now=timezone.now(), **facts)


@pytest.mark.parametrize(
    ("years", "months", "child"),
    [("15", "", True), ("18", "", False), ("17..19", "", None), ("..17", "", True), ("18..", "", False)]
    + [("", "2", True), ("", "", None), ("10..", "", None)],
)
def test_a_child_is_under_eighteen_as_far_as_the_age_tells(years, months, child):
    assert is_child(years, months) is child


def test_the_record_is_changed_and_a_second_editor_sees_both_versions(client, survivor, alice, social_worker):
    facts = {"pseudonym": "Liza", "nationality": "PH,KH", "child": "true", "vulnerabilities": ["poverty"]}
    assert send(client, alice, "survivor-edit", survivor, version=1, **facts).status_code == 302
    with viewing_as(alice):
        again = Survivor.objects.get()
    assert (again.pseudonym, again.nationality, again.child) == ("Liza", ["PH", "KH"], True)
    assert (again.vulnerabilities, again.version) == (["poverty"], 2)
    response = send(client, social_worker, "survivor-edit", survivor, version=1, pseudonym="Lisa")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Liza" in page
    assert "Lisa" in page
    assert Event.objects.filter(verb="survivor.edit").count() == 1


def test_a_record_without_any_name_to_call_her_by_is_refused(client, survivor, alice):
    response = send(client, alice, "survivor-edit", survivor, pseudonym="")
    assert response.status_code == 422
    assert "Give a pseudonym, or a description" in response.content.decode()
    response = send(client, alice, "survivor-edit", survivor, pseudonym="x", nationality="Ph")
    assert "Two capital letters" in response.content.decode()


def test_only_facts_of_a_survivor_are_changed_by_these_verbs(survivor, alice):
    for act in (actions.edit_survivor, actions.add_episode):
        with viewing_as(alice), pytest.raises(TypeError):
            act(survivor.pk, by=alice, now=timezone.now(), stance_of_the_moon="full")


def test_a_witness_is_willing_and_was_heard(client, survivor, alice):
    facts = {"stance": "willing", "testified": "true", "testified_on": "2026-02"}
    assert send(client, alice, "witness-edit", survivor, **facts).status_code == 302
    with viewing_as(alice):
        again = Survivor.objects.get()
    assert (again.stance, again.testified, again.in_court_at_verdict) == ("willing", True, None)
    assert Event.objects.get().verb == "witness.edit"
    response = send(client, alice, "witness-edit", survivor, testified="false", testified_on="2026")
    assert "say that the person was heard" in response.content.decode()


def test_an_episode_names_traffickers_and_places_by_key(client, survivor, alice):
    accused = AccusedMake(case=survivor.case, key="p1", name="R. Salonga")
    VenueMake(case=survivor.case, key="v1", name="Bar Azul")
    facts = {"kinds": ["Servitude"], "traffickers": ["p1"], "venues": ["v1"], "hours_per_day": "22"}
    assert send(client, alice, "episode-add", survivor, **facts).status_code == 302
    with viewing_as(alice):
        episode = Episode.objects.get()
    assert (episode.by, episode.venues, episode.position) == (["p1"], ["v1"], 1)
    page = client.get(survivor.get_absolute_url()).content.decode()
    assert "Servitude" in page
    assert "Bar Azul" in page
    assert accused.name in page


def test_a_relief_by_operation_takes_the_day_of_the_operation(client, survivor, alice):
    operation = OperationMake(case=survivor.case, on="2026-03-10")
    assert (
        send(client, alice, "relief-add", survivor, how="operation", operation=operation.pk).status_code
        == 302
    )
    with viewing_as(alice):
        assert Relief.objects.get().on == "2026-03-10"
    assert Event.objects.get().detail == {"how": "operation", "operation": str(operation.pk)}


def test_an_operation_that_cannot_have_freed_her_is_refused(survivor, alice):
    here = OperationMake(case=survivor.case)
    planned = OperationMake(case=survivor.case, status="planned", outcome="")
    cancelled = OperationMake(case=survivor.case, status="cancelled", outcome="")
    act = actions.add_relief
    refuse(alice, "was no operation", act, survivor, how="own_escape", operation=here)
    refuse(alice, "another case", act, survivor, how="operation", operation=OperationMake())
    refuse(alice, "Record the outcome", act, survivor, how="operation", operation=planned)
    refuse(alice, "another case", actions.miss_survivor, survivor, operation=OperationMake())
    refuse(alice, "was cancelled", actions.miss_survivor, survivor, operation=cancelled)


def test_a_recapture_undoes_the_relief_once(client, survivor, alice, charlie):
    relief = ReliefMake(survivor=survivor, case=survivor.case, on="2026-03-10", how="own_escape")
    address = reverse("survivors:relief-recapture", args=[relief.pk])
    client.force_login(charlie)
    assert client.get(address).status_code == 404
    client.force_login(alice)
    assert client.get(address).status_code == 200
    early = send(client, alice, "relief-recapture", relief, on="2026-01")
    assert "The end lies before" in early.content.decode()
    assert (
        send(client, alice, "relief-recapture", relief, on="2026-03-12", how="in the street").status_code
        == 302
    )
    with viewing_as(alice):
        again = Relief.objects.get()
    assert (again.recaptured, again.recaptured_on, again.recaptured_how) == (
        True,
        "2026-03-12",
        "in the street",
    )
    assert "This is recorded already." in send(client, alice, "relief-recapture", relief).content.decode()
    assert Event.objects.get().verb == "survivor.recapture"
    assert "Did not hold" in client.get(survivor.get_absolute_url()).content.decode()


def test_a_family_tie_points_to_survivors_and_accused_of_the_case(client, survivor, alice):
    SurvivorMake(case=survivor.case, key="s2", pseudonym="Older")
    AccusedMake(case=survivor.case, key="p1", name="Her mother")
    assert send(client, alice, "kinship-add", survivor, relation="sister", who="s2").status_code == 302
    assert send(client, alice, "kinship-add", survivor, relation="mother", who="p1").status_code == 302
    with viewing_as(alice):
        assert list(Kinship.objects.order_by("who").values_list("of", "who", "relation")) == [
            ("s1", "p1", "mother"),
            ("s1", "s2", "sister"),
        ]
        other = Survivor.objects.get(key="s2")
    again = send(client, alice, "kinship-add", survivor, relation="mother", who="p1")
    assert "This is recorded already." in again.content.decode()
    assert "Her mother" in client.get(survivor.get_absolute_url()).content.decode()
    assert "This person is: Sister" in client.get(other.get_absolute_url()).content.decode()
    refuse(alice, "relative of herself", actions.add_kinship, survivor, relation="mother", who="s1")
    refuse(alice, "Nobody in this case", actions.add_kinship, survivor, relation="mother", who="s99")


def test_a_person_who_may_not_know_the_accused_is_not_offered_them(
    survivor, administrator, monkeypatch, alice
):
    AccusedMake(case=survivor.case, key="p1")
    monkeypatch.setattr(type(alice), "can", lambda _self, verb: verb != Can.VIEW_ACCUSED)
    refuse(alice, "Nobody in this case", actions.add_kinship, survivor, relation="mother", who="p1")


def test_statements_count_their_rounds(client, survivor, alice):
    AccusedMake(case=survivor.case, key="p1")
    send(client, alice, "statement-add", survivor, result="refused")
    send(client, alice, "statement-add", survivor, result="full", names=["p1"])
    with viewing_as(alice):
        rounds = list(Statement.objects.order_by("round").values_list("round", "result", "names"))
    assert rounds == [(1, "refused", []), (2, "full", ["p1"])]


def test_a_consent_is_given_and_taken_back(client, survivor, alice, charlie):
    send(client, alice, "consent-add", survivor, purpose="photograph", given="yes", on="2026-03-01")
    with viewing_as(alice):
        consent = Consent.objects.get()
    address = reverse("survivors:consent-withdraw", args=[consent.pk])
    client.force_login(charlie)
    assert client.post(address).status_code == 404
    client.force_login(alice)
    assert client.get(address).status_code == 200
    assert (
        "The end lies before"
        in send(client, alice, "consent-withdraw", consent, withdrawn_on="2026-02").content.decode()
    )
    assert (
        "not come yet"
        in send(client, alice, "consent-withdraw", consent, withdrawn_on="2990").content.decode()
    )
    assert send(client, alice, "consent-withdraw", consent).status_code == 302
    with viewing_as(alice):
        assert Consent.objects.get().withdrawn_on
    assert "recorded already" in send(client, alice, "consent-withdraw", consent).content.decode()
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "consent.add",
        "consent.withdraw",
    ]


def test_what_was_refused_cannot_be_taken_back(client, survivor, alice):
    consent = ConsentMake(survivor=survivor, case=survivor.case, given=False)
    response = send(client, alice, "consent-withdraw", consent)
    assert response.status_code == 422
    assert "refused from the beginning" in response.content.decode()


def test_the_page_shows_what_is_known(client, survivor, alice):
    case = survivor.case
    AgeMake(survivor=survivor, case=case, years="15~", by="police", estimated=True)
    EpisodeMake(survivor=survivor, case=case, prevented=True, note="A longer story", control=["DebtBondage"])
    StatementMake(survivor=survivor, case=case, presence="psychologist")
    ConsentMake(survivor=survivor, case=case, purpose="shelter", given=False)
    ConsentMake(survivor=survivor, case=case, purpose="research", withdrawn_on="2026-01")
    KinshipMake(case=case, of="s1", who="", relation="aunt", role="took her in")
    client.force_login(alice)
    page = client.get(survivor.get_absolute_url()).content.decode()
    for words in ("Stopped before it happened", "A longer story", "psychologist", "Debt bondage", "Refused"):
        assert words in page
    for words in ("about 15 years", "an estimate", "Withdrawn", "No record of her or his own", "took her in"):
        assert words in page


def test_an_app_above_adds_its_panel_for_those_who_may_see_it(client, survivor, alice, lawyer, monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})
    panels.register_panel("a", Can.VIEW_AFTERCARE, lambda _row: {"label": "In foster care"}, "_state.html")
    panels.register_panel("b", Can.VIEW_SURVIVOR, lambda _row: None, "_missing_on_purpose.html")
    assert panels.panels_of(survivor, lawyer) == []
    (panel,) = panels.panels_of(survivor, alice)
    assert panel == {"name": "a", "template": "_state.html", "context": {"label": "In foster care"}}
    client.force_login(alice)
    assert client.get(survivor.get_absolute_url()).status_code == 200
