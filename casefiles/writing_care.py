"""Aftercare as a file tells of it: stays, plans, scores, services, entitlements."""

from aftercare.models import Assessment, Care, Goal, Plan, Score
from casefiles import parts
from casefiles.building_care import LISTS
from casefiles.telling import number_out
from operations.models import Headcount
from survivors.models import Survivor


def write(told, document):
    cares = {}
    for row in told.rows(Care):
        key = told.key(Survivor, row.survivor_id) or told.key(Headcount, row.headcount_id)
        if key and key not in cares:
            cares[key] = care_part(told, row)
    document["aftercare"] = cares


def care_part(told, row):
    lists = {
        name: [
            told.part(item, fields)
            for item in told.under(model, "care_id", row.pk, *(("position",) if in_order else ()))
        ]
        for name, model, fields, in_order in LISTS
    }
    return told.part(
        row,
        parts.CARE,
        **lists,
        outcome=told.part(row, parts.OUTCOME) if row.result else {},
        plans=[plan_part(told, item) for item in told.under(Plan, "care_id", row.pk, "position")],
        assessments=[
            told.part(item, parts.ASSESSMENT, scores=scores_of(told, item))
            for item in told.under(Assessment, "care_id", row.pk, "position")
        ],
    )


def plan_part(told, row):
    goals = told.under(Goal, "plan_id", row.pk, "position")
    return told.part(row, parts.PLAN, items=[told.part(goal, parts.GOAL) for goal in goals])


def scores_of(told, assessment):
    """Each domain that was scored: its parts where they are known, else the number."""
    scores = told.under(Score, "assessment_id", assessment.pk)
    return {score.domain: list(score.parts) or number_out(score.value) for score in scores if score.value}
