"""Case conferences: each decision becomes a task of somebody, and nobody outside the care reads it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from aftercare.models import CareTask, Conference
from audit.models import Event
from tests.people import on_case, person


def hold(client, user, care, **facts):
    client.force_login(user)
    facts = {"on": "2026-06-01", "present": "Her aunt\nThe school counsellor", "heard": "yes", **facts}
    return client.post(reverse("aftercare:conference-hold", args=[care.pk]), facts)


def test_each_decision_becomes_a_task_and_all_of_it_can_be_read_and_printed(
    client, case, care, social_worker, alice, lawyer, charlie, read
):
    other = on_case(person(Role.SOCIAL_WORKER, case.office, name="Rosa"), case, Role.SOCIAL_WORKER)
    until = (timezone.now() + timedelta(days=5)).date().isoformat()
    decided = {
        "what_1": "Ask the school for a place", "until_1": until, "who_1": other.pk,
        "what_3": "Find a bed", "until_3": until, "summary": "The aunt would take both.",
    }  # fmt: skip
    for one, status in ((lawyer, 403), (alice, 403), (charlie, 404)):
        assert hold(client, one, care, **decided).status_code == status
    response = hold(client, social_worker, care, **decided)
    (conference,) = read(social_worker, Conference)
    address = reverse("aftercare:conference-detail", args=[conference.pk])
    assert response["Location"] == address
    tasks = {task.what: task for task in read(social_worker, CareTask)}
    assert {what: (task.kind, task.worker_id) for what, task in tasks.items()} == {
        "Ask the school for a place": ("decision", other.pk),
        "Find a bed": ("decision", None),
    }
    assert tasks["Find a bed"].due_at.astimezone().date() >= timezone.now().date()
    text = client.get(address).content.decode()
    for words in ("Her aunt", "The school counsellor", "The aunt would take both.", "Rosa", "was heard"):
        assert words in text, words
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"conference.hold", "caretask.make"} <= verbs
    assert "aunt" not in str(list(Event.objects.values_list("detail", flat=True)))
    for one, status in ((alice, 200), (lawyer, 403), (charlie, 404)):
        client.force_login(one)
        assert client.get(address).status_code == status
    client.force_login(social_worker)
    assert "Find a bed" in client.get(reverse("aftercare:care-plan", args=[care.pk])).content.decode()


def test_what_is_wrong_stands_beside_the_field_and_nothing_is_kept(client, care, social_worker, lawyer, read):
    for wrong, words in (
        ({"what_1": "Find a bed"}, "Say until when."),
        ({"on": "2040-01-01"}, "This day has not come yet."),
        ({"next_on": "2026-01-01"}, "The next conference comes after this one."),
        ({"present": ""}, "This field is required."),
        ({"what_1": "Find a bed", "until_1": "2026-12-01", "who_1": lawyer.pk}, "Select a valid choice"),
    ):
        response = hold(client, social_worker, care, **wrong)
        assert response.status_code == 422, wrong
        assert words in response.content.decode()
    assert read(social_worker, Conference) == read(social_worker, CareTask) == []
