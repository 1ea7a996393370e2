from prosecutions.models.accused import Accused, Arrest, Custody, Network, Perpetrator
from prosecutions.models.bail import BailBreach, BailOrder
from prosecutions.models.clocks import Clock, ClockMove, CourtEvent, Reckoning
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
from prosecutions.models.numbers import ProceedingNumber
from prosecutions.models.sentences import AwardStep, Release, SentencePart
from prosecutions.models.watch import BailCondition, BailVariation, ConditionCheck, Memo, StatusCheck
from prosecutions.models.witnesses import CalledWitness, HearingCost, WitnessItem

__all__ = [
    "Accused",
    "Appeal",
    "Arrest",
    "Attendance",
    "Award",
    "AwardShare",
    "AwardStep",
    "BailBreach",
    "BailCondition",
    "BailOrder",
    "BailVariation",
    "CalledWitness",
    "Charge",
    "Clock",
    "ClockMove",
    "ConditionCheck",
    "CourtEvent",
    "Custody",
    "Hearing",
    "HearingCost",
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
    "ProceedingNumber",
    "Reckoning",
    "RingMember",
    "StatusCheck",
    "Release",
    "SentencePart",
    "Verdict",
    "WitnessItem",
]
