"""My people: what is to be done by day, whom nobody has reached, and for leads the same by worker."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from aftercare.models import CareTask
from tests.factories import CareMake, CareTaskMake, CaseMake, SurvivorMake
from tests.people import on_case, person

PEOPLE = reverse("aftercare:people-list")


def somebody(case, name, **fields):
    return CareMake(case=case, survivor=SurvivorMake(case=case, pseudonym=name), **fields)


def test_her_people_and_tasks_by_day_and_nobody_elses(
    client, case, social_worker, read, django_assert_max_num_queries
):
    now = timezone.now()
    mine = somebody(case, "Maya", worker=social_worker, risk="high", created_at=now - timedelta(days=12))
    colleague = on_case(person(Role.SOCIAL_WORKER, case.office), case, Role.SOCIAL_WORKER)
    hers = somebody(case, "Nina", worker=colleague)
    elsewhere = somebody(CaseMake(), "Zoe", worker=social_worker)
    for care, days in ((mine, -1), (mine, 0.001), (mine, 3), (mine, 30), (hers, 1), (elsewhere, 1)):
        CareTaskMake(case=care.case, care=care, due_at=now + timedelta(days=days))
    CareTaskMake(case=case, care=hers, worker=social_worker, kind="other", what="Bring the papers")
    look = CareTaskMake(case=case, care=mine, kind="safety_review", due_at=now + timedelta(days=2))
    client.force_login(social_worker)
    page = client.get(PEOPLE).content.decode()
    for words in (
        "Late · 1",
        "In the next 7 days",
        "Later · 1",
        "Bring the papers",
        "12 days silent",
        "Maya",
    ):
        assert words in page, words
    assert "Zoe" not in page, "she is not on that case any more"
    assert reverse("aftercare:contact-log", args=[mine.pk]) in page
    assert reverse("aftercare:contact-log", args=[hers.pk]) not in page
    (task,) = [
        task for task in read(social_worker, CareTask) if task.care_id == mine.pk and task.due_at < now
    ]
    done = reverse("aftercare:task-end", args=[task.pk])
    assert client.post(done, {"status": "done", "next": PEOPLE})["Location"] == PEOPLE
    assert read(social_worker, CareTask, task.pk).ended_by == social_worker
    drop = reverse("aftercare:task-end", args=[look.pk])
    assert client.post(drop, {"status": "done"}).status_code == 422, "a look is taken, not ticked off"
    answer = client.post(drop, {"status": "dropped"})
    assert "Say in a few words why it is dropped." in answer.content.decode()
    assert client.post(drop, {"status": "dropped", "note": "She is abroad"}).status_code == 302
    added = {"what": "Buy shoes", "due_on": f"{timezone.localdate() + timedelta(days=1)}"}
    assert client.post(reverse("aftercare:task-add", args=[mine.pk]), added).status_code == 302
    assert "Buy shoes" in client.get(reverse("aftercare:care-contact", args=[mine.pk])).content.decode()
    for number in range(6):
        CareTaskMake(case=case, care=somebody(case, f"P{number}", worker=social_worker))
    with django_assert_max_num_queries(40):
        client.get(PEOPLE)
    table = client.get(reverse("aftercare:task-table")).content.decode()
    assert "Bail is granted" in table
    assert "within 24 hours" in table
    home = client.get(reverse("desk:home")).content.decode()
    assert "For my people" in home


def test_a_lead_sees_her_office_by_worker_and_each_worker_by_day(
    client, case, social_worker, safeguarding_lead, administrator
):
    now = timezone.now()
    late = somebody(case, "Maya", worker=social_worker)
    somebody(case, "Nina", created_at=now - timedelta(days=40))
    somebody(CaseMake(office=case.office, sensitivity=2), "Hidden", created_at=now - timedelta(days=99))
    CareTaskMake(case=case, care=late, due_at=now - timedelta(days=1))
    client.force_login(safeguarding_lead)
    page = client.get(PEOPLE).content.decode()
    for words in (social_worker.name, "Nobody named", "Nina", "Not reached for too long"):
        assert words in page, words
    assert "Hidden" not in page
    assert "Maya" in client.get(PEOPLE, {"worker": str(social_worker.pk)}).content.decode()
    assert "Nina" in client.get(PEOPLE, {"worker": "nobody"}).content.decode()
    assert client.get(PEOPLE, {"worker": str(administrator.pk)}).status_code == 404
    assert client.get(PEOPLE, {"worker": "x"}).status_code == 404
    client.force_login(social_worker)
    page = client.get(PEOPLE, {"worker": str(safeguarding_lead.pk)}).content.decode()
    assert "My people" in page
    assert "Nina" not in page, "whoever leads nobody sees her own"
