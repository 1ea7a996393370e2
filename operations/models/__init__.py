from operations.models.around import Investigation, Lookout, Route, RouteLeg, Venue
from operations.models.attempts import (
    OF_A_KNOWN_OPERATION,
    Counts,
    Headcount,
    Operation,
    OperationAsset,
    OperationSite,
    OperationTally,
)
from operations.models.insiders import Insider, InsiderApproval
from operations.models.lookouts import (
    LookoutCard,
    LookoutName,
    LookoutReading,
    LookoutReply,
    LookoutSheet,
)

__all__ = [
    "OF_A_KNOWN_OPERATION",
    "Counts",
    "Headcount",
    "Insider",
    "InsiderApproval",
    "Investigation",
    "Lookout",
    "LookoutCard",
    "LookoutName",
    "LookoutReading",
    "LookoutReply",
    "LookoutSheet",
    "Operation",
    "OperationAsset",
    "OperationSite",
    "OperationTally",
    "Route",
    "RouteLeg",
    "Venue",
]
