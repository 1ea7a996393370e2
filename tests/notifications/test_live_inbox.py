"""The inbox and the bell of an open page hear of what is new, and of nothing when nothing is."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import viewing_as
from notifications import actions
from notifications.models import Endpoint, InboxItem
from tests.factories import BailOrderMake
from tests.notifications.conftest import fact, local, rows_of
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")
ROWS, COUNT, LIST = (reverse(f"notifications:inbox-{name}") for name in ("rows", "count", "list"))
HOME = reverse("desk:home")


def grant(case, by):
    return fact("bail.grant", by, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))


def mark_in(text):
    return text.partition('data-mark="')[2].partition('"')[0]


def test_an_open_list_hears_of_each_change_once(case, client, lawyer, sweep):
    other = on_case(person(Role.LAWYER, case.office), case, Role.LAWYER)
    client.force_login(lawyer)
    seen = mark_in(client.get(LIST).content.decode())
    assert client.get(ROWS, {"seen": seen}).status_code == 204

    grant(case, other)
    sweep(NOW)
    fresh = client.get(ROWS, {"seen": seen}).content.decode()

    assert "<html" not in fresh
    assert fresh.count("Bail granted</a>") == 1
    seen = mark_in(fresh)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(ROWS, {"seen": seen}).status_code == 204
    assert len([one for one in asked if "notifications_" in one["sql"]]) == 1
    # Somebody else takes it on: the open list of this person shows that too.
    with viewing_as(other):
        (item,) = InboxItem.objects.filter(user=other, title_code="B3")
        actions.acknowledge_item(item.pk, by=other, now=NOW + timedelta(minutes=1))
    changed = client.get(ROWS, {"seen": seen}).content.decode()
    assert "I have it" in fresh
    assert "Bail granted</a>" in changed
    assert "I have it" not in changed


def test_what_is_urgent_stands_on_every_page_until_somebody_has_it(case, client, lawyer, sweep):
    client.force_login(lawyer)
    rules = reverse("notifications:rule-list")
    assert "urgent item" not in client.get(rules).content.decode()
    grant(case, lawyer)
    sweep(NOW)

    assert "1 urgent item waits for you." in client.get(rules).content.decode()
    assert "urgent item waits" not in client.get(HOME).content.decode(), "the page of the day says it already"
    polled = client.get(COUNT, {"n": 0, "u": 0}).content.decode()
    assert 'hx-swap-oob="innerHTML"' in polled
    assert "1 urgent item waits for you." in polled
    without = client.get(COUNT, {"n": 0}).content.decode()
    assert 'id="bell-count"' in without
    assert 'id="urgent"' not in without, "a page without the strip sends no count of it and is sent none"
    assert client.get(COUNT, {"n": 1, "u": 1}).status_code == 204
    (item,) = rows_of(InboxItem, user=lawyer, title_code="B3")
    # Read is not taken on.
    client.get(reverse("notifications:inbox-show", args=[item.pk]))
    assert "1 urgent item" in client.get(rules).content.decode()

    client.post(reverse("notifications:inbox-acknowledge", args=[item.pk]))

    assert "urgent item" not in client.get(rules).content.decode()
    gone = client.get(COUNT, {"n": 1, "u": 1}).content.decode()
    assert "urgent item" not in gone
    assert 'id="urgent"' in gone


def test_whoever_hears_by_mail_alone_is_told_so_on_her_page(client, lawyer, auditor):
    client.force_login(lawyer)
    assert "Alerts reach you by mail alone." in client.get(HOME).content.decode()
    with viewing_as(lawyer):
        place = Endpoint(user=lawyer, kind="mail", verified_at=NOW)
        place.seal_address("second@elsewhere.example")
        place.save()
    assert "by mail alone" not in client.get(HOME).content.decode()
    client.force_login(auditor)
    assert "by mail alone" not in client.get(HOME).content.decode()
