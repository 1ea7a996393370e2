"""Who looked at a survivor: for her, in words, in her language."""

import re

import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from audit.actions import record
from audit.models import Event
from tests.factories import SurvivorMake


@pytest.fixture
def maya(case):
    return SurvivorMake(case=case, pseudonym="Maya")


def opened(survivor, *people, verb="survivor.open"):
    for person in people:
        with viewing_as(person):
            record(verb, by=person, subject=survivor)


def read(client, user, survivor, **asked):
    client.force_login(user)
    return client.get(reverse("dashboards:survivor-trail", args=[survivor.pk]), asked)


def test_it_says_who_they_were_and_what_they_opened_day_by_day(
    client, maya, alice, social_worker, safeguarding_lead
):
    opened(maya, alice, alice, social_worker)
    opened(maya, social_worker, verb="identity.open")
    opened(maya, alice, verb="survivor.edit")
    with viewing_as(social_worker):
        record("shelter.open", by=social_worker, subject=maya.case, case_id=maya.case_id, survivor=maya.pk)
    text = read(client, safeguarding_lead, maya).content.decode()
    for expected in (
        "Alice · Caseworker", "read your record · 2 times", "Sita · Social worker",
        "saw your name and how to reach you", "wrote in your record",
        "saw the address of where you stay",
    ):  # fmt: skip
        assert expected in text
    for secret in ("Maya", maya.case.number, maya.case.title):
        assert secret not in text


def test_a_look_at_the_covered_page_is_not_told_as_a_look_at_her_name(client, maya, alice, safeguarding_lead):
    with viewing_as(alice):
        record("identity.open", by=alice, subject=maya, parts=[])
    text = read(client, safeguarding_lead, maya).content.decode()
    assert "where everything was covered" in text
    assert "saw your name" not in text


def test_its_paper_says_neither_whose_it_is_nor_which_office(client, maya, alice, safeguarding_lead):
    """Whoever finds it in her pocket must not learn with whom she has to do."""
    opened(maya, alice)
    text = read(client, safeguarding_lead, maya).content.decode()
    assert "<title>Who looked</title>" in text
    on_paper = re.sub(r'(?s)<div class="no-print">.*?</footer>\s*</div>', "", text)
    assert "IJM Cases" not in on_paper[on_paper.index('class="page-head"') :]
    assert maya.case.office.name not in on_paper[on_paper.index('class="page-head"') :]
    assert "paper-plain" in text


def test_it_is_there_in_spanish_too(client, maya, alice, safeguarding_lead):
    opened(maya, alice)
    response = read(client, safeguarding_lead, maya, lang="es")
    assert 'lang="es"' in response.content.decode()
    assert response.context["language"] == "es"
    assert read(client, safeguarding_lead, maya, lang="xx").context["language"] == "en"


def test_nobody_yet_is_said_so_and_reading_is_itself_a_line(client, maya, safeguarding_lead):
    assert "Nobody has opened this record yet" in read(client, safeguarding_lead, maya).content.decode()
    event = Event.objects.get(verb="trail.read")
    assert (event.actor_id, event.subject_id) == (safeguarding_lead.pk, str(maya.pk))
    assert "read this page" in read(client, safeguarding_lead, maya).content.decode()


def test_others_openings_stay_with_the_others(client, maya, case, alice, safeguarding_lead):
    opened(SurvivorMake(case=case), alice)
    assert "Alice" not in read(client, safeguarding_lead, maya).content.decode()


def test_only_those_who_may_and_only_of_cases_they_see(client, maya, alice, charlie, auditor):
    assert read(client, alice, maya).status_code == 403
    assert read(client, charlie, maya).status_code == 404
    assert read(client, auditor, maya).status_code == 404


def test_her_page_leads_to_it(client, maya, alice, safeguarding_lead):
    opened(maya, alice)
    client.force_login(safeguarding_lead)
    text = client.get(reverse("survivors:survivor-detail", args=[maya.pk])).content.decode()
    assert "people opened something of hers in the last 30 days" in text
    assert reverse("dashboards:survivor-trail", args=[maya.pk]) in text
    client.force_login(alice)
    text = client.get(reverse("survivors:survivor-detail", args=[maya.pk])).content.decode()
    assert "Who looked at her" not in text


def test_one_line_costs_as_much_as_three(
    client, maya, alice, lawyer, social_worker, safeguarding_lead, queries_of
):
    opened(maya, alice)
    read(client, safeguarding_lead, maya)
    address = reverse("dashboards:survivor-trail", args=[maya.pk])
    one = queries_of(lambda: client.get(address))
    opened(maya, alice, lawyer, social_worker)
    assert queries_of(lambda: client.get(address)) == one
