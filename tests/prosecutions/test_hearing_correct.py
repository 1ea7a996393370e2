"""An outcome that was recorded in error is taken back; what it said is not lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from cases.models import Note
from cases.states import IllegalMove
from prosecutions import actions
from prosecutions.models import Attendance, Hearing
from tests.factories import AttendanceMake, HearingMake, SurvivorMake, VerdictMake


@pytest.fixture
def hearing(case, lawyer):
    """It was this morning."""
    return HearingMake(case=case, who_goes=lawyer, starts_at=timezone.now() - timedelta(hours=3))


@pytest.fixture
def adjourned(client, case, lawyer, hearing, look):
    """Somebody wrote that it was put off, with all that can be said of that."""
    survivors = [SurvivorMake(case=case, pseudonym=name) for name in ("Ligaya", "Dalisay")]
    AttendanceMake(case=case, hearing=hearing, survivor=survivors[0], called=True)
    facts = {
        "outcome": "adjourned", "reason": "witness_absent", "asked_by": "prosecution", "next_on": day(9),
        "next_time": "13:30", "came": [one.pk for one in survivors], "wages_lost": "350",
        "whose_wages": "mother", "version": hearing.version,
    }  # fmt: skip
    client.force_login(lawyer)
    assert client.post(reverse("prosecutions:hearing-record", args=[hearing.pk]), facts).status_code == 302
    return look(lawyer, Hearing, pk=hearing.pk)


def day(number):
    return (timezone.now() + timedelta(days=number)).date().isoformat()


def correct(client, user, hearing, **facts):
    client.force_login(user)
    facts = {"reason": "It was the other case.", "version": hearing.version, **facts}
    return client.post(reverse("prosecutions:hearing-correct", args=[hearing.pk]), facts)


def page(client, user, hearing, name="hearing-correct"):
    client.force_login(user)
    return client.get(reverse(f"prosecutions:{name}", args=[hearing.pk])).content.decode()


def test_the_outcome_is_taken_back_and_asked_for_again(client, adjourned, lawyer, look, looking, events):
    response = correct(client, lawyer, adjourned)
    assert response["Location"] == reverse("prosecutions:hearing-record", args=[adjourned.pk])
    row = look(lawyer, Hearing, pk=adjourned.pk)
    assert (row.outcome, row.outcome_at, row.reason, row.asked_by) == ("", None, "", "")
    assert (row.next_on, row.next_time, row.whose_wages) == ("", None, "")
    assert (row.wages_lost_low, row.wages_lost_high, row.wages_lost_currency) == (None, None, "")
    with looking(lawyer):
        assert not Attendance.objects.filter(hearing=row, came=True).exists()
    (event,) = events("hearing.correct")
    assert (event.subject_id, event.actor_id) == (str(row.pk), lawyer.pk)
    assert event.detail == {"was": ["adjourned", "witness_absent", "prosecution"]}
    assert client.get(response["Location"]).status_code == 200


def test_what_it_said_stays_as_a_note_with_the_reason(client, adjourned, lawyer, looking):
    correct(client, lawyer, adjourned, reason=" Wrong branch of the court. ")
    with looking(lawyer):
        note = Note.objects.get()
    assert note.author_id == lawyer.pk
    assert len(note.about) == 2
    first, *rest = note.text.splitlines()
    assert first.startswith("The outcome of the hearing of ")
    assert first.endswith(" was taken back: Wrong branch of the court.")
    for words in (
        "Outcome: Adjourned",
        "Why: Witness absent",
        "Who asked for it: Prosecution",
        "₱350.00 mother",
    ):
        assert words in note.text
    assert any(line.startswith("Next date: ") and line.endswith("13:30") for line in rest)
    assert "Ligaya" not in note.text
    assert "The survivors whom this note is about came to it." in rest


def test_the_next_hearing_it_had_made_goes_off_the_list_and_its_holders_are_told(
    client, adjourned, lawyer, look, events
):
    correct(client, lawyer, adjourned)
    following = look(lawyer, Hearing, follows=adjourned)
    assert following.outcome == "vacated"
    (event,) = events("hearing.cancel")
    assert (event.subject_id, event.detail) == (str(following.pk), {"version": 1})
    assert events("hearing.reschedule") == []
    text = page(client, lawyer, adjourned, "hearing-detail")
    assert "Next hearing" not in text
    called = text.partition('id="witnesses"')[2]
    assert "Dalisay" not in called  # never called, and did not come
    assert "is called" in called


def test_a_next_hearing_that_has_an_outcome_or_has_begun_stays(client, case, lawyer, hearing, look, events):
    past = {"case": case, "proceeding": hearing.proceeding}
    with viewing_as(lawyer):
        Hearing.objects.filter(pk=hearing.pk).update(
            outcome="held", starts_at=timezone.now() - timedelta(days=9)
        )
    told = HearingMake(follows=hearing, outcome="adjourned", reason="other", **past)
    begun = HearingMake(follows=hearing, starts_at=timezone.now() - timedelta(hours=1), **past)
    assert "is taken off the list" not in page(client, lawyer, hearing)
    assert correct(client, lawyer, hearing).status_code == 302
    assert look(lawyer, Hearing, pk=told.pk).outcome == "adjourned"
    assert look(lawyer, Hearing, pk=begun.pk).outcome == ""
    assert events("hearing.cancel") == []


def test_a_hearing_called_off_by_mistake_stands_again_and_everybody_hears_so(
    client, case, lawyer, look, events
):
    ahead = HearingMake(case=case, outcome="vacated", who_goes=lawyer, confirmed_at=timezone.now())
    assert "hears that its date stands" in page(client, lawyer, ahead)
    assert correct(client, lawyer, ahead).status_code == 302
    row = look(lawyer, Hearing, pk=ahead.pk)
    assert (row.outcome, row.schedule_version, row.confirmed_at) == ("", 2, None)
    (event,) = events("hearing.reschedule")
    was = ahead.starts_at.isoformat()
    assert event.detail == {"version": 2, "was": was, "room": "same", "again": "vacated"}


def test_a_past_hearing_keeps_its_schedule(client, case, lawyer, hearing, look, events):
    held = HearingMake(case=case, outcome="held", starts_at=timezone.now() - timedelta(days=2))
    assert "its date stands" not in page(client, lawyer, held)
    assert correct(client, lawyer, held).status_code == 302
    assert look(lawyer, Hearing, pk=held.pk).schedule_version == 1
    assert events("hearing.reschedule") == []
    undated = HearingMake(case=case, outcome="vacated", starts_at=None, on="2026-01")
    assert correct(client, lawyer, undated).status_code == 302
    assert events("hearing.reschedule") == []


def test_the_page_says_what_will_happen(client, adjourned, lawyer):
    text = page(client, lawyer, adjourned)
    assert "The outcome “Adjourned”, with all that was said with it, is taken back." in text
    assert "is taken off the list, and everybody who holds its date is told." in text
    assert "stays in the notes of the case, with your reason." in text
    assert reverse("prosecutions:hearing-correct", args=[adjourned.pk]) in page(
        client, lawyer, adjourned, "hearing-detail"
    )


def test_the_way_there_is_shown_only_to_those_who_may_and_when_there_is_an_outcome(
    client, hearing, adjourned, lawyer, social_worker, case
):
    assert "Correct the outcome" not in page(client, social_worker, adjourned, "hearing-detail")
    assert "Correct the outcome" not in page(client, lawyer, HearingMake(case=case), "hearing-detail")


def test_without_a_reason_nothing_is_taken_back(client, adjourned, lawyer, look, now):
    response = correct(client, lawyer, adjourned, reason="  ")
    assert response.status_code == 422
    assert response.context["form"].errors["reason"] == ["This field is required."]
    with viewing_as(lawyer), pytest.raises(IllegalMove, match="Say what was wrong"):
        actions.correct_hearing(adjourned.pk, by=lawyer, now=now, reason=" ")
    assert look(lawyer, Hearing, pk=adjourned.pk).outcome == "adjourned"


def test_where_nothing_is_recorded_nothing_is_taken_back(client, hearing, lawyer, looking):
    response = correct(client, lawyer, hearing)
    assert response.status_code == 422
    assert "No outcome of this hearing is recorded yet." in response.content.decode()
    with looking(lawyer):
        assert not Note.objects.exists()


def test_two_people_at_once_get_both_versions(client, adjourned, lawyer):
    assert correct(client, lawyer, adjourned, version=adjourned.version - 1).status_code == 409


def test_the_double_click_takes_it_back_once(client, adjourned, lawyer, looking, events):
    key = "1b4e28ba-2fa1-11d2-883f-0016d3cca429"
    places = {correct(client, lawyer, adjourned, idempotency_key=key)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert len(events("hearing.correct")) == 1
    with looking(lawyer):
        assert Note.objects.count() == 1


def test_after_the_correction_what_happened_is_recorded_and_a_verdict_was_left_alone(
    client, adjourned, lawyer, case, look
):
    verdict = VerdictMake(case=case, proceeding=adjourned.proceeding)
    correct(client, lawyer, adjourned)
    row = look(lawyer, Hearing, pk=adjourned.pk)
    facts = {"outcome": "held", "next_on": day(9), "version": row.version}
    assert client.post(reverse("prosecutions:hearing-record", args=[row.pk]), facts).status_code == 302
    with viewing_as(lawyer):
        assert sorted(Hearing.objects.filter(follows=row).values_list("outcome", flat=True)) == [
            "",
            "vacated",
        ]
    assert look(lawyer, type(verdict), pk=verdict.pk).result == "convicted"
