from prosecutions.models.accused import Accused, Arrest, Custody, Network, Perpetrator
from prosecutions.models.bail import BailBreach, BailOrder
from prosecutions.models.clocks import Clock, CourtEvent
from prosecutions.models.courts import Attendance, Charge, Hearing, Party, Proceeding
from prosecutions.models.judgments import Appeal, Award, AwardShare, Payment, Verdict

__all__ = [
    "Accused",
    "Appeal",
    "Arrest",
    "Attendance",
    "Award",
    "AwardShare",
    "BailBreach",
    "BailOrder",
    "Charge",
    "Clock",
    "CourtEvent",
    "Custody",
    "Hearing",
    "Network",
    "Party",
    "Payment",
    "Perpetrator",
    "Proceeding",
    "Verdict",
]
