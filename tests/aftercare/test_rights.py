import pytest
from django.urls import reverse

from accounts.roles import Role
from tests.factories import CareMake, CaseMake, GoalMake, OfficeMake, PlacementMake, PlanMake
from tests.people import on_case, person

PAGES = [
    ("care-detail", "care"),
    ("care-assign", "care"),
    ("care-outcome", "care"),
    ("placement-start", "care"),
    ("placement-end", "placement"),
    ("plan-make", "care"),
    ("plan-review", "plan"),
    ("goal-set", "plan"),
    ("goal-move", "goal"),
    ("assessment-score", "care"),
    ("service-log", "care"),
    ("entitlement-set", "care"),
    ("milestone-reach", "care"),
    ("care-open", "case"),
]


@pytest.fixture
def rows(case, care):
    plan = PlanMake(case=case, care=care)
    return {
        "case": case,
        "care": care,
        "plan": plan,
        "goal": GoalMake(case=case, plan=plan),
        "placement": PlacementMake(case=case, care=care),
    }


@pytest.mark.parametrize(("name", "kind"), PAGES)
def test_who_opens_which_page(client, rows, social_worker, lawyer, alice, charlie, director, name, kind):
    address = reverse(f"aftercare:{name}", args=[rows[kind].pk])
    regional = person(Role.REGIONAL_DIRECTOR, rows["case"].office)
    reads = 200 if name == "care-detail" else 403
    expected = {social_worker: 200, director: 200, alice: reads, regional: reads, lawyer: 403, charlie: 404}
    for who, status in expected.items():
        client.force_login(who)
        assert client.get(address).status_code == status, who.name


@pytest.mark.parametrize(("name", "kind"), PAGES)
def test_nothing_of_a_sealed_case_is_there_for_the_director(client, director, name, kind):
    sealed = CaseMake(office=director.memberships.get().office, sensitivity=2)
    care = CareMake(case=sealed)
    plan = PlanMake(case=sealed, care=care)
    rows = {
        "case": sealed,
        "care": care,
        "plan": plan,
        "goal": GoalMake(case=sealed, plan=plan),
        "placement": PlacementMake(case=sealed, care=care),
    }
    client.force_login(director)
    assert client.get(reverse(f"aftercare:{name}", args=[rows[kind].pk])).status_code == 404


def test_the_list_is_refused_without_the_verb_and_needs_a_sign_in(client, lawyer, case):
    assert client.get(reverse("aftercare:care-list")).status_code == 302
    client.force_login(lawyer)
    assert client.get(reverse("aftercare:care-list")).status_code == 403


def test_a_goal_is_changed_only_through_its_own_plan(client, rows, social_worker):
    elsewhere = CaseMake(office=OfficeMake())
    other_goal = GoalMake(case=elsewhere)
    on_case(social_worker, elsewhere, Role.SOCIAL_WORKER)
    client.force_login(social_worker)
    address = reverse("aftercare:goal-set", args=[rows["plan"].pk, other_goal.pk])
    assert client.get(address).status_code == 404
