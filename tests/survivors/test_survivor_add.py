import uuid

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from survivors.actions import add_survivor
from survivors.models import Age, Relief, Survivor
from survivors.views.people import age_words
from tests.factories import AgeMake, OperationMake, ReliefMake, SurvivorMake

LIST = reverse("survivors:survivor-list")


def add(client, case, user, **facts):
    client.force_login(user)
    return client.post(reverse("survivors:survivor-add", args=[case.pk]), facts)


def people(user):
    with viewing_as(user):
        return list(Survivor.objects.order_by("key").values_list("key", "pseudonym", "gender", "child"))


def test_several_people_are_added_at_once_with_age_and_relief(client, case, alice):
    operation = OperationMake(case=case, on="2026-03-10")
    response = add(
        client, case, alice,
        **{
            "row1-pseudonym": "Liza", "row1-gender": "Feminine", "row1-years": "15", "row1-said_by": "police",
            "row1-operation": operation.pk, "row3-pseudonym": "Jun", "row3-years": "17..19",
            "row4-pseudonym": "Ate", "row4-years": "31",
        },
    )  # fmt: skip
    assert response["Location"] == f"{LIST}?case={case.pk}"
    assert people(alice) == [
        ("s1", "Liza", "Feminine", True),
        ("s2", "Jun", "", None),
        ("s3", "Ate", "", False),
    ]
    with viewing_as(alice):
        relief = Relief.objects.get()
        assert (relief.how, relief.operation_id, relief.on) == ("operation", operation.pk, "2026-03-10")
        age = Age.objects.get(survivor__key="s1")
        assert (age.at, age.years, age.by, age.estimated) == ("relief", "15", "police", True)
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["survivor.add", "age.add", "relief.add", "survivor.add", "age.add"] + [
        "survivor.add",
        "age.add",
    ]


def test_keys_go_on_after_the_highest_of_the_case(case, alice):
    SurvivorMake(case=case, key="s9")
    SurvivorMake(case=case, key="mother")
    with viewing_as(alice):
        survivor = add_survivor(case.pk, by=alice, now=timezone.now(), label="a boy of about ten")
    assert (survivor.key, survivor.code, survivor.called) == ("s10", "S-10", "a boy of about ten")


def test_a_row_without_a_pseudonym_is_told_and_nobody_is_added(client, case, alice):
    response = add(client, case, alice, **{"row1-pseudonym": "Liza", "row2-years": "9"})
    assert response.status_code == 422
    assert "Give this person a pseudonym, never a real name." in response.content.decode()
    assert people(alice) == []


def test_a_wrong_age_is_told_beside_its_field(client, case, alice):
    response = add(client, case, alice, **{"row1-pseudonym": "Liza", "row1-years": "ten"})
    assert response.status_code == 422
    assert "Write a number" in response.content.decode()


def test_an_empty_grid_asks_for_somebody(client, case, alice):
    response = add(client, case, alice)
    assert response.status_code == 422
    assert "Give at least one person a pseudonym." in response.content.decode()


def test_what_the_action_refuses_is_told_above_the_grid_and_nobody_is_added(client, case, alice):
    later = OperationMake(case=case, on="2990-01-01")
    response = add(client, case, alice, **{"row1-pseudonym": "Liza", "row1-operation": later.pk})
    assert response.status_code == 422
    assert "This day has not come yet." in response.content.decode()
    assert people(alice) == []
    assert not Event.objects.exists()


def test_a_double_click_adds_the_people_once(client, case, alice):
    key = str(uuid.uuid4())
    for _press in range(2):
        add(client, case, alice, **{"row1-pseudonym": "Liza", "idempotency_key": key})
    assert len(people(alice)) == 1


def test_the_grid_is_closed_to_others(client, case, charlie, lawyer):
    assert add(client, case, charlie, **{"row1-pseudonym": "Liza"}).status_code == 404
    assert add(client, case, lawyer, **{"row1-pseudonym": "Liza"}).status_code == 403


def test_the_list_shows_codes_and_chosen_names_of_those_the_person_may_know(
    client, case, alice, director, other_office
):
    SurvivorMake(case=case, key="s1", pseudonym="Maya", gender="Feminine", stance="willing", dependant=True)
    SurvivorMake(pseudonym="Elsewhere")
    client.force_login(alice)
    for query in ({}, {"case": case.pk}):
        page = client.get(LIST, query).content.decode()
        assert "Maya" in page
        assert "Elsewhere" not in page
        assert "Willing" in page
        assert "Dependant" in page


def test_the_list_of_a_hidden_case_does_not_exist(client, case, charlie, alice):
    client.force_login(charlie)
    assert client.get(LIST, {"case": case.pk}).status_code == 404
    assert "No survivors yet" in client.get(LIST).content.decode()
    client.force_login(alice)
    assert client.get(LIST, {"case": "nonsense"}).status_code == 404


def test_filters_narrow_the_list(client, case, alice):
    SurvivorMake(case=case, pseudonym="Young", child=True)
    SurvivorMake(case=case, pseudonym="Grown", child=False, stance="unwilling")
    client.force_login(alice)
    page = client.get(LIST, {"child": "True"}).content.decode()
    assert "Young" in page
    assert "Grown" not in page
    assert "Nobody fits" in client.get(LIST, {"child": "True", "stance": "unwilling"}).content.decode()
    assert "Grown" in client.get(LIST, {"stance": "nonsense"}).content.decode()


def test_the_list_tells_the_age_at_relief_and_the_road_out_that_held(client, case, alice):
    survivor = SurvivorMake(case=case)
    AgeMake(survivor=survivor, case=case, at="now", years="19", position=2)
    AgeMake(survivor=survivor, case=case, at="relief", years="16", position=1)
    ReliefMake(survivor=survivor, case=case, how="own_escape", position=2, recaptured=True)
    ReliefMake(survivor=survivor, case=case, how="interception", position=1)
    client.force_login(alice)
    page = client.get(LIST).content.decode()
    assert "16 years" in page
    assert "Interception" in page
    assert "Own escape" not in page
    assert age_words(AgeMake(survivor=survivor, case=case, years="", months="2")) == "2 months"


def test_three_survivors_cost_as_many_queries_as_one(client, case, alice):
    def one_more():
        survivor = SurvivorMake(case=case)
        AgeMake(survivor=survivor, case=case)
        ReliefMake(survivor=survivor, case=case)

    client.force_login(alice)
    one_more()
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    one_more()
    one_more()
    with CaptureQueriesContext(connection) as three:
        client.get(LIST)
    assert len(one) == len(three)
