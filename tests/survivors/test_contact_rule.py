"""How a person may be reached is read before any number shows, and each reading is written down."""

from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.models import Event
from survivors import actions
from survivors.models import ContactRule
from tests.people import just_confirmed

SECRET = ("Aunt Rosa", "her father", "the dentist", "blue kite")


def agree(survivor, by, **more):
    facts = dict(zip(("who", "not_to", "we_are", "code_word"), SECRET, strict=True))
    with viewing_as(by):
        return actions.set_contact_rule(
            survivor.pk, by=by, now=timezone.now(), ways=["call"], hours="9 to 11", **facts, **more
        )


def test_no_number_shows_before_the_rule_was_read(client, known, alice, social_worker):
    agree(known, alice)
    just_confirmed(client, alice)
    address = reverse("survivors:identity-open", args=[known.pk])
    covered = client.get(address).content.decode()
    assert not any(word in covered for word in (*SECRET, "0917"))
    asked = client.post(address, {"show": ["contacts", "names"]}).content.decode()
    assert "0917" not in asked
    assert "Read first how this person may be reached." in asked
    assert all(word in asked for word in (*SECRET, "María"))
    assert Event.objects.get(verb="identity.open", detail__parts=["names"])
    assert Event.objects.get(verb="contactrule.read").detail == {"version": 1}, "the code word was shown"
    shown = client.post(address, {"show": "contacts", "read": "1"}).content.decode()
    assert "0917" in shown
    assert "blue kite" in shown
    agree(known, alice, version=1)
    again = client.post(address, {"show": "contacts", "read": "1"}).content.decode()
    assert "0917" not in again, "what was agreed has changed since"
    form = client.get(reverse("survivors:identity-edit", args=[known.pk])).content.decode()
    assert "0917" not in form
    assert "blue kite" in form
    form = client.get(reverse("survivors:identity-edit", args=[known.pk]), {"read": "2"}).content.decode()
    assert "0917" in form


def test_the_rule_is_sealed_and_changed_by_those_who_write_identities(client, known, alice, lawyer, looking):
    just_confirmed(client, lawyer)
    address = reverse("survivors:contact-rule-edit", args=[known.pk])
    assert client.get(address).status_code == 403
    just_confirmed(client, alice)
    sent = {"ways": ["text", "call"], "hours": "evenings", "code_word": "blue kite", "version": "0"}
    assert client.post(address, sent)["Location"] == known.get_absolute_url()
    with looking(alice):
        rule = ContactRule.objects.get(survivor=known)
        assert rule.ways == ["text", "call"]
        assert (str(rule.code_word), rule.code_word.open()) == ("sealed", "blue kite")
    assert "blue kite" in client.get(address).content.decode()
    assert Event.objects.filter(verb="contactrule.read").count() == 1
    late = client.post(address, sent | {"code_word": "red kite"})
    assert late.status_code == 409
    assert "blue kite" not in late.content.decode(), "that it differs, not what it is"
    for event in Event.objects.filter(verb__startswith="contactrule"):
        assert "kite" not in str(event.detail)
