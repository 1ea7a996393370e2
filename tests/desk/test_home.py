from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from audit.actions import record
from notifications.models import Alert, InboxItem
from tests.factories import (
    BailOrderMake,
    CareMake,
    CaseMake,
    HeadcountMake,
    HearingMake,
    OfCaseMake,
    TaskMake,
    UserMake,
)
from tests.people import on_case, person


class AlertMake(OfCaseMake):
    class Meta:
        model = Alert

    rule = "B3"
    subject = "prosecutions.BailOrder"
    subject_id = "00000000-0000-4000-8000-000000000001"
    urgency = "U-S"
    opened_at = timezone.now()
    created_by_pid = 1


class InboxItemMake(OfCaseMake):
    class Meta:
        model = InboxItem

    title_code = "B3"
    why = "LAW"
    urgency = "U-S"
    code = "AB12C"
    created_by_pid = 1


def alert_told_to(user, case, key, **facts):
    alert = AlertMake(case=case, episode_key=key, **facts)
    InboxItemMake(case=case, user=user, key=key, alert=alert)
    return alert


def my_day(client, user):
    client.force_login(user)
    response = client.get(reverse("desk:home"))
    assert response.status_code == 200
    return response


def at(hours=0, **more):
    return timezone.now() + timedelta(hours=hours, **more)


@pytest.fixture
def noon(time_machine):
    """Noon in Manila on a Friday."""
    time_machine.move_to("2026-11-20T04:00:00Z", tick=True)


def test_the_date_is_the_office_s_own(client, alice, time_machine):
    time_machine.move_to("2026-11-20T17:00:00Z")
    assert "Sat 21 November 2026" in my_day(client, alice).content.decode()


def test_today_stands_in_time_order_with_hearings_and_reviews(client, case, social_worker, noon):
    HearingMake(case=case, starts_at=at(3), purpose="judgment", who_goes=social_worker)
    HearingMake(case=case, starts_at=at(-2), purpose="bail", outcome="held")
    HearingMake(case=case, starts_at=at(20), purpose="plea")
    HearingMake(case=case, starts_at=at(1), purpose="pre_trial", confirmed_at=at(-1))
    CareMake(case=case, next_review_on="2026-11-20", worker=social_worker)
    rows = my_day(client, social_worker).context["agenda"]
    assert [row["title"].split(":")[0] for row in rows] == [
        "Bail",
        "Pre-trial",
        "Judgment",
        "Aftercare review",
    ]
    assert [tag["label"] for row in rows for tag in row["tags"]] == ["Held", "Confirmed"]


def test_hearings_of_other_people_s_cases_are_not_in_my_day(client, case, lawyer, other_office, noon):
    HearingMake(case=CaseMake(office=case.office, title="Not hers"), starts_at=at(1))
    HearingMake(case=CaseMake(office=other_office, title="Far away"), starts_at=at(30))
    response = my_day(client, lawyer)
    assert response.context["agenda"] == []
    assert response.context["week"] == []
    assert "Not hers" not in response.content.decode()


def test_a_hearing_nobody_recorded_waits_for_its_outcome(client, case, lawyer, social_worker):
    HearingMake(case=case, starts_at=at(-50))
    assert len(my_day(client, lawyer).context["unrecorded"]) == 1
    assert my_day(client, social_worker).context["unrecorded"] == []


def test_my_tasks_are_mine_open_and_due_ones_first(client, case, alice, lawyer, noon):
    TaskMake(case=case, assigned_to=alice, title="Some day")
    TaskMake(case=case, assigned_to=alice, title="Late", due_on="2026-11-19")
    TaskMake(case=case, assigned_to=alice, title="Today", due_on="2026-11-20")
    TaskMake(case=case, assigned_to=alice, title="Done", done_at=timezone.now(), done_by=alice)
    TaskMake(case=case, assigned_to=lawyer, title="Not hers")
    response = my_day(client, alice)
    assert [task.title for task in response.context["tasks"]] == ["Late", "Today", "Some day"]
    assert "2 tasks due" in response.content.decode()


def test_a_task_is_finished_in_one_press_and_the_day_comes_back(client, case, alice):
    task = TaskMake(case=case, assigned_to=alice)
    text = my_day(client, alice).content.decode()
    address = reverse("cases:task-finish", args=[task.pk])
    assert f'action="{address}"' in text
    answer = client.post(address, {"next": reverse("desk:home")})
    assert answer.url == reverse("desk:home")
    assert my_day(client, alice).context["tasks"] == []


def test_the_next_seven_days_are_counted_by_day(client, case, lawyer, noon):
    for days in (1, 1, 7, 9):
        HearingMake(case=case, starts_at=at(24 * days))
    week = my_day(client, lawyer).context["week"]
    assert [(row["day"][:10], row["said"]) for row in week] == [
        ("Sat 21 Nov", "2 hearings"),
        ("Fri 27 Nov", "1 hearing"),
    ]


