"""Many people are entrusted to one social worker at once; a family is one tick."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import register_arrival
from aftercare.models import Care, CareTask
from audit.models import Event
from tests.factories import CareMake, CaseMake
from tests.people import on_case, person


@pytest.fixture
def five(case, social_worker):
    """A family of three and two who came alone, none of them with a social worker."""
    people = [{"called": name, "family": "A"} for name in ("Amma", "Kofi", "Efua")]
    people += [{"called": name} for name in ("Yaw", "Esi")]
    with viewing_as(social_worker):
        register_arrival(case.pk, by=social_worker, now=timezone.now(), people=people, counts={"people": "5"})
        return {care.survivor.pseudonym: care for care in Care.objects.select_related("survivor__family")}


def test_a_family_and_one_alone_get_their_social_worker(client, case, five, social_worker):
    other = person(Role.SOCIAL_WORKER, case.office, name="Ruth")
    on_case(other, case, Role.SOCIAL_WORKER)
    address = reverse("aftercare:care-entrust", args=[case.pk])
    client.force_login(social_worker)
    page = client.get(address).content.decode()
    assert page.count("checked") == 5
    family = f"f:{five['Amma'].survivor.family_id}"
    data = {"worker_id": str(other.pk), "who": [family, str(five["Yaw"].pk), str(five["Kofi"].pk)]}
    assert client.post(address, data).status_code == 302
    with viewing_as(social_worker):
        named = Care.objects.filter(worker=other).values_list("survivor__pseudonym", flat=True)
        assert sorted(named) == ["Amma", "Efua", "Kofi", "Yaw"]
        waiting = CareTask.objects.filter(kind="name_worker").waiting()
        assert [task.care_id for task in waiting] == [five["Esi"].pk]
    assert Event.objects.filter(verb="care.assign").count() == 4
    client.post(address, data)
    assert Event.objects.filter(verb="care.assign").count() == 4


def test_naming_one_alone_settles_the_task_too(client, five, social_worker):
    client.force_login(social_worker)
    client.post(reverse("aftercare:care-assign", args=[five["Esi"].pk]), {"worker_id": str(social_worker.pk)})
    with viewing_as(social_worker):
        task = CareTask.objects.get(care=five["Esi"], kind="name_worker")
    assert (task.status, task.ended_by_id) == ("done", social_worker.pk)


def test_nobody_of_another_case_and_nobody_off_the_team(
    client, case, five, social_worker, lawyer, charlie, alice
):
    elsewhere = CareMake(case=CaseMake(office=case.office))
    address = reverse("aftercare:care-entrust", args=[case.pk])
    client.force_login(social_worker)
    for data in (
        {"worker_id": str(social_worker.pk), "who": [str(elsewhere.pk)]},
        {"worker_id": str(lawyer.pk), "who": [str(five["Esi"].pk)]},
        {"worker_id": str(social_worker.pk)},
    ):
        assert client.post(address, data).status_code == 422
    with viewing_as(social_worker):
        assert not Care.objects.exclude(worker=None).exists()
    for stranger, answer in ((charlie, 404), (alice, 403)):
        client.force_login(stranger)
        assert client.post(address, {}).status_code == answer
