"""Forms of aftercare, one file per noun."""

from aftercare.forms.care import (
    AssessmentScoreForm,
    CareAssignForm,
    CareFilterForm,
    CareOpenForm,
    CareOutcomeForm,
    EntitlementSetForm,
    GoalMoveForm,
    GoalSetForm,
    MilestoneReachForm,
    PlacementEndForm,
    PlacementStartForm,
    PlanMakeForm,
    PlanReviewForm,
    ServiceLogForm,
    TherapyAddForm,
)

__all__ = [
    "AssessmentScoreForm",
    "CareAssignForm",
    "CareFilterForm",
    "CareOpenForm",
    "CareOutcomeForm",
    "EntitlementSetForm",
    "GoalMoveForm",
    "GoalSetForm",
    "MilestoneReachForm",
    "PlacementEndForm",
    "PlacementStartForm",
    "PlanMakeForm",
    "PlanReviewForm",
    "ServiceLogForm",
    "TherapyAddForm",
]
