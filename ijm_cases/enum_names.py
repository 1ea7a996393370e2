"""Names of code lists in the description of the API, where those of fields would collide.

The first ten are the names that clients know since the first version; a name is never given to another list.
"""

ENUM_NAMES = {
    "BailKindEnum": "prosecutions.states.BailKind",
    "ProceedingKindEnum": "prosecutions.states.ProceedingKind",
    "HearingPurposeEnum": "prosecutions.states.HearingPurpose",
    "OutcomeEnum": "prosecutions.states.HearingOutcome",
    "PaymentShapeKindEnum": "prosecutions.sentencing.PaymentKind",
    "ReasonEnum": "prosecutions.states.AdjournmentReason",
    "ResultEnum": "prosecutions.states.VerdictResult",
    "SentencePartShapeKindEnum": "prosecutions.sentencing.SentenceKind",
    "StateEnum": "prosecutions.sentencing.ReleaseState",
    "StatusEnum": "prosecutions.states.Bail",
    "AssessmentReasonEnum": "aftercare.states.AssessmentReason",
    "CareResultEnum": "aftercare.states.CareResult",
    "ConditionKindEnum": "prosecutions.bail_states.ConditionKind",
    "CostKindEnum": "prosecutions.hearing_states.CostKind",
    "EntitlementStatusEnum": "aftercare.states.EntitlementStatus",
    "HeadcountKindEnum": "operations.states.HeadcountKind",
    "HowKnownEnum": "prosecutions.bail_states.HowKnown",
    "InvestigationResultEnum": "operations.states.InvestigationResult",
    "KeptEnum": "prosecutions.bail_states.Kept",
    "OperationOutcomeEnum": "operations.states.OperationOutcome",
    "PlacementKindEnum": "aftercare.states.PlacementKind",
    "PurposeEnum": "operations.states.Purpose",
    "RiskLevelEnum": "cases.states.RiskLevel",
    "SafetyReasonEnum": "aftercare.states.SafetyReason",
    "ServiceKindEnum": "aftercare.states.ServiceKind",
    "SharedEnum": "survivors.states.Shared",
    "TaskStatusEnum": "aftercare.states.TaskStatus",
    "ThreatKindEnum": "survivors.states.ThreatKind",
    "VenueKindEnum": "operations.states.VenueKind",
    "WhereaboutsEnum": "prosecutions.bail_states.Whereabouts",
}
