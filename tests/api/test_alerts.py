import pytest
from django.utils import timezone

from accounts.scope import system_access
from notifications.actions import open_alerts
from notifications.actions.alerts import Opening
from notifications.actions.owing import Owed, owe
from notifications.models import Alert
from notifications.querysets import ASKED
from notifications.rules import To, Urgency
from tests.factories import BailOrderMake, CaseMake


@pytest.fixture
def opened(case, lawyer):
    """A bail alert of the case, in the inbox of its lawyer."""
    order = BailOrderMake(case=case)
    with system_access("reminders", "a test opens an alert") as principal:
        opening = Opening(rule="B3", case=case, subject=order, key=f"B3:{order.pk}")
        (alert,) = open_alerts([opening], by=principal, now=timezone.now())
    return alert


def told(user, case, key, title=ASKED):
    with system_access("reminders", "a test tells somebody"):
        owe([Owed(user.pk, case, key, title, To.DUTY, Urgency.COURT)], now=timezone.now())


def test_everybody_reads_the_own_alerts_alone(api, case, opened, lawyer, director):
    (row,) = api(lawyer).listed("alerts/")
    assert (row["case"], row["rule"], row["state"], row["acked_at"]) == (str(case.pk), "B3", "open", None)
    assert row["title"]
    other = api(director)
    assert other.listed("alerts/") == []
    assert other.get(f"alerts/{row['id']}/").status_code == 404
    assert other.post(f"alerts/{row['id']}/acknowledge/").status_code == 404


def test_taking_an_alert_on_stops_its_ladder(api, opened, lawyer, looking):
    client = api(lawyer)
    (row,) = client.listed("alerts/", waiting="true", unread="true")
    response = client.post(f"alerts/{row['id']}/acknowledge/")
    assert response.status_code == 200
    assert (response.json()["state"], bool(response.json()["acked_at"])) == ("acked", True)
    assert client.listed("alerts/", waiting="true") == []
    assert client.post(f"alerts/{row['id']}/acknowledge/").status_code == 200
    with looking(lawyer):
        assert Alert.objects.get(pk=opened.pk).acked_by_id == lawyer.pk


def test_an_alert_of_a_case_one_no_longer_sees_is_gone(api, case, opened, lawyer, director, looking):
    with looking(director):
        lawyer.case_assignments.filter(case=case).update(ended_at=timezone.now())
    assert api(lawyer).listed("alerts/") == []


def test_what_another_office_is_asked_to_watch_for_names_no_case(api, charlie, case, other_office):
    told(charlie, case, "lookout:1")
    client = api(charlie)
    (row,) = client.listed("alerts/")
    assert (row["case"], row["hearing"], row["state"]) == (None, None, "")
    assert str(case.pk) not in client.get(f"alerts/{row['id']}/").content.decode()
    assert client.listed("alerts/", case=str(case.pk)) == []


def test_alerts_are_narrowed_by_case_and_urgency(api, case, opened, lawyer, office):
    told(lawyer, case, "own:1", title="H4")
    client = api(lawyer)
    assert len(client.listed("alerts/", case=str(case.pk))) == 2
    assert client.listed("alerts/", case=str(CaseMake(office=office).pk)) == []
    assert [row["rule"] for row in client.listed("alerts/", urgency="U-C")] == ["H4"]
