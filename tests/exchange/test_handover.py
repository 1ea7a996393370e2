"""A link for somebody without an account: opened with a code, a few times, until a day."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.scope import viewing_as
from audit.models import Event
from cases.states import IllegalMove
from exchange import actions
from exchange.models import Handover, HandoverTry
from exchange.states import HandoverEnd
from exchange.sweeping import end_handovers
from reference.sealed import SealBroken
from tests.exchange.conftest import taken

NOTHING = "This link and code open nothing, or nothing any more."


@pytest.fixture
def export(asked, case, director):
    return asked(director, purpose="court", receiver="Attorney Cruz, RTC 10")


@pytest.fixture
def made(export, director):
    """(handover, token, code) of a link that may be used once."""
    with viewing_as(director):
        return actions.make_handover(
            export.pk, by=director, now=timezone.now(), until=timezone.now() + timedelta(days=2)
        )


def door(token):
    return reverse("exchange:handover-open", args=[token])


def knock(token, code, **more):
    return Client(**more).post(door(token), {"code": code})


def now_of(handover):
    return Handover.at_the_door.get(pk=handover.pk)


def test_link_and_code_are_told_once_and_kept_nowhere(export, client):
    form = client.get(reverse("exchange:handover-add", args=[export.pk])).content.decode()
    assert "Attorney Cruz" in form
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    response = client.post(
        reverse("exchange:handover-add", args=[export.pk]), {"until": day, "most_downloads": "2"}
    )
    page = response.content.decode()
    token = re.search(r"/exchange/h/([\w-]{43})/", page)[1]
    code = re.search(r"<strong>(\d{4} \d{4})</strong>", page)[1]
    handover = Handover.at_the_door.get()
    kept = str(vars(handover))
    assert token not in kept
    assert code.replace(" ", "") not in kept
    assert site.SITE_URL + door(token) in page
    assert "Cruz" not in door(token)
    assert handover.most_downloads == 2
    page = client.get(export.get_absolute_url()).content.decode()
    assert token not in page
    assert "fetched 0 of 2 times" in page
    assert knock(token, code).status_code == 200
    event = Event.objects.get(verb="handover.make")
    assert "Cruz" not in str(event.detail)


def test_the_receiver_gets_the_very_file_without_an_account(export, made, client):
    handover, token, code = made
    whole = taken(client, export)
    stranger = Client()
    page = stranger.get(door(token))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Cruz" not in page.content.decode()
    assert export.code not in page.content.decode()
    response = stranger.post(door(token), {"code": f" {code[:4]}-{code[4:]} "})
    assert response.content == whole
    assert response["Content-Disposition"] == f'attachment; filename="export-{export.code}.csv"'
    event = Event.objects.get(verb="handover.open")
    assert event.subject_id == str(handover.pk)
    assert event.detail["sha256"] == export.sha256


def test_it_opens_only_as_often_as_was_said(made, django_capture_on_commit_callbacks):
    handover, token, code = made
    name = handover.file
    with django_capture_on_commit_callbacks(execute=True):
        assert knock(token, code).status_code == 200
    assert not default_storage.exists(name)
    assert NOTHING in knock(token, code).content.decode()
    assert now_of(handover).ended == HandoverEnd.USED


def same(one, other):
    """Two answers without what is random in each."""
    strip = re.compile(r'value="[\w-]*"|/exchange/h/[\w-]+/')
    return strip.sub("", one.content.decode()) == strip.sub("", other.content.decode())


def test_unknown_expired_revoked_and_wrong_look_the_same(made, director):
    handover, token, code = made
    unknown = knock("x" * 43, "12345678")
    wrong = knock(token, "00000000" if code != "00000000" else "11111111")
    with viewing_as(director):
        actions.revoke_handover(handover.pk, by=director, now=timezone.now())
    revoked = knock(token, code)
    Handover.at_the_door.update(
        ended_at=None, ended="", expires_at=timezone.now(), created_at=handover.created_at
    )
    expired = knock(token, code)
    assert {answer.status_code for answer in (unknown, wrong, revoked, expired)} == {422}
    assert same(unknown, wrong)
    assert same(unknown, revoked)
    assert same(unknown, expired)
    assert Client().get(door("y" * 43)).status_code == Client().get(door(token)).status_code == 200
    assert not Event.objects.filter(verb="handover.open").exists()


def test_after_five_wrong_codes_it_is_closed_for_good(made):
    handover, token, code = made
    for guess in range(5):
        wrong = f"{(int(code) + guess + 1) % 10**8:08}"
        assert knock(token, wrong).status_code == 422
    closed = now_of(handover)
    assert (closed.tries, closed.ended, closed.file) == (5, HandoverEnd.GUESSED, "")
    assert NOTHING in knock(token, code).content.decode()
    assert Event.objects.get(verb="handover.fail").subject_id == str(handover.pk)


def test_codes_typed_from_one_place_are_limited_in_the_database(made, settings):
    settings.HANDOVER_TRIES = 3
    _handover, token, code = made
    for _guess in range(3):
        assert knock("z" * 43, "1", REMOTE_ADDR="192.0.2.7").status_code == 422
    assert knock(token, code, REMOTE_ADDR="192.0.2.7").status_code == 429
    assert knock(token, code, REMOTE_ADDR="192.0.2.8").status_code == 200
    assert "192.0.2" not in str(list(HandoverTry.objects.values()))
    HandoverTry.objects.update(at=timezone.now() - timedelta(hours=2))
    assert knock("z" * 43, "1", REMOTE_ADDR="192.0.2.7").status_code == 422
    assert HandoverTry.objects.count() == 1


def test_neither_database_nor_disk_can_open_the_copy(made, export):
    handover, token, code = made
    with pytest.raises(SealBroken):
        actions.handovers.keeping.fetch_for(token, "00000000", handover.file)
    with default_storage.open(handover.file) as stored:
        assert b"TST-" not in stored.read()


def test_who_may_not_export_any_more_has_no_working_links(made, director):
    _handover, token, code = made
    Membership.objects.filter(user=director).update(ended_at=timezone.now())
    assert NOTHING in knock(token, code).content.decode()


def test_a_copy_lost_from_the_disk_opens_nothing(made):
    handover, token, code = made
    default_storage.delete(handover.file)
    assert NOTHING in knock(token, code).content.decode()


def test_it_ends_on_its_day(made, django_capture_on_commit_callbacks):
    handover, _token, _code = made
    assert end_handovers(timezone.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert end_handovers(timezone.now() + timedelta(days=3)) == 1
    assert not default_storage.exists(handover.file)
    assert now_of(handover).ended == HandoverEnd.EXPIRED


def test_the_maker_or_a_lead_takes_it_back(made, export, client, signed_in, legal_lead, alice, director):
    handover, _token, _code = made
    address = reverse("exchange:handover-revoke", args=[handover.pk])
    assert signed_in(alice).post(address).status_code == 404
    assert signed_in(legal_lead).get(address).status_code == 200
    assert client.post(address)["Location"] == export.get_absolute_url()
    assert client.post(address).status_code == 422
    assert Event.objects.get(verb="handover.revoke").actor_id == legal_lead.pk
    with viewing_as(director), pytest.raises(IllegalMove, match="ended already"):
        actions.revoke_handover(handover.pk, by=director, now=timezone.now())


def test_only_whoever_asked_passes_on_and_only_what_has_a_receiver(
    asked, export, signed_in, director, legal_lead, alice
):
    until = timezone.now() + timedelta(days=1)
    assert signed_in(legal_lead).get(reverse("exchange:handover-add", args=[export.pk])).status_code == 403
    with viewing_as(legal_lead), pytest.raises(IllegalMove, match="Only whoever asked"):
        actions.make_handover(export.pk, by=legal_lead, now=timezone.now(), until=until)
    inside = asked(director)
    with viewing_as(director):
        with pytest.raises(IllegalMove, match="made for a receiver"):
            actions.make_handover(inside.pk, by=director, now=timezone.now(), until=until)
        late = timezone.now() + timedelta(days=9)
        with pytest.raises(IllegalMove, match="7 days at most"):
            actions.make_handover(export.pk, by=director, now=timezone.now(), until=late)
        handover, *_told = actions.make_handover(export.pk, by=director, now=timezone.now(), until=until)
        with pytest.raises(IllegalMove, match="or a lead of the office"):
            actions.revoke_handover(handover.pk, by=alice, now=timezone.now())


def test_a_day_too_far_is_told_beside_the_field(export, client):
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    address = reverse("exchange:handover-add", args=[export.pk])
    response = client.post(address, {"until": day, "most_downloads": "1"})
    assert response.status_code == 422
    assert "A link lives for 7 days at most." in response.content.decode()
