"""Standing in: for a period, in the same office, never for a sealed case, and said on the first page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Deputy, User
from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from audit.models import Event
from cases.actions import end_deputy, set_deputy
from cases.models import Case
from cases.querysets import people_who_may_see
from cases.states import IllegalMove
from notifications.recipients import Directory
from notifications.rules import To
from tests.factories import AssignmentMake, CaseMake, MembershipMake
from tests.people import on_case, person

DAY = timedelta(days=1)
SET = reverse("cases:deputy-set")


def fresh(user):
    return User.objects.get(pk=user.pk)


def names(by, person, deputy, *, starts=None, days=7, **more):
    now = timezone.now()
    with viewing_as(fresh(by)) as me:
        return set_deputy(
            by=me, now=now, person=fresh(person), deputy=fresh(deputy), starts_at=starts or now,
            until=now + days * DAY, **more,
        )  # fmt: skip


def seen_by(user):
    with viewing_as(fresh(user)):
        return set(Case.objects.values_list("pk", flat=True))


def test_a_deputy_sees_the_cases_of_the_person_but_for_sealed_ones(office, alice, case, colleague):
    team_only, sealed = CaseMake(office=office, sensitivity=1), CaseMake(office=office, sensitivity=2)
    for other in (team_only, sealed):
        on_case(alice, other, Role.CASEWORKER)
    assert seen_by(colleague) == set()
    names(alice, alice, colleague)
    assert seen_by(colleague) == {case.pk, team_only.pk}
    assert set(people_who_may_see(sealed)) == {alice}
    assert set(people_who_may_see(team_only)) == {alice, colleague}
    event = Event.objects.get(verb="deputy.set")
    assert set(event.detail) == {"user", "person", "until"}


def test_what_was_opened_in_an_emergency_does_not_pass_to_the_deputy(office, alice, colleague):
    hidden = CaseMake(office=office, sensitivity=1)
    until = timezone.now() + DAY
    AssignmentMake(case=hidden, user=alice, role="caseworker", kind="break_glass", reason="x", until=until)
    names(alice, alice, colleague)
    assert hidden.pk in seen_by(alice)
    assert hidden.pk not in seen_by(colleague)


def test_it_begins_on_its_day_and_ends_on_its_day_or_at_once(case, alice, colleague):
    row = names(alice, alice, colleague, starts=timezone.now() + DAY)
    assert seen_by(colleague) == set()
    Deputy.objects.filter(pk=row.pk).update(starts_at=timezone.now() - 2 * DAY)
    assert seen_by(colleague) == {case.pk}
    Deputy.objects.filter(pk=row.pk).update(until=timezone.now() - DAY)
    assert seen_by(colleague) == set()
    Deputy.objects.filter(pk=row.pk).update(until=timezone.now() + DAY)
    with viewing_as(fresh(colleague)) as me:
        end_deputy(row.pk, by=me, now=timezone.now())
    assert seen_by(colleague) == set()
    with viewing_as(fresh(alice)) as me, pytest.raises(IllegalMove, match="ended already"):
        end_deputy(row.pk, by=me, now=timezone.now())


def test_who_names_whom(office, alice, colleague, legal_lead, director, charlie):
    with pytest.raises(IllegalMove, match="same office"):
        names(alice, alice, charlie)
    with pytest.raises(IllegalMove, match="Only she herself or a lead"):
        names(colleague, alice, colleague)
    with pytest.raises(IllegalMove, match="Nobody names herself"):
        names(legal_lead, alice, legal_lead)
    with pytest.raises(IllegalMove, match="Only she herself or a lead"):
        names(legal_lead, director, colleague)
    with pytest.raises(IllegalMove, match="too long"):
        names(alice, alice, colleague, days=200)
    with pytest.raises(IllegalMove, match="lies in the past"):
        names(alice, alice, colleague, days=-1)
    with pytest.raises(IllegalMove, match="same office"):
        names(alice, alice, alice)
    assert names(legal_lead, alice, colleague).named_by == legal_lead
    with pytest.raises(IllegalMove, match="one of these days already"):
        names(alice, alice, colleague)
    assert names(director, legal_lead, colleague).person == legal_lead


def test_a_lead_of_another_office_names_nobody_here(alice, colleague, other_office):
    stranger = person(Role.OFFICE_DIRECTOR, other_office)
    with pytest.raises(IllegalMove, match="Only she herself or a lead"):
        names(stranger, alice, colleague)
    MembershipMake(user=stranger, office=alice.home_office, role=Role.PARALEGAL)
    with pytest.raises(IllegalMove, match="Only she herself or a lead"):
        names(stranger, alice, colleague)


def test_alerts_reach_the_deputy_too_while_it_holds(case, lawyer, alice, colleague):
    row = names(lawyer, lawyer, colleague)

    def reached(level=0):
        with system_access("reminders", "a test looks"):
            Case.objects.filter(pk=case.pk).update(sensitivity=level)
            here = Case.objects.get(pk=case.pk)
            directory = Directory([here])
            assert directory.may_see(here) == set(people_who_may_see(here).values_list("pk", flat=True))
            return set(directory.resolve(here, (To.LAW,)))

    assert reached() == {lawyer.pk, colleague.pk}
    assert reached(level=1) == {lawyer.pk, colleague.pk}
    assert reached(level=2) == {lawyer.pk, alice.pk}  # she may see it, and she is here
    Deputy.objects.filter(pk=row.pk).update(ended_at=timezone.now())
    assert reached() == {lawyer.pk}


def test_the_screens(client, case, alice, colleague):
    client.force_login(alice)
    assert "Nobody stands in for anybody" in client.get(reverse("cases:deputy-list")).content.decode()
    page = client.get(SET).content.decode()
    assert "Curious" in page
    today = timezone.localdate()
    days = {"first": today.isoformat(), "last": (today + 3 * DAY).isoformat()}
    wrong = client.post(SET, {"person": alice.pk, "deputy": alice.pk, **days})
    assert wrong.status_code == 422
    answer = client.post(SET, {"person": alice.pk, "deputy": colleague.pk, **days, "reason": "Leave"})
    assert answer["Location"] == reverse("cases:deputy-list")
    page = client.get(reverse("cases:deputy-list")).content.decode()
    assert "Curious stands in for Alice" in page
    client.force_login(colleague)
    assert "You stand in for Alice" in client.get(reverse("desk:home")).content.decode()
    assert client.get(case.get_absolute_url()).status_code == 200
    end = reverse("cases:deputy-end", args=[Deputy.objects.get().pk])
    assert client.post(end).status_code == 302
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.post(end).status_code == 302
    assert "Curious stood in for Alice" in client.get(reverse("cases:deputy-list")).content.decode()


def test_the_period_of_other_people_does_not_exist(client, alice, colleague, charlie):
    row = names(alice, alice, colleague)
    client.force_login(charlie)
    assert client.post(reverse("cases:deputy-end", args=[row.pk])).status_code == 404
    assert "Alice" not in client.get(reverse("cases:deputy-list")).content.decode()
    assert "Alice" not in client.get(SET).content.decode()


def test_whoever_leads_may_end_it_and_a_colleague_may_not(client, alice, colleague, lawyer, director):
    row = names(alice, alice, colleague)
    with viewing_as(fresh(lawyer)) as me, pytest.raises(IllegalMove, match="one of the two"):
        end_deputy(row.pk, by=me, now=timezone.now())
    client.force_login(director)
    client.post(reverse("cases:deputy-end", args=[row.pk]))
    assert Deputy.objects.get().ended_at


def test_an_auditor_has_nobody_to_stand_in_for_her(client, auditor):
    client.force_login(auditor)
    assert "no cases that somebody could stand in for" in client.get(SET).content.decode()


def test_the_list_costs_the_same_for_few_and_for_many(client, office, director, django_assert_num_queries):
    def arrange(count):
        now = timezone.now()
        for _ in range(count):
            away, deputy = person(Role.CASEWORKER, office), person(Role.CASEWORKER, office)
            period = {"starts_at": now, "until": now + 5 * DAY}
            Deputy.objects.create(person=away, deputy=deputy, named_by=away, **period)

    address = reverse("cases:deputy-list")
    client.force_login(director)
    arrange(1)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    arrange(9)
    with django_assert_num_queries(len(few)):
        page = client.get(address)
    assert len(page.context["current"]) == 10
