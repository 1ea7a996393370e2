"""The witness's day: what each survivor called needs, settled one tap at a time, and what it cost them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from prosecutions import actions
from prosecutions.models import Attendance, CalledWitness, Hearing, HearingCost, WitnessItem
from tests.factories import AttendanceMake, HearingMake, SurvivorMake
from tests.people import on_case, person


@pytest.fixture
def planned(case, lawyer):
    """A hearing in ten days at which one survivor is called, with her plan."""
    survivor = SurvivorMake(case=case, pseudonym="Ligaya")
    with viewing_as(lawyer):
        proceeding = HearingMake(case=case).proceeding
        day = (timezone.now() + timedelta(days=10)).date()
        return actions.schedule_hearing(
            proceeding.pk, by=lawyer, now=timezone.now(), on=day, called=[survivor], who_goes=lawyer
        )


def post(client, user, name, row, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[row.pk]), facts)


def page(client, user, hearing, name="hearing-detail"):
    client.force_login(user)
    return client.get(reverse(f"prosecutions:{name}", args=[hearing.pk])).content.decode()


def needs(user, hearing):
    with viewing_as(user):
        return dict(WitnessItem.objects.filter(hearing=hearing).values_list("need", "state"))


def item(user, hearing, need):
    with viewing_as(user):
        return WitnessItem.objects.get(hearing=hearing, need=need)


def test_a_plan_comes_with_the_hearing_and_a_social_worker_settles_it_in_taps(
    client, planned, social_worker, lawyer, events
):
    assert "9 things missing" in page(client, social_worker, planned)
    transport = item(lawyer, planned, "transport")
    answer = post(client, social_worker, "need-set", transport, state="arranged")
    assert answer["Location"] == reverse("prosecutions:hearing-detail", args=[planned.pk]) + "#witness-day"
    piece = client.post(
        reverse("prosecutions:need-set", args=[item(lawyer, planned, "childcare").pk]),
        {"state": "not_needed"},
        headers={"HX-Request": "true"},
    )
    assert "<html" not in piece.content.decode()
    assert "7 things missing" in piece.content.decode()
    assert post(client, social_worker, "need-set", transport, state="perhaps").status_code == 302
    found = needs(lawyer, planned)
    assert (found["transport"], found["childcare"], found["consent"]) == ("arranged", "not_needed", "open")
    assert [event.detail for event in events("need.set")] == [
        {"need": "transport", "state": "arranged"},
        {"need": "childcare", "state": "not_needed"},
    ]
    client.force_login(lawyer)
    assert "7 things missing" in client.get(reverse("prosecutions:hearing-list")).content.decode()


def test_when_everything_is_settled_the_day_is_ready(client, planned, lawyer):
    with viewing_as(lawyer):
        WitnessItem.objects.filter(hearing=planned).update(state="arranged")
        actions.confirm_hearing(planned.pk, by=lawyer, now=timezone.now())
    text = page(client, lawyer, planned)
    assert "things missing" not in text
    assert text.count("Ready") == 2
    plan = page(client, lawyer, planned, "witness-plan")
    assert "Ligaya" in plan
    assert "Transport" in plan


def test_another_day_opens_what_was_arranged_for_the_old_one(client, planned, lawyer):
    with viewing_as(lawyer):
        WitnessItem.objects.filter(hearing=planned, need__in=["consent", "transport"]).update(
            state="arranged"
        )
        WitnessItem.objects.filter(hearing=planned, need="childcare").update(state="not_needed")
    with viewing_as(lawyer):
        day = (timezone.now() + timedelta(days=20)).date()
        actions.reschedule_hearing(planned.pk, by=lawyer, now=timezone.now(), on=planned.on.first, room="7")
    assert needs(lawyer, planned)["transport"] == "arranged"
    with viewing_as(lawyer):
        actions.reschedule_hearing(planned.pk, by=lawyer, now=timezone.now(), on=day)
    found = needs(lawyer, planned)
    assert (found["consent"], found["childcare"], found["transport"]) == ("arranged", "not_needed", "open")
    assert item(lawyer, planned, "consent").due_on == day - timedelta(days=7)


def test_an_adjournment_carries_the_plan_to_the_next_day(planned, lawyer, case):
    with viewing_as(lawyer):
        actions.call_witness(planned.pk, by=lawyer, now=timezone.now(), role="expert", label="The doctor")
        WitnessItem.objects.filter(hearing=planned, need__in=["consent", "transport"]).update(
            state="arranged", note="the white van"
        )
        actions.record_hearing(
            planned.pk, by=lawyer, now=timezone.now(), outcome="adjourned", reason="judge_absent",
            next_on=(timezone.now() + timedelta(days=24)).date(),
        )  # fmt: skip
        following = Hearing.objects.get(follows=planned)
        assert CalledWitness.objects.get(hearing=following).label == "The doctor"
    found = needs(lawyer, following)
    assert (len(found), found["consent"], found["transport"]) == (9, "arranged", "open")
    assert item(lawyer, following, "transport").note == "the white van"


def test_survivors_are_called_and_excused_and_others_too(client, planned, lawyer, case, look, events):
    second = SurvivorMake(case=case, pseudonym="Tala")
    facts = {"called": [second.pk], "role": "investigating_officer", "label": "The officer", "version": 1}
    assert post(client, lawyer, "witness-call", planned, **facts).status_code == 302
    with viewing_as(lawyer):
        called = Attendance.objects.filter(hearing=planned, called=True)
        assert [row.survivor_id for row in called] == [second.pk]
        assert WitnessItem.objects.filter(hearing=planned).missing().count() == 9
    text = page(client, lawyer, planned)
    assert "The officer" in text
    assert "Ligaya" not in text.partition('id="witnesses"')[2]
    officer = look(lawyer, CalledWitness, hearing=planned)
    assert post(client, lawyer, "witness-excuse", officer, version=1).status_code == 302
    assert "The officer" not in page(client, lawyer, planned)
    assert [event.detail.get("role") for event in events("witness.call")] == [
        "survivor",
        "investigating_officer",
    ]
    assert len(events("witness.excuse")) == 2
    nobody = post(client, lawyer, "witness-call", planned, label="Somebody", version=1)
    assert nobody.status_code == 422


def test_who_sees_to_it_and_until_when(client, planned, lawyer, social_worker):
    row = item(lawyer, planned, "company")
    assert "Who goes along" in page(client, social_worker, row, "need-edit")
    day = (timezone.now() + timedelta(days=3)).date()
    facts = {"state": "open", "sees_to_it": social_worker.pk, "due_on": day, "note": "aunt", "version": 1}
    assert post(client, social_worker, "need-edit", row, **facts).status_code == 302
    row = item(lawyer, planned, "company")
    assert (row.sees_to_it_id, row.due_on, row.note) == (social_worker.pk, day, "aunt")


def test_whoever_only_looks_may_not_plan(client, planned, case, office):
    investigator = on_case(person(Role.INVESTIGATOR, office), case, Role.INVESTIGATOR)
    text = page(client, investigator, planned)
    assert "need-tap" not in text
    row = item(investigator, planned, "company")
    assert post(client, investigator, "need-set", row, state="arranged").status_code == 403


def test_costs_are_added_struck_out_and_counted_once(client, case, lawyer, social_worker, look, looking):
    held = HearingMake(
        case=case, outcome="held", starts_at=timezone.now() - timedelta(days=2), wages_lost_low=300,
        wages_lost_high=400, wages_lost_currency="PHP",
    )  # fmt: skip
    survivor = SurvivorMake(case=case, pseudonym="Ligaya")
    facts = {"survivor": survivor.pk, "kind": "wage", "amount": "350", "currency": "php"}
    assert post(client, social_worker, "cost-add", held, **facts).status_code == 302
    fare = {**facts, "kind": "fare", "amount": "20", "currency": "USD", "of_family": "on"}
    assert post(client, social_worker, "cost-add", held, **fare).status_code == 302
    assert post(client, social_worker, "cost-add", held, **{**facts, "amount": "0"}).status_code == 422

    def lost():
        with viewing_as(lawyer):
            rows = Hearing.objects.all().lost_money()
        return sorted((row.currency, row.low, row.high) for row in rows)

    assert lost() == [("PHP", 350, 400), ("USD", 20, 20)]
    text = page(client, lawyer, held)
    assert "family of Ligaya" in text
    wage = look(lawyer, HearingCost, kind="wage")
    for _press in range(2):
        assert post(client, lawyer, "cost-strike", wage, version=1).status_code == 302
    assert lost() == [("PHP", 300, 400), ("USD", 20, 20)]


def test_the_page_of_a_hearing_asks_as_much_for_three_hearings_as_for_three_hundred(
    client, case, lawyer, queries_for
):
    due = HearingMake(case=case, starts_at=timezone.now() - timedelta(hours=3))

    def more(number):
        for _one in range(number):
            row = HearingMake(
                case=case, proceeding=due.proceeding, starts_at=timezone.now() - timedelta(days=9),
                outcome="adjourned", reason="judge_absent",
            )  # fmt: skip
        AttendanceMake(case=case, hearing=row, called=True)

    more(2)
    client.force_login(lawyer)
    address = reverse("prosecutions:hearing-detail", args=[due.pk])
    three = queries_for(address)
    more(297)
    assert queries_for(address) == three
    assert three <= 25  # with those that tell the database who looks
