import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.actions import open_case
from cases.models import Assignment, Case, ReferralStep, TrackChange
from cases.states import IllegalMove
from tests.factories import CaseMake
from tests.people import person

FACTS = {"title": "Harbour Road", "casework_type": "csec", "sensitivity": "0"}


@pytest.fixture
def opener(office):
    return person(Role.CASEWORKER, office, name="Alice")


def send(client, user, office, **facts):
    client.force_login(user)
    return client.post(reverse("cases:case-open"), {**FACTS, "office": office.pk, **facts})


def only_case(user):
    with viewing_as(user):
        return Case.objects.get()


def test_a_case_gets_the_number_of_its_office_and_year(client, opener, office):
    response = send(client, opener, office)
    case = only_case(opener)
    assert response.status_code == 302
    assert response["Location"] == case.get_absolute_url()
    assert case.number == f"CEBU-{timezone.now().year}-0001"
    assert (case.legal_status, case.aftercare_status, case.country) == ("intake", "not_started", "PH")


def test_numbers_follow_each_other_and_pass_hidden_ones_brought_over(client, opener, office):
    year = timezone.now().year
    CaseMake(office=office, number=f"CEBU-{year}-0001", sensitivity=2)
    send(client, opener, office)
    send(client, opener, office)
    with viewing_as(opener):
        numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == [f"CEBU-{year}-0002", f"CEBU-{year}-0003"]


def test_whoever_opens_a_case_stands_on_its_team_in_her_role(client, opener, office):
    send(client, opener, office)
    with viewing_as(opener):
        named = Assignment.objects.get()
        assert (named.user_id, named.role) == (opener.pk, "caseworker")
        assert [(row.track, row.status, row.position) for row in TrackChange.objects.order_by("track")] == [
            ("aftercare", "not_started", 1),
            ("legal", "intake", 1),
        ]
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["case.open", "case.assign"]


def test_a_sealed_case_is_seen_by_its_opener_and_not_by_the_director(client, opener, office, director):
    send(client, opener, office, sensitivity="2")
    case = only_case(opener)
    with viewing_as(director):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_the_chain_of_the_referral_is_kept_in_order(client, opener, office):
    chain = {"from_1": "grandparents", "to_1": "police", "on_1": "2026-01", "from_2": "police", "to_3": ""}
    send(client, opener, office, **chain)
    with viewing_as(opener):
        steps = list(ReferralStep.objects.order_by("position").values_list("source", "target", "on"))
    assert steps == [("grandparents", "police", "2026-01"), ("police", "us", "")]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"opened_on": "yesterday"}, "Write the date as 2017"),
        ({"casework_type": "nonsense"}, "Select a valid choice"),
        ({"to_1": "police"}, "Say who passed the case on."),
        ({"country": "Philippines"}, "at most 2 characters"),
        ({"country": "1X"}, "Write the country as two letters"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_saved(client, opener, office, wrong, sentence):
    response = send(client, opener, office, **wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with viewing_as(opener):
        assert not Case.objects.exists()


def test_a_double_click_opens_one_case(client, opener, office):
    key = str(uuid.uuid4())
    first = send(client, opener, office, idempotency_key=key)
    second = send(client, opener, office, idempotency_key=key)
    assert first["Location"] == second["Location"]
    with viewing_as(opener):
        assert Case.objects.count() == 1


def test_nobody_opens_a_case_for_an_office_that_is_not_hers(client, opener, office, other_office):
    response = send(client, opener, other_office)
    assert response.status_code == 422
    with viewing_as(opener), pytest.raises(IllegalMove, match="You do not open cases for this office"):
        open_case(other_office.pk, by=opener, now=timezone.now(), title="x", casework_type="csec")


def test_a_social_worker_lacks_the_verb(client, social_worker):
    client.force_login(social_worker)
    assert client.get(reverse("cases:case-open")).status_code == 403


def test_the_form_offers_the_offices_of_the_person_alone(client, opener, office, other_office):
    client.force_login(opener)
    page = client.get(reverse("cases:case-open")).content.decode()
    assert "Cebu" in page
    assert "Accra" not in page


def test_an_external_id_used_twice_stays_an_error_of_the_caller(opener, office):
    facts = {"title": "x", "casework_type": "csec", "external_id": "abc"}
    with viewing_as(opener):
        open_case(office.pk, by=opener, now=timezone.now(), **facts)
    with pytest.raises(Exception, match="case_external_id_once"), viewing_as(opener):
        open_case(office.pk, by=opener, now=timezone.now(), **facts)
