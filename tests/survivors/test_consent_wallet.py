"""The wallet: what holds, for whom, until when, and how it is taken back with one press."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from survivors.models import Consent
from tests.factories import AccusedMake, AgencyMake, ConsentMake, KinshipMake, SurvivorMake

TODAY = timezone.now().date()


@pytest.fixture
def survivor(case):
    return SurvivorMake(case=case, key="s1", pseudonym="Maya", child=True)


def wallet(client, user, survivor):
    client.force_login(user)
    return client.get(reverse("survivors:consent-list", args=[survivor.pk]))


def card(page, consent):
    """The words of one card."""
    start = page.index(f'id="c-{consent.pk}"')
    return page[start : page.index("</section>", start)]


def test_every_answer_says_in_words_where_it_stands(client, case, survivor, alice, lawyer, charlie):
    AgencyMake(case=case, key="a1", name="Open Door")
    before = timezone.now() - timedelta(days=3)

    def made(**facts):
        return ConsentMake(case=case, survivor=survivor, **{"created_at": before, **facts})

    cards = {
        "Holds": made(purpose="legal_support", to="a1", what=["health"]),
        "Runs out in 12 days": made(purpose="services", until=(TODAY + timedelta(days=12)).isoformat()),
        "Ran out on": made(purpose="shelter", until="2026-01-31"),
        "Withdrawn on": made(purpose="research", withdrawn_on="2026-02"),
        "Refused": made(purpose="photograph", given=False),
        "Replaced by a later answer": made(purpose="interview"),
        "a child alone agreed": made(purpose="publish_story", giver="self"),
    }
    made(purpose="interview", created_at=timezone.now(), giver="guardian", assent=True)
    page = wallet(client, alice, survivor).content.decode()
    assert {words: words in card(page, consent) for words, consent in cards.items()} == dict.fromkeys(
        cards, True
    )
    assert "Open Door" in card(page, cards["Holds"])
    assert "Health" in card(page, cards["Holds"])
    assert "Real name" not in card(page, cards["Holds"])
    assert "Renew" in card(page, cards["Runs out in 12 days"])
    assert wallet(client, charlie, survivor).status_code == 404
    assert "Yes, withdraw it now" not in wallet(client, lawyer, survivor).content.decode()


def test_it_is_taken_back_with_one_press_on_the_same_page(client, case, survivor, alice):
    consent = ConsentMake(case=case, survivor=survivor)
    page = wallet(client, alice, survivor).content.decode()
    address = reverse("survivors:consent-withdraw", args=[consent.pk])
    assert f'action="{address}"' in card(page, consent)
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [(reverse("survivors:consent-list", args=[survivor.pk]), 302)]
    assert "Withdrawn on" in card(answer.content.decode(), consent)


def test_the_form_is_filled_in_as_usual_and_offers_nobody_accused(client, case, survivor, alice):
    AccusedMake(case=case, key="p1", label="the landlady")
    KinshipMake(case=case, of="s1", who="p1", relation="aunt")
    SurvivorMake(case=case, key="s2")
    KinshipMake(case=case, of="s1", who="s2", relation="mother")
    client.force_login(alice)
    address = reverse("survivors:consent-add", args=[survivor.pk]) + "?from=wallet&purpose=share_with_agency"
    page = client.get(address)
    form = page.context["form"]
    assert form.initial["what"] == ("pseudonym", "age", "needs")
    assert [key for key, _words in form.fields["giver_key"].choices] == ["", "s2"]
    assert "A guardian, the child protection authority" in page.content.decode()
    facts = {"purpose": "share_with_agency", "given": "yes", "what": ["pseudonym"], "assent": "yes"}
    refused = client.post(address, {**facts, "giver": "parent", "given_by": "the aunt"})
    assert refused.status_code == 422
    assert "cannot give this" in refused.content.decode()
    saved = client.post(address, {**facts, "giver": "ministry", "receiver": "Hope Clinic"})
    assert saved["Location"] == reverse("survivors:consent-list", args=[survivor.pk])
    with viewing_as(alice):
        consent = Consent.objects.get()
    assert (consent.giver, consent.assent, consent.what, consent.receiver) == (
        "ministry", True, ["pseudonym"], "Hope Clinic",
    )  # fmt: skip
    again = client.get(f"{address}&like={consent.pk}").context["form"].initial
    assert (again["receiver"], again["giver"]) == ("Hope Clinic", "ministry")
    other = ConsentMake(receiver="Somebody else's")
    assert "receiver" not in client.get(f"{address}&like={other.pk}").context["form"].initial
