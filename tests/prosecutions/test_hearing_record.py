from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from prosecutions.models import Attendance, Hearing
from tests.factories import (
    AccusedMake,
    AttendanceMake,
    HearingMake,
    PartyMake,
    ProceedingMake,
    SurvivorMake,
)


@pytest.fixture
def hearing(case, lawyer):
    """One that began this morning and waits for its outcome."""
    return HearingMake(case=case, who_goes=lawyer, starts_at=timezone.now() - timedelta(hours=3), room="4")


def coming(days):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def record(client, user, hearing, **facts):
    client.force_login(user)
    facts = {"version": hearing.version, **facts}
    return client.post(reverse("prosecutions:hearing-record", args=[hearing.pk]), facts)


def test_an_adjournment_sets_the_next_hearing_in_the_same_breath(client, hearing, lawyer, case, look, events):
    called = SurvivorMake(case=case)
    AttendanceMake(case=case, hearing=hearing, survivor=called, called=True)
    came = SurvivorMake(case=case)
    answer = {
        "outcome": "adjourned",
        "reason": "witness_absent",
        "asked_by": "prosecution",
        "next_on": coming(9),
        "next_time": "13:30",
        "came": [came.pk],
        "wages_lost": "350",
        "wages_lost_currency": "PHP",
        "whose_wages": "mother",
    }
    assert record(client, lawyer, hearing, **answer).status_code == 302

    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.outcome, row.reason, row.asked_by) == ("adjourned", "witness_absent", "prosecution")
    assert (row.wages_lost_low, row.wages_lost_currency, row.next_on) == (350, "PHP", coming(9))
    following = look(lawyer, Hearing, follows=hearing)
    assert (following.on, f"{following.local_time:%H:%M}", following.room) == (coming(9), "13:30", "4")
    assert (following.who_goes_id, following.confirmed_at, following.position) == (lawyer.pk, None, 2)
    assert look(lawyer, Attendance, hearing=following).survivor_id == called.pk
    assert look(lawyer, Attendance, hearing=hearing, survivor=came).came
    (event,) = events("hearing.record")
    assert event.detail == {"outcome": "adjourned", "reason": "witness_absent"}
    (scheduled,) = events("hearing.schedule")
    assert (scheduled.subject_id, scheduled.detail) == (str(following.pk), {"version": 1})
    assert events("hearing.cancel") == []


def test_who_was_called_and_came_is_marked_once(client, hearing, lawyer, case, look):
    survivor = SurvivorMake(case=case)
    AttendanceMake(case=case, hearing=hearing, survivor=survivor, called=True)
    record(client, lawyer, hearing, outcome="held", came=[survivor.pk])
    row = look(lawyer, Attendance, hearing=hearing)
    assert (row.called, row.came) == (True, True)


@pytest.mark.parametrize("outcome", ["held", "judgment"])
@pytest.mark.parametrize("field", ["reason", "asked_by"])
def test_what_belongs_to_another_answer_is_neither_saved_nor_lost(
    client, hearing, lawyer, look, outcome, field
):
    """The branch stays in sight as long as something is filled in there; the answer is refused in words."""
    typed = {"reason": "judge_absent", "asked_by": "court"}[field]
    response = record(client, lawyer, hearing, outcome=outcome, **{field: typed}, whose_wages="mother")
    assert response.status_code == 422
    form = response.context["form"]
    assert form.errors[field] == [
        "Only a hearing that was put off has this. Choose another outcome or take it out here."
    ]
    assert (form[field].value(), form["whose_wages"].value()) == (typed, "mother")
    assert f'<option value="{typed}" selected>' in response.content.decode()
    assert look(lawyer, Hearing, pk=hearing.pk).outcome == ""


def test_a_hearing_taken_off_the_list_may_say_why(client, hearing, lawyer, look):
    answer = {"outcome": "vacated", "reason": "court_too_busy", "asked_by": "court"}
    assert record(client, lawyer, hearing, **answer).status_code == 302
    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.outcome, row.reason, row.asked_by) == ("vacated", "court_too_busy", "court")


def test_lost_wages_take_the_currency_of_the_office(client, hearing, lawyer, look):
    assert record(client, lawyer, hearing, outcome="held", wages_lost="12.50").status_code == 302
    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.wages_lost_low, row.wages_lost_currency) == (12.5, "PHP")


