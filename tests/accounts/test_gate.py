"""Whoever has a password alone stands before the gate until there is a second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from tests.factories import PASSWORD
from tests.people import code_now, just_confirmed, person, sign_in

CHOOSE = "/people/factor/choose/"


@pytest.fixture
def newcomer(office):
    """A director with a password and nothing else."""
    newcomer = person(Role.OFFICE_DIRECTOR, office, factor=False)
    newcomer.set_password(PASSWORD)
    newcomer.save(update_fields=["password"])
    return newcomer


@pytest.mark.parametrize(
    "path",
    ["/", "/cases/", "/notifications/inbox/count/", "/api/v1/cases/", "/people/preferences/", "/nowhere/",
     "/accounts/2fa/", "/accounts/2fa/recovery-codes/", "/accounts/password/change/", "/dev/"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_reached_without_a_second_factor(client, newcomer, path, method):
    client.force_login(newcomer)
    assert getattr(client, method)(path)["Location"] == CHOOSE


@pytest.mark.parametrize("path", [CHOOSE, "/accounts/logout/", "/accounts/reauthenticate/", "/people/leave/"])
def test_what_leads_to_one_or_away_is_open_and_shows_no_desk(client, newcomer, path):
    client.force_login(newcomer)
    page = client.get(path)
    assert page.status_code == 200
    assert 'id="side"' not in page.content.decode()
    assert newcomer.name not in page.content.decode()


def test_the_choice_names_both_ways(client, newcomer):
    client.force_login(newcomer)
    page = client.get(reverse("accounts:factor-choose")).content.decode()
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page


def test_recovery_codes_alone_are_no_second_factor(client, newcomer):
    Authenticator.objects.create(user=newcomer, type="recovery_codes", data={"seed": "x", "used_mask": 0})
    client.force_login(newcomer)
    assert client.get("/")["Location"] == CHOOSE


def test_an_app_opens_the_gate_and_its_secret_lies_sealed(client, newcomer):
    client.post(reverse("account_login"), {"login": newcomer.email, "password": PASSWORD})
    assert client.get("/")["Location"] == CHOOSE
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml" in page.content.decode()
    secret = page.context["form"].secret
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Incorrect code" in wrong.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    kept = Authenticator.objects.get(user=newcomer, type="totp").data["secret"]
    assert secret not in kept
    codes = client.get(done["Location"])
    assert len(codes.context["unused_codes"]) == 10
    assert codes.context["unused_codes"][0] in codes.content.decode()
    assert "****" in client.get(done["Location"]).context["unused_codes"], "shown once"
    assert client.get("/").status_code == 200


def test_a_code_works_once(client, newcomer, alice):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    assert sign_in(client, alice)["Location"] == "/"
    client.logout()
    again = sign_in(client, alice)
    assert again.status_code == 200
    assert "Incorrect code" in again.content.decode()
    assert sign_in(client, alice, steps=1)["Location"] == "/"


@pytest.mark.parametrize(("embedded", "address"), [(True, "/"), (False, None)])
def test_a_code_of_the_demonstration_works_again_only_where_it_is_a_demonstration(
    client, alice, settings, embedded, address
):
    settings.EMBEDDED = embedded
    alice.email = "caseworker.cebu@demo.example"
    alice.set_password(PASSWORD)
    alice.save(update_fields=["email", "password"])
    sign_in(client, alice)
    client.logout()
    assert sign_in(client, alice).headers.get("Location") == address


def test_a_password_alone_opens_no_page_of_somebody_with_a_factor(client, alice):
    alice.set_password(PASSWORD)
    alice.save(update_fields=["password"])
    client.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    for path in ("/", "/cases/", CHOOSE, "/accounts/2fa/", "/people/sign-in/"):
        assert client.get(path)["Location"].startswith(reverse("account_login")), path
    assert client.get(reverse("mfa_authenticate")).status_code == 200


def test_the_last_factor_stays(client, alice):
    just_confirmed(client, alice)
    page = client.get(reverse("mfa_deactivate_totp")).content.decode()
    assert "cannot deactivate" in page
    client.post(reverse("mfa_deactivate_totp"))
    assert User.objects.get(pk=alice.pk).enrolled


def test_my_factors_are_listed_with_what_can_be_done(client, alice):
    just_confirmed(client, alice)
    page = client.get(reverse("mfa_index")).content.decode()
    assert "How I sign in" in page
    assert reverse("mfa_generate_recovery_codes") in page
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.post(reverse("mfa_generate_recovery_codes"))
    assert Authenticator.objects.filter(user=alice, type="recovery_codes").exists()
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    assert client.get(reverse("mfa_list_webauthn"), follow=True).status_code == 200
    assert client.get(reverse("mfa_reauthenticate") + "?next=/").status_code == 200


def test_a_passkey_is_listed_renamed_and_removed(client, alice):
    kept = Authenticator.objects.create(
        user=alice, type="webauthn", data={"name": "Kitchen phone", "credential": {}}
    )
    just_confirmed(client, alice)
    for page in ("mfa_index", "mfa_list_webauthn"):
        assert "Kitchen phone" in client.get(reverse(page)).content.decode()
    rename = reverse("mfa_edit_webauthn", args=[kept.pk])
    assert "Kitchen phone" in client.get(rename).content.decode()
    client.post(rename, {"name": "Desk phone"})
    kept.refresh_from_db()
    assert kept.data["name"] == "Desk phone"
    remove = reverse("mfa_remove_webauthn", args=[kept.pk])
    assert client.get(remove).status_code == 200
    client.post(remove)
    assert not Authenticator.objects.filter(pk=kept.pk).exists()


def test_whoever_has_a_factor_has_no_choice_to_make(client, alice):
    client.force_login(alice)
    assert client.get(reverse("accounts:factor-choose"))["Location"] == reverse("mfa_index")


def test_secrets_follow_a_new_master_key(alice, monkeypatch):
    from allauth.mfa.utils import decrypt

    from reference import sealed, second_factor
    from tests.factories import TOTP_SECRET

    assert sealed.rewraps()["second factors"] is second_factor.rewrap_all
    assert second_factor.rewrap_all() == 0
    turned = sealed.ring().with_new_master()
    monkeypatch.setattr(sealed, "ring", lambda: turned)
    before = Authenticator.objects.get(user=alice).data["secret"]
    assert second_factor.rewrap_all() == Authenticator.objects.count()
    after = Authenticator.objects.get(user=alice).data["secret"]
    assert after != before
    assert decrypt(after) == TOTP_SECRET
