"""The mail that sign-in sends says what to do and nothing else."""

import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tests.factories import UserMake
from tests.notifications.test_mail_tells_nothing import DENIED
from tests.notifications.test_texts_tell_nothing import LANGUAGES

FOLDER = Path(settings.BASE_DIR) / "templates" / "account" / "email"
TEMPLATES = sorted(path.name for path in FOLDER.glob("*.txt"))
SITE = {"name": "Cases of Cebu", "domain": "cases.example.org"}
FACTS = {
    "current_site": SITE, "site_name": SITE["name"], "user": "Nena Cruz", "username": "nena",
    "email": "nena@example.org", "from_email": "old@example.org", "to_email": "new@example.org",
    "deleted_email": "old@example.org", "ip": "192.0.2.7", "user_agent": "Firefox",
    "password_reset_url": "https://desk.example.org/reset/", "activate_url": "https://desk.example.org/yes/",
}  # fmt: skip


def ask(client, address):
    """Ask for a new password; the page that answers."""
    return client.post(reverse("account_reset_password"), {"email": address}, follow=True)


def text_of(answer):
    """The words of the page, without what differs between any two pages."""
    return re.sub(r'(nonce|value|content)="[^"]*"', "", answer.content.decode())


def test_an_unknown_address_gets_no_mail_and_the_same_page(client, db):
    person = UserMake(name="Nena Cruz", email="nena@example.org")

    known = ask(client, person.email)
    assert len(mail.outbox) == 1
    unknown = ask(client, "nobody@example.org")

    assert len(mail.outbox) == 1
    assert known.redirect_chain == unknown.redirect_chain
    assert text_of(known) == text_of(unknown)


def test_the_mail_of_a_known_address_says_nothing_of_the_work(client, db):
    person = UserMake(name="Nena Cruz", email="nena@example.org")

    ask(client, person.email)

    (sent,) = mail.outbox
    assert sent.subject == "Choose a new password"
    (link,) = re.findall(r"https?://\S+", sent.body)
    assert client.get(link, follow=True).status_code == 200
    rest = sent.body.replace(link, "")
    assert " ".join(rest.split()) == (
        "Choose a new password here: The link works once. If you did not ask for it, do nothing: "
        "your password stays as it is."
    )
    for word in (person.name, "Nena", "Cruz", "example.com", "testserver", "Hello"):
        assert word not in sent.subject + rest


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["", "482913"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_no_mail_of_sign_in_names_anybody_or_anything(name, code, language):
    with translation.override(language):
        text = render_to_string(f"account/email/{name}", FACTS | {"code": code})

    assert not DENIED.search(text)
    named = (*SITE.values(), "Nena", "nena", "old@", "new@", "192.0.2.7", "Firefox", "example.com")
    assert [word for word in named if word in text] == []


def test_every_mail_that_sign_in_knows_has_words_of_ours():
    theirs = Path(allauth.__file__).parent / "templates" / "account" / "email"
    only_includes = {"email_confirmation_signup_message.txt", "email_confirmation_signup_subject.txt"}
    assert {path.name for path in theirs.glob("*.txt")} - only_includes == set(TEMPLATES)
