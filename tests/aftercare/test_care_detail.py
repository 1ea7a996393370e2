from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    AgencyMake,
    AssessmentMake,
    CareMake,
    CareMilestoneMake,
    EntitlementMake,
    GoalMake,
    HeadcountMake,
    PlacementMake,
    PlanMake,
    ScoreMake,
    ServiceMake,
    SurvivorMake,
)


def page(client, user, care):
    client.force_login(user)
    return client.get(f"/aftercare/care/{care.pk}/")


def filled(case, **facts):
    care = CareMake(case=case, wishes=["To be a teacher"], result="in_care", **facts)
    AgencyMake(case=case, key="a1", name="The open house")
    old = PlanMake(case=case, care=care, position=1, on="2026-01", reviewed_on="2026-03-20")
    GoalMake(case=case, plan=old, goal="Sleep through the night", status="done")
    plan = PlanMake(case=case, care=care, position=2, review_on="2026-05-01")
    GoalMake(
        case=case, plan=plan, area="Education", goal="Back to school", next_step="See the head", due="2026-04"
    )
    GoalMake(
        case=case,
        plan=plan,
        area="Health",
        goal="New glasses",
        status="done",
        done_on="2026-04-02",
        position=2,
    )
    PlacementMake(case=case, care=care, kind="government_shelter", ends_on="2026-03-20")
    PlacementMake(case=case, care=care, kind="foster_care", at="a1", starts_on="2026-03-20", position=2)
    first = AssessmentMake(case=case, care=care, on="2026-03-25", setting="aunt's home", position=1)
    second = AssessmentMake(case=case, care=care, on="2026-09-25", reason="six_month", position=2)
    ScoreMake(case=case, assessment=first, domain="safety", value=2)
    ScoreMake(case=case, assessment=second, domain="safety", value="3.3333", parts=[3, 3, 4])
    ScoreMake(case=case, assessment=first, domain="social_support", value=1)
    for day in range(10, 20):
        ServiceMake(case=case, care=care, starts_on=f"2026-03-{day}", note=f"visit {day}")
    EntitlementMake(
        case=case, care=care, granted_low=30000, granted_high=30000, granted_currency="INR",
        granted_on="2026-06", status="granted", by="a1", document="Release certificate",
    )  # fmt: skip
    CareMilestoneMake(case=case, care=care, what="back_to_school", on="2026-06-01")
    return care


def test_shows_what_she_wishes_what_is_next_and_how_she_fares(client, case, survivor, social_worker):
    care = filled(case, survivor=survivor, worker=social_worker)
    text = page(client, social_worker, care).content.decode()
    for words in (
        "To be a teacher", "Back to school", "Next step: See the head", "Overdue", "What is next",
        "The whole plan",
        "Foster care", "The open house", "Government shelter", "Scored against: aunt&#x27;s home", "(3 3 4)",
        "before: 2", "not enough information; before: 1", "visit 19", "visit 10", "Earlier services",
        "Assistance fund", "30,000",
        "Depends on: Release certificate",
        "1 June 2026", "The review is overdue.",
    ):  # fmt: skip
        assert words in text, words
    assert text.index("To be a teacher") < text.index("Back to school")
    assert "<title>Aftercare of S-1" in " ".join(text.split())
    assert "New glasses" not in text  # reached: it stands on the page of the plan
    text = client.get(f"/aftercare/care/{care.pk}/plan/").content.decode()
    for words in ("New glasses", "Reached 2 April 2026", "Older plans", "Sleep through the night"):
        assert words in text, words


def test_a_fresh_care_says_what_to_do_first(client, case, care, social_worker):
    text = page(client, social_worker, care).content.decode()
    assert "No assessment yet." in text
    AssessmentMake(case=case, care=care)
    assert "No plan yet." in page(client, social_worker, care).content.decode()


def test_who_only_reads_is_offered_nothing_to_write(client, case, survivor, alice):
    text = page(client, alice, filled(case, survivor=survivor)).content.decode()
    assert "Back to school" in text
    assert "Log it" not in text
    assert "/set/" not in text
    assert "/move/" not in text


def test_a_group_has_a_page_too(client, case, social_worker):
    care = CareMake(
        case=case, survivor=None, headcount=HeadcountMake(case=case, key="h1", label="the families")
    )
    text = page(client, social_worker, care).content.decode()
    assert "the families" in text


def test_the_page_costs_the_same_for_more_rows(client, case, survivor, social_worker):
    def cost(care):
        with CaptureQueriesContext(connection) as queries:
            assert page(client, social_worker, care).status_code == 200
        return len(queries)

    bare = CareMake(case=case, survivor=SurvivorMake(case=case))
    plan = PlanMake(case=case, care=bare)
    GoalMake(case=case, plan=plan)
    ScoreMake(case=case, assessment=AssessmentMake(case=case, care=bare))
    ServiceMake(case=case, care=bare)
    full = filled(case, survivor=survivor)
    page(client, social_worker, bare)
    assert cost(bare) == cost(full)
