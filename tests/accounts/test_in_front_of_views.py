"""The one transaction, the viewer and the need: what stands in front of every view."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts.models import Office, Sending
from accounts.scope import NoViewer, become, system_access, viewer
from cases.models import Note


@pytest.mark.urls("tests.accounts.odd_urls")
def test_a_page_that_breaks_leaves_nothing_half_done(client, alice):
    client.force_login(alice)
    client.raise_request_exception = False
    assert client.get("/breaks/").status_code == 500
    assert not Office.objects.filter(key="half").exists()


@pytest.mark.urls("tests.accounts.odd_urls")
def test_a_view_that_declares_no_need_is_refused_to_everybody(client, alice):
    client.force_login(alice)
    with pytest.raises(ImproperlyConfigured, match="says_nothing declares no need"):
        client.get("/says-nothing/")


@pytest.mark.urls("tests.accounts.odd_urls")
def test_a_public_view_is_open_and_every_other_leads_to_the_door(client, db):
    assert client.get("/open/").content == b"come in"
    assert client.get("/breaks/")["Location"].startswith(reverse("account_login"))


def test_nobody_looks_once_the_answer_is_given(client, alice):
    client.force_login(alice)
    client.get(reverse("desk:home"))
    assert viewer() is None


def send(client, case, key):
    facts = {"text": "A note", "idempotency_key": key}
    return client.post(reverse("cases:note-add", args=[case.pk]), facts)


def notes(looking, user):
    with looking(user):
        return Note.objects.count()


def test_the_key_of_somebody_else_s_form_stops_nothing(client, case, alice, lawyer, looking):
    key = str(uuid.uuid4())
    for person in (alice, lawyer):
        client.force_login(person)
        assert send(client, case, key).status_code == 302
    assert notes(looking, alice) == 2
    assert Sending.objects.get(pk=key).user == alice


def test_a_key_that_is_none_is_passed_over(client, case, alice, looking):
    client.force_login(alice)
    assert send(client, case, "not a key").status_code == 302
    assert notes(looking, alice) == 1
    assert not Sending.objects.exists()


def test_a_form_sent_again_after_a_mistake_is_acted_on(client, case, alice, looking):
    client.force_login(alice)
    key = str(uuid.uuid4())
    address = reverse("cases:note-add", args=[case.pk])
    again = client.post(address, {"text": "", "idempotency_key": key})
    assert again.status_code == 422
    assert key in again.content.decode()
    assert send(client, case, key).status_code == 302
    assert notes(looking, alice) == 1


def test_one_becomes_somebody_only_where_somebody_looks(alice):
    with pytest.raises(NoViewer):
        become(alice)


def test_the_system_says_why_it_looks(db):
    with pytest.raises(ValueError, match="say why"), system_access("loader", ""):
        pass