@pytest.mark.parametrize(
    ("answer", "field", "sentence"),
    [
        ({}, "outcome", "Choose what happened."),
        ({"outcome": "adjourned", "no_next": "on"}, "reason", "Choose why the hearing was adjourned."),
        (
            {"outcome": "adjourned", "reason": "other"},
            "next_on",
            "Enter the next date, or tick that the court gave none.",
        ),
        (
            {"outcome": "adjourned", "reason": "other", "no_next": "on", "next_on": coming(3)},
            "next_on",
            "You entered a date and ticked that the court gave none.",
        ),
        ({"outcome": "held", "next_time": "09:00"}, "next_on", "Enter the date that belongs to this time."),
        (
            {"outcome": "held", "next_on": coming(-9)},
            "next_on",
            "The next hearing must be later than this one.",
        ),
        ({"outcome": "adjourned", "reason": "other", "next_on": "soon"}, "next_on", "Enter a valid date."),
        (
            {"outcome": "held", "wages_lost": "5", "wages_lost_currency": "pesos"},
            "wages_lost_currency",
            "Write the currency in three letters, like PHP.",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_field(
    client, hearing, lawyer, look, answer, field, sentence
):
    response = record(client, lawyer, hearing, **answer)
    assert response.status_code == 422
    assert sentence in response.context["form"].errors[field]
    assert "<title>Error:" in response.content.decode()
    assert look(lawyer, Hearing, pk=hearing.pk).outcome == ""


def test_a_next_date_that_has_gone_by_is_refused(client, case, lawyer):
    old = HearingMake(case=case, starts_at=timezone.now() - timedelta(days=30))
    response = record(client, lawyer, old, outcome="held", next_on=coming(-9))
    assert response.context["form"].errors["next_on"] == ["The next date is in the past."]


def test_a_hearing_still_ahead_cannot_have_been_held(client, case, lawyer):
    ahead = HearingMake(case=case)
    response = record(client, lawyer, ahead, outcome="held")
    assert response.status_code == 422
    assert "still ahead" in response.context["form"].errors["outcome"][0]


def test_put_off_before_its_day_everybody_who_holds_the_date_is_told(client, case, lawyer, events):
    ahead = HearingMake(case=case, schedule_version=3)
    answer = {"outcome": "adjourned", "reason": "judge_absent", "next_on": coming(20)}
    assert record(client, lawyer, ahead, **answer).status_code == 302
    assert [event.detail for event in events("hearing.cancel")] == [{"version": 3}]


def test_what_is_recorded_is_not_recorded_again(client, hearing, lawyer, look):
    record(client, lawyer, hearing, outcome="held")
    late = record(client, lawyer, hearing, outcome="vacated")
    assert late.status_code == 409
    assert "The two versions" in late.content.decode()
    version = look(lawyer, Hearing, pk=hearing.pk).version
    again = record(client, lawyer, hearing, outcome="vacated", version=version)
    assert again.status_code == 422
    assert again.context["form"].errors["outcome"] == ["What happened at this hearing is recorded already."]


def test_the_double_click_makes_one_next_hearing(client, hearing, lawyer, looking):
    answer = {
        "outcome": "held",
        "next_on": coming(9),
        "idempotency_key": "1b4e28ba-2fa1-11d2-883f-0016d3cca428",
    }
    places = {record(client, lawyer, hearing, **answer)["Location"] for _ in range(2)}
    assert len(places) == 1
    with looking(lawyer):
        assert Hearing.objects.count() == 2


def test_a_judgment_leads_to_the_verdict_of_the_only_accused(client, hearing, lawyer, case, look):
    party = PartyMake(case=case, proceeding=hearing.proceeding, accused=AccusedMake(case=case))
    response = record(client, lawyer, hearing, outcome="judgment")
    assert response["Location"] == reverse("prosecutions:verdict-record", args=[party.accused_id])
    assert look(lawyer, Hearing, pk=hearing.pk).outcome == "held"


def test_a_judgment_on_several_leads_to_the_proceeding(client, hearing, lawyer, case):
    for _ in range(2):
        PartyMake(case=case, proceeding=hearing.proceeding, accused=AccusedMake(case=case))
    response = record(client, lawyer, hearing, outcome="judgment")
    assert response["Location"] == reverse("prosecutions:proceeding-detail", args=[hearing.proceeding_id])


def test_a_caseworker_who_records_no_verdicts_lands_on_the_proceeding(client, hearing, alice, case):
    PartyMake(case=case, proceeding=hearing.proceeding, accused=AccusedMake(case=case))
    response = record(client, alice, hearing, outcome="judgment")
    assert response["Location"] == reverse("prosecutions:proceeding-detail", args=[hearing.proceeding_id])


def test_the_page_asks_with_big_choices_and_puts_ours_to_fix_first(client, hearing, lawyer):
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:hearing-record", args=[hearing.pk])).content.decode()
    assert text.count('name="outcome"') == 5
    assert 'class="choices"' in text
    assert "form-end-sticky" in text
    assert text.index("Ours to fix") < text.index("Prosecution and police") < text.index('label="Court"')
    assert "Saving this will" in text
    assert "If adjourned, come after 0 earlier adjournments" in text


def test_the_page_of_a_hearing_ahead_says_that_people_are_told(client, case, lawyer):
    proceeding = ProceedingMake(case=case)
    HearingMake(case=case, proceeding=proceeding, outcome="adjourned", reason="other")
    ahead = HearingMake(case=case, proceeding=proceeding)
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:hearing-record", args=[ahead.pk])).content.decode()
    assert "Tell everybody who holds this date that it is off" in text
    assert "come after 1 earlier adjournment in" in text
