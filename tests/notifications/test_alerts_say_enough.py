"""An alert says whom it is about and why it came, to those who may know; never outside the house."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Can, Role
from accounts.scope import viewing_as
from notifications.models import Alert, InboxItem
from prosecutions.actions import reschedule_hearing
from tests.factories import (
    AccusedMake,
    ArrestMake,
    BailBreachMake,
    BailOrderMake,
    CareMake,
    CaseMake,
    ChargeMake,
    HeadcountMake,
    LookoutMake,
    OperationMake,
    PlanMake,
    ProceedingMake,
    SurvivorMake,
    VerdictMake,
)
from tests.notifications.conftest import alerts, fact, hearing_at, local, rows_of
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")
BEFORE = local("2026-06-01T09:00")


def read(client, user, name="inbox-list", *args):
    """The words of a page, without marks, one space apart."""
    client.force_login(user)
    answer = client.get(reverse(f"notifications:{name}", args=args))
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def granted(case, by, name="Ramil Salonga", **fields):
    accused = AccusedMake(case=case, name=name)
    proceeding = ProceedingMake(case=case, court="RTC Branch 10", docket="R-2026-44")
    bail = BailOrderMake(
        case=case, accused=accused, proceeding=proceeding, status="GRANTED", decided_on="2026-12-01", **fields
    )
    fact("bail.grant", by, bail)
    return bail


def put(row, **fields):
    """Change a row as its owner would, in the hand of the reminders' tests."""
    type(row)._base_manager.filter(pk=row.pk).update(**fields)


def move(hearing, by, to, now="2026-12-01T10:00", **more):
    begins = local(to)
    with viewing_as(by):
        reschedule_hearing(
            hearing.pk, by=by, now=local(now), on=begins.date(), local_time=begins.time(), **more
        )


# --- whom it is about


def test_bail_names_the_accused_the_court_and_the_day_wherever_it_is_read(
    case, client, lawyer, legal_lead, sweep
):
    granted(case, lawyer)
    sweep(NOW)
    line = "Ramil Salonga · RTC Branch 10 · R-2026-44 · decided on 1 December 2026"
    (alert,) = alerts()
    (item,) = rows_of(InboxItem, user=lawyer)

    assert line in read(client, lawyer)
    assert line in read(client, lawyer, "inbox-show", item.pk)
    assert line in read(client, legal_lead, "alert-detail", alert.pk)


def test_names_stand_neither_in_titles_nor_in_mail(case, client, lawyer, tick, mailoutbox):
    granted(case, lawyer)
    tick(NOW)
    (item,) = rows_of(InboxItem, user=lawyer)
    client.force_login(lawyer)

    for name, pk in (("inbox-show", item.pk), ("alert-detail", item.alert_id)):
        text = client.get(reverse(f"notifications:{name}", args=[pk])).content.decode()
        assert "Salonga" not in re.search("<title>.*?</title>", text, flags=re.DOTALL).group()
    assert mailoutbox
    sent = " ".join(str(message.message()) for message in mailoutbox)
    assert not re.search("Salonga|RTC|R-2026", sent)


def test_whoever_may_not_see_the_accused_reads_no_name(case, client, lawyer, sweep, monkeypatch):
    granted(case, lawyer)
    sweep(NOW)
    may = User.can
    monkeypatch.setattr(User, "can", lambda self, verb: verb != Can.VIEW_ACCUSED and may(self, verb))

    for text in (read(client, lawyer), read(client, lawyer, "alert-detail", alerts()[0].pk)):
        assert "Bail granted" in text
        assert "Salonga" not in text


def test_two_alerts_of_one_rule_in_one_case_are_told_apart(case, client, lawyer, sweep):
    granted(case, lawyer, name="Ramil Salonga")
    granted(case, lawyer, name="Dodong Salonga")
    sweep(NOW)

    text = read(client, lawyer)

    assert text.count("Bail granted") >= 2
    assert "I have it : Bail granted, Ramil Salonga" in text
    assert "I have it : Bail granted, Dodong Salonga" in text


