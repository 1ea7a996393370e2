"""Aftercare: assessments, how scores changed, who is restored, which reviews are due.

Readings of the rules: the change of a domain is from the first to the last assessment that scored it, for
survivors (not head-counts) assessed twice or more. `survivors_restored` are survivors with a record and the
outcome restored; a head-count is not a survivor, and reintegrated is not restored. A review is done when a
plan says when it was; a review of the whole care has no such mark and is due until its date is moved.
"""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from figures.rows import happened
from reference.values import Quantity


def assessments(snapshot):
    return [
        snapshot.row(assessment, "aftercare.Assessment", _("Assessment"))
        for assessment in snapshot.table("assessments")
        if happened(assessment.on, snapshot.as_of)
    ]


def score_changes(snapshot):
    """Last minus first score of each domain that was scored twice; sub-scores count as their average."""
    scores, cares = snapshot.grouped("scores", "assessment_id"), {c.id: c for c in snapshot.table("cares")}
    seen = {}
    for assessment in sorted(snapshot.table("assessments"), key=lambda a: (a.on.first, a.position)):
        care = cares.get(assessment.care_id)
        if care is not None and care.survivor__key and happened(assessment.on, snapshot.as_of):
            for score in scores.get(assessment.id, ()):
                seen.setdefault((care, score.domain), []).append((assessment, _exactly(score)))
    return [
        snapshot.row(
            given[-1][0],
            "aftercare.Assessment",
            _("Change of a score"),
            key=care.survivor__key,
            code=domain,
            amount=_change(given),
        )
        for (care, domain), given in seen.items()
        if len(given) > 1
    ]


def _exactly(score):
    if score.parts:
        return Fraction(sum(score.parts), len(score.parts))
    return Fraction(score.value)


def _change(given):
    change = given[-1][1] - given[0][1]
    number = Decimal(change.numerator) / Decimal(change.denominator)
    return Quantity(number, number)


def restored(snapshot):
    return [
        snapshot.row(care, "aftercare.Care", _("Restored"), key=care.survivor__key, on=care.result_on)
        for care in snapshot.table("cares")
        if care.survivor_id and care.result == "restored" and happened(care.result_on, snapshot.as_of)
    ]


def reviews(snapshot):
    """Reviews of plans and of whole cares that are not marked as done, whenever they fall."""
    plans = [
        snapshot.row(plan, "aftercare.Plan", _("Review of a plan"), on=plan.review_on)
        for plan in snapshot.table("plans")
        if plan.review_on and not (plan.reviewed_on and happened(plan.reviewed_on, snapshot.as_of))
    ]
    return plans + [
        snapshot.row(care, "aftercare.Care", _("Review of the whole care"), on=care.next_review_on)
        for care in snapshot.table("cares")
        if care.next_review_on
    ]
