from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from cases.models import Case
from cases.states import IllegalMove
from prosecutions import actions
from prosecutions.models import Attendance, Hearing
from tests.factories import HearingMake, ProceedingMake, SurvivorMake, UserMake

MANILA = ZoneInfo("Asia/Manila")


def post(client, user, name, pk, /, **facts):
    client.force_login(user)
    return client.post(reverse(f"prosecutions:{name}", args=[pk]), facts)


def there(days, hours=0):
    """Date and time at the office of the case."""
    return timezone.now().astimezone(MANILA) + timedelta(days=days, hours=hours)


def test_a_hearing_stands_in_the_calendar_with_its_team(client, case, lawyer, looking, events):
    proceeding, survivor = ProceedingMake(case=case), SurvivorMake(case=case)
    facts = {
        "proceeding": proceeding.pk,
        "on": "2030-11-24",
        "local_time": "08:30",
        "purpose": "survivor_testimony",
        "room": "4",
        "who_goes": lawyer.pk,
        "called": [survivor.pk],
    }
    response = post(client, lawyer, "hearing-schedule", case.pk, **facts)
    assert response.status_code == 302
    with looking(lawyer):
        hearing = Hearing.objects.get()
        assert hearing.starts_at == datetime(2030, 11, 24, 0, 30, tzinfo=UTC)
        assert (hearing.who_goes_id, hearing.room, hearing.position) == (lawyer.pk, "4", 1)
        assert Attendance.objects.get().called
        assert Case.objects.get().touched_at > case.touched_at
    assert response["Location"] == reverse("prosecutions:hearing-detail", args=[hearing.pk])
    assert [event.detail for event in events("hearing.schedule")] == [{"version": 1}]


def test_without_a_time_it_begins_at_local_midnight(client, case, lawyer, looking):
    post(
        client, lawyer, "hearing-schedule", case.pk, proceeding=ProceedingMake(case=case).pk, on="2030-11-24"
    )
    with looking(lawyer):
        hearing = Hearing.objects.get()
    assert (hearing.local_time, hearing.starts_at) == (None, datetime(2030, 11, 23, 16, tzinfo=UTC))


def test_only_the_team_may_be_sent_and_only_own_proceedings_used(client, case, lawyer, other_office):
    foreign = ProceedingMake()
    facts = {"proceeding": foreign.pk, "on": "2030-11-24", "who_goes": UserMake().pk}
    response = post(client, lawyer, "hearing-schedule", case.pk, **facts)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"proceeding", "who_goes"}


def test_without_a_proceeding_the_page_says_what_to_do_first(client, case, lawyer):
    client.force_login(lawyer)
    text = client.get(reverse("prosecutions:hearing-schedule", args=[case.pk])).content.decode()
    assert "Open the proceeding first." in text
    assert reverse("prosecutions:proceeding-open", args=[case.pk]) in text


def test_a_moved_hearing_is_a_new_version_that_nobody_has_confirmed(client, case, lawyer, look, events):
    hearing = HearingMake(case=case, who_goes=lawyer, confirmed_at=timezone.now())
    facts = {"on": "2030-11-25", "local_time": "10:00", "room": "5", "version": 1}
    assert post(client, lawyer, "hearing-reschedule", hearing.pk, **facts).status_code == 302
    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.on, row.room, row.schedule_version, row.confirmed_at) == ("2030-11-25", "5", 2, None)
    assert row.starts_at == datetime(2030, 11, 25, 2, tzinfo=UTC)
    assert row.scheduled_at > hearing.scheduled_at
    (event,) = events("hearing.reschedule")
    assert event.detail == {"version": 2, "was": hearing.starts_at.isoformat(), "room": "other"}


@pytest.mark.parametrize(("days", "hours", "field"), [(-1, 0, "on"), (0, -1, "local_time"), (-400, 0, "on")])
def test_a_hearing_cannot_be_moved_into_the_past(client, case, lawyer, look, days, hours, field):
    hearing = HearingMake(case=case)
    # An hour ago may be yesterday: either field may carry the sentence then.
    when = there(days, hours)
    facts = {"on": f"{when:%Y-%m-%d}", "local_time": f"{when:%H:%M}", "version": 1}
    response = post(client, lawyer, "hearing-reschedule", hearing.pk, **facts)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert "cannot be moved into the past" in errors["on" if when.date() < there(0).date() else field][0]
    assert look(lawyer, Hearing, pk=hearing.pk).schedule_version == 1


