"""Opening a case in an emergency: an hour, a reason, a review; and nothing that tells what exists."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import break_glass, end_emergency, review_emergency
from cases.models import Assignment, Case, Emergency
from cases.states import IllegalMove
from tests.factories import AssignmentMake, CaseMake, EmergencyMake, MembershipMake
from tests.people import just_confirmed, person

WHY = "The mother of the child is at the door"
OPEN = reverse("cases:emergency-open")


def fresh(user):
    return User.objects.get(pk=user.pk)


def opens(user, case, why=WHY):
    """The id that the verb gives, through the eyes of the person."""
    with viewing_as(fresh(user)):
        return break_glass(getattr(case, "number", case), by=fresh(user), now=timezone.now(), reason=why)


def sees(user, case):
    with viewing_as(fresh(user)):
        return Case.objects.filter(pk=case.pk).exists()


def entry_of(user):
    with viewing_as(fresh(user)):
        return Emergency.objects.get(user=user)


@pytest.fixture
def sealed(office):
    return CaseMake(office=office, sensitivity=2)


@pytest.fixture
def team_only(office):
    return CaseMake(office=office, sensitivity=1)


@pytest.mark.parametrize("level", [0, 1])
def test_a_colleague_of_the_office_sees_the_case_for_an_hour(office, colleague, level):
    case = CaseMake(office=office, sensitivity=level)
    assert not sees(colleague, case)
    assert opens(colleague, case) == case.pk
    assert sees(colleague, case)
    entry = entry_of(colleague)
    assert entry.ends_at - entry.started_at == timedelta(minutes=60)
    with viewing_as(fresh(colleague)):
        named = Assignment.objects.get(case=case, user=colleague)
    assert (named.kind, named.role, named.reason, named.until) == (
        "break_glass",
        "lawyer",
        WHY,
        entry.ends_at,
    )
    event = Event.objects.get(verb="case.break_glass")
    assert (event.actor_id, event.case_id, event.subject_id) == (colleague.pk, case.pk, str(entry.pk))
    assert set(event.detail) == {"role", "until"}


def test_a_sealed_case_opens_for_leads_alone(sealed, colleague, legal_lead, safeguarding_lead, director):
    assert opens(colleague, sealed) is None
    for lead in (legal_lead, safeguarding_lead, director):
        assert opens(lead, sealed) == sealed.pk
        assert sees(lead, sealed)


@pytest.mark.parametrize("role", [Role.PARALEGAL, Role.INVESTIGATOR, Role.REGIONAL_DIRECTOR, Role.PARTNER])
def test_whoever_lacks_the_verb_in_that_office_opens_nothing(client, case, other_office, role):
    somebody = person(role, case.office)
    assert opens(somebody, case) is None
    client.force_login(somebody)
    assert client.get(OPEN).status_code == 403
    MembershipMake(user=somebody, office=other_office, role=Role.LAWYER)
    assert opens(somebody, case) is None


def test_a_case_of_another_office_and_no_case_at_all_are_one_answer(case, charlie):
    assert opens(charlie, case) is None
    assert opens(charlie, "NO-2026-0001") is None
    assert not sees(charlie, case)
    misses = Event.objects.filter(verb="emergency.miss", actor_id=charlie.pk)
    facts = set(misses.values_list("case_id", "subject", "subject_id"))
    assert facts == {(None, "accounts.User", str(charlie.pk))}
    assert misses.count() == 2


def test_somebody_whose_role_has_ended_opens_nothing(case, colleague):
    colleague.memberships.update(ended_at=timezone.now())
    assert opens(colleague, case) is None


def test_after_five_wrong_numbers_in_a_day_even_the_right_one_opens_nothing(case, colleague):
    for turn in range(5):
        assert opens(colleague, f"NO-{turn}") is None
    assert opens(colleague, case) is None
    assert not sees(colleague, case)


def test_a_reason_is_a_sentence(case, colleague):
    with pytest.raises(IllegalMove, match="Say why"):
        opens(colleague, case, why="urgent")
    with (
        viewing_as(fresh(colleague)),
        pytest.raises(DatabaseError, match="needs a reason"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT break_glass(%s, ' ')", [case.number])


def test_whoever_is_named_already_gets_no_second_naming(case, lawyer):
    assert opens(lawyer, case) == case.pk
    assert not Event.objects.filter(verb="case.break_glass").exists()


def test_it_ends_at_once_when_the_person_says_so(case, colleague):
    opens(colleague, case)
    with viewing_as(fresh(colleague)) as me:
        end_emergency(entry_of_me(me), by=me, now=timezone.now())
    assert not sees(colleague, case)
    assert entry_of(colleague).ended_at
    with viewing_as(fresh(colleague)) as me, pytest.raises(IllegalMove, match="ended already"):
        end_emergency(entry_of_me(me), by=me, now=timezone.now())
    assert opens(colleague, case) == case.pk  # anew, and on record anew
    assert Event.objects.filter(verb="case.break_glass").count() == 2


def entry_of_me(me):
    return Emergency.objects.filter(user=me).latest("started_at").pk


def test_nobody_ends_the_emergency_of_somebody_else(case, colleague, director):
    opens(colleague, case)
    entry = entry_of(colleague)
    with viewing_as(fresh(director)) as me, pytest.raises(IllegalMove, match="Only the person"):
        end_emergency(entry.pk, by=me, now=timezone.now())


@pytest.mark.parametrize(
    "change",
    [
        {"until": timezone.now() + timedelta(days=9)},
        {"reason": "another"},
        {"kind": "team"},
        {"role": "office_director"},
        {"started_at": timezone.now()},
    ],
)
def test_nothing_of_the_naming_can_be_changed_but_its_end(case, colleague, change):
    opens(colleague, case)
    with (
        viewing_as(fresh(colleague)),
        pytest.raises(DatabaseError, match="cannot be changed"),
        transaction.atomic(),
    ):
        Assignment.objects.filter(user=colleague).update(**change)


@pytest.mark.parametrize(
    "change", [{"reason": "x"}, {"ends_at": timezone.now() + timedelta(days=2)}, {"number": "OTHER"}]
)
def test_nothing_of_the_register_can_be_changed(case, colleague, director, change):
    opens(colleague, case)
    for who in (colleague, director):
        with (
            viewing_as(fresh(who)),
            pytest.raises(DatabaseError, match="cannot be changed"),
            transaction.atomic(),
        ):
            Emergency.objects.update(**change)


def test_an_emergency_cannot_be_written_by_hand(case, alice, colleague):
    naming = {"case": case, "user": colleague, "role": "lawyer", "kind": "break_glass", "reason": "mine"}
    with (
        viewing_as(fresh(alice)),
        pytest.raises(DatabaseError, match="break_glass alone"),
        transaction.atomic(),
    ):
        Assignment.objects.create(until=timezone.now() + timedelta(days=99), **naming)


def test_nobody_reviews_what_she_opened_herself(team_only, director):
    opens(director, team_only)
    entry = entry_of(director)
    with viewing_as(fresh(director)) as me:
        with pytest.raises(IllegalMove, match="Somebody else"):
            review_emergency(entry.pk, by=me, now=timezone.now(), justified=True)
        with pytest.raises(DatabaseError, match=r"somebody_else|reviewed once"), transaction.atomic():
            Emergency.objects.update(reviewed_at=timezone.now(), reviewed_by=me, justified=True)


def test_a_colleague_can_write_no_review_of_her_own(team_only, colleague, director):
    opens(colleague, team_only)
    facts = {"reviewed_at": timezone.now(), "reviewed_by": director, "justified": True}
    with (
        viewing_as(fresh(colleague)),
        pytest.raises(DatabaseError, match="reviewed once"),
        transaction.atomic(),
    ):
        Emergency.objects.update(**facts)


def test_a_lead_reviews_once_without_seeing_the_case(
    client, team_only, colleague, director, safeguarding_lead
):
    opens(colleague, team_only)
    entry = entry_of(colleague)
    address = reverse("cases:emergency-review", args=[entry.pk])
    client.force_login(director)
    page = client.get(reverse("cases:emergency-list")).content.decode()
    assert team_only.number in page
    assert WHY in page
    assert team_only.title not in page
    assert client.get(address).status_code == 200
    assert client.post(address, {"justified": "no"}).status_code == 422
    assert client.post(address, {"justified": "no", "word": "Nobody was at the door"}).status_code == 302
    assert Event.objects.get(verb="emergency.review").detail == {"justified": False}
    assert not sees(director, team_only)
    client.force_login(safeguarding_lead)
    assert "reviewed this already" in client.get(address).content.decode()
    assert client.post(address, {"justified": "yes"}).status_code == 422
    done = client.get(reverse("cases:emergency-list"), {"show": "done"}).content.decode()
    assert "Not justified" in done
    assert "Nobody was at the door" in done


def test_the_register_of_another_office_does_not_exist(client, case, colleague, other_office):
    opens(colleague, case)
    stranger = person(Role.OFFICE_DIRECTOR, other_office)
    client.force_login(stranger)
    assert client.get(reverse("cases:emergency-review", args=[entry_of(colleague).pk])).status_code == 404
    assert "Curious" not in client.get(reverse("cases:emergency-list")).content.decode()


def test_an_auditor_sees_who_and_when_and_neither_case_nor_reason(client, case, colleague, auditor):
    opens(colleague, case)
    client.force_login(auditor)
    page = client.get(reverse("cases:emergency-list")).content.decode()
    assert "Curious" in page
    assert case.number not in page
    assert WHY not in page
    review = reverse("cases:emergency-review", args=[entry_of(colleague).pk])
    page = client.get(review).content.decode()
    assert WHY not in page
    assert client.post(review, {"justified": "yes"}).status_code == 422


@pytest.fixture
def owed(office):
    """A use of four days ago that nobody has looked at."""
    user = person(Role.CASEWORKER, office, name="Old")
    EmergencyMake(office=office, user=user, started_at=timezone.now() - timedelta(days=4))
    return user


def test_while_a_review_is_owed_the_office_has_no_emergencies(client, case, colleague, director, owed):
    assert opens(colleague, case) is None
    just_confirmed(client, colleague)
    assert "Your office cannot do this now" in client.get(OPEN).content.decode()
    client.force_login(director)
    page = client.get(reverse("cases:emergency-list")).content.decode()
    assert "owes a review" in page
    assert "Overdue" in page
    client.post(reverse("cases:emergency-review", args=[entry_of(owed).pk]), {"justified": "yes"})
    assert opens(colleague, case) == case.pk


def test_it_ends_by_itself(case, colleague):
    past = timezone.now() - timedelta(minutes=1)
    AssignmentMake(case=case, user=colleague, role="lawyer", kind="break_glass", reason=WHY, until=past)
    assert not sees(colleague, case)
    assert opens(colleague, case) == case.pk
    assert sees(colleague, case)


def test_the_page_asks_who_it_is_and_then_opens_the_case(client, case, colleague):
    client.force_login(colleague)
    assert client.get(OPEN).status_code == 302
    just_confirmed(client, colleague)
    assert client.get(OPEN).status_code == 200
    wrong = client.post(OPEN, {"number": "NO-2026-0001", "reason": WHY})
    assert wrong.status_code == 422
    assert "This number opens nothing" in wrong.content.decode()
    assert "4 tries are left" in wrong.content.decode()
    answer = client.post(OPEN, {"number": case.number, "reason": WHY})
    assert answer["Location"] == case.get_absolute_url()
    page = client.get(case.get_absolute_url()).content.decode()
    assert "You opened this case in an emergency" in page
    end = reverse("cases:emergency-end", args=[entry_of(colleague).pk])
    assert end in page
    assert client.post(end).status_code == 302
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.post(end).status_code == 302  # pressed twice


def test_a_case_that_she_sees_is_not_opened_again(client, case, lawyer):
    just_confirmed(client, lawyer)
    assert client.post(OPEN, {"number": case.number, "reason": WHY})["Location"] == case.get_absolute_url()
    assert not Event.objects.filter(verb="case.break_glass").exists()


def test_the_page_says_when_there_were_too_many_wrong_numbers(client, case, colleague):
    for turn in range(5):
        opens(colleague, f"NO-{turn}")
    just_confirmed(client, colleague)
    assert "Too many wrong numbers" in client.get(OPEN).content.decode()
    assert client.post(OPEN, {"number": case.number, "reason": WHY}).status_code == 422


def test_the_answer_for_a_hidden_case_and_for_none_is_the_same_to_the_byte(client, case, charlie):
    just_confirmed(client, charlie)
    hidden = client.post(OPEN, {"number": case.number, "reason": WHY})
    just_confirmed(client, charlie)
    none = client.post(OPEN, {"number": "X" * len(case.number), "reason": WHY})
    assert hidden.status_code == none.status_code == 422
    assert same(hidden, case.number) == same(none, "X" * len(case.number))


def same(response, number):
    """What a page says, without the marks of this one request and what the person typed herself."""
    text = response.content.decode().replace(number, "NUMBER")
    text = re.sub(r'(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"', r"\1", text)
    return re.sub(r"\d tr(y is|ies are) left", "tries left", text)
