"""What the database puts together of adjournments is what figures.adjournments counts one by one."""

from datetime import date
from random import Random

import pytest

from accounts.scope import viewing_as
from figures.adjournment_sums import FACTS, Sums, alike, days_of, those_of
from figures.adjournments import PARTS, Adjournments, runs_of
from law.models import Reason
from prosecutions.models import Hearing, HearingCost
from prosecutions.states import HearingPurpose
from tests.factories import CaseMake, HearingMake, ProceedingMake, SurvivorMake

pytestmark = pytest.mark.django_db
LOST = {"wages_lost_low": 100, "wages_lost_high": 250, "wages_lost_currency": "BOB"}
PURPOSE = HearingPurpose.values[0]
VAGUE = ["2026-03", "2026", "2026-04-02~"]
PERIODS = [None, (date(2026, 2, 1), date(2026, 5, 31))]


def turmoil(case, chance, exact):
    """Hearings of one court as unlike each other as they may be."""
    court, judge = chance.choice(["Court 7", "COURT  7", "Small", ""]), chance.choice(["", "Hon. Cruz"])
    proceeding, before = ProceedingMake(case=case, court=court, judge=judge), None
    for position in range(12):
        outcome = chance.choice(["adjourned"] * 5 + ["held", "part_heard", "vacated", ""])
        facts = {
            "judge": chance.choice(["", "hon.  cruz", "Hon. Lim"]),
            "follows": chance.choice([None, before]),
        }
        if outcome == "adjourned":
            facts |= {
                "reason": chance.choice(["", "judge_absent", "other", "witness_absent"]),
                "exact_reason": chance.choice([None, None, None, exact]),
                "asked_by": chance.choice(["", "defence", "court"]),
                "next_on": chance.choice(["", "2026-09", "2026-09-01", "2026-01-01"]),
                **chance.choice([{}, LOST]),
            }
        day = f"2026-0{chance.randrange(1, 9)}-{chance.randrange(1, 29):02}"
        before = HearingMake(
            case=case, proceeding=proceeding, position=position, starts_at=None, outcome=outcome,
            on=chance.choice([day] * 5 + VAGUE), purpose=chance.choice(["", PURPOSE]), **facts,
        )  # fmt: skip
        for amount in chance.choice([(), (), (50,), (200, 300)]):
            cost = {"amount": amount, "currency": chance.choice(["BOB", "USD"])}
            HearingCost(case=case, hearing=before, survivor=SurvivorMake(case=case), **cost).save()


@pytest.fixture
def crowded(case, office, other_office):
    """Three cases in sight, and two that are not."""
    chance, exact = Random(11), Reason.objects.filter(code="judge_absent").first()  # noqa: S311
    hidden = CaseMake(office=office, sensitivity=2), CaseMake(office=other_office)
    for one in (case, case, CaseMake(office=office), CaseMake(office=office), *hidden):
        turmoil(one, chance, exact)


def told(one):
    return one.counted, one.adjourned, one.days_lost, one.without_next, one.costs, one.percent, one.held


@pytest.mark.parametrize("period", PERIODS)
def test_sums_are_those_of_the_hearings_one_by_one(director, crowded, period):
    with viewing_as(director):
        hearings = Hearing.objects.all()
        truth = Adjournments(hearings, period)
        assert truth.all.counted > 20
        assert truth.all.days_lost > 20
        assert len(truth.all.costs) == 2
        for part in PARTS:
            sums = Sums(hearings, period, part, runs=4)
            assert told(sums.all) == told(truth.all)
            assert sums.vacated == truth.vacated
            assert {one.key: told(one) for one in sums.by()} == {one.key: told(one) for one in truth.by(part)}
            assert [one.adjourned for one in sums.by()] == [one.adjourned for one in truth.by(part)]
            runs = [(run.number, str(run.proceeding_id), run.longest, run.current) for run in sums.runs]
            known = runs_of(truth.rows)[:4]
            assert runs == [(run.number, str(run.proceeding_id), run.longest, run.current) for run in known]


@pytest.mark.parametrize("period", PERIODS)
def test_the_list_of_a_sum_has_its_hearings(director, crowded, period):
    with viewing_as(director):
        hearings = Hearing.objects.all()
        truth = Adjournments(hearings, period)
        for part in FACTS:
            for one in truth.by(part):
                counted = those_of(hearings, period)
                _label, rule = alike(counted, part, one.key)
                listed = list(counted.filter(rule))
                assert {row.pk for row in listed} == {row.pk for row in one.rows}
                days = days_of(hearings, listed)
                assert {row.pk: days.get(row.pk) for row in listed} == {
                    row.pk: truth.days.get(row.pk) for row in one.rows
                }
        assert alike(those_of(hearings, period), "court", "w-0")[0] == ""
