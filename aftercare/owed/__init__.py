"""What the law gives a person: her facts, the judgement of each benefit, and what has come of it."""

from aftercare.owed.facts import FACTS, Facts, facts_of, with_facts
from aftercare.owed.judging import Judged, Stand, judge
from aftercare.owed.standing import Owed, entitlements_of, late_certificate, owed_to

__all__ = [
    "FACTS",
    "Facts",
    "Judged",
    "Owed",
    "Stand",
    "entitlements_of",
    "facts_of",
    "judge",
    "late_certificate",
    "owed_to",
    "with_facts",
]
