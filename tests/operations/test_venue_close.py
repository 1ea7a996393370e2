"""A venue that was shut, and where it opened again."""

from django.urls import reverse

from accounts.scope import viewing_as
from operations.models import Venue
from tests.factories import VenueMake


def test_a_venue_that_was_shut_says_why_and_where_it_opened_again(client, case, director):
    VenueMake(case=case, key="v1", name="Blue Bar")
    venue = VenueMake(case=case, key="v2", name="Green Bar", opened_on="2014-06")
    client.force_login(director)
    address = reverse("operations:venue-close", args=[venue.pk])
    assert client.get(address).status_code == 200
    facts = {"closed_on": "2015-01", "closed_why": "Licence", "moved_to": ["v1"], "version": venue.version}
    assert client.post(address, facts | {"moved_to": ["v2"]}).status_code == 422
    assert client.post(address, facts | {"closed_on": "2013"}).status_code == 422
    assert client.post(address, facts).status_code == 302
    assert client.post(address, facts).status_code == 409
    with viewing_as(director):
        venue = Venue.objects.get(key="v2")
    assert (venue.closed_on, venue.closed_why, venue.moved_to) == ("2015-01", "Licence", ["v1"])