def test_a_second_arrest_names_each_team_the_person_of_its_own_file(
    case, client, lawyer, other_office, sweep
):
    theirs = CaseMake(office=other_office)
    ama = on_case(person(Role.LAWYER, other_office), theirs, Role.LAWYER)
    ours = AccusedMake(case=case, name="Ramil Salonga")
    AccusedMake(case=theirs, perpetrator=ours.perpetrator, name="Kofi Mensah")
    fact("arrest.record", lawyer, ArrestMake(case=case, accused=ours))
    sweep(NOW)

    here, there = read(client, lawyer), read(client, ama)

    assert "Ramil Salonga" in here
    assert "Kofi" not in here
    assert "Kofi Mensah" in there
    assert "Ramil" not in there


@pytest.mark.parametrize("overdue", [False, True])
def test_a_review_names_the_survivor_by_pseudonym_and_the_day(case, client, social_worker, sweep, overdue):
    survivor = SurvivorMake(case=case, pseudonym="Pearl", key="s7")
    care = CareMake(case=case, survivor=survivor, worker=social_worker, created_at=BEFORE)
    PlanMake(case=case, care=care, review_on="2026-12-10", created_at=BEFORE)
    sweep(local("2026-12-11T09:00" if overdue else "2026-12-05T09:00"))

    text = read(client, social_worker)

    assert ("Review overdue" if overdue else "Review due within a week") in text
    assert "Pearl · S-7 · care plan · due on Thu 10 December 2026" in text


def test_a_review_of_a_group_names_the_group(case, client, social_worker, sweep):
    group = HeadcountMake(case=case, label="Families of the quarry")
    care = CareMake(case=case, survivor=None, headcount=group, worker=social_worker, created_at=BEFORE)
    put(care, next_review_on="2026-12-03")
    sweep(NOW)

    assert "Families of the quarry · due on Thu 3 December 2026" in read(client, social_worker)


def about(case):
    """[(verb, subject, detail, words)] of the facts that call for an alert with words of its own."""
    accused = AccusedMake(case=case, name="Ramil Salonga")
    court = ProceedingMake(case=case, court="RTC Branch 10", docket="")
    bail = {"case": case, "accused": accused, "proceeding": None, "court": "High Court"}
    breached = BailOrderMake(**bail, status="BREACHED", decided_on="2026-10-01")
    breach = BailBreachMake(case=case, bail=breached, on="2026-11-30")
    office = person(Role.INVESTIGATOR, CaseMake().office).memberships.get().office
    return {
        "B1": ("bail.seek", BailOrderMake(**bail, heard_on="2026-12-20"), {},
               "Ramil Salonga · High Court · heard on 20 December 2026"),
        "B4": ("bail.release", BailOrderMake(**bail, kind="pending_appeal", status="GRANTED",
                                             decided_on="2026-11-29", released_on="2026-11-30"), {},
               "Ramil Salonga · High Court · released on 30 November 2026"),
        "B6": ("bail.breach", breached, {"breach": breach.pk},
               "Ramil Salonga · High Court · broken on 30 November 2026"),
        "J1": ("verdict.record", VerdictMake(case=case, accused=accused, proceeding=court, result="acquitted",
                                             on="2026-11-30"), {},
               "Ramil Salonga · RTC Branch 10 · 30 November 2026"),
        "J1.dropped": ("charge.edit", ChargeMake(case=case, accused=accused, status="dropped",
                                                 offence="Recruitment"), {}, "Ramil Salonga · Recruitment"),
        "O1": ("operation.record", OperationMake(case=case, key="o3", on="2026-11-30", outcome="failed"), {},
               "Operation of 30 November 2026"),
        "O3": ("survivor.recapture", SurvivorMake(case=case, pseudonym="Pearl", key="s7"), {}, "Pearl · S-7"),
        "O4": ("lookout.send", LookoutMake(case=case, to_office=office, to_agency="", on="2026-11-30"), {},
               f"{office.name} · sent on 30 November 2026"),
        "O5": ("track.reopen", case, {"track": "aftercare", "case_id": case.pk}, "Aftercare"),
    }  # fmt: skip


