import pytest
from django.urls import reverse

from accounts.roles import Role
from audit.models import Event
from tests.factories import AccusedMake, CaseMake, ProceedingMake, SurvivorMake
from tests.people import person


def look_for(client, user, words, **more):
    client.force_login(user)
    return client.post(reverse("desk:search"), {"q": words, **more})


def finds(response):
    return {group["name"]: [row["title"] for row in group["rows"]] for group in response.context["results"]}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("harbour", {"cases": ["Harbour Road"]}),
        ("ROAD harb", {"cases": ["Harbour Road"]}),
        ("tst-2026-777", {"cases": ["Harbour Road"]}),
        ("maya", {"survivors": ["Maya"]}),
        ("s77", {"survivors": ["Maya"]}),
        ("tall girl", {"survivors": ["Maya"]}),
        ("salonga", {"accused": ["R. Salonga"]}),
        ("boy toledo", {"accused": ["R. Salonga"]}),
        ("crim-9", {"courts": ["CRIM-9988"]}),
        ("branch 23", {"courts": ["CRIM-9988"]}),
        ("nowhere", {}),
    ],
)
def test_one_box_finds_cases_people_dockets_and_courts(client, office, words, found):
    case = CaseMake(office=office, number="TST-2026-7777")
    SurvivorMake(case=case, key="s77", pseudonym="Maya", label="the tall girl")
    AccusedMake(case=case, name="R. Salonga", aliases=["Boy Toledo", "Rey"])
    ProceedingMake(case=case, docket="CRIM-9988", court="RTC Branch 23")
    assert finds(look_for(client, director_of(office), words)) == found


def director_of(office):
    return person(Role.OFFICE_DIRECTOR, office)


def test_nothing_outside_the_need_to_know_is_found_or_hinted_at(client, case, alice, other_office):
    hidden = CaseMake(office=other_office, title="Harbour secret")
    sealed = CaseMake(office=case.office, title="Harbour sealed", sensitivity=2)
    for other in (hidden, sealed):
        SurvivorMake(case=other, pseudonym="Harbour girl")
        AccusedMake(case=other, name="Harbour man")
        ProceedingMake(case=other, court="Harbour court")
    response = look_for(client, alice, "harbour")
    assert finds(response) == {"cases": ["Harbour Road"]}
    assert "secret" not in response.content.decode()


def test_groups_whose_verb_is_missing_are_not_searched(client, case, administrator, social_worker):
    SurvivorMake(case=case, pseudonym="Harbour girl")
    assert finds(look_for(client, social_worker, "harbour")) == {
        "cases": ["Harbour Road"],
        "survivors": ["Harbour girl"],
    }
    assert finds(look_for(client, administrator, "harbour")) == {}


def test_ten_of_each_and_more_on_request(client, case, alice):
    for number in range(12):
        SurvivorMake(case=case, pseudonym=f"Maya {number:02}")
    short = look_for(client, alice, "maya")
    assert len(finds(short)["survivors"]) == 10
    assert "Show more" in short.content.decode()
    assert len(finds(look_for(client, alice, "maya", group="survivors"))["survivors"]) == 12


def test_a_hundred_is_enough(client, case, alice):
    for _number in range(101):
        SurvivorMake(case=case, pseudonym="Maya")
    response = look_for(client, alice, "maya", group="survivors")
    assert len(finds(response)["survivors"]) == 100
    assert "There is more" in response.content.decode()


@pytest.mark.parametrize("words", ["", "a", "x" * 201])
def test_too_little_or_too_much_is_answered_beside_the_field(client, alice, words):
    response = look_for(client, alice, words)
    assert response.status_code == 422
    assert response.context["form"].errors["q"]


def test_an_address_shows_an_empty_box_and_never_results(client, case, alice):
    client.force_login(alice)
    response = client.get(reverse("desk:search"), {"q": "harbour"})
    assert response.status_code == 200
    assert "Harbour Road" not in response.content.decode()
    assert not Event.objects.exists()


def test_a_search_leaves_a_trace_without_its_words(client, case, alice):
    look_for(client, alice, "harbour")
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.detail) == ("search.use", alice.pk, {})


def test_signs_of_patterns_are_taken_as_they_are(client, case, alice):
    assert finds(look_for(client, alice, "%%")) == {}


def test_a_search_costs_the_same_for_one_find_and_for_three(client, case, alice, queries_of):
    def fill():
        SurvivorMake(case=case, pseudonym="Harbour girl")
        AccusedMake(case=case, name="Harbour man")
        ProceedingMake(case=case, court="Harbour court")

    def search():
        client.post(reverse("desk:search"), {"q": "harbour"})

    fill()
    client.force_login(alice)
    one = queries_of(search)
    fill()
    fill()
    assert queries_of(search) == one
