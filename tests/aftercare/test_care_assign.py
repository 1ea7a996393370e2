from django.urls import reverse

from accounts.roles import Role
from aftercare.models import Care
from audit.models import Event
from tests.people import on_case, person


def assign(client, user, care, **facts):
    client.force_login(user)
    return client.post(reverse("aftercare:care-assign", args=[care.pk]), facts)


def test_entrusts_the_person_to_one_of_the_team(client, care, social_worker, director, read):
    response = assign(client, director, care, worker_id=social_worker.pk, version=1)
    assert response.status_code == 302
    after = read(director, Care, care.pk)
    assert (after.worker_id, after.version) == (social_worker.pk, 2)
    event = Event.objects.get()
    assert (event.verb, event.detail) == ("care.assign", {"user": str(social_worker.pk)})


def test_somebody_outside_the_team_is_refused(client, care, case, social_worker, lawyer, read):
    stranger = person(Role.SOCIAL_WORKER, case.office)
    for who in (stranger, lawyer):
        assert assign(client, social_worker, care, worker_id=who.pk, version=1).status_code == 422
    assert read(social_worker, Care, care.pk).worker_id is None


def test_naming_the_same_person_again_is_refused_in_words(client, care, social_worker):
    assign(client, social_worker, care, worker_id=social_worker.pk, version=1)
    response = assign(client, social_worker, care, worker_id=social_worker.pk, version=2)
    assert response.status_code == 422
    assert "This is the social worker already." in response.content.decode()


def test_two_people_at_once_see_both_versions(client, care, case, social_worker, director, read):
    other = on_case(person(Role.SOCIAL_WORKER, case.office, name="Tala"), case, Role.SOCIAL_WORKER)
    assign(client, social_worker, care, worker_id=social_worker.pk, version=1)
    response = assign(client, director, care, worker_id=other.pk, version=1)
    assert response.status_code == 409
    assert "Somebody else saved this record" in response.content.decode()
    assert read(director, Care, care.pk).worker_id == social_worker.pk


def test_without_a_social_worker_on_the_team_the_page_says_what_to_do(client, care, director):
    client.force_login(director)
    text = client.get(reverse("aftercare:care-assign", args=[care.pk])).content.decode()
    assert "Nobody on the team works in aftercare." in text
