"""Passkeys with a real browser, which carries a virtual authenticator for the purpose."""

import pytest


def passkey_holder(desk):
    """Give this browser window a device that keeps passkeys and always recognises its owner."""
    session = desk.page.context.new_cdp_session(desk.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def local(system):
    """The same system under the name for which a browser keeps passkeys."""
    before = system.url
    system.url = before.replace("127.0.0.1", "localhost")
    yield system
    system.url = before


def test_a_passkey_is_added_and_opens_the_door_alone(local, desks):
    desk = desks()
    passkey_holder(desk)
    desk.sign_in("paralegal", "manila")
    desk.go("/accounts/2fa/")
    desk.look("factors")
    desk.go("/accounts/2fa/webauthn/add/")
    desk.look("passkey-add")
    desk.page.click("#passkey")
    # Recovery codes come with the first passkey; in a system that was tried before they have been shown.
    desk.page.wait_for_url(lambda url: not url.endswith("/add/"))
    desk.look("recovery-codes")
    desk.go("/people/sign-in/")
    desk.look("sign-ins")
    desk.go("/accounts/logout/")
    desk.page.click("main form button.btn-primary")
    desk.page.wait_for_url("**/accounts/login/")
    desk.look("sign-in")
    desk.page.click("#passkey_login")
    desk.page.wait_for_url(local.url + "/")
    assert desk.complaints == []


def test_leaving_quickly_shows_an_empty_page_and_the_back_button_does_not_return(local, desks):
    desk = desks("phone")
    desk.sign_in("social_worker", "manila")
    desk.go("/people/preferences/")
    desk.look("account")
    desk.page.click("a[data-leave]:visible")
    desk.page.wait_for_url("**/people/leave/")
    assert desk.page.inner_text("body").strip() == ""
    desk.page.go_back()
    assert "/people/preferences/" not in desk.page.url
