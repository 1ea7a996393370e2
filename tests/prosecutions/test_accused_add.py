import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from cases.models import Case
from cases.states import IllegalMove
from prosecutions import actions
from prosecutions.models import Accused, Network
from survivors.models import Kinship
from tests.factories import (
    AccusedMake,
    BailOrderMake,
    CaseMake,
    KinshipMake,
    NetworkMake,
    SurvivorMake,
    VerdictMake,
)


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


@pytest.fixture
def known(other_office, director, case):
    """R. Salonga, accused in another case of the office."""
    elsewhere = CaseMake(office=case.office)
    return AccusedMake(case=elsewhere, name="R. Salonga", aliases=["Mama Rosa", "Rosa"])


def test_a_new_person_gets_the_next_key_and_leaves_a_trace(client, case, lawyer, looking, events):
    AccusedMake(case=case, key="p7", name="Somebody")
    facts = {
        "name": "M. Reyes",
        "aliases": "Boy\r\nBoyet",
        "standing": "suspect",
        "nationality": "ph, kh",
        "roles": ["SoldIndividual", "Exploiter"],
        "position": "madam",
    }
    response = post(client, lawyer, "accused-add", case.pk, **facts)
    with looking(lawyer):
        row = Accused.objects.get(key="p8")
        assert Case.objects.get().touched_at > case.touched_at
    assert response["Location"] == reverse("prosecutions:accused-detail", args=[row.pk])
    assert (row.aliases, row.nationality) == (["Boy", "Boyet"], ["PH", "KH"])
    assert (row.roles, row.standing) == (["SoldIndividual", "Exploiter"], "suspect")
    assert [event.detail for event in events("accused.add")] == [{"perpetrator": str(row.perpetrator_id)}]


@pytest.mark.parametrize("typed", [{"name": "r. salonga"}, {"name": "Someone", "aliases": "MAMA ROSA"}])
def test_a_known_name_asks_whether_it_is_the_same_person(client, case, director, known, looking, typed):
    response = post(client, director, "accused-add", case.pk, standing="accused", **typed)
    assert response.status_code == 422
    text = response.content.decode()
    assert f"Same person as R. Salonga in {known.case.number}" in text
    assert "Say whether this is the same person." in text
    with looking(director):
        assert Accused.objects.count() == 1


def test_the_same_person_is_one_human_being_in_two_cases(client, case, director, known, looking):
    facts = {"name": "R. Salonga", "standing": "accused", "same_as": str(known.pk)}
    assert post(client, director, "accused-add", case.pk, **facts).status_code == 302
    with looking(director):
        assert Accused.objects.get(case=case).perpetrator_id == known.perpetrator_id


def test_somebody_else_of_the_same_name_is_another_human_being(client, case, director, known, looking):
    facts = {"name": "R. Salonga", "standing": "accused", "same_as": "new"}
    assert post(client, director, "accused-add", case.pk, **facts).status_code == 302
    with looking(director):
        assert Accused.objects.get(case=case).perpetrator_id != known.perpetrator_id


def test_a_name_in_a_case_that_is_not_ours_gives_no_hint(client, case, lawyer, known, other_office):
    AccusedMake(case=CaseMake(office=other_office), name="R. Salonga")
    response = post(client, lawyer, "accused-add", case.pk, name="R. Salonga", standing="accused")
    assert response.status_code == 302


def test_part_of_a_name_gives_no_hint(client, case, director, known):
    assert (
        post(client, director, "accused-add", case.pk, name="Salonga", standing="accused").status_code == 302
    )


def test_nobody_can_be_linked_by_guessing(case, lawyer, other_office, now):
    hidden = AccusedMake(case=CaseMake(office=other_office), name="R. Salonga")
    with viewing_as(lawyer), pytest.raises(Accused.DoesNotExist):
        actions.add_accused(case.pk, by=lawyer, now=now, name="X", same_as=hidden.pk)


def test_nobody_is_twice_in_one_case(case, lawyer, now):
    there = AccusedMake(case=case)
    with viewing_as(lawyer), pytest.raises(IllegalMove, match="in the case already"):
        actions.add_accused(case.pk, by=lawyer, now=now, name="X", same_as=there.pk)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "name", "Write a name, or a description when no name is known."),
        ({"name": "X", "nationality": "Philippines"}, "nationality", "two letters"),
        ({"name": "X", "aliases": "y" * 201}, "aliases", "Each line may have 200 characters at most."),
        ({"name": "X", "position": "boss"}, "position", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, case, lawyer, typed, field, sentence):
    response = post(client, lawyer, "accused-add", case.pk, standing="accused", **typed)
    assert response.status_code == 422
    assert sentence in response.context["form"].errors[field][0]


def test_the_double_click_adds_one_person(client, case, lawyer, looking):
    key = "1b4e28ba-2fa1-11d2-883f-0016d3cca429"
    for _ in range(2):
        post(client, lawyer, "accused-add", case.pk, name="X", standing="accused", idempotency_key=key)
    with looking(lawyer):
        assert Accused.objects.count() == 1


