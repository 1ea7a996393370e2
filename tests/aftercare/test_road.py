"""The two-year history of the demonstration: six curves, the gaps, the due dates; written out by hand."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.urls import reverse
from django.utils import timezone

from aftercare.charts import charts_of
from aftercare.models import Care
from aftercare.scoring import due_of
from aftercare.states import months_later
from cases.clock import today_in
from tests.factories import (
    AssessmentMake,
    BailOrderMake,
    CareMake,
    CareMilestoneMake,
    CareTaskMake,
    PlacementMake,
    ScoreMake,
    SurvivorMake,
    arranging,
)

DEMO = Path(__file__).parents[2] / "casefiles" / "examples" / "demo-manila-aftercare.yaml"

# How far across in percent, by the days -740, -560, -375 and -10; how far down in pixels: 8, 30.7, 53.3 and
# 76 are the scores 4, 3, 2 and 1; what lies between lies between.
ACROSS = [5.0, 27.19, 50.0, 95.0]
DOWN = {
    "safety": [76.0, 53.3, 30.7, 30.7],
    "legal_protection": [53.3, 53.3, 30.7, 8.0],
    "mental_wellbeing": [76.0, 53.3, 53.3, 30.7],
    "economic_empowerment_education": [76.0, 53.3, 30.7, 19.3],
    "social_support": [53.3, 53.3, 30.7, 8.0],
    "physical_wellbeing": [53.3, 30.7, 30.7, 8.0],
}


@pytest.fixture
def demo(case):
    """Everybody of the demonstration's file, with days reckoned from today as the loader does."""
    today = today_in(case.office, timezone.now())
    made = {}
    with arranging():
        for key, part in yaml.safe_load(DEMO.read_text())["aftercare"].items():
            made[key] = person_of(case, key, part, today)
    return today, made


def day_of(text, today):
    return (today + timedelta(days=int(text.rstrip("d")))).isoformat()


def person_of(case, key, part, today):
    result = part["outcome"]["result"]
    care = CareMake(case=case, survivor=SurvivorMake(case=case, key=key), result=result)
    for place, one in enumerate(part["assessments"], 1):
        facts = {"reason": one["reason"], "setting": one.get("setting", ""), "position": place}
        scored = AssessmentMake(case=case, care=care, on=day_of(one["date"], today), **facts)
        for domain, given in one["scores"].items():
            parts = given if isinstance(given, list) else []
            value = sum(parts) / len(parts) if parts else given
            ScoreMake(case=case, assessment=scored, domain=domain, value=value, parts=parts)
    for one in part.get("milestones", ()):
        CareMilestoneMake(case=case, care=care, on=day_of(one["date"], today), what=one["what"])
    for place, one in enumerate(part["placements"], 1):
        ends = day_of(one["to"], today) if "to" in one else ""
        facts = {"kind": one["kind"], "starts_on": day_of(one["from"], today), "ends_on": ends}
        PlacementMake(case=case, care=care, position=place, **facts)
    return care


def test_the_two_year_history_gives_six_correct_curves_and_due_dates(client, demo, social_worker, looking):
    today, made = demo
    with looking(social_worker):
        cares = {key: Care.objects.get(pk=care.pk) for key, care in made.items()}
        charts = {chart["code"]: chart for chart in charts_of(cares["s1"].assessments.all())}
        noon = timezone.now()
        due = {key: due_of(care, noon) for key, care in cares.items()}
    for code, down in DOWN.items():
        points = charts[code]["points"]
        assert [point["x"] for point in points] == ACROSS, code
        assert [point["y"] for point in points] == down, code
        assert len(charts[code]["lines"]) == 3
    # Scored ten days ago, so a year from then; scored 370 days ago, so overdue; ended, so never again.
    assert (due["s1"].on, due["s1"].reason, due["s1"].late) == (
        months_later(today - timedelta(days=10), 12), "annual", False,
    )  # fmt: skip
    assert (due["s2"].on, due["s2"].late) == (months_later(today - timedelta(days=370), 12), True)
    assert due["s3"] is None
    client.force_login(social_worker)
    text = client.get(reverse("aftercare:care-road", args=[made["s1"].pk])).content.decode()
    for words in (
        "home of her mother", "3.50", "Back to school", "Reunited", "Testified", "Lives in: Own family",
        "because it is a year after the last scoring",
    ):  # fmt: skip
        assert words in text, words


def test_not_enough_information_is_a_gap_and_no_line_goes_over_it(client, case, care, social_worker):
    days = ("2026-01-01", "2026-04-01", "2026-07-01")
    with arranging():
        for place, (on, value) in enumerate(zip(days, (1, None, 3), strict=True), 1):
            one = AssessmentMake(
                case=case, care=care, on=on, position=place, setting="aunt" if place == 3 else ""
            )
            ScoreMake(case=case, assessment=one, domain="social_support", value=2)
            if value:
                ScoreMake(case=case, assessment=one, domain="safety", value=value)
    client.force_login(social_worker)
    response = client.get(reverse("aftercare:care-road", args=[care.pk]))
    safety, *_rest, social, _body = response.context["charts"]
    assert [point["y"] for point in safety["points"]] == [76.0, None, 30.7]
    assert safety["lines"] == []
    assert len(social["lines"]) == 2
    assert [point["moved"] for point in social["points"]] == [False, False, True]
    assert "1 April 2026: not enough information" in response.content.decode()


def test_a_first_scoring_is_due_a_week_after_arrival(care, social_worker, looking):
    with looking(social_worker):
        care = Care.objects.get(pk=care.pk)
        care.arrived_at = care.created_at - timedelta(days=10)
        due = due_of(care, care.created_at)
    assert (due.reason, due.late) == ("intake", True)
    assert due.on == today_in(care.office, care.arrived_at) + timedelta(days=7)


def test_bail_that_was_brought_over_without_a_task_asks_for_a_scoring_too(demo, social_worker, looking, case):
    today, made = demo
    granted = today - timedelta(days=1)
    with arranging():
        BailOrderMake(case=case, status="GRANTED", decided_on=granted.isoformat())
    with looking(social_worker):
        care = Care.objects.get(pk=made["s1"].pk)
        due = due_of(care, timezone.now(), records=True)
        assert (due.on, due.reason) == (granted + timedelta(days=14), "special")
        CareTaskMake(case=case, care=care, kind="rescore", status="dropped", note="Scored on paper",
                     ended_at=timezone.now(), ended_by=social_worker)  # fmt: skip
        assert due_of(care, timezone.now(), records=True).reason == "annual"
