"""The inbox, the bell, an alert and the catalogue, as people meet them."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from cases.models import Assignment, Case
from notifications.models import InboxItem
from notifications.reading import unread_of
from notifications.rules import CATALOGUE
from tests.factories import BailOrderMake, CaseMake, OperationMake, VerdictMake
from tests.notifications.conftest import alerts, deliveries, fact, hearing_at, inbox, local, rows_of
from tests.people import on_case

NOW = local("2026-12-01T10:00")


def grant(case, by):
    return fact("bail.grant", by, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))


def page(client, user, address="", status=200):
    client.force_login(user)
    answer = client.get(address or reverse("notifications:inbox-list"))
    assert answer.status_code == status
    return answer.content.decode()


def items(user):
    return rows_of(InboxItem, user=user)


def test_an_empty_inbox_says_what_will_come(client, lawyer):
    assert "Nothing waits for you" in page(client, lawyer)


def test_unsafe_and_unanswered_stands_first(case, client, lawyer, sweep):
    grant(case, lawyer)
    sweep(NOW)
    hearing_at(case, "2026-12-08T11:00", who_goes=lawyer)
    sweep(NOW + timedelta(minutes=61))

    text = page(client, lawyer)

    assert text.index("Bail granted") < text.index("Hearing in a week")
    assert "You are the lawyer of this case." in text
    assert "Tell each survivor through the social worker" in text
    assert case.number in text


def test_hearings_of_one_day_stand_together_and_count_as_one(case, client, lawyer, sweep):
    for hour in ("08:30", "10:00"):
        hearing_at(case, f"2026-12-08T{hour}", who_goes=lawyer)
    sweep(NOW)

    text = page(client, lawyer)

    assert text.count("Hearing in a week</a>") == 1
    assert "08:30" in text
    assert "10:00" in text
    with viewing_as(lawyer):
        assert unread_of(lawyer) == 1


def test_a_mail_opens_its_item_and_reads_it(case, client, lawyer, sweep):
    grant(case, lawyer)
    sweep(NOW)
    (item,) = items(lawyer)

    text = page(client, lawyer, reverse("notifications:inbox-show", args=[item.pk]))

    assert "Bail granted" in text
    assert items(lawyer)[0].read_at is not None
    assert reverse("notifications:alert-detail", args=[item.alert_id]) in text
    assert reverse("prosecutions:bail-detail", args=[alerts()[0].subject_id]) in text


def test_an_item_of_hearings_opens_with_the_whole_day(case, client, lawyer, sweep):
    for hour in ("08:30", "10:00"):
        hearing_at(case, f"2026-12-08T{hour}", who_goes=lawyer)
    sweep(NOW)

    text = page(client, lawyer, reverse("notifications:inbox-show", args=[items(lawyer)[0].pk]))

    assert "08:30" in text
    assert "10:00" in text
    assert all(item.read_at for item in items(lawyer))


def test_whoever_left_the_case_reads_no_more_of_it(case, client, lawyer, sweep):
    grant(case, lawyer)
    sweep(NOW)
    (item,) = items(lawyer)
    with viewing_as(lawyer):
        Assignment.objects.filter(user=lawyer).update(ended_at=timezone.now())

    text = page(client, lawyer, reverse("notifications:inbox-show", args=[item.pk]), status=404)

    assert "No longer yours" in text
    assert "Bail" not in text
    assert case.number not in text + page(client, lawyer)
    with viewing_as(lawyer):
        assert unread_of(lawyer) == 0


def test_nobody_reads_what_was_written_to_somebody_else(case, client, lawyer, legal_lead, sweep):
    grant(case, lawyer)
    sweep(NOW)
    (item,) = items(lawyer)

    page(client, legal_lead, reverse("notifications:inbox-show", args=[item.pk]), status=404)

    for verb in ("inbox-read", "inbox-acknowledge"):
        assert client.post(reverse(f"notifications:{verb}", args=[item.pk])).status_code == 404
    assert items(lawyer)[0].read_at is None


def test_what_was_overtaken_says_so_when_its_mail_is_opened(case, client, lawyer, sweep):
    bail = BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01")
    fact("bail.grant", lawyer, bail)
    sweep(NOW)
    (item,) = items(lawyer)
    fact("bail.release", lawyer, bail)
    sweep(NOW)

    text = page(client, lawyer, reverse("notifications:inbox-show", args=[item.pk]))

    assert "Something later has taken the place of this." in text
    assert "Released on bail" in page(client, lawyer)


def test_i_have_it_takes_the_alert_behind_the_item(case, client, lawyer, sweep):
    grant(case, lawyer)
    sweep(NOW)
    client.force_login(lawyer)

    answer = client.post(reverse("notifications:inbox-acknowledge", args=[items(lawyer)[0].pk]))

    assert answer.headers["Location"] == reverse("notifications:inbox-list")
    assert (alerts()[0].state, alerts()[0].acked_by_id) == ("acked", lawyer.pk)
    assert "You have it" in page(client, lawyer)


def test_i_have_it_answers_for_all_hearings_of_the_day(case, client, lawyer, sweep):
    for hour in ("08:30", "10:00"):
        hearing_at(case, f"2026-12-03T{hour}", who_goes=lawyer)
    sweep(local("2026-12-01T11:00"))
    client.force_login(lawyer)
    address = reverse("notifications:inbox-acknowledge", args=[items(lawyer)[0].pk])

    client.post(address)
    client.post(address)

    assert all(item.acked_at for item in items(lawyer))


def test_mark_as_read(case, client, lawyer, sweep):
    hearing_at(case, "2026-12-08T08:30", who_goes=lawyer)
    sweep(NOW)
    client.force_login(lawyer)

    assert client.post(reverse("notifications:inbox-read", args=[items(lawyer)[0].pk])).status_code == 302
    assert items(lawyer)[0].read_at is not None
    assert "All read" in page(client, lawyer)


def test_the_bell_answers_only_when_the_number_has_changed(case, client, lawyer, sweep):
    grant(case, lawyer)
    sweep(NOW)
    client.force_login(lawyer)

    assert "1 unread" in client.get(reverse("notifications:inbox-count", query={"n": 0})).content.decode()
    assert client.get(reverse("notifications:inbox-count", query={"n": 1})).status_code == 204
    assert client.get(reverse("notifications:inbox-count")).headers["Cache-Control"].startswith("max-age=0")


def test_the_inbox_is_for_people_who_use_the_desk(client, db):
    assert client.get(reverse("notifications:inbox-list")).status_code == 302  # to sign in
    client.force_login(person_without_a_role())
    assert client.get(reverse("notifications:inbox-list")).status_code == 403


def person_without_a_role():
    from tests.factories import UserMake

    return UserMake()


def test_one_alert_costs_as_much_as_thirty(case, client, lawyer, office, sweep):
    def queries():
        client.force_login(lawyer)
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("notifications:inbox-list"))
        return len(caught)

    grant(case, lawyer)
    hearing_at(case, "2026-12-08T08:30", who_goes=lawyer)
    sweep(NOW)
    few = queries()
    for number in range(10):
        other = CaseMake(office=office)
        on_case(lawyer, other, Role.LAWYER)
        grant(other, lawyer)
        hearing_at(other, f"2026-12-0{number % 3 + 6}T08:30", who_goes=lawyer)
    sweep(NOW)
    assert len(items(lawyer)) > 15
    assert queries() == few


def test_the_page_of_an_alert_shows_who_was_told_and_what_happened(case, client, lawyer, legal_lead, sweep):
    grant(case, lawyer)
    sweep(NOW)
    sweep(NOW + timedelta(minutes=15))
    (alert,) = alerts()
    client.force_login(legal_lead)
    client.post(reverse("notifications:alert-acknowledge", args=[alert.pk]))

    text = page(client, lawyer, reverse("notifications:alert-detail", args=[alert.pk]))

    for word in (
        "Bail granted",
        "Opened",
        "Went to the next people",
        "Taken on",
        lawyer.name,
        legal_lead.name,
    ):
        assert word in text
    assert "I have it" not in text
    assert "<title>Alert" in text


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda case: ("bail.seek", BailOrderMake(case=case)), "Bail applied for"),
        (
            lambda case: ("operation.record", OperationMake(case=case, outcome="failed")),
            "An operation failed",
        ),
    ],
)
def test_every_alert_says_what_is_to_do(case, client, lawyer, director, sweep, make, words):
    verb, subject = make(case)
    fact(verb, lawyer, subject)
    sweep(NOW)
    (alert,) = alerts()

    text = page(client, director, reverse("notifications:alert-detail", args=[alert.pk]))

    assert words in text
    assert "What to do:" in text


def test_a_closed_alert_shows_when_it_ended(case, client, lawyer, sweep):
    grant(case, lawyer)
    sweep(NOW)
    with viewing_as(lawyer):
        type(BailOrderMake.build()).objects.update(status="CANCELLED")
    sweep(NOW)

    assert "Over since" in page(client, lawyer, reverse("notifications:alert-detail", args=[alerts()[0].pk]))


def test_a_role_that_sees_no_case_may_not_open_alerts(case, client, lawyer, administrator, sweep):
    grant(case, lawyer)
    sweep(NOW)

    page(client, administrator, reverse("notifications:alert-detail", args=[alerts()[0].pk]), status=404)


def test_the_catalogue_shows_every_rule_and_which_of_them_work(client, lawyer):
    text = page(client, lawyer, reverse("notifications:rule-list"))

    codes = [row["code"] for row in csv.DictReader(io.StringIO(CATALOGUE.read_text(encoding="utf-8")))]
    assert sorted(re.findall(r'id="rule-([^"]+)"', text)) == sorted(codes)
    assert len(codes) == len(set(codes)) == 74
    assert "Not watched yet" in text


def test_what_stands_in_the_inbox_is_sealed_with_the_case(case, client, lawyer, legal_lead, sweep):
    grant(case, lawyer)
    sweep(NOW)
    assert inbox(legal_lead) == ["B3"]
    with viewing_as(lawyer):
        Case.objects.filter(pk=case.pk).update(sensitivity=2)

    assert "Bail granted" not in page(client, legal_lead)
    assert "Bail granted" in page(client, lawyer)
    assert len(deliveries(user=legal_lead)) == 1


def test_an_alert_that_nobody_need_answer_asks_for_no_answer(case, client, lawyer, director, sweep):
    fact("verdict.record", lawyer, VerdictMake(case=case, result="convicted"))
    sweep(NOW)

    text = page(client, director, reverse("notifications:alert-detail", args=[alerts()[0].pk]))

    assert "Convicted" in text
    assert "I have it" not in text
    assert "Nobody has it yet" not in text