@pytest.mark.parametrize("code", ["B1", "B4", "B6", "J1", "J1.dropped", "O1", "O3", "O4", "O5"])
def test_every_kind_of_alert_says_what_tells_it_from_others(case, client, director, lawyer, sweep, code):
    verb, subject, detail, words = about(case)[code]
    fact(verb, lawyer, subject, **detail)
    sweep(NOW)
    (alert,) = alerts()

    text = read(client, director, "alert-detail", alert.pk)

    _head, _title, inside = text.partition("What it is about")
    assert inside.strip().startswith(words)


def test_an_office_that_is_asked_to_watch_reads_nothing_of_the_case(
    case, client, lawyer, other_office, sweep
):
    watch = person(Role.INVESTIGATOR, other_office)
    lookout = LookoutMake(case=case, to_office=other_office, to_agency="", on="2026-11-30")
    fact("lookout.send", lawyer, lookout)
    sweep(NOW)

    text = read(client, watch)

    assert "Another office asks yours" in text
    assert "30 November" not in text
    assert case.number not in text


# --- a hearing that was moved


@pytest.fixture
def court(case):
    return ProceedingMake(case=case, court="RTC Branch 10", docket="")


def test_a_moved_hearing_names_both_dates_and_the_court_also_on_later_rows(
    case, client, court, lawyer, legal_lead, sweep
):
    hearing = hearing_at(case, "2026-12-05T08:30", who_goes=lawyer, proceeding=court)
    move(hearing, lawyer, "2026-12-20T14:00")
    sweep(NOW)
    sweep(NOW + timedelta(minutes=61))
    sweep(NOW + timedelta(minutes=121))
    (alert,) = alerts(rule="H3")

    pages = [read(client, user) for user in (lawyer, legal_lead)]
    pages.append(read(client, legal_lead, "alert-detail", alert.pk))

    for text in pages:
        assert "Hearing moved" in text
        assert "Sun 20 December 2026, 14:00" in text
        assert "RTC Branch 10" in text
        assert "Before: Sat 5 December 2026, 08:30" in text
    assert {item.hearing_id for item in rows_of(InboxItem, alert=alert)} == {hearing.pk}


def test_rows_of_later_steps_that_were_written_without_the_hearing_show_it(
    case, client, court, lawyer, sweep
):
    hearing = hearing_at(case, "2026-12-05T08:30", who_goes=lawyer, proceeding=court)
    move(hearing, lawyer, "2026-12-20T14:00")
    sweep(NOW)
    (item,) = rows_of(InboxItem, user=lawyer)
    put(item, hearing=None, hearing_version=None)

    assert "Sun 20 December 2026, 14:00" in read(client, lawyer)


def test_whoever_heard_of_it_by_a_later_step_is_told_of_the_next_move(case, lawyer, legal_lead, sweep):
    hearing = hearing_at(case, "2026-12-05T08:30", who_goes=lawyer)
    move(hearing, lawyer, "2026-12-20T14:00")
    sweep(NOW)
    sweep(NOW + timedelta(minutes=121))
    move(hearing, lawyer, "2026-12-21T14:00", "2026-12-01T13:00")
    sweep(local("2026-12-01T13:00"))

    assert [item.title_code for item in rows_of(InboxItem, user=legal_lead, superseded=False)] == ["H3"]


def test_of_several_moves_the_date_before_is_the_one_that_people_hold(case, client, lawyer, sweep):
    hearing = hearing_at(case, "2026-12-05T08:30", who_goes=lawyer)
    sweep(NOW)
    for day in ("18", "19"):
        move(hearing, lawyer, f"2026-12-{day}T14:00")
    sweep(NOW)

    text = read(client, lawyer)

    assert "Sat 19 December 2026, 14:00" in text
    assert "Before: Sat 5 December 2026, 08:30" in text


