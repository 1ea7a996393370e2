"""What adjournments come to: rates, runs, days lost, cost, and what could have been avoided."""

from datetime import date

import pytest

from accounts.scope import viewing_as
from figures.adjournments import AVOIDABLE, PARTY_OF, Adjournments, runs_of, share_said
from law.models import Reason
from prosecutions.models import Hearing, HearingCost
from prosecutions.states import AdjournmentReason
from reference.values import Quantity
from tests.factories import CaseMake, HearingMake, ProceedingMake, SurvivorMake

pytestmark = pytest.mark.django_db


def sat(proceeding, on, outcome="adjourned", **fields):
    return HearingMake(
        case=proceeding.case, proceeding=proceeding, on=on, outcome=outcome, starts_at=None,
        position=int(on.replace("-", "")[:8] or 0), **fields,
    )  # fmt: skip


def seen(user, period=None, **narrow):
    with viewing_as(user):
        return Adjournments(Hearing.objects.filter(**narrow), period)


@pytest.mark.parametrize(("adjourned", "said"), [(22, "73 %"), (23, "77 %")])
def test_three_of_four_hearings_adjourned_and_the_wages_lost(case, director, adjourned, said):
    """DOMAIN a.7: 30 hearings of which 22 or 23 are adjourned are about 75 %, and the wages are shown."""
    proceeding = ProceedingMake(case=case)
    for number in range(30):
        outcome = "adjourned" if number < adjourned else "held"
        lost = {"wages_lost_low": 350, "wages_lost_high": 350, "wages_lost_currency": "BOB"}
        sat(proceeding, f"2026-{number // 28 + 1:02}-{number % 28 + 1:02}", outcome, **lost)
    count = seen(director).all
    assert (count.counted, count.adjourned) == (30, adjourned)
    assert share_said(count.adjourned, count.counted) == said
    assert abs(count.percent - 75) <= 2
    assert count.costs == {"BOB": Quantity.of(350 * adjourned)}


def test_part_heard_is_held_vacated_is_neither_and_unrecorded_is_not_counted(case, director):
    proceeding = ProceedingMake(case=case)
    for day, outcome in enumerate(("held", "part_heard", "adjourned", "vacated", ""), 1):
        sat(proceeding, f"2026-05-{day:02}", outcome)
    figures = seen(director)
    assert (figures.all.counted, figures.all.held, figures.all.adjourned) == (3, 2, 1)
    assert figures.vacated == 1


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (3, 4, "3 of 4"), (4, 4, "4 of 4"), (3, 5, "60 %"), (1, 8, "13 %"), (0, 5, "0 %")],
)
def test_there_is_no_rate_of_fewer_than_five(part, whole, said):
    assert share_said(part, whole) == said


def test_days_lost_run_to_the_next_date_of_the_same_proceeding(case, director):
    proceeding, other = ProceedingMake(case=case), ProceedingMake(case=case)
    first = sat(proceeding, "2026-05-01")
    sat(other, "2026-05-03", "held")
    sat(proceeding, "2026-05-08", "vacated")
    second = sat(proceeding, "2026-05-15", next_on="2026-06-30")
    vague = sat(proceeding, "2026-04")
    told = sat(other, "2026-05-20", next_on="2026-06-01")
    last = sat(other, "2026-06-02")
    figures = seen(director)
    assert figures.days == {first.pk: 14, second.pk: 46, told.pk: 13}
    assert vague.pk not in figures.days
    assert last.pk not in figures.days
    assert (figures.all.days_lost, figures.all.without_next) == (73, 2)


def test_a_bail_hearing_in_between_is_not_what_evidence_was_put_off_to(case, director):
    proceeding = ProceedingMake(case=case)
    first = sat(proceeding, "2026-05-01", purpose="evidence")
    sat(proceeding, "2026-05-04", "held", purpose="bail")
    sat(proceeding, "2026-05-16", "held", purpose="argument", follows=first)
    assert seen(director).days == {first.pk: 15}


