"""Workload and care of staff: it helps teams, and watches nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Absence
from accounts.roles import Role
from tests.factories import CaseMake, OperationMake, RiskNoteMake, TaskMake
from tests.people import on_case, person


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)


def rows(response, table):
    return [[str(cell["text"]) for cell in row["cells"]] for row in response.context[table]]


def test_the_director_sees_her_people_by_name_and_others_see_offices(
    client, case, alice, lawyer, director, other_office, queries_of
):
    RiskNoteMake(case=case, level="medium", by=alice)
    RiskNoteMake(case=case, level="high", by=alice)
    on_case(alice, CaseMake(office=case.office), Role.CASEWORKER)
    OperationMake(case=case, on="2026-11-01", outcome="failed", status="done")
    TaskMake(case=case, assigned_to=alice, due_on="2026-11-19")
    TaskMake(case=case, assigned_to=alice, due_on="2026-11-20")
    sealed = CaseMake(office=case.office, sensitivity=2)
    on_case(person(Role.LAWYER, case.office, name="Sealed"), sealed, Role.LAWYER)
    client.force_login(director)
    page = client.get(reverse("dashboards:workload-show"))
    assert rows(page, "people") == [
        ["Alice", "2", "4", "0", "1", "rest after a hard operation"],
        ["Bob", "1", "3", "0", "0", "rest after a hard operation"],
    ]
    assert rows(page, "offices") == [["Cebu", "2", "4", "0", "1", "0", "2 of 2", "0 of 2", "–"]]
    assert client.get(page.context["people"][0]["cells"][1]["url"]).context["count"] == 2
    Absence.objects.create(
        person=alice, starts_at=timezone.now() - timedelta(days=9), until=timezone.now() - timedelta(days=5),
        named_by=director,
    )  # fmt: skip
    assert rows(client.get(reverse("dashboards:workload-show")), "people")[0][5] == "–"
    assert queries_of(lambda: client.get(reverse("dashboards:workload-show"))) <= 22
    client.force_login(person(Role.GLOBAL_DIRECTOR))
    page = client.get(reverse("dashboards:workload-show"))
    assert page.context["people"] == []
    assert "Alice" not in page.content.decode()
    assert rows(page, "offices") == [["Cebu", "2", "4", "0", "1", "0", "–", "–", "–"]]
