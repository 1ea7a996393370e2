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

__all__ = [
    "OF_A_KNOWN_OPERATION",
    "Counts",
    "Headcount",
    "Insider",
    "InsiderApproval",
    "Investigation",
    "Lookout",
    "Operation",
    "OperationAsset",
    "OperationSite",
    "OperationTally",
    "Route",
    "RouteLeg",
    "Venue",
]
