"""What became of survivors since their relief, and their scores, worked out by hand."""

from datetime import date

import pytest

from accounts.scope import viewing_as
from cases.models import Case
from figures.roads import Cohort, cohorts, half_of, roads, standings
from figures.snapshot import Snapshot
from reference.values import PartialDate
from tests.factories import AssessmentMake, CareMake, ReliefMake, ScoreMake, SurvivorMake

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("on", "half"),
    [("2026-06-30", (2026, 1)), ("2026-07", (2026, 2)), ("2026", None), ("", None)],
)
def test_a_half_year_takes_what_surely_lies_in_it(on, half):
    assert half_of(PartialDate(on) if on else "") == half


@pytest.mark.django_db
def test_everybody_is_followed_from_relief_to_one_end_or_to_today(case, director):
    """By hand: five in care from 1 January 2026. One restored after 59 days, one lost after 120, one watched
    to the day: 323. Of one nobody cared, of one the end has no date: not enough information of two.
    """
    for result, on in (("restored", "2026-03-01"), ("lost_contact", "2026-05-01"), ("", ""), ("died", "")):
        survivor = SurvivorMake(case=case)
        ReliefMake(case=case, survivor=survivor, on="2026-01-01", how="own_escape")
        CareMake(case=case, survivor=survivor, result=result, result_on=on)
    ReliefMake(case=case, survivor=SurvivorMake(case=case), on="2026-02-01", how="own_escape")
    dependant = SurvivorMake(case=case, dependant=True)
    ReliefMake(case=case, survivor=dependant, on="2026-02-01", how="own_escape")
    with viewing_as(director):
        found = roads(Snapshot(Case.objects.all(), DAY))
    assert {key: (len(group.known), group.unknown) for key, group in cohorts(found).items()} == {
        (2026, 1): (3, 2)
    }
    assert sorted((road.days, road.end) for road in Cohort(found).known) == [
        (59, "restored"), (120, "lost"), (323, ""),
    ]  # fmt: skip
    shares = Cohort(found).incidence().at(182)
    assert (shares["restored"], shares["lost"]) == pytest.approx((1 / 3, 1 / 3))
    assert Cohort(found).watched(183) == 3


@pytest.mark.django_db
def test_scores_stand_at_intake_and_later_with_what_nobody_knows(case, director):
    for scored_on, value in ((("2026-01-10", "2026-07-01"), 3), (("2026-02-01",), 1), (("2026-10-01",), 2)):
        care = CareMake(case=case, survivor=SurvivorMake(case=case))
        for number, on in enumerate(scored_on):
            assessment = AssessmentMake(case=case, care=care, on=on, position=number + 1)
            ScoreMake(case=case, assessment=assessment, domain="safety", value=value + number, parts=[])
    with viewing_as(director):
        found = standings(Snapshot(Case.objects.all(), DAY))
    told = [(one.scored, one.unknown, one.median) for one in found["safety"]]
    assert told == [(3, 0, 2.0), (1, 1, 4.0), (0, 0, None), (0, 0, None)]