def test_two_people_who_move_one_hearing_get_both_versions(client, case, lawyer, alice):
    hearing = HearingMake(case=case)
    post(client, lawyer, "hearing-reschedule", hearing.pk, on="2030-11-25", local_time="10:00", version=1)
    late = post(client, alice, "hearing-reschedule", hearing.pk, on="2030-12-01", room="9", version=1)
    assert late.status_code == 409
    text = late.content.decode()
    assert "2030-12-01" in text
    assert "25 November 2030" in text
    assert 'name="version" value="2"' in text


def test_a_cancelled_hearing_stays_struck_through(client, case, lawyer, look, events):
    hearing = HearingMake(case=case, schedule_version=2)
    response = post(client, lawyer, "hearing-cancel", hearing.pk, reason="public_holiday", version=1)
    assert response.status_code == 302
    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.outcome, row.reason) == ("vacated", "public_holiday")
    assert [event.detail for event in events("hearing.cancel")] == [{"version": 2}]
    page = client.get(reverse("prosecutions:hearing-list"), {"case": case.pk}).content.decode()
    assert "strike" in page


@pytest.mark.parametrize(
    "name", ["hearing-reschedule", "hearing-cancel", "hearing-assign", "hearing-confirm"]
)
def test_after_the_outcome_nothing_is_changed(client, case, lawyer, name):
    hearing = HearingMake(case=case, outcome="held", who_goes=lawyer)
    response = post(client, lawyer, name, hearing.pk, on="2030-11-25", version=1)
    assert response.status_code == 422
    assert "is recorded already; it cannot be changed now" in response.content.decode()


def test_who_goes_is_named_and_says_yes(client, case, lawyer, social_worker, look, events):
    hearing = HearingMake(case=case)
    assert post(client, lawyer, "hearing-assign", hearing.pk, who_goes=social_worker.pk).status_code == 302
    assert [event.detail for event in events("hearing.assign")] == [{"user": str(social_worker.pk)}]
    refused = post(client, lawyer, "hearing-confirm", hearing.pk)
    assert refused.status_code == 422
    assert "Only the person who goes can confirm it." in refused.content.decode()
    client.force_login(social_worker)
    page = reverse("prosecutions:hearing-detail", args=[hearing.pk])
    assert "Confirm that I go" in client.get(page).content.decode()
    assert post(client, social_worker, "hearing-confirm", hearing.pk).status_code == 302
    first = look(social_worker, Hearing, pk=hearing.pk).confirmed_at
    assert first is not None
    post(client, social_worker, "hearing-confirm", hearing.pk)
    assert look(social_worker, Hearing, pk=hearing.pk).confirmed_at == first
    post(client, lawyer, "hearing-assign", hearing.pk, who_goes=social_worker.pk)
    assert look(social_worker, Hearing, pk=hearing.pk).confirmed_at == first
    post(client, lawyer, "hearing-assign", hearing.pk, who_goes="")
    row = look(lawyer, Hearing, pk=hearing.pk)
    assert (row.who_goes, row.confirmed_at) == (None, None)
    assert events("hearing.assign")[-1].detail == {"user": ""}


def test_a_hearing_of_which_only_the_month_is_known_can_be_given_a_day(case, lawyer, now, events):
    hearing = HearingMake(case=case, on="2030-11", starts_at=None, local_time=None)
    with viewing_as(lawyer):
        actions.reschedule_hearing(hearing.pk, by=lawyer, now=now, on=there(400).date())
    assert events("hearing.reschedule")[0].detail["was"] == "2030-11"


def test_a_hearing_is_not_moved_to_yesterday_by_any_other_road(case, lawyer, now):
    hearing = HearingMake(case=case)
    with viewing_as(lawyer), pytest.raises(IllegalMove) as refused:
        actions.reschedule_hearing(hearing.pk, by=lawyer, now=now, on=there(-1).date())
    assert refused.value.field == "on"


def test_a_hearing_in_another_century_is_taken_for_a_slip(client, lawyer, case):
    proceeding = ProceedingMake(case=case)
    client.force_login(lawyer)
    facts = {"proceeding": proceeding.pk, "on": "2126-12-01", "purpose": "evidence"}
    response = client.post(reverse("prosecutions:hearing-schedule", args=[case.pk]), facts)
    assert response.status_code == 422
    assert "Check the year" in response.context["form"].errors["on"][0]
