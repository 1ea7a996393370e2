"""From a checked document to records: aftercare of survivors and head-counts."""

from decimal import Decimal

from aftercare.models import (
    Assessment,
    Care,
    CareMilestone,
    Entitlement,
    Goal,
    Placement,
    Plan,
    Score,
    Service,
)
from casefiles import parts

LISTS = (
    ("placements", Placement, parts.PLACEMENT, True),
    ("services", Service, parts.SERVICE, False),
    ("entitlements", Entitlement, parts.ENTITLEMENT, False),
    ("milestones", CareMilestone, parts.CARE_MILESTONE, False),
)


def build(made):
    """The care of every survivor and head-count that has any."""
    survivors = made.document.get("survivors", {})
    for key, part in made.document.get("aftercare", {}).items():
        section = "survivors" if key in survivors else "headcounts"
        whose = {"survivor_id": None, "headcount_id": None}
        whose["survivor_id" if key in survivors else "headcount_id"] = made.to(section, key)
        _care(made, ("aftercare", key), part, whose)


def _care(made, where, part, whose):
    outcome = part.get("outcome", {})
    made.add(
        Care,
        where,
        {**part, **{name: outcome.get(source) for name, source in parts.OUTCOME.items()}},
        {**parts.CARE, **{name: name for name in parts.OUTCOME}},
        **whose,
    )
    care_id = made.pk(*where)
    for name, model, fields, in_order in LISTS:
        for position, item in enumerate(part.get(name, ()), 1):
            order = {"position": position} if in_order else {}
            made.add(model, (*where, name, position), item, fields, care_id=care_id, **order)
    for position, item in enumerate(part.get("plans", ()), 1):
        _plan(made, (*where, "plans", position), item, care_id, position)
    for position, item in enumerate(part.get("assessments", ()), 1):
        _assessment(made, (*where, "assessments", position), item, care_id, position)


def _plan(made, where, part, care_id, position):
    made.add(Plan, where, part, parts.PLAN, care_id=care_id, position=position)
    for number, item in enumerate(part.get("items", ()), 1):
        made.add(Goal, (*where, "items", number), item, parts.GOAL, plan_id=made.pk(*where), position=number)


def _assessment(made, where, part, care_id, position):
    made.add(Assessment, where, part, parts.ASSESSMENT, care_id=care_id, position=position)
    for domain, score in part["scores"].items():
        subscores = score if isinstance(score, list) else []
        made.add(
            Score,
            (*where, "scores", domain),
            {},
            {},
            assessment_id=made.pk(*where),
            domain=domain,
            value=average(subscores) if subscores else Decimal(str(score)).quantize(Decimal("0.0001")),
            parts=subscores,
        )


def average(subscores):
    """What the sub-domain scores of one domain come to."""
    return (Decimal(sum(subscores)) / len(subscores)).quantize(Decimal("0.0001"))
