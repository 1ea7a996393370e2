"""Referrals: no more is told there than she agreed to, and a withdrawal reaches whoever was told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.models import CareTask, Referral
from audit.models import Event
from survivors import actions as survivor_actions
from tests.factories import (
    AgencyMake,
    CareMake,
    ConsentMake,
    EpisodeMake,
    HeadcountMake,
    HealthEventMake,
    PlacementMake,
    ReferralMake,
)
from tests.people import just_confirmed

NAME, PHONE, STREET, HEALTH = "Marisol Reyes", "0917 555 0142", "12 Mango Lane", "Miscarriage"


@pytest.fixture
def known(case, social_worker, care):
    """Somebody of whom much could leak."""
    with viewing_as(social_worker):
        survivor_actions.edit_identity(
            care.survivor_id,
            by=social_worker,
            now=timezone.now(),
            latin_name=NAME,
            phones=PHONE,
            address=STREET,
        )
    EpisodeMake(case=case, survivor=care.survivor, kinds=["ForcedLabour"])
    HealthEventMake(case=case, survivor=care.survivor, what="miscarriage")
    AgencyMake(case=case, key="a1", name="Open Door")
    AgencyMake(case=case, key="a2", name="Hope Clinic")
    return care


def agree(care, **facts):
    return ConsentMake(case=care.case, survivor=care.survivor, purpose="share_with_agency", **facts)


def address(name, row):
    return reverse(f"aftercare:{name}", args=[row.pk])


def refer(client, user, care, **facts):
    just_confirmed(client, user)
    return client.post(address("referral-make", care), {"kind": "medical", **facts})


def last(user):
    with viewing_as(user):
        return Referral.objects.select_related("case", "consent").latest("created_at")


def test_beside_each_receiver_stands_what_may_be_told_and_nothing_else_goes(client, known, social_worker):
    agree(known, to="a1", what=["pseudonym", "health"])
    agree(known, to="a2", given=False)
    just_confirmed(client, social_worker)
    page = client.get(address("referral-make", known))
    hints = {offer.name: str(offer.hint) for offer in page.context["form"].offers.values()}
    assert hints == {
        "Open Door": "May be told: The chosen name, Health",
        "Hope Clinic": "Nothing may be told: refused",
        "Somebody else": "Nothing may be told: agreed for another receiver only",
    }
    refused = refer(client, social_worker, known, to="a2")
    assert refused.status_code == 422
    assert "cannot be referred there: refused" in refused.content.decode()
    assert reverse("survivors:consent-list", args=[known.survivor_id]) in refused.content.decode()
    assert refer(client, social_worker, known, receiver="A stranger").status_code == 422
    made = refer(client, social_worker, known, to="a1", note="Needs a doctor")
    referral = last(social_worker)
    assert made["Location"] == referral.get_absolute_url()
    assert (referral.receiver, referral.shared) == ("Open Door", ["pseudonym", "health"])
    sheet = client.get(address("referral-sheet", referral)).content.decode()
    assert "Maya" in sheet
    assert HEALTH in sheet
    for kept in (NAME, "555", STREET, "Forced labour", "Needs a doctor"):
        assert kept not in sheet
    printed = Event.objects.get(verb="referral.print")
    assert printed.detail == {"shared": ["pseudonym", "health"]}
    assert not Event.objects.filter(verb="identity.open").exists()
    assert "Open Door" in client.get(address("referral-list", known)).content.decode()


def test_a_name_stands_on_the_sheet_only_with_consent_and_leaves_its_own_line(
    client, known, social_worker, safeguarding_lead
):
    agree(known, receiver="Dr Cruz", what=["identity", "contact", "whereabouts"])
    PlacementMake(case=known.case, care=known, kind="aftercare_home")
    page = refer(client, social_worker, known, receiver="dr cruz", leave_out=["contact"])
    referral = last(social_worker)
    assert page["Location"] == referral.get_absolute_url()
    client.logout()
    client.force_login(social_worker)  # not fresh: it is asked again who she is
    assert client.get(address("referral-sheet", referral)).status_code == 302
    just_confirmed(client, social_worker)
    sheet = client.get(address("referral-sheet", referral)).content.decode()
    assert NAME in sheet
    assert "555" not in sheet  # left out by us
    assert STREET not in sheet  # the address of a shelter is everybody's who lives there
    assert "Told by telephone" in sheet
    opened = Event.objects.filter(verb="identity.open").latest("id")
    assert opened.subject_id == str(known.survivor_id)


def test_a_yes_to_help_is_no_yes_to_telling(client, known, social_worker):
    ConsentMake(case=known.case, survivor=known.survivor, purpose="services")
    assert refer(client, social_worker, known, to="a1").status_code == 422
    ConsentMake(case=known.case, survivor=known.survivor, purpose="services", what=["needs"])
    assert refer(client, social_worker, known, to="a1").status_code == 302
    agree(known, given=False)
    assert refer(client, social_worker, known, to="a2").status_code == 422


def test_a_withdrawal_ends_what_waits_marks_what_runs_and_makes_a_task_to_tell(
    client, known, social_worker, alice
):
    consent = agree(known)
    facts = {"case": known.case, "care": known, "consent": consent, "to": "a1"}
    asked = ReferralMake(**facts, receiver="Open Door")
    taken = ReferralMake(**facts, receiver="Hope Clinic", status="taken")
    done = ReferralMake(**facts, receiver="The school", status="done")
    client.force_login(alice)
    assert client.post(reverse("survivors:consent-withdraw", args=[consent.pk])).status_code == 302
    page = client.get(reverse("survivors:consent-list", args=[known.survivor_id])).content.decode()
    for receiver in ("Open Door", "Hope Clinic", "The school"):  # who had received what stays in sight
        assert receiver in page
    assert page.count("Rests on nothing") == 1
    with viewing_as(social_worker):
        found = dict(Referral.objects.values_list("pk", "status"))
        tasks = list(CareTask.objects.order_by("what").values_list("kind", "source_id", "what"))
    assert found == {asked.pk: "taken_back", taken.pk: "taken", done.pk: "done"}
    assert [(kind, key) for kind, key, _what in tasks] == [("other", taken.pk), ("other", asked.pk)]
    assert "Tell Hope Clinic" in tasks[0][2]
    just_confirmed(client, social_worker)
    detail = client.get(address("referral-detail", taken)).content.decode()
    assert "Consent withdrawn" in detail
    assert "Tell Hope Clinic" in detail, "what is left to do stands on the page of the referral"
    back = client.get(address("referral-detail", asked)).content.decode()
    assert "<dt>Consent withdrawn</dt>" in back
    assert "Tell Open Door" in back
    sheet = client.get(address("referral-sheet", taken))
    assert sheet.status_code == 422
    assert "took the consent back" in sheet.content.decode()


def test_a_no_to_one_receiver_ends_what_runs_there_and_nothing_else(client, known, social_worker, alice):
    consent = agree(known)
    facts = {"case": known.case, "care": known, "consent": consent}
    one = ReferralMake(**facts, to="a1", receiver="Open Door")
    other = ReferralMake(**facts, to="a2", receiver="Hope Clinic")
    with viewing_as(alice):
        survivor_actions.add_consent(
            known.survivor_id, by=alice, now=timezone.now(), purpose="share_with_agency", given=False, to="a1"
        )
    with viewing_as(social_worker):
        assert dict(Referral.objects.values_list("pk", "status")) == {one.pk: "taken_back", other.pk: "asked"}
        assert [task.source_id for task in CareTask.objects.all()] == [one.pk]


def test_a_referral_goes_its_way_and_no_further(client, known, social_worker, charlie):
    referral = ReferralMake(case=known.case, care=known, consent=agree(known))
    client.force_login(social_worker)
    move = address("referral-move", referral)
    assert client.post(move, {"status": "done"}).status_code == 422
    assert client.post(move, {"status": "taken", "answered_on": "2026-01"}).status_code == 302
    assert last(social_worker).status == "taken"
    assert client.post(move, {"status": "done"}).status_code == 302
    assert client.get(address("referral-sheet", referral)).status_code == 422  # over
    client.force_login(charlie)
    for name in ("referral-detail", "referral-move", "referral-sheet"):
        assert client.get(address(name, referral)).status_code == 404


def test_the_page_of_the_care_says_which_consent_runs_out_and_who_was_asked(client, known, social_worker):
    soon = (timezone.now() + timedelta(days=12)).date().isoformat()
    consent = agree(known, until=soon)
    ReferralMake(case=known.case, care=known, consent=consent, receiver="The dentist")
    client.force_login(social_worker)
    page = client.get(known.get_absolute_url()).content.decode()
    assert "Runs out in 12 days" in page
    assert "The dentist" in page


def test_a_group_is_not_referred(client, case, social_worker):
    group = CareMake(case=case, survivor=None, headcount=HeadcountMake(case=case))
    assert "Register the people" in refer(client, social_worker, group, receiver="Hope").content.decode()