def test_reviews_wait_for_those_who_hold_them(client, case, social_worker, lawyer, noon):
    CareMake(case=case, next_review_on="2026-11-01")
    CareMake(case=case, survivor=None, headcount=HeadcountMake(case=case), next_review_on="2026-11-20")
    CareMake(case=case, next_review_on="2027-11-01")
    response = my_day(client, social_worker)
    assert len(response.context["reviews"]) == 2
    assert "Overdue since" in response.content.decode()
    assert "Aftercare reviews" not in my_day(client, lawyer).content.decode()


def test_pending_bail_waits_for_the_lawyer(client, case, lawyer, social_worker):
    order = BailOrderMake(case=case)
    BailOrderMake(case=case, status="REFUSED")
    assert [row.pk for row in my_day(client, lawyer).context["bail"]] == [order.pk]
    assert my_day(client, social_worker).context["bail"] == []


def test_one_red_bar_for_what_is_unsafe_and_untaken(client, case, alice, lawyer):
    alert_told_to(alice, case, "one")
    alert_told_to(alice, case, "two", state="acked", acked_at=timezone.now(), acked_by=lawyer)
    assert "1 urgent alert waits for an answer." in my_day(client, alice).content.decode()
    assert "urgent alert" not in my_day(client, lawyer).content.decode()


def test_directors_see_what_nobody_took_on_in_time(client, case, director, alice, other_office):
    late = AlertMake(case=case, episode_key="late", step=1)
    AlertMake(case=case, episode_key="new")
    AlertMake(case=CaseMake(office=other_office), episode_key="elsewhere", step=2)
    assert [alert.pk for alert in my_day(client, director).context["escalated"]] == [late.pk]
    assert "escalated" not in my_day(client, alice).context


def test_leads_find_the_first_figures_each_with_its_list(client, case, director, legal_lead, alice):
    BailOrderMake(case=case, status="GRANTED", decided_on="2026-05-01")
    tiles = my_day(client, director).context["tiles"]
    assert [str(tile["value"]) for tile in tiles] == ["1", "1", "0", "0"]
    assert all(client.get(tile["url"]).status_code == 200 for tile in tiles)
    assert len(my_day(client, legal_lead).context["tiles"]) == 3
    assert "tiles" not in my_day(client, alice).context


def test_my_cases_are_those_on_whose_team_i_am_lately_touched_first(client, case, alice):
    older = CaseMake(office=case.office, touched_at=at(-500))
    on_case(alice, older, Role.CASEWORKER)
    assert [row.pk for row in my_day(client, alice).context["cases"]] == [case.pk, older.pk]


def test_an_administrator_manages_people_and_sees_no_case(client, case, administrator):
    HearingMake(case=case, starts_at=at(1))
    newcomer = UserMake(name="Nobody Yet")
    response = my_day(client, administrator)
    text = response.content.decode()
    assert newcomer.name in text
    assert case.number not in text
    assert "agenda" not in response.context
    assert "people can sign in" in text


def test_an_auditor_sees_how_much_people_did_and_no_case(client, case, auditor, alice):
    for _time in range(2):
        record("note.add", by=alice, subject=case, case_id=case.pk)
    record("note.add", by=UserMake.build(), subject=case, case_id=case.pk)
    text = my_day(client, auditor).content.decode()
    assert "Alice" in text
    assert "2 acts" in text
    assert "Somebody unknown" in text
    assert case.number not in text


def test_an_empty_day_says_what_will_appear(client, alice, administrator, auditor):
    text = my_day(client, alice).content.decode()
    assert "Nothing has an hour today" in text
    assert "No open task" in text
    assert "Nobody has done anything yet" in my_day(client, auditor).content.decode()


def test_an_agenda_needs_no_script_and_a_signed_out_person_gets_no_day(client, db):
    assert client.get(reverse("desk:home")).status_code == 302


def test_the_day_costs_the_same_for_one_of_everything_and_for_three(client, case, office, queries_of):
    boss = on_case(person(Role.OFFICE_DIRECTOR, office), case, Role.OFFICE_DIRECTOR)

    def fill(case):
        HearingMake(case=case, starts_at=at(0.01), who_goes=UserMake())
        HearingMake(case=case, starts_at=at(-50))
        HearingMake(case=case, starts_at=at(50))
        TaskMake(case=case, assigned_to=boss)
        CareMake(case=case, next_review_on=timezone.localdate().isoformat(), worker=UserMake())
        BailOrderMake(case=case)
        alert_told_to(boss, case, str(case.pk), step=1)

    client.force_login(boss)
    fill(case)
    one = queries_of(lambda: client.get(reverse("desk:home")))
    for _time in range(2):
        fill(on_new_case(boss, office))
    assert queries_of(lambda: client.get(reverse("desk:home"))) == one
    assert one <= 36


def on_new_case(user, office):
    case = CaseMake(office=office)
    on_case(user, case, Role.OFFICE_DIRECTOR)
    return case
