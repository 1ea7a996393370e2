import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import edit_case
from cases.models import Case

FACTS = {
    "title": "Pier 4",
    "casework_type": "osec",
    "opened_on": "2026-01",
    "country": "ph",
    "supported_by": "A, B",
}


def edit(client, case, user, **facts):
    client.force_login(user)
    return client.post(reverse("cases:case-edit", args=[case.pk]), {**FACTS, **facts})


def test_the_facts_are_changed_and_a_trace_is_left(client, case, alice):
    assert edit(client, case, alice, version=1).status_code == 302
    with viewing_as(alice):
        again = Case.objects.get(pk=case.pk)
    assert (again.title, again.country, again.supported_by, again.version) == ("Pier 4", "PH", ["A", "B"], 2)
    assert Event.objects.get().verb == "case.edit"


def test_two_editors_see_both_versions_and_nothing_is_lost(client, case, alice, lawyer):
    edit(client, case, lawyer, version=1, title="Theirs")
    response = edit(client, case, alice, version=1, title="Mine")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    with viewing_as(alice):
        assert Case.objects.get(pk=case.pk).title == "Theirs"
    assert 'name="version" value="2"' in page
    assert edit(client, case, alice, version=2, title="Mine").status_code == 302


def test_only_facts_of_the_case_are_changed_by_this_verb(case, alice):
    with viewing_as(alice), pytest.raises(TypeError, match="sensitivity"):
        edit_case(case.pk, by=alice, now=timezone.now(), sensitivity=2)
