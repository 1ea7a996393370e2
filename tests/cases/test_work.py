"""Notes and tasks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import add_task, finish_task
from cases.models import Note, Task
from cases.states import IllegalMove
from tests.factories import CaseMake, NoteMake, SurvivorMake, TaskMake

NOTES = reverse("cases:note-list")
TASKS = reverse("cases:task-list")


def text_of(client, user, address, **query):
    client.force_login(user)
    return client.get(address, query).content.decode()


def test_notes_of_a_case_are_shown_latest_first(client, case, alice):
    client.force_login(alice)
    for words in ("first words", "second words"):
        client.post(reverse("cases:note-add", args=[case.pk]), {"text": words})
    page = text_of(client, alice, NOTES, case=case.pk)
    assert page.index("second words") < page.index("first words")
    assert "Alice" in page


def test_a_note_may_be_about_people_of_the_case_and_names_them_by_key(client, case, alice):
    survivor = SurvivorMake(case=case, pseudonym="Maya")
    client.force_login(alice)
    address = reverse("cases:note-add", args=[case.pk])
    assert "Maya" in client.get(address).content.decode()
    client.post(address, {"text": "She called.", "about": [survivor.key]})
    with viewing_as(alice):
        assert Note.objects.get().about == [survivor.key]
    assert "Maya" in text_of(client, alice, NOTES, case=case.pk)


def test_notes_of_a_hidden_case_do_not_exist(client, case, charlie):
    NoteMake(case=case)
    client.force_login(charlie)
    for query in ({"case": case.pk}, {"case": "nonsense"}, {}):
        assert client.get(NOTES, query).status_code == 404


def test_an_empty_list_of_notes_or_tasks_says_what_will_appear(client, case, alice):
    assert "No notes yet" in text_of(client, alice, NOTES, case=case.pk)
    assert "Nothing to do" in text_of(client, alice, TASKS)
    assert "Nothing finished yet" in text_of(client, alice, TASKS, show="done")


def test_my_tasks_are_mine_alone_and_the_case_shows_everybodys(client, case, alice, lawyer):
    TaskMake(case=case, title="For Alice", assigned_to=alice)
    TaskMake(case=case, title="For Bob", assigned_to=lawyer)
    mine = text_of(client, alice, TASKS)
    assert "For Alice" in mine
    assert "For Bob" not in mine
    both = text_of(client, alice, TASKS, case=case.pk)
    assert "For Alice" in both
    assert "For Bob" in both


def test_a_task_says_how_late_it_is(client, case, alice):
    today = timezone.now().date()
    TaskMake(case=case, assigned_to=alice, due_on=today - timedelta(days=5))
    TaskMake(case=case, assigned_to=alice, due_on=today + timedelta(days=50))
    assert "Late" in text_of(client, alice, TASKS)


def test_the_writer_herself_does_the_task_unless_she_names_another(client, case, alice, lawyer):
    client.force_login(alice)
    address = reverse("cases:task-add", args=[case.pk])
    client.post(address, {"title": "one"})
    client.post(address, {"title": "two", "assigned_to": lawyer.pk, "due_on": "2990-01-01"})
    with viewing_as(alice):
        assert dict(Task.objects.values_list("title", "assigned_to")) == {"one": alice.pk, "two": lawyer.pk}
    assert Event.objects.filter(verb="task.add").count() == 2


def test_a_task_goes_only_to_people_who_may_open_the_case(client, case, alice, charlie):
    client.force_login(alice)
    address = reverse("cases:task-add", args=[case.pk])
    assert "Charlie" not in client.get(address).content.decode()
    assert client.post(address, {"title": "x", "assigned_to": charlie.pk}).status_code == 422
    with viewing_as(alice), pytest.raises(IllegalMove, match="cannot open the case"):
        add_task(case.pk, by=alice, now=timezone.now(), title="x", assigned_to=charlie)


def test_one_press_finishes_a_task_and_a_second_changes_nothing(client, case, alice):
    task = TaskMake(case=case, assigned_to=alice)
    client.force_login(alice)
    address = reverse("cases:task-finish", args=[task.pk])
    assert "Is this done?" in client.get(address).content.decode()
    assert client.post(address, {"next": "/cases/task/"})["Location"] == "/cases/task/"
    assert client.post(address, {"next": "https://evil.example/"})["Location"] == f"{TASKS}?case={case.pk}"
    assert Event.objects.get().verb == "task.finish"
    with viewing_as(alice):
        assert Task.objects.get().done_by_id == alice.pk
    assert "Alice finished it" in text_of(client, alice, TASKS, show="done")


def test_a_task_of_a_hidden_case_does_not_exist(client, case, alice, charlie):
    task = TaskMake(case=case)
    client.force_login(charlie)
    assert client.post(reverse("cases:task-finish", args=[task.pk])).status_code == 404
    with viewing_as(alice):
        assert finish_task(task.pk, by=alice, now=timezone.now()).done_at


@pytest.mark.parametrize("address", [NOTES, TASKS])
def test_three_rows_cost_as_many_queries_as_one(client, case, alice, address):
    def add():
        NoteMake(case=case, author=alice)
        TaskMake(case=case, assigned_to=alice)

    client.force_login(alice)
    add()
    client.get(address, {"case": case.pk})
    with CaptureQueriesContext(connection) as one:
        client.get(address, {"case": case.pk})
    add()
    add()
    with CaptureQueriesContext(connection) as three:
        client.get(address, {"case": case.pk})
    assert len(one) == len(three)


def test_tasks_of_other_cases_do_not_leak_into_the_list(client, case, alice, other_office):
    TaskMake(case=CaseMake(office=other_office), title="Elsewhere", assigned_to=alice)
    assert "Elsewhere" not in text_of(client, alice, TASKS)
