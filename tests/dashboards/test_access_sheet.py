"""The monthly sheet of unusual access: each rule finds what it is for, and nothing that is in order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import Duty, Membership
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.actions import record
from audit.models import NOBODY, Event
from dashboards.unusual import IDENTITIES_A_DAY, RULES, Sheet
from tests import people
from tests.factories import CaseMake, SurvivorMake

# Wednesday 4 November 2026, 10:00 in Manila; the month is asked for.
NOON = datetime(2026, 11, 4, 2, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 4, 15, 30, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 8, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def november(alice, lawyer, social_worker):
    """Their roles began before that month."""
    Membership.objects.update(started_at=NOON - timedelta(days=60))


def done(person, verb, at=NOON, subject=None, case=None, **detail):
    with viewing_as(person):
        return record(verb, by=person, subject=subject or person, at=at, case_id=case and case.pk, **detail)


def found(office, rule):
    """The names of the people that a rule finds in that November, and how many events."""
    sheet = Sheet(office, [office], "2026-11", NOON)
    return [(line.person.name, len(line.events)) for line in sheet.lines(rule)]


def test_openings_in_office_hours_are_in_order(case, alice):
    done(alice, "case.read", subject=case, case=case)
    assert {name: found(case.office, name) for name in RULES} == {name: [] for name in RULES}


def test_hours_are_those_of_the_office(case, alice, lawyer):
    done(alice, "case.read", NIGHT, subject=case, case=case)
    done(lawyer, "survivor.open", SUNDAY, subject=case, case=case)
    done(lawyer, "note.add", SUNDAY, subject=case, case=case)
    assert found(case.office, "hours") == [("Alice", 1), ("Bob", 1)]


def test_many_identities_in_one_day(case, alice, lawyer):
    for number in range(IDENTITIES_A_DAY):
        survivor = SurvivorMake(case=case)
        done(alice, "identity.open", subject=survivor)
        done(lawyer, "identity.open", NOON + timedelta(days=number % 2), subject=survivor)
    assert found(case.office, "identities") == [("Alice", IDENTITIES_A_DAY)]


def test_the_same_identity_many_times_is_one(case, alice):
    survivor = SurvivorMake(case=case)
    for _again in range(IDENTITIES_A_DAY):
        done(alice, "identity.open", subject=survivor)
    assert found(case.office, "identities") == []


def test_opened_when_just_named_and_after_leaving(case, alice, lawyer, legal_lead):
    done(legal_lead, "case.assign", subject=case, case=case, user=alice.pk)
    done(alice, "case.read", NOON + timedelta(minutes=59), subject=case, case=case)
    done(alice, "case.read", NOON + timedelta(minutes=61), subject=case, case=case)
    done(legal_lead, "case.unassign", NOON - timedelta(days=40), subject=case, case=case, user=lawyer.pk)
    done(lawyer, "case.read", subject=case, case=case)
    assert found(case.office, "named") == [("Alice", 1)]
    assert found(case.office, "left") == [("Bob", 1)]


def test_refusals_count_from_the_third(case, alice, lawyer):
    for person, times in ((alice, 3), (lawyer, 2)):
        for number in range(times):
            done(person, "access.deny", NOON + timedelta(days=number))
    assert found(case.office, "refused") == [("Alice", 3)]


def test_many_failed_sign_ins_are_on_the_line_of_whoever_s_account_it_is(
    case, alice, lawyer, social_worker, safeguarding_lead, client
):
    for person, times in ((alice, 5), (lawyer, 4)):
        for number in range(times):
            at = NOON + timedelta(days=number)
            Event.objects.create(
                at=at, actor_id=NOBODY, verb="signin.fail", subject="accounts.User", subject_id=person.pk
            )
    with viewing_as(safeguarding_lead):
        assert found(case.office, "signin") == [("Alice", 5)]
    with viewing_as(social_worker):
        assert found(case.office, "signin") == []
    address = reverse(
        "dashboards:access-line",
        args=["signin"],
        query={"office": case.office_id, "month": "2026-11", "person": alice.pk},
    )
    client.force_login(safeguarding_lead)
    assert "failed to sign in" in client.get(address).content.decode()


def test_whoever_was_on_duty_until_lately_and_is_not_on_the_team(case, alice, other_office, legal_lead):
    dora, other = people.person(Role.CASEWORKER, case.office, name="Dora"), CaseMake(office=case.office)
    Membership.objects.update(started_at=NOON - timedelta(days=60))
    for officer, office in ((dora, case.office), (legal_lead, case.office), (alice, other_office)):
        first = NOON.date() - timedelta(days=7 if officer == dora else 14)
        Duty.objects.create(office=office, user=officer, days=(first, first + timedelta(days=7)))
    done(dora, "case.read", NOON - timedelta(days=1), subject=case, case=case)
    assert found(case.office, "left") == [], "she was on duty then"
    for officer in (dora, legal_lead, alice):
        done(officer, "case.read", subject=case, case=case)
    done(legal_lead, "case.assign", NOON - timedelta(days=50), subject=other, case=other, user=dora.pk)
    done(dora, "case.read", subject=other, case=other)
    assert found(case.office, "left") == [("Dora", 1)]


def test_a_team_that_was_brought_over_is_a_team(case, alice, legal_lead):
    Duty.objects.create(office=case.office, user=alice, days=(NOON.date() - timedelta(days=7), NOON.date()))
    with viewing_as(legal_lead):
        record("case.assign", by=legal_lead, subject=case, case_id=case.pk, at=NOON, origin="import",
               user=alice.pk)  # fmt: skip
    done(alice, "case.read", NOON + timedelta(minutes=1), subject=case, case=case)
    assert found(case.office, "left") == found(case.office, "named") == []


def test_a_sheet_that_was_cut_says_so(client, case, alice, safeguarding_lead, monkeypatch):
    monkeypatch.setattr("dashboards.unusual.MOST", 1)
    done(alice, "case.read", NIGHT, subject=case, case=case)
    assert "Not everything was looked at" not in read(client, safeguarding_lead).content.decode()
    done(alice, "case.read", NIGHT, subject=case, case=case)
    text = read(client, safeguarding_lead).content.decode()
    assert "Not everything was looked at" in text
    assert "One event" in text


def test_emergencies_exports_and_prints_count_each(case, alice, lawyer):
    done(alice, "case.break_glass", subject=case, case=case)
    done(alice, "export.download")
    done(lawyer, "evidence.open", subject=case, case=case)
    done(lawyer, "trail.read", subject=SurvivorMake(case=case))
    done(lawyer, "trail.read")
    done(lawyer, "operation.open", subject=case, case=case, what="list")
    done(lawyer, "operation.open", subject=case, case=case, what="date")
    assert found(case.office, "emergency") == [("Alice", 1)]
    assert found(case.office, "exports") == [("Alice", 1)]
    assert found(case.office, "printing") == [("Bob", 3)]


def test_other_months_and_other_offices_stay_out(case, alice, charlie, other_office):
    done(alice, "case.read", NIGHT - timedelta(days=10), subject=case, case=case)
    done(charlie, "case.read", NIGHT)
    assert found(case.office, "hours") == []
    assert Sheet(case.office, [], "2026-12", NOON).earlier == "2026-11"


def read(client, user, **asked):
    client.force_login(user)
    return client.get(reverse("dashboards:access-sheet"), {"month": "2026-11", **asked})


def test_the_lead_sees_her_office_and_the_auditor_any(
    client, case, alice, safeguarding_lead, auditor, other_office
):
    done(alice, "case.read", NIGHT, subject=case, case=case)
    assert "Alice" in read(client, safeguarding_lead).content.decode()
    assert read(client, safeguarding_lead, office=other_office.pk).status_code == 404
    assert "Alice" in read(client, auditor, office=case.office_id).content.decode()
    assert "Alice" not in read(client, auditor, office=other_office.pk).content.decode()
    assert Event.objects.filter(verb="trail.read").count() == 3


def test_only_those_who_review_access_may(client, alice, legal_lead, administrator):
    for person in (alice, legal_lead, administrator):
        assert read(client, person).status_code == 403
        assert client.get(reverse("dashboards:access-line", args=["hours"])).status_code == 403


def test_a_line_opens_to_its_events_and_takes_a_word(client, case, alice, safeguarding_lead, auditor):
    done(alice, "case.read", NIGHT, subject=case, case=case)
    client.force_login(safeguarding_lead)
    asked = {"office": case.office_id, "month": "2026-11", "person": alice.pk}
    address = reverse("dashboards:access-line", args=["hours"], query=asked)
    text = client.get(address).content.decode()
    assert "opened the page of the case" in text
    assert case.number in text
    assert client.post(address, {"word": ""}).status_code == 422
    assert client.post(address, {"word": "explained"}).status_code == 302
    event = Event.objects.get(verb="access.review")
    assert event.detail == {
        "rule": "hours", "month": "2026-11", "office": "cebu", "word": "explained",
    }  # fmt: skip
    assert (event.subject_id, event.actor_id) == (str(alice.pk), safeguarding_lead.pk)
    assert "Gita: I asked, and it was explained" in read(client, safeguarding_lead).content.decode()
    client.force_login(auditor)
    text = client.get(address).content.decode()
    assert case.number not in text
    assert "C-" in text


@pytest.mark.parametrize(
    ("rule", "change"),
    [("moon", {}), ("hours", {"person": ""}), ("hours", {"person": "unknown"}), ("named", {})],
)
def test_a_line_that_is_not_there_is_not_found(client, case, alice, safeguarding_lead, rule, change):
    done(alice, "case.read", NIGHT, subject=case, case=case)
    client.force_login(safeguarding_lead)
    asked = {"office": case.office_id, "month": "2026-11", "person": alice.pk, **change}
    assert client.get(reverse("dashboards:access-line", args=[rule], query=asked)).status_code == 404


def test_months_yet_to_come_and_nonsense_ask_for_this_one(client, safeguarding_lead):
    for month in ("2999-01", "moon"):
        assert read(client, safeguarding_lead, month=month).context["sheet"].later == ""


def test_no_office_at_all_is_said_so(client, auditor):

    client.force_login(auditor)
    assert client.get(reverse("dashboards:access-sheet")).status_code == 200


def test_one_line_costs_as_much_as_three(
    client, case, alice, lawyer, social_worker, safeguarding_lead, queries_of
):
    done(alice, "case.read", NIGHT, subject=case, case=case)
    read(client, safeguarding_lead)
    address = reverse("dashboards:access-sheet", query={"month": "2026-11"})
    one = queries_of(lambda: client.get(address))
    for person in (alice, lawyer, social_worker):
        done(person, "case.read", NIGHT, subject=case, case=case)
    assert queries_of(lambda: client.get(address)) == one
