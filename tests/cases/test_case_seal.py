import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import seal_case
from cases.models import Assignment, Case, Note
from cases.states import IllegalMove
from tests.factories import MembershipMake, NoteMake
from tests.people import person


def seal(client, case, user, level, **more):
    client.force_login(user)
    return client.post(reverse("cases:case-seal", args=[case.pk]), {"sensitivity": level, **more})


def test_the_page_says_what_follows(client, case, alice, director):
    client.force_login(director)
    page = client.get(reverse("cases:case-seal", args=[case.pk])).content.decode()
    assert "2 people can open this case now." in page
    assert "1 person is named on it" in page


def test_whoever_seals_joins_the_team_and_other_leads_lose_sight(client, case, alice, director, legal_lead):
    NoteMake(case=case)
    assert seal(client, case, director, 2).status_code == 302
    with viewing_as(director):
        assert Case.objects.get(pk=case.pk).sensitivity == 2
        assert Assignment.objects.get(user=director).role == Role.OFFICE_DIRECTOR
        assert Note.objects.get().sensitivity == 2
    with viewing_as(User.objects.get(pk=legal_lead.pk)):
        assert not Case.objects.exists()
        assert not Note.objects.exists()
    events = Event.objects.order_by("id")
    assert [event.verb for event in events] == ["case.assign", "case.seal"]
    assert events[1].detail == {"was": 0, "now": 2}


def test_a_lead_on_the_team_is_not_put_there_twice_and_can_open_the_case_again(client, case, director):
    seal(client, case, director, 2)
    assert seal(client, case, director, 0).status_code == 302
    with viewing_as(director):
        assert Assignment.objects.count() == 1


def test_the_same_answer_again_is_refused_in_words(client, case, director):
    response = seal(client, case, director, 0)
    assert response.status_code == 422
    assert "open to exactly these people already" in response.content.decode()


def test_somebody_else_was_faster(client, case, director, legal_lead):
    seal(client, case, legal_lead, 1, version=1)
    with viewing_as(legal_lead):
        Assignment.objects.create(case=case, user=director, role=Role.OFFICE_DIRECTOR)
    assert seal(client, case, director, 2, version=1).status_code == 409


def test_a_lead_of_another_office_does_not_decide(case, other_office):
    lead = person(Role.LEGAL_LEAD, other_office)
    MembershipMake(user=lead, office=case.office, role=Role.REGIONAL_DIRECTOR)
    with viewing_as(lead), pytest.raises(IllegalMove, match="Only a lead of this office"):
        seal_case(case.pk, by=lead, now=timezone.now(), sensitivity=2)