def test_a_run_ends_with_a_hearing_that_was_held(case, director):
    proceeding, other = ProceedingMake(case=case), ProceedingMake(case=case)
    outcomes = ["adjourned", "adjourned", "vacated", "adjourned", "part_heard", "adjourned", "adjourned"]
    for day, outcome in enumerate(outcomes, 1):
        sat(proceeding, f"2026-05-{day:02}", outcome)
    sat(other, "2026-05-01", "held")
    (run,) = runs_of(seen(director).rows)
    assert (run.proceeding_id, run.longest, run.current) == (proceeding.pk, 3, 2)


def test_costs_of_both_ways_count_once_and_currencies_stay_apart(case, director):
    proceeding = ProceedingMake(case=case)
    one = sat(proceeding, "2026-05-01", wages_lost_low=100, wages_lost_high=150, wages_lost_currency="PHP")
    held = sat(proceeding, "2026-05-02", "held")
    with viewing_as(director):
        survivor = SurvivorMake(case=case)
        for hearing, amount, currency in ((one, 200, "PHP"), (one, 7, "USD"), (held, 999, "PHP")):
            facts = {"hearing": hearing, "survivor": survivor, "amount": amount, "currency": currency}
            HearingCost.objects.create(case=case, **facts)
    assert seen(director).all.costs == {"PHP": Quantity.of(200), "USD": Quantity.of(7)}


def test_the_exact_reason_says_whose_it_was_and_whether_it_could_be_avoided(case, director):
    proceeding = ProceedingMake(case=case)
    exact = Reason.objects.filter(code="judge_absent").first()
    made = Reason.objects.create(
        jurisdiction_id=exact.jurisdiction_id, code="x_vacancy", name="Bench vacant", party="court",
        avoidable=True, falls_under="judge_absent",
    )  # fmt: skip
    sat(proceeding, "2026-05-01", reason="judge_absent", exact_reason=made, asked_by="court")
    sat(proceeding, "2026-05-02", reason="judge_absent")
    sat(proceeding, "2026-05-03", reason="witness_absent", asked_by="prosecution")
    sat(proceeding, "2026-05-04", reason="other")
    sat(proceeding, "2026-05-05", "held")
    figures = seen(director)

    def by(part):
        return {one.label: one.adjourned for one in figures.by(part)}

    assert by("reason") == {"Bench vacant": 1, "Judge absent": 1, "Witness absent": 1, "Other": 1}
    assert by("party") == {"Court": 2, "Witness": 1, "Not known": 1}
    assert by("asked") == {"Court": 1, "Prosecution": 1, "Not known": 2}
    assert by("avoidable") == {"Avoidable": 2, "Not avoidable": 1, "Not known": 1}


def test_every_short_reason_but_two_has_a_side():
    assert set(AdjournmentReason) - set(PARTY_OF) == {AdjournmentReason.OTHER, AdjournmentReason.UNKNOWN}
    assert set(PARTY_OF) >= AVOIDABLE


def test_judge_and_court_are_put_together_whatever_the_spaces(case, director, office):
    one = ProceedingMake(case=case, court="RTC  Branch 7", judge="Hon. Reyes")
    two = ProceedingMake(case=CaseMake(office=office), court="rtc branch 7 ", judge="hon. reyes")
    sat(one, "2026-05-01")
    sat(two, "2026-05-02", "held")
    sat(two, "2026-05-03", "held", judge="Hon. Cruz")
    figures = seen(director)
    assert [(one.counted, one.adjourned) for one in figures.by("court")] == [(3, 1)]
    assert sorted((one.counted, one.adjourned) for one in figures.by("judge")) == [(1, 0), (2, 1)]


def test_a_period_cuts_and_nobody_counts_what_she_may_not_see(case, director, lawyer, office, other_office):
    period = (date(2026, 5, 1), date(2026, 5, 31))
    sat(ProceedingMake(case=case), "2026-05-01")
    sat(ProceedingMake(case=case), "2026-06-01")
    sat(ProceedingMake(case=case), "2026-05")
    for hidden in (CaseMake(office=office, sensitivity=2), CaseMake(office=other_office)):
        sat(ProceedingMake(case=hidden), "2026-05-01")
    assert seen(director, period).all.adjourned == 2
    assert seen(director).all.adjourned == 3
    assert seen(lawyer).all.adjourned == 3
