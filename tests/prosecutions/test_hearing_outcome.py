"""The outcome in four taps: reasons of this court, usual dates, who asked, and once whatever happens."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from cases.states import IllegalMove
from law.models import Jurisdiction, Reason
from prosecutions import actions
from prosecutions.models import Hearing, HearingCost
from prosecutions.next_dates import offered
from prosecutions.reasons import frequent_reasons
from tests.factories import HearingMake, ProceedingMake, SurvivorMake


@pytest.fixture
def hearing(case, lawyer):
    """One that began this morning and waits for its outcome."""
    return HearingMake(case=case, who_goes=lawyer, starts_at=timezone.now() - timedelta(hours=3))


def record(client, user, hearing, **facts):
    client.force_login(user)
    facts = {"version": hearing.version, "asked_by": "auto", **facts}
    return client.post(reverse("prosecutions:hearing-record", args=[hearing.pk]), facts)


def tapped(hearing, number=1):
    """The value of the second tap of a date: in two weeks."""
    with viewing_as(hearing.who_goes):
        return offered(Hearing.objects.select_related("proceeding").get(pk=hearing.pk), timezone.now())[
            number
        ].value


def test_three_answers_say_it_all(client, hearing, lawyer, look):
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:hearing-detail", args=[hearing.pk])).content.decode()
    assert 'id="outcome"' in text
    assert 'value="witness_absent"' in text
    assert "asked by: Witness" in text
    day = tapped(hearing)
    answer = record(client, lawyer, hearing, outcome="adjourned", why="witness_absent", next_in=day)
    assert answer["Location"] == reverse("prosecutions:hearing-detail", args=[hearing.pk])
    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.reason, row.asked_by, row.next_on) == ("witness_absent", "witness", day)
    following = look(lawyer, Hearing, follows=hearing)
    assert (following.local_time, following.who_goes_id) == (hearing.local_time, lawyer.pk)


def test_before_its_day_the_form_waits_behind_a_fold_and_who_may_not_record_has_none(
    client, case, lawyer, social_worker
):
    ahead = reverse("prosecutions:hearing-detail", args=[HearingMake(case=case).pk])
    client.force_login(lawyer)
    assert "Already put off or taken off the list?" in client.get(ahead).content.decode()
    client.force_login(social_worker)
    assert 'id="outcome"' not in client.get(ahead).content.decode()


def test_part_heard_is_held_and_wants_a_next_date(client, hearing, lawyer, look):
    silent = record(client, lawyer, hearing, outcome="part_heard")
    assert silent.context["form"].errors["next_on"] == [
        "Enter the next date, or tick that the court gave none."
    ]
    said = record(client, lawyer, hearing, outcome="part_heard", why="judge_absent", next_in="none")
    assert said.status_code == 302
    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.outcome, row.reason, row.asked_by, row.next_on) == ("part_heard", "", "", "")


@pytest.mark.parametrize(
    ("answer", "field", "sentence"),
    [
        ({"why": "judge_absent", "reason": "other"}, "reason", "You gave two reasons. Keep one of them."),
        ({"why": "other"}, "reason", "Choose why the hearing was adjourned."),
        ({"why": "judge_absent", "next_in": "other"}, "next_on", "Enter the date."),
        ({"cost1_amount": "5"}, "cost1_whose", "Say whose it was."),
    ],
)
def test_what_does_not_go_together_is_said_beside_the_field(
    client, hearing, lawyer, case, answer, field, sentence
):
    SurvivorMake(case=case)
    response = record(client, lawyer, hearing, outcome="adjourned", **answer)
    assert response.status_code == 422
    assert sentence in response.context["form"].errors[field]


def test_the_exact_reason_of_the_law_says_the_short_one_and_who_asked(client, hearing, lawyer, look):
    everywhere, _new = Jurisdiction.objects.get_or_create(country="ZZ", defaults={"name": "All"})
    exact = Reason.objects.create(
        jurisdiction=everywhere,
        code="officer_absent_here",
        name="Investigating officer absent",
        party="witness",
        avoidable=True,
        falls_under="witness_absent",
    )
    wrong = record(
        client,
        lawyer,
        hearing,
        outcome="adjourned",
        reason="judge_absent",
        exact_reason=exact.pk,
        no_next="on",
    )
    assert "do not belong together" in wrong.context["form"].errors["exact_reason"][0]
    facts = {"outcome": "adjourned", "why": "other", "exact_reason": exact.pk, "next_in": "none"}
    assert record(client, lawyer, hearing, **facts).status_code == 302
    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.reason, row.asked_by, row.exact_reason_id) == ("witness_absent", "witness", exact.pk)


def test_what_was_lost_stands_with_whose_it_was(client, hearing, lawyer, case, look):
    survivor = SurvivorMake(case=case, pseudonym="Ligaya")
    facts = {
        "outcome": "held", "judge": "Judge Reyes", "cost1_whose": f"{survivor.pk}:family",
        "cost1_kind": "fare", "cost1_amount": "80", "cost1_currency": "php",
    }  # fmt: skip
    assert record(client, lawyer, hearing, **facts).status_code == 302
    cost = look(lawyer, HearingCost, hearing=hearing)
    assert (cost.of_family, cost.kind, cost.amount, cost.currency) == (True, "fare", 80, "PHP")
    assert look(lawyer, Hearing, pk=hearing.pk).judge == "Judge Reyes"
    version = look(lawyer, Hearing, pk=hearing.pk).version
    address = reverse("prosecutions:hearing-correct", args=[hearing.pk])
    assert client.post(address, {"reason": "The other case", "version": version}).status_code == 302
    assert look(lawyer, HearingCost, hearing=hearing).struck_at is not None


def test_the_same_sending_again_is_answered_as_before_and_another_is_refused(
    case, hearing, lawyer, alice, looking
):
    key, now = uuid.uuid4(), timezone.now()
    facts = {"outcome": "held", "next_on": (now + timedelta(days=9)).date(), "version": hearing.version}
    with viewing_as(lawyer):
        for _time in range(2):
            row = actions.record_hearing(hearing.pk, by=lawyer, now=now, key=key, **facts)
        assert row.outcome == "held"
        assert Hearing.objects.count() == 2
    with viewing_as(alice), pytest.raises(IllegalMove, match="recorded already"):
        actions.record_hearing(hearing.pk, by=alice, now=now, key=key, outcome="held")


def test_a_second_tab_is_told_what_stands_and_loses_nothing(client, hearing, lawyer):
    record(client, lawyer, hearing, outcome="held")
    late = record(
        client, lawyer, hearing, outcome="adjourned", why="judge_absent", next_in="none", note="Mine"
    )
    text = late.content.decode()
    assert late.status_code == 409
    assert "Recorded already: Held." in text
    assert "Mine" in text


def test_the_reasons_of_this_court_come_first_then_those_of_the_office(case, lawyer):
    def adjourned(reason, times, proceeding):
        for _time in range(times):
            HearingMake(
                case=case, proceeding=proceeding, outcome="adjourned", reason=reason,
                starts_at=timezone.now() - timedelta(days=30),
            )  # fmt: skip

    here, there = ProceedingMake(case=case, court="RTC 7"), ProceedingMake(case=case, court="RTC 8")
    adjourned("file_missing", 1, here)
    adjourned("lawyer_strike", 5, there)
    for reason in (
        "new_counsel",
        "judge_absent",
        "public_holiday",
        "settlement_talks",
        "defence_absent",
        "other",
    ):
        adjourned(reason, 2, there)
    with viewing_as(lawyer):
        hearing = Hearing.objects.get(pk=HearingMake(case=case, proceeding=here).pk)
        found = frequent_reasons(hearing, timezone.now())
    assert found[:2] == ["file_missing", "lawyer_strike"]
    assert (len(found), found[-1]) == (6, "witness_absent")


@pytest.mark.parametrize(
    ("on", "now", "days", "closed"),
    [
        ("2026-11-16", "2026-11-16", ["2026-11-23", "2026-11-30", "2026-12-16"], [False, True, False]),
        ("2027-01-31", "2027-01-31", ["2027-02-07", "2027-02-14", "2027-02-28"], [True, True, True]),
        ("2026-06-01", "2026-11-16", ["2026-11-23", "2026-11-30", "2026-12-16"], [False, True, False]),
    ],
)
def test_a_date_on_which_the_courts_are_closed_is_offered_and_says_so(case, lawyer, on, now, days, closed):
    with viewing_as(lawyer):
        hearing = Hearing.objects.get(pk=HearingMake(case=case, on=on).pk)
        at = datetime.combine(date.fromisoformat(now), datetime.min.time(), UTC) + timedelta(hours=4)
        found = offered(hearing, at)
    assert [offer.value for offer in found] == days
    assert [bool(offer.closed) for offer in found] == closed
    assert all("public holiday" in offer.hint for offer in found if offer.value == "2026-11-30")
