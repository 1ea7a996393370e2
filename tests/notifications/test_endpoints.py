"""Where alerts reach me: added with a fresh password, proved by a code, seen by nobody else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.backends import DURESS
from accounts.scope import viewing_as
from audit.models import Event
from notifications.channels.channel import Handed
from notifications.channels.mail import Mail
from notifications.models import Delivery, Endpoint, InboxItem
from notifications.rewrapping import rewrap_addresses
from notifications.sending import send_due
from notifications.states import Kind, Outcome
from reference import sealed
from tests.factories import BailOrderMake
from tests.notifications.conftest import fact, inbox, rows_of
from tests.notifications.pushing import Browser, push_service
from tests.people import just_confirmed

__all__ = ["push_service"]
ADDRESS = "night.telephone@elsewhere.example"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


PAGES = {
    "list": "notifications:endpoint-list",
    "add": "notifications:endpoint-add",
    "subscribe": "notifications:endpoint-subscribe",
    "verify": "notifications:endpoint-verify",
    "code": "notifications:endpoint-code",
    "rename": "notifications:endpoint-rename",
    "remove": "notifications:endpoint-remove",
    "try": "notifications:endpoint-try",
}


def url(verb, *args):
    return reverse(PAGES[verb], args=args)


def add(client, user, address=ADDRESS, label="At night", **extra):
    just_confirmed(client, user)
    return client.post(url("add", "mail"), {"address": address, "label": label}, **extra)


def added(client, user, **fields):
    assert add(client, user, **fields).status_code == 302
    return rows_of(Endpoint, user=user, removed_at=None)[-1]


def code_in(mail):
    return re.search(r"\b[A-HJ-NP-Z]{5}\b", mail.body)[0]


def confirmed(client, user, mailoutbox, **fields):
    endpoint = added(client, user, **fields)
    mailoutbox.clear()
    send_due()
    code = code_in(mailoutbox[0])
    answer = client.post(url("verify", endpoint.pk), {"code": f" {code[:2].lower()} {code[2:]}"})
    assert answer["Location"] == url("list")
    mailoutbox.clear()
    return rows_of(Endpoint, pk=endpoint.pk)[0]


def page(client, verb="list", *args):
    return client.get(url(verb, *args)).content.decode()


def test_a_place_is_added_after_a_fresh_password_and_proved_by_a_code(client, lawyer, mailoutbox):
    client.force_login(lawyer)
    assert reverse("account_reauthenticate") in client.get(url("add", "mail"))["Location"]
    assert client.post(url("add", "mail"), {"address": ADDRESS}).status_code == 422
    assert "Alerts reach you by mail alone." in page(client)
    just_confirmed(client, lawyer)
    assert "Another one than that with which you sign in." in page(client, "add", "mail")
    assert client.get(url("add", "push")).status_code == client.get(url("add", "pigeon")).status_code == 404
    for refused in ("nonsense", lawyer.email.upper()):
        assert add(client, lawyer, address=refused).status_code == 422

    endpoint = added(client, lawyer)
    send_due()

    (mail,) = mailoutbox
    assert mail.to == [ADDRESS]
    assert code_in(mail) in mail.subject
    (item,) = rows_of(InboxItem, user=lawyer)
    assert (item.code, item.key) == ("", f"verify:{endpoint.pk}:1")
    shown = page(client) + page(client, "verify", endpoint.pk)
    shown += client.get(reverse("notifications:inbox-list")).content.decode()
    assert "n•••@elsewhere.example" in shown
    assert ADDRESS not in shown
    assert code_in(mail) not in shown
    wrong = client.post(url("verify", endpoint.pk), {"code": "XXXXX"})
    assert wrong.status_code == 422
    assert "4 tries are left" in wrong.content.decode()
    assert client.post(url("verify", endpoint.pk), {"code": code_in(mail)}).status_code == 302
    assert "Alerts reach you by mail alone." not in page(client)

    assert inbox(lawyer) == ["V.code", "V.added"]
    told = [event for event in Event.objects.all() if event.verb.startswith("channel.")]
    assert [event.verb for event in told] == [
        "channel.add",
        "channel.code",
        "channel.miss",
        "channel.confirm",
    ]
    assert all(event.detail == {"kind": "mail"} for event in told)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM notifications_endpoint")
        assert ADDRESS.encode() not in bytes(cursor.fetchone()[0])


def test_nothing_but_the_code_goes_to_a_place_that_is_not_proved(case, client, lawyer, mailoutbox, tick):
    added(client, lawyer)
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    tick()

    assert [mail for mail in mailoutbox if mail.to == [ADDRESS] and "code" not in mail.subject] == []
    other = confirmed(client, lawyer, mailoutbox, address="second@elsewhere.example")
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    tick()

    urgent = [mail.to[0] for mail in mailoutbox if "action needed" in mail.subject]
    assert {lawyer.email, "second@elsewhere.example"} <= set(urgent)
    assert ADDRESS not in urgent
    assert rows_of(Endpoint, pk=other.pk)[0].ok_at


def test_a_code_that_is_refused_goes_nowhere_else(client, lawyer, mailoutbox, monkeypatch):
    confirmed(client, lawyer, mailoutbox)
    added(client, lawyer, address="dead@elsewhere.example")
    refused = Handed(Outcome.PERMANENT, "refused", dead=True)
    monkeypatch.setattr(Mail, "hand_over", lambda _self, _out: refused)  # the class: the one room stays clean
    send_due()

    (code,) = [
        row for row in rows_of(Delivery, user=lawyer, state="failed") if row.template.startswith("code")
    ]
    assert [row.pk for row in rows_of(Delivery, item=code.item_id)] == [code.pk]
    assert not [row for row in rows_of(Delivery, user=lawyer) if row.code == code.code and row.pk != code.pk]


def test_guessing_and_flooding_are_stopped(client, lawyer, colleague, mailoutbox, clock):
    endpoint = added(client, lawyer)
    send_due()
    for _time in range(5):
        client.post(url("verify", endpoint.pk), {"code": "XXXXX"})
    late = client.post(url("verify", endpoint.pk), {"code": code_in(mailoutbox[0])})
    assert "wrong too often" in late.content.decode()

    client.post(url("code", endpoint.pk))
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        clock(timezone.now())
        send_due()
        clock("")
        assert len(mailoutbox) == 1, "a code was sent that had run out"
        client.force_login(lawyer)
        assert "run out" in client.post(url("verify", endpoint.pk), {"code": "XXXXX"}).content.decode()
    just_confirmed(client, lawyer)
    for _time in range(3):
        client.post(url("code", endpoint.pk))
    assert Event.objects.filter(verb="channel.code").count() == 5
    client.post(url("code", endpoint.pk))
    # Nor may somebody else flood that address.
    assert "often enough" in add(client, colleague).content.decode()
    assert Event.objects.filter(verb="channel.code").count() == 5


def test_nobody_else_sees_or_touches_them(client, lawyer, administrator, colleague, mailoutbox):
    endpoint = confirmed(client, lawyer, mailoutbox)
    for other in (administrator, colleague):
        just_confirmed(client, other)
        assert "elsewhere" not in page(client)
        assert "At night" not in page(client)
        for verb in ("verify", "rename", "remove"):
            assert client.get(url(verb, endpoint.pk)).status_code == 404
        for verb in ("verify", "rename", "remove", "code"):
            assert client.post(url(verb, endpoint.pk), {"code": "X", "label": "X"}).status_code == 404
        assert client.post(url("try"), {"endpoint": endpoint.pk}).status_code == 404
        with viewing_as(other):
            assert not Endpoint.objects.exists()


def test_whoever_forces_her_changes_nothing_and_sees_nothing(client, lawyer, mailoutbox):
    endpoint = confirmed(client, lawyer, mailoutbox)
    just_confirmed(client, lawyer)
    session = client.session
    session[DURESS] = str(lawyer.pk)
    session.save()

    assert "elsewhere" not in page(client)
    assert client.get(url("verify", endpoint.pk)).status_code == 404
    for verb in ("code", "remove", "rename", "verify"):
        assert client.post(url(verb, endpoint.pk), {"label": "X", "code": "X"})["Location"] == url("list")
    for verb in (url("add", "mail"), url("subscribe"), url("try")):
        assert client.post(verb, {"address": "his@own.example"})["Location"] == url("list")

    (kept,) = rows_of(Endpoint, user=lawyer)
    assert (kept.removed_at, kept.label) == (None, "At night")


def test_it_is_named_tried_and_taken_away_with_its_address(client, lawyer, mailoutbox):
    endpoint = confirmed(client, lawyer, mailoutbox)
    client.post(url("rename", endpoint.pk), {"label": "At home"})
    assert "At home" in page(client)
    client.post(url("try"), {"endpoint": endpoint.pk})
    client.post(url("try"))
    send_due()
    assert [mail.to[0] for mail in mailoutbox].count(ADDRESS) == 1
    assert [mail.to[0] for mail in mailoutbox].count(lawyer.email) == 2, "the test, and that it was confirmed"
    assert not [mail for mail in mailoutbox if "action needed" in mail.subject]
    client.post(url("try"), {"endpoint": endpoint.pk})

    assert "wiped" in page(client, "remove", endpoint.pk)
    assert client.post(url("remove", endpoint.pk)).status_code == 302
    mailoutbox.clear()
    send_due()

    assert [mail.to for mail in mailoutbox if mail.to == [ADDRESS]] == []
    (gone,) = rows_of(Endpoint, user=lawyer)
    assert (bytes(gone.address), bytes(gone.token), gone.label) == (b"", b"", "")
    assert inbox(lawyer)[-1] == "V.removed"
    assert client.get(url("verify", endpoint.pk)).status_code == 404
    # The same address may come back, and has to prove itself anew.
    assert added(client, lawyer).verified_at is None


def test_a_browser_is_added_by_its_own_word_and_proved_like_any_place(push_service, client, lawyer):
    browser = Browser(push_service.server_port)
    just_confirmed(client, lawyer)
    said = {"address": browser.subscription, "label": "Firefox, Android"}
    assert 'data-push-key="' in page(client)
    assert client.post(url("subscribe"), {"address": '{"endpoint": "https://10.0.0.1/"}'}).status_code == 422

    assert client.post(url("subscribe"), said).status_code == 302
    send_due()

    ((_path, _headers, body),) = push_service.heard
    code = browser.opens(body)["words"].rpartition(" ")[2]
    (endpoint,) = rows_of(Endpoint, user=lawyer, kind=Kind.PUSH)
    assert client.post(url("verify", endpoint.pk), {"code": code}).status_code == 302
    assert "Firefox, Android" in page(client)
    assert client.post(url("subscribe"), said).status_code == 422, "the same browser twice"


def test_addresses_are_brought_under_a_new_master_key(client, lawyer, mailoutbox, settings, tmp_path):
    endpoint = added(client, lawyer)
    ring = sealed.ring().with_new_master()
    file = tmp_path / "ring.json"
    file.write_text(ring.written())
    settings.SEALING_KEYS_FILE = str(file)

    assert "addresses of channels" in sealed.rewraps()
    assert (rewrap_addresses(), rewrap_addresses()) == (1, 0)
    (kept,) = rows_of(Endpoint, pk=endpoint.pk)
    assert sealed.number_in(bytes(kept.address)) == ring.current
    assert kept.open_address() == ADDRESS


def test_the_channels_of_somebody_who_left_are_forgotten(client, lawyer, sweep):
    endpoint = added(client, lawyer)
    sweep()
    assert rows_of(Endpoint, pk=endpoint.pk)[0].removed_at is None

    type(lawyer).objects.filter(pk=lawyer.pk).update(is_active=False)
    sweep()
    (gone,) = rows_of(Endpoint, pk=endpoint.pk)
    assert gone.removed_at is not None
    assert (bytes(gone.address), bytes(gone.token), gone.label) == (b"", b"", "")
