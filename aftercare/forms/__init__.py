"""Forms of aftercare, one file per noun."""

from aftercare.forms.assessments import AssessmentScoreForm, SecondRatingForm
from aftercare.forms.care import (
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
from aftercare.forms.closing import CareReopenForm, ClosureDecideForm
from aftercare.forms.homes import HomeAddForm, HomeCloseForm, HomeEditForm, HomePlaceForm, standing_in
from aftercare.forms.instruments import InstrumentLoadForm

__all__ = [
    "AssessmentScoreForm",
    "CareAssignForm",
    "CareFilterForm",
    "CareOpenForm",
    "CareOutcomeForm",
    "CareReopenForm",
    "ClosureDecideForm",
    "EntitlementSetForm",
    "GoalMoveForm",
    "GoalSetForm",
    "InstrumentLoadForm",
    "HomeAddForm",
    "HomeCloseForm",
    "HomeEditForm",
    "HomePlaceForm",
    "MilestoneReachForm",
    "PlacementEndForm",
    "PlacementStartForm",
    "PlanMakeForm",
    "PlanReviewForm",
    "SecondRatingForm",
    "ServiceLogForm",
    "TherapyAddForm",
    "standing_in",
]
