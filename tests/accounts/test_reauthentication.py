"""Is it still you? Asked before what would hurt most in the wrong hands."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.factories import PASSWORD
from tests.people import just_confirmed

pytestmark = pytest.mark.urls("tests.accounts.odd_urls")


@pytest.fixture
def known(alice):
    """Alice, with a password of her own."""
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    return alice


@pytest.mark.parametrize(("ago", "let_in"), [(0, True), (299, True), (301, False)])
def test_five_minutes_are_fresh_and_no_more(client, known, ago, let_in):
    with time_machine.travel(datetime.now(UTC), tick=False):  # a slow machine takes longer than the margin
        just_confirmed(client, known, ago)
        assert (client.get("/fresh/").status_code == 200) is let_in


def test_what_somebody_else_showed_in_this_browser_counts_for_nothing(client, known, lawyer):
    just_confirmed(client, known)
    client.force_login(lawyer)
    assert client.get("/fresh/").status_code == 302


def test_a_page_comes_back_after_the_question(client, known):
    client.force_login(known)
    asked = client.get("/fresh/?a=1")["Location"]
    assert asked == f"{reverse('account_reauthenticate')}?next=%2Ffresh%2F%3Fa%3D1"
    assert client.post(asked, {"password": PASSWORD, "next": "/fresh/?a=1"})["Location"] == "/fresh/?a=1"
    assert client.get("/fresh/").status_code == 200


def test_a_form_is_carried_through_the_question(client, known):
    client.force_login(known)
    typed = {"word": ["one", "<two>"], "password": "of the form itself"}
    page = client.post("/fresh/", typed)
    assert page.status_code == 422
    assert 'name="word" value="one"' in page.content.decode()
    assert 'value="&lt;two&gt;"' in page.content.decode()
    wrong = client.post("/fresh/", {**typed, "still_you-password": "not hers at all"})
    assert wrong.status_code == 422
    assert 'name="still_you-password" value' not in wrong.content.decode()
    right = client.post("/fresh/", {**typed, "still_you-password": PASSWORD})
    assert right.content.decode() == "POST ['one', '<two>']"
    assert client.get("/fresh/").status_code == 200
