"""Nobody is forgotten between two numbers; and families that are put together later."""

import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from audit.models import Event
from survivors.models import Family, Kinship, Survivor, Unregistered
from survivors.templatetags.arrivals import arrivals_of_all
from tests.factories import FamilyMake, HeadcountMake, HeadcountMemberMake, KinshipMake, SurvivorMake


@pytest.fixture
def group(case):
    """Three were found, and one of them is on record."""
    headcount = HeadcountMake(case=case, people="3", what="found")
    HeadcountMemberMake(case=case, headcount=headcount)
    return headcount


def home(client):
    return client.get("/").content.decode()


def test_a_reason_makes_the_group_whole_and_can_be_taken_back(client, case, group, alice, lawyer, charlie):
    client.force_login(alice)
    assert "3 found, 1 registered." in home(client)
    excuse = reverse("survivors:arrival-excuse", args=[group.pk])
    assert 'value="2"' in client.get(excuse).content.decode()
    assert client.post(excuse, {"number": "2", "why": "other"}).status_code == 422
    assert client.post(excuse, {"number": "0", "why": "declined"}).status_code == 422
    response = client.post(excuse, {"number": "2", "why": "declined", "note": "Two brothers, both grown"})
    assert (
        response["Location"] == f"{reverse('aftercare:arrival-register', args=[case.pk])}?group=h:{group.pk}"
    )
    assert "found, 1 registered" not in home(client)
    page = client.get(response["Location"]).content.decode()
    assert "Nobody is missing." in page
    assert "Two brothers, both grown" in page
    assert Event.objects.get(verb="arrival.excuse").detail == {"why": "declined", "number": 2}
    with viewing_as(alice):
        row = Unregistered.objects.get()
    recall = reverse("survivors:arrival-recall", args=[row.pk])
    for stranger, answer in ((lawyer, 403), (charlie, 404)):
        client.force_login(stranger)
        assert client.get(excuse).status_code == answer
        assert client.post(recall).status_code == answer
        assert "3 found" not in home(client)
    client.force_login(alice)
    for _press in range(2):
        assert client.post(recall).status_code == 302
    assert "3 found, 1 registered." in home(client)
    assert Event.objects.filter(verb="arrival.recall").count() == 1


def test_home_asks_as_often_for_ten_groups_as_for_one(rf, case, group, alice, django_assert_max_num_queries):
    for _number in range(9):
        HeadcountMake(case=case, people="4", what="found")
    request = rf.get("/")
    request.user = alice
    with viewing_as(alice), django_assert_max_num_queries(8):
        assert len(arrivals_of_all({"request": request})) == 4


def test_somebody_registered_alone_joins_a_family_and_gets_its_ties(client, case, alice):
    family = FamilyMake(case=case)
    facts = {"case": case, "family": family}
    SurvivorMake(key="s1", pseudonym="Amma", family_part="mother", **facts)
    SurvivorMake(key="s2", pseudonym="Kofi", gender="Masculine", family_part="child", **facts)
    late = SurvivorMake(case=case, key="s3", pseudonym="Efua", gender="Feminine")
    KinshipMake(case=case, of="s3", who="s2", relation="cousin")
    client.force_login(alice)
    address = reverse("survivors:family-join", args=[late.pk])
    assert "Family A: Amma, Kofi" in client.get(address).content.decode()
    both = {"family_id": str(family.pk), "label": "Another", "part": "child"}
    assert client.post(address, both).status_code == 422
    assert client.post(address, {"family_id": str(family.pk), "part": "child"}).status_code == 302
    with viewing_as(alice):
        ties = set(Kinship.objects.values_list("of", "who", "relation"))
        assert Survivor.objects.get(pk=late.pk).family_id == family.pk
    # What somebody wrote by hand stays: Kofi is a cousin of hers and no brother.
    assert ties == {("s3", "s1", "mother"), ("s3", "s2", "cousin")}
    assert "Family A" in client.get(late.get_absolute_url()).content.decode()
    client.post(address, {"label": "The two from the boat", "part": "sibling"})
    with viewing_as(alice):
        assert (
            Survivor.objects.select_related("family").get(pk=late.pk).family.label == "The two from the boat"
        )
    client.post(address, {})
    with viewing_as(alice):
        alone = Survivor.objects.get(pk=late.pk)
    assert (alone.family_id, alone.family_part) == (None, "")
    verbs = list(
        Event.objects.filter(verb__startswith="family.").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["family.join", "family.add", "family.join", "family.leave"]


def test_a_family_of_another_case_cannot_be_joined(client, case, alice, charlie):
    elsewhere = FamilyMake(label="Family elsewhere")
    survivor = SurvivorMake(case=case)
    client.force_login(alice)
    address = reverse("survivors:family-join", args=[survivor.pk])
    assert client.post(address, {"family_id": str(elsewhere.pk)}).status_code == 422
    assert "Family elsewhere" not in client.get(address).content.decode()
    assert client.get(reverse("survivors:family-edit", args=[elsewhere.pk])).status_code == 404


def test_a_family_can_be_renamed_and_need_not_stay_together(client, case, alice):
    family = FamilyMake(case=case)
    SurvivorMake(case=case, family=family, pseudonym="Amma")
    client.force_login(alice)
    address = reverse("survivors:family-edit", args=[family.pk])
    assert "Amma" in client.get(address).content.decode()
    assert client.post(address, {"label": "The sisters", "note": "", "version": "1"}).status_code == 302
    with viewing_as(alice):
        row = Family.objects.get()
    assert (row.label, row.keep_together, row.version) == ("The sisters", False, 2)
    assert client.post(address, {"label": "Older", "version": "1"}).status_code == 409