@pytest.mark.parametrize(
    ("was", "words"),
    [
        ("2026-12", "Before: December 2026"),
        ("2026-12-05", "Before: Sat 5 December 2026"),
        ("2026-12-05T00:00:00+08:00", "Before: Sat 5 December 2026"),
        ("2026-12-20T14:00:00+08:00", "Day and time stay; look at the room."),
    ],
)
def test_the_date_before_is_said_as_far_as_it_was_known(case, client, lawyer, sweep, was, words):
    hearing = hearing_at(case, "2026-12-20T14:00", who_goes=lawyer)
    fact("hearing.reschedule", lawyer, hearing, version=1, was=was)
    sweep(NOW)

    text = read(client, lawyer)

    assert words in text
    assert f"{words}," not in text


# --- why it came


def test_a_later_step_says_who_has_not_taken_it_on_and_since_when(case, client, lawyer, legal_lead, sweep):
    sweep()
    granted(case, lawyer)
    sweep()
    (alert,) = alerts()
    put(
        alert, ladder=[{"minutes": 0, "working_days": 0, "to": ["SAME", "FOD"]}], next_step_at=alert.opened_at
    )
    director = person(Role.OFFICE_DIRECTOR, case.office)
    sweep()

    assert re.search(r"Not yet taken on by the case lawyer since \d\d:\d\d\.", read(client, director))
    assert re.search(r"Not yet taken on since \d\d:\d\d: you are asked again\.", read(client, lawyer))


def test_what_somebody_has_taken_on_is_not_called_open(case, client, director, lawyer, sweep):
    granted(case, lawyer)
    sweep(NOW)
    sweep(NOW + timedelta(minutes=61))
    assert "Not yet taken on by the case lawyer since Tue 1 December 2026" in read(client, director)
    client.force_login(lawyer)
    client.post(reverse("notifications:alert-acknowledge", args=[alerts()[0].pk]))

    assert "It came to you because the case lawyer had not taken it on." in read(client, director)
    assert "Not yet taken on" not in read(client, lawyer)


def test_an_alert_from_before_names_the_first_role_of_its_rule(case, client, director, lawyer, sweep):
    granted(case, lawyer)
    sweep(NOW)
    sweep(NOW + timedelta(minutes=61))
    Alert._base_manager.update(facts={})

    assert "Not yet taken on by the case lawyer since" in read(client, director)


def test_people_told_in_passing_are_not_blamed(case, lawyer, social_worker, sweep):
    fact("bail.seek", lawyer, BailOrderMake(case=case, heard_on="2027-01-20"))
    sweep(NOW)

    assert alerts()[0].facts["told"] == ["LAW", "SW"]


# --- what it costs


def test_thirty_rows_of_every_step_cost_as_much_as_one_of_each(case, client, lawyer, office, sweep):
    def happen(case, day, hour="08:30"):
        granted(case, lawyer)
        hearing = hearing_at(case, f"2026-12-{day:02}T{hour}", who_goes=lawyer)
        move(hearing, lawyer, f"2026-12-{day + 1:02}T{hour}")
        care = CareMake(case=case, worker=lawyer, created_at=BEFORE)
        PlanMake(case=case, care=care, review_on="2026-12-04", created_at=BEFORE)

    def queries():
        client.force_login(lawyer)
        with CaptureQueriesContext(connection) as caught:
            text = client.get(reverse("notifications:inbox-list")).content.decode()
        return len(caught), text.count('class="item ')

    happen(case, 4)
    sweep(NOW)
    sweep(NOW + timedelta(minutes=61))
    few, rows = queries()
    assert rows == 3
    for number in range(9):
        other = CaseMake(office=office)
        on_case(lawyer, other, Role.LAWYER)
        happen(other, 4 + number % 3, f"{11 + 3 * (number // 3)}:30")  # nobody is to be at two at once
    sweep(NOW + timedelta(minutes=62))
    sweep(NOW + timedelta(minutes=130))

    many, rows = queries()

    assert rows == 30
    assert many == few
    assert date(2026, 12, 4).isoformat() in {alert.facts.get("due") for alert in alerts(rule="P1")}
