"""The same sending twice is done once."""

from datetime import timedelta

from django.utils import timezone

from api.models import SentOnce
from api.tasks import forget_sent
from cases.models import Note
from tests.api.conftest import Client


def once(client: Client, key, path, **facts):
    headers = {**client.headers, "Idempotency-Key": key}
    return client.client.post(client.address(path), facts, format="json", headers=headers)


def test_a_key_is_good_for_one_act_and_one_person(api, case, alice, lawyer):
    client, note = api(alice), {"case": case.number, "text": "She called."}
    first = once(client, "k-1", "notes/", **note)
    again = once(client, "k-1", "notes/", **note)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Note._base_manager.filter(case=case).count() == 1
    other = once(client, "k-1", "notes/", case=case.number, text="Something else.")
    assert (other.status_code, list(other.json()["errors"])) == (422, ["Idempotency-Key"])
    assert once(client, "k-1", "tasks/", case=case.number, title="x").status_code == 422
    assert once(api(lawyer), "k-1", "notes/", **note).status_code == 201
    assert "She called" not in repr(list(SentOnce.objects.values()))


def test_what_was_refused_may_be_sent_again_corrected(api, case, alice):
    client = api(alice)
    assert once(client, "k-2", "tasks/", case=case.number).status_code == 400
    assert once(client, "k-2", "tasks/", case=case.number, title="Call the court").status_code == 201
    assert once(client, "x" * 81, "notes/", case=case.number, text="x").status_code == 400


def test_keys_are_forgotten_after_thirty_days(api, case, alice):
    client, note = api(alice), {"case": case.number, "text": "She called."}
    once(client, "k-4", "notes/", **note)
    forget_sent()
    assert once(client, "k-4", "notes/", **note).status_code == 200
    SentOnce.objects.update(sent_at=timezone.now() - timedelta(days=31))
    forget_sent()
    assert once(client, "k-4", "notes/", **note).status_code == 201


def test_the_answer_to_a_second_sending_stays_within_the_need_to_know(api, case, alice, director, looking):
    client = api(alice)
    note = {"case": str(case.pk), "text": "She called."}
    assert once(client, "k-3", "notes/", **note).status_code == 201
    with looking(director):
        case.assignments.filter(user=alice).update(ended_at=case.created_at)
    assert once(client, "k-3", "notes/", **note).status_code == 404