def test_two_people_who_change_one_person_get_both_versions(client, case, lawyer, alice, look, events):
    accused = AccusedMake(case=case, name="R. Salonga")
    page = reverse("prosecutions:accused-edit", args=[accused.pk])
    client.force_login(lawyer)
    assert 'value="R. Salonga"' in client.get(page).content.decode()
    first = {"name": "Rosa Salonga", "standing": "accused", "version": 1}
    assert post(client, lawyer, "accused-edit", accused.pk, **first).status_code == 302
    late = post(client, alice, "accused-edit", accused.pk, name="R. S.", standing="accused", version=1)
    assert late.status_code == 409
    assert "Rosa Salonga" in late.content.decode()
    row = look(lawyer, Accused, pk=accused.pk)
    assert (row.name, row.version) == ("Rosa Salonga", 2)
    assert len(events("accused.edit")) == 1


def test_nobody_loses_both_name_and_description(client, case, lawyer):
    accused = AccusedMake(case=case)
    response = post(client, lawyer, "accused-edit", accused.pk, standing="accused", version=1)
    assert response.status_code == 422
    assert "name" in response.context["form"].errors


def test_a_network_takes_its_members_along(client, case, lawyer, looking, events):
    inside, outside = AccusedMake(case=case), AccusedMake(case=case)
    facts = {"name": "The harbour line", "members": [inside.pk], "active_since": "2014~"}
    assert post(client, lawyer, "network-add", case.pk, **facts).status_code == 302
    with looking(lawyer):
        network = Network.objects.get()
        assert (network.key, network.members, network.active_since) == ("n1", [inside.key], "2014~")
        assert Accused.objects.get(pk=inside.pk).network_id == network.pk
        assert Accused.objects.get(pk=outside.pk).network_id is None
    assert len(events("network.add")) == 1
    page = client.get(reverse("prosecutions:accused-list"), {"case": case.pk}).content.decode()
    assert "The harbour line" in page


def test_a_survivor_is_the_daughter_of_the_accused(client, case, lawyer, looking, events):
    accused, survivor = AccusedMake(case=case), SurvivorMake(case=case, pseudonym="Maya")
    facts = {"who": survivor.key, "relation": "daughter"}
    assert post(client, lawyer, "kinship-add", accused.pk, **facts).status_code == 302
    with looking(lawyer):
        row = Kinship.objects.get()
    assert (row.of, row.who, row.relation) == (accused.key, survivor.key, "daughter")
    assert events("kinship.add")[0].detail == {"of": accused.key, "who": survivor.key, "relation": "daughter"}
    again = post(client, lawyer, "kinship-add", accused.pk, **facts)
    assert again.context["form"].errors["who"] == ["This relation is recorded already."]
    KinshipMake(case=case, of=survivor.key, who=accused.key, relation="mother")
    text = client.get(reverse("prosecutions:accused-detail", args=[accused.pk])).content.decode()
    assert "Daughter" in text
    assert "the accused is the mother" in text


def test_the_page_shows_the_same_person_only_in_cases_that_one_may_see(client, case, director, other_office):
    here = AccusedMake(case=case, aliases=["Rosa"], role_details="keeps the money", note="Careful.")
    earlier = AccusedMake(case=CaseMake(office=case.office), perpetrator=here.perpetrator)
    facts = {"status": "ENDED", "decided_on": "2014-01-01", "ended": "unknown", "reoffended": True}
    BailOrderMake(case=earlier.case, accused=earlier, **facts)
    hidden = AccusedMake(case=CaseMake(office=other_office), perpetrator=here.perpetrator)
    client.force_login(director)
    text = client.get(reverse("prosecutions:accused-detail", args=[here.pk])).content.decode()
    assert earlier.case.number in text
    assert "a new offence followed" in text
    assert hidden.case.number not in text
    for words in ("Also known as Rosa", "keeps the money", "Careful."):
        assert words in text


def test_nobody_is_called_convicted_before_a_conviction_that_stands(case, lawyer, looking):
    free, fallen, guilty = (AccusedMake(case=case) for _ in range(3))
    VerdictMake(case=case, accused=free, result="acquitted")
    VerdictMake(case=case, accused=fallen, overturned_on="2026-10-02")
    VerdictMake(case=case, accused=guilty)
    with looking(lawyer):
        words = [Accused.objects.get(pk=row.pk).word for row in (free, fallen, guilty)]
    assert words == ["Accused", "Accused", "Convicted"]


@pytest.mark.parametrize("state", ["arrested", "charged", "in_custody", "on_bail", "convicted"])
def test_the_list_is_narrowed_by_where_people_stand(client, case, lawyer, state):
    from tests.factories import ArrestMake, ChargeMake, CustodyMake

    make = {
        "arrested": ArrestMake,
        "charged": ChargeMake,
        "in_custody": CustodyMake,
        "on_bail": lambda **facts: BailOrderMake(status="GRANTED", decided_on="2026-04-02", **facts),
        "convicted": VerdictMake,
    }
    shown = AccusedMake(case=case, name="Shown", network=NetworkMake(case=case), position="madam")
    AccusedMake(case=case, name="Not shown")
    make[state](case=case, accused=shown)
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:accused-list"), {"state": state}).content.decode()
    assert "Shown" in text
    assert "Not shown" not in text
    assert "Madam" in text


