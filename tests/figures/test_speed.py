"""How long from report to arrest, charge, verdict and final appeal, worked out by hand."""

from collections import Counter
from datetime import date

import pytest

from accounts.scope import viewing_as
from cases.models import Case
from figures.snapshot import Snapshot
from figures.speed import ARREST, CHARGE, FINAL, VERDICT, Span, measure, spans
from reference.values import PartialDate
from tests.factories import (
    AccusedMake,
    AppealMake,
    ArrestMake,
    CaseMake,
    ChargeMake,
    ReferralStepMake,
    VerdictMake,
)

DAY = date(2026, 11, 20)


def span(start, end="", *, left=None):
    """A span of these dates; with `left`, of a case that was closed."""
    dates = [PartialDate(text) if text else "" for text in (start, "" if end is None else end, left or "")]
    came = end != "" or end is None
    return Span(CHARGE, None, "", None, "a1", dates[0], dates[1], came, dates[2], left is not None)


@pytest.mark.parametrize(
    ("one", "tally"),
    [
        (span("2026-01-01", "2026-01-31"), {(30, "came"): 1}),
        (span("2026-11-01"), {(19, ""): 1}),
        (span("2026-01-01", left="2026-01-11"), {(10, ""): 1}),
        (span("2026-01-15", "2026-03"), {(60, "came"): 1}),  # 45 to 75 days: the middle
        (span("2026-02", "2026-02-03"), {(1, "came"): 1}),  # -25 to 2: it did not run backwards
    ],
)
def test_what_a_span_counts_as(one, tally):
    assert measure([one], DAY).tally == tally


def test_what_cannot_be_told_is_left_out_and_counted():
    found = measure(
        [
            span("", "2026-01-01"), span("2026-01-01", None), span("2026-01-01", left=""),  # no date
            span("2025", "2026-03-01"), span("2026-01", "2026-03"),  # too vague
            span("2026-03-01", "2026-02-01"),  # backwards
            span("2026-10-01"), span("2026-09-01"), span("2026-01-01", left="2026-02-01"),
        ],
        DAY,
    )  # fmt: skip
    assert (found.undated, found.vague, found.backwards, found.left_out, found.counted) == (3, 2, 1, 6, 3)
    assert [days for days, _span in found.waiting] == [80, 50]


@pytest.mark.django_db
def test_every_step_of_a_case_is_a_span(case, director):
    ReferralStepMake(case=case, on="2026-01-01", position=1)
    tried, charged, free = (AccusedMake(case=case) for _number in range(3))
    ArrestMake(case=case, accused=tried, on="2026-01-11")
    ArrestMake(case=case, accused=charged, on="2026-02-01")
    ArrestMake(case=case, accused=charged, on="2026-05-01")
    for accused in (tried, charged):
        ChargeMake(case=case, accused=accused, filed_on="2026-03-02")
    VerdictMake(case=case, accused=tried, on="2026-06-10")
    AppealMake(case=case, accused=tried, filed_on="2026-06-20", decided_on="2026-08-09", outcome="dismissed")
    AppealMake(case=case, accused=tried, filed_on="2026-08-20", outcome="pending", decided_on="", position=2)
    other = CaseMake(
        office=case.office, opened_on="2026-11-10", legal_status="closed", legal_closed_on="2026-11-15"
    )
    with viewing_as(director):
        found = spans(Snapshot(Case.objects.all(), DAY))
    by_step = {
        step: measure([one for one in found if one.step == step], DAY).tally
        for step in (ARREST, CHARGE, VERDICT, FINAL)
    }
    assert by_step == {
        ARREST: Counter({(10, "came"): 1, (5, ""): 1}),
        CHARGE: Counter({(50, "came"): 1, (29, "came"): 1}),
        VERDICT: Counter({(100, "came"): 1, (263, ""): 1}),
        FINAL: Counter({(163, ""): 1}),
    }
    assert not [one for one in found if one.pk == free.pk]
    assert next(one for one in found if one.case_id == other.pk).gone
