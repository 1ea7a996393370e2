"""The pages on which somebody makes, renews and takes back the addresses of her calendars."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from audit.models import Event
from diary.actions import MOST_FEEDS
from diary.models import CalendarFeed
from tests.diary.conftest import address_of
from tests.people import just_confirmed

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def shown_once(page):
    """The path of the address on the page."""
    (secret,) = set(re.findall(r"/calendar/feed/([\w-]+)\.ics", page))
    return secret


def add(client, user, **typed):
    just_confirmed(client, user)
    return client.post(reverse("diary:feed-add"), typed)


def test_an_address_is_shown_once_and_only_its_digest_is_kept(client, case, lawyer):
    page = add(client, lawyer, label="Telephone").content.decode()
    secret = shown_once(page)
    assert len(secret) >= 43, "256 bits"
    assert "webcal://" in page
    feed = CalendarFeed.objects.get()
    assert (feed.user, feed.label) == (lawyer, "Telephone")
    assert secret not in str(vars(feed))
    listed = client.get(reverse("diary:feed-list")).content.decode()
    assert "Telephone" in listed
    assert "not read yet" in listed
    assert secret not in listed
    client.logout()
    assert client.get(reverse("diary:feed-read", args=[secret])).status_code == 200


def test_making_an_address_asks_whether_it_is_still_you(client, case, lawyer):
    just_confirmed(client, lawyer, ago=3600)
    assert client.get(reverse("diary:feed-add")).status_code == 302
    assert client.post(reverse("diary:feed-add"), {"label": "x"}).status_code == 422
    assert CalendarFeed.objects.count() == 0


def test_a_renewed_address_works_and_the_old_one_does_not(client, case, lawyer):
    old = shown_once(add(client, lawyer).content.decode())
    feed = CalendarFeed.objects.get()
    address = reverse("diary:feed-renew", args=[feed.pk])
    assert "opens nothing from then on" in client.get(address).content.decode()
    new = shown_once(client.post(address).content.decode())
    answers = [client.get(reverse("diary:feed-read", args=[one])) for one in (old, new)]
    assert [answer.status_code for answer in answers] == [404, 200]
    client.post(reverse("diary:feed-revoke", args=[feed.pk]))
    assert client.get(reverse("diary:feed-read", args=[new])).status_code == 404
    assert "No calendar reads your hearings" in client.get(reverse("diary:feed-list")).content.decode()
    verbs = Event.objects.filter(verb__startswith="feed.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["feed.add", "feed.renew", "feed.fetch", "feed.revoke"]


@pytest.mark.parametrize("page", ["feed-renew", "feed-revoke"])
def test_nobody_else_s_address_is_there(client, case, lawyer, alice, page):
    path = address_of(lawyer, NOW)
    feed = CalendarFeed.objects.get()
    just_confirmed(client, alice)
    assert client.post(reverse(f"diary:{page}", args=[feed.pk])).status_code == 404
    assert client.get(path).status_code == 200
    assert "Telephone" not in client.get(reverse("diary:feed-list")).content.decode()


def test_there_is_an_end_to_addresses(client, case, lawyer):
    for _time in range(MOST_FEEDS):
        address_of(lawyer, NOW)
    answer = add(client, lawyer)
    assert answer.status_code == 422
    assert "addresses enough" in answer.content.decode()
    assert "Make an address" not in client.get(reverse("diary:feed-list")).content.decode()


def test_under_duress_the_list_shows_what_was_made_under_duress_alone(case, lawyer):
    address_of(lawyer, NOW, "mine")
    lawyer.under_duress = True
    address_of(lawyer, NOW, "forced")
    assert [feed.label for feed in CalendarFeed.objects.of_person(lawyer)] == ["forced"]
    lawyer.under_duress = False
    known = CalendarFeed.objects.of_person(lawyer).for_list()
    assert sorted(feed.label for feed in known) == ["forced", "mine"]