@pytest.mark.parametrize(
    "typed", [{"name": "R.SALONGA"}, {"label": " mama  rosa "}, {"label": "The White van driver"}]
)
def test_description_capitals_and_spaces_make_no_difference(client, case, director, known, typed):
    described = AccusedMake(case=known.case, name="", label="the white  van driver")
    response = post(client, director, "accused-add", case.pk, standing="accused", **typed)
    assert response.status_code == 422
    named = described if "driver" in typed.get("label", "") else known
    group = dict(response.context["form"].fields["same_as"].choices)["Like this name or description"]
    assert group == [(str(named.pk), f"Same person as {named.called} in {known.case.number}")]


def test_the_pages_always_offer_the_people_of_other_cases_that_one_may_see(
    client, case, director, known, other_office
):
    here = AccusedMake(case=case, name="Rosa")
    other = AccusedMake(case=known.case, name="M. Reyes")
    AccusedMake(case=CaseMake(office=other_office), name="Rosa", aliases=["Hidden"])
    client.force_login(director)
    page = client.get(reverse("prosecutions:accused-edit", args=[here.pk]))
    offered = page.context["form"].fields["same_as"].choices
    assert offered[0] == ("", "Not known")
    assert [group for group, _people in offered[2:]] == ["Like this name or description", "Others"]
    assert [people for _group, people in offered[2:]] == [
        [(str(known.pk), f"Same person as R. Salonga in {known.case.number}")],
        [(str(other.pk), f"M. Reyes in {known.case.number}")],
    ]
    page = client.get(reverse("prosecutions:accused-add", args=[case.pk])).content.decode()
    assert "The same person as in another case" in page
    assert f"M. Reyes in {known.case.number}" in page


def test_the_person_can_be_found_in_another_case_afterwards(client, case, director, known, look, events):
    here = AccusedMake(case=case, name="Rosa")
    facts = {"name": "Rosa", "standing": "accused", "version": 1, "same_as": str(known.pk)}
    assert post(client, director, "accused-edit", here.pk, **facts).status_code == 302
    assert look(director, Accused, pk=here.pk).perpetrator_id == known.perpetrator_id
    assert [event.detail for event in events("accused.link")] == [{"perpetrator": str(known.perpetrator_id)}]
    client.force_login(director)
    form = client.get(reverse("prosecutions:accused-edit", args=[here.pk])).context["form"]
    assert form["same_as"].initial == str(known.pk)
    version = look(director, Accused, pk=here.pk).version
    assert post(client, director, "accused-edit", here.pk, **{**facts, "version": version}).status_code == 302
    assert (len(events("accused.link")), len(events("accused.edit"))) == (1, 2)


def test_a_name_that_is_new_on_record_asks_again_but_another_change_does_not(client, case, director, known):
    here = AccusedMake(case=case, name="Somebody")
    facts = {"standing": "accused", "version": 1}
    renamed = post(client, director, "accused-edit", here.pk, name="R. Salonga", **facts)
    assert renamed.context["form"].errors["same_as"] == ["Say whether this is the same person."]
    assert post(
        client, director, "accused-edit", here.pk, name="R. Salonga", same_as="new", **facts
    ).status_code == 302  # fmt: skip
    facts["version"] = 2
    kept = post(client, director, "accused-edit", here.pk, name="R. Salonga", position="madam", **facts)
    assert kept.status_code == 302


def test_nobody_becomes_somebody_who_is_in_the_case_already(case, director, known, now):
    here = AccusedMake(case=case)
    AccusedMake(case=case, perpetrator=known.perpetrator)
    with viewing_as(director), pytest.raises(IllegalMove, match="in the case already"):
        actions.edit_accused(here.pk, by=director, now=now, same_as=known.pk)


def test_two_people_of_one_name_in_one_case_are_confirmed_by_a_tick(client, case, lawyer, looking):
    there = AccusedMake(case=case, name="R. Salonga")
    facts = {"name": "r. salonga", "standing": "accused"}
    asked = post(client, lawyer, "accused-add", case.pk, **facts)
    assert asked.status_code == 422
    assert asked.context["form"].errors["namesake"] == [
        f"{there.code} · R. Salonga is in this case already. Tick the box if this is another person."
    ]
    assert post(client, lawyer, "accused-add", case.pk, **facts, namesake="on").status_code == 302
    with looking(lawyer):
        second = Accused.objects.exclude(pk=there.pk).get()
    facts |= {"version": 1, "position": "madam"}
    assert post(client, lawyer, "accused-edit", second.pk, **facts).status_code == 302


def test_the_choice_of_people_costs_the_same_for_many(client, case, director, known, queries_for):
    client.force_login(director)
    page = reverse("prosecutions:accused-add", args=[case.pk])
    few = queries_for(page)
    for _ in range(3):
        AccusedMake(case=CaseMake(office=case.office))
    assert queries_for(page) == few
