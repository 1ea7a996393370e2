"""Who may come in: tokens, sessions, verbs, offices."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.test import APIClient

from api.actions import issue_token, revoke_token
from api.models import ApiToken
from audit.models import Event
from cases.models import Assignment
from tests.factories import (
    AccusedMake,
    BailOrderMake,
    CaseMake,
    HearingMake,
    ProceedingMake,
    SurvivorMake,
)

NOUNS = {
    "survivors": SurvivorMake,
    "accused": AccusedMake,
    "proceedings": ProceedingMake,
    "hearings": HearingMake,
    "bail-orders": BailOrderMake,
}


def row_of(noun, case):
    return case if noun == "cases" else NOUNS[noun](case=case)


@pytest.mark.parametrize("path", ["cases/", "survivors/", "alerts/", "schema/"])
def test_without_a_token_the_answer_is_401_and_says_how(path, db):
    response = APIClient().get(f"/api/v1/{path}")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Token realm="api"'
    assert set(response.data) == {"detail", "errors"}


def test_a_session_opens_nothing_and_needs_no_csrf_because_it_cannot_act(client, case, alice):
    client.force_login(alice)
    assert client.get("/api/v1/cases/").status_code == 401
    assert client.post("/api/v1/cases/", {}, content_type="application/json").status_code == 401


@pytest.mark.parametrize("header", ["Token nonsense", "Token", "Token a b", "Bearer x", "Basic YTpi"])
def test_a_header_that_is_no_token_of_ours_is_401(header, alice, case):
    response = APIClient().get("/api/v1/cases/", headers={"Authorization": header})
    assert response.status_code == 401


def test_a_token_dies_with_its_recall_and_with_its_person(case, alice):
    key = issue_token(alice.pk, by=alice, now=timezone.now(), label="sync")
    client = APIClient(headers={"Authorization": f"Token {key}"})
    assert client.get("/api/v1/cases/").status_code == 200
    assert ApiToken.objects.get().last_used_on == timezone.now().date()
    alice.is_active = False
    alice.save(update_fields=["is_active"])
    assert client.get("/api/v1/cases/").status_code == 401
    alice.is_active = True
    alice.save(update_fields=["is_active"])
    revoke_token(ApiToken.objects.get().pk, by=alice, now=timezone.now())
    assert client.get("/api/v1/cases/").status_code == 401
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "token.issue",
        "token.revoke",
    ]


def test_only_the_digest_of_a_token_is_kept(alice):
    key = issue_token(alice.pk, by=alice, now=timezone.now())
    token = ApiToken.objects.get()
    assert key not in (token.digest, token.label)
    assert len(token.digest) == 64


def test_the_command_prints_the_token_alone(alice, case):
    out = StringIO()
    call_command("api_token", alice.email.upper(), stdout=out)
    key = out.getvalue().strip()
    assert len(key.split()) == 1
    client = APIClient(headers={"Authorization": f"Token {key}"})
    assert client.get("/api/v1/cases/").status_code == 200
    call_command("api_token", alice.email, revoke=True, stdout=out)
    assert client.get("/api/v1/cases/").status_code == 401


def test_the_command_names_nobody_it_does_not_know(db):
    with pytest.raises(CommandError, match="Nobody who can sign in"):
        call_command("api_token", "nobody@example.org")


@pytest.mark.parametrize("noun", ["cases", *NOUNS])
def test_the_own_office_is_seen_and_the_other_does_not_exist(api, case, other_office, director, alice, noun):
    here = row_of(noun, case)
    there = row_of(noun, CaseMake(office=other_office))
    hidden = row_of(noun, CaseMake(office=case.office, sensitivity=2))
    for who in (director, alice):
        client = api(who)
        assert [row["id"] for row in client.listed(f"{noun}/")] == [str(here.pk)]
        shown = client.get(f"{noun}/{here.pk}/")
        assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
        for row in (there, hidden):
            response = client.get(f"{noun}/{row.pk}/")
            assert response.status_code == 404
            assert response.json() == {"detail": "There is no such record.", "errors": {}}


@pytest.mark.parametrize("noun", ["cases", *NOUNS])
def test_no_filter_and_no_order_lets_another_office_through(api, case, other_office, alice, noun):
    row_of(noun, case)
    foreign = CaseMake(office=other_office)
    row_of(noun, foreign)
    client = api(alice)
    queries = [{"office": "accra"}, {"updated_since": "2020-01-01T00:00:00Z", "office": "accra"}]
    queries += [{"case": str(foreign.pk)}] if noun != "cases" else [{"number": foreign.number}]
    for query in queries:
        assert client.listed(f"{noun}/", **query) == [], query
    for unknown in ("ordering", "case__office__key", "office__memberships__user", "search", "id"):
        response = client.get(f"{noun}/", **{unknown: "accra"})
        assert response.status_code == 400
        assert response.json()["errors"] == {unknown: ["There is no such filter."]}


@pytest.mark.parametrize("noun", ["cases", *NOUNS])
def test_a_role_without_the_verb_gets_403_on_what_it_could_see_and_404_beyond(
    api, case, other_office, social_worker, noun
):
    here = row_of(noun, case)
    there = row_of(noun, CaseMake(office=other_office))
    client = api(social_worker)
    act = f"{noun}/{{}}/" + {"hearings": "cancel/", "bail-orders": "grant/"}.get(noun, "")
    send = client.post if act.count("/") == 3 else client.patch
    mine = 400 if noun == "survivors" else 403
    assert send(act.format(here.pk), version=1, nonsense=1).status_code == mine
    assert send(act.format(there.pk), version=1, nonsense=1).status_code == 404


def test_an_administrator_reads_no_case(api, case, administrator):
    client = api(administrator)
    assert client.get("cases/").status_code == 403
    assert client.get(f"cases/{case.pk}/").status_code == 404
    assert client.listed("alerts/") == []
    assert client.get("cases/").json()["detail"] == "You do not have permission to perform this action."


def test_who_leaves_the_team_loses_the_case_in_the_api_at_once(api, case, alice, director, looking):
    client = api(alice)
    assert client.get(f"cases/{case.pk}/").status_code == 200
    with looking(director):
        Assignment.objects.filter(user=alice).update(ended_at=timezone.now())
    assert client.get(f"cases/{case.pk}/").status_code == 404


def test_too_many_requests_in_a_minute_are_put_off(api, alice, settings):
    settings.API_RATE = "2/min"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    client = api(alice)
    assert [client.get("cases/").status_code for _ in range(3)] == [200, 200, 429]
    assert api(alice).get("cases/").status_code == 200


def test_methods_that_are_not_offered_are_refused(api, case, alice):
    client = api(alice)
    address = client.address(f"cases/{case.pk}/")
    assert client.client.delete(address, headers=client.headers).status_code == 405
    assert client.client.put(address, {}, format="json", headers=client.headers).status_code == 405
    assert client.client.options(address, headers=client.headers).status_code == 405


def test_an_address_that_leads_nowhere_is_told_like_every_refusal(api, alice, client):
    told = {"detail": "There is nothing at this address.", "errors": {}}
    for nowhere in ("cases/not-a-uuid/", "nothing/"):
        response = api(alice).get(nowhere)
        assert (response.status_code, response.json()) == (404, told)
    client.force_login(alice)
    assert b"<html" in client.get("/nothing/").content, "people get a page"


def test_what_is_not_json_is_refused(api, case, alice):
    client = api(alice)
    broken = client.client.generic(
        "POST", "/api/v1/cases/", "{", content_type="application/json", headers=client.headers
    )
    assert broken.status_code == 400
    form = client.client.post("/api/v1/cases/", {"title": "x"}, format="multipart", headers=client.headers)
    assert form.status_code == 415


@pytest.mark.usefixtures("nobody_looks")
def test_the_command_makes_and_takes_back_a_token_where_nobody_looks(alice, capsys):
    call_command("api_token", alice.email)
    assert len(capsys.readouterr().out.strip()) > 20
    call_command("api_token", alice.email, revoke=True)
    assert not ApiToken.objects.filter(user=alice, revoked_at=None).exists()
