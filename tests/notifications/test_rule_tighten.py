"""The pages where an office reads its rules and asks more of one."""

import re

import pytest
from django.urls import reverse

from notifications.models import OfficeRule

LIST = reverse("notifications:rule-list")
ADDRESS = reverse("notifications:rule-tighten", args=["B4"])


def words(answer):
    text = re.sub(r"<[^>]+>", " ", re.search(r"<main.*</main>", answer.content.decode(), re.S)[0])
    return " ".join(text.split())


@pytest.fixture
def lead(client, legal_lead):
    client.force_login(legal_lead)
    return legal_lead


def asked(office, **answers):
    return {"office": office.pk, "urgency": "", "pace": "100", "reason": "The jail tells us late.", **answers}


def test_tightened_by_the_page_and_read_by_everybody_of_the_office(client, lead, office, lawyer, charlie):
    assert "To be done within: 2 hours" in words(client.get(ADDRESS))
    answers = asked(office, pace="50", act_minutes="1.5", also_to=["PAR"])
    kept = client.post(ADDRESS, answers)

    assert kept.status_code == 302
    row = OfficeRule.objects.get()
    assert (row.pace, row.act_minutes, row.also_to, row.set_by) == (50, 90, ["PAR"], lead)
    assert "Lena" in words(client.get(ADDRESS))
    client.force_login(lawyer)
    page = words(client.get(LIST))
    assert "Stricter in Cebu" in page
    assert "The jail tells us late." in page
    assert "After 7 minutes: the same people again" in page
    assert "Tighten" not in page
    client.force_login(charlie)
    assert "Stricter in" not in words(client.get(LIST))


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"urgency": "U-C"}, "urgency", "An office can make a rule harder, never softer."),
        ({"act_minutes": "3"}, "act_minutes", "This gives more time than the rule itself."),
        ({}, None, "Nothing here is stricter than the rule itself."),
    ],
)
def test_what_is_weaker_is_refused_beside_the_field(client, lead, office, answers, field, sentence):
    answer = client.post(ADDRESS, asked(office, **answers))

    assert answer.status_code == 422
    assert any(sentence in error for error in answer.context["form"].errors[field or "__all__"])
    assert sentence in words(answer)


def test_ended_with_a_reason(client, lead, office):
    client.post(ADDRESS, asked(office, pace="25"))
    page = reverse("notifications:rule-untune", args=["B4"])
    assert client.get(page).status_code == 200
    assert client.post(page, {"office": office.pk, "reason": ""}).status_code == 422
    assert client.post(page, {"office": office.pk, "reason": "The jail writes in time."}).status_code == 302
    assert "The jail writes in time." in words(client.get(ADDRESS))
    assert OfficeRule.objects.get().ended_by == lead


def test_rules_that_are_the_same_everywhere_have_no_such_page(client, lead, social_worker):
    for rule in ("H2", "X2", "C8", "nonsense"):
        assert client.get(reverse("notifications:rule-tighten", args=[rule])).status_code == 404
    client.force_login(social_worker)
    assert client.get(ADDRESS).status_code == 403


def test_what_reaches_me(client, social_worker, lead):
    client.force_login(social_worker)
    mine = words(client.get(LIST, {"reaches": "me"}))
    assert "When it comes: At once" in mine
    assert "An accused person is let out of custody on bail." in mine
    assert "An operation has failed." not in mine
    client.force_login(lead)
    later = words(client.get(LIST, {"reaches": "me", "section": "b.3"}))
    assert "when nobody has answered" in later
    assert "An accused person is let out of custody on bail." not in later
