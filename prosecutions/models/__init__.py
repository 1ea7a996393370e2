from prosecutions.models.accused import Accused, Arrest, Custody, Network, Perpetrator
from prosecutions.models.bail import BailBreach, BailOrder
from prosecutions.models.clocks import Clock, CourtEvent
from prosecutions.models.courts import Attendance, Charge, Hearing, Party, Proceeding
from prosecutions.models.identity import (
    IdentityAnswer,
    MatchPair,
    MatchSide,
    NameForm,
    PersonLink,
    RingMember,
)
from prosecutions.models.judgments import Appeal, Award, AwardShare, Payment, Verdict
from prosecutions.models.watch import BailCondition, BailVariation, ConditionCheck, Memo, StatusCheck

__all__ = [
    "Accused",
    "Appeal",
    "Arrest",
    "Attendance",
    "Award",
    "AwardShare",
    "BailBreach",
    "BailCondition",
    "BailOrder",
    "BailVariation",
    "Charge",
    "Clock",
    "ConditionCheck",
    "CourtEvent",
    "Custody",
    "Hearing",
    "IdentityAnswer",
    "MatchPair",
    "MatchSide",
    "Memo",
    "NameForm",
    "Network",
    "Party",
    "Payment",
    "Perpetrator",
    "PersonLink",
    "Proceeding",
    "RingMember",
    "StatusCheck",
    "Verdict",
]
