"""The one table of alert rules: the catalogue (rules.csv) and what of it the system does by itself today.

rules.csv is the catalogue that came with the design of this system, 57 rules drawn up from VINE, GoAlert,
PagerDuty and the daily lists of court software; sections from b.5 on are ours. To change whom a rule reaches
or how hard it knocks, change it here and let `python -m notifications.columns` write the catalogue anew;
alerts that are open keep the ladder they opened with.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

CATALOGUE = Path(__file__).with_name("rules.csv")


class Urgency(models.TextChoices):
    """How hard does it knock, and who hears of it when nobody answers?"""

    SAFETY = "U-S", _("Urgent: safety")
    COURT = "U-C", _("Urgent: court")
    CONFIRM = "N-A", _("Please confirm")
    NORMAL = "N", _("For your information")
    DIGEST = "D", _("In the morning list")


class To(models.TextChoices):
    """Whom does a rule reach? The people are looked up when the alert opens and again at every step."""

    LAW = "LAW", _("Case lawyer")
    PAR = "PAR", _("Paralegal")
    SW = "SW", _("Social worker")
    INV = "INV", _("Investigator")
    BK = "BK", _("Backup named on the case")
    DUTY = "DUTY", _("Duty officer")
    LD = "LD", _("Legal lead")
    SG = "SG", _("Safeguarding lead")
    FOD = "FOD", _("Office director")
    RD = "RD", _("Regional director")
    TEAM = "TEAM", _("Everybody on the case")
    GOES = "GOES", _("Who goes to the hearing")
    TOLD = "TOLD", _("Everybody who was told the old date")
    SAME = "SAME", _("The same people again")
    SYS = "SYS", _("Administrator")
    SELF = "SELF", _("The person it is about")
    GIVEN = "HAND", _("Whoever it was given to")


@dataclass(frozen=True)
class Step:
    """What happens when nobody has said "I have it" after so long."""

    minutes: int = 0
    working_days: int = 0
    to: tuple = (To.SAME,)

    @property
    def kept(self):
        """As it is kept with an alert."""
        return {"minutes": self.minutes, "working_days": self.working_days, "to": list(self.to)}


def quicker(step, pace):
    """The step after so many percent of its wait; what is left of a working day is counted in minutes."""
    days, part = divmod(step.working_days * pace, 100)
    minutes = step.minutes * pace // 100 + part * 24 * 60 // 100
    return replace(step, minutes=minutes, working_days=days)


# The ladder of each urgency, counted from the opening of the alert. An alert keeps a copy of its own.
LADDERS = {
    Urgency.SAFETY: (
        Step(minutes=15, to=(To.SAME, To.BK, To.DUTY)),
        Step(minutes=30, to=(To.LD, To.SG)),
        Step(minutes=60, to=(To.FOD,)),
        Step(minutes=120, to=(To.RD,)),
    ),
    Urgency.COURT: (
        Step(minutes=60, to=(To.SAME, To.PAR, To.BK)),
        Step(minutes=120, to=(To.LD,)),
        Step(minutes=240, to=(To.FOD,)),
        Step(minutes=480, to=(To.RD,)),
    ),
    Urgency.CONFIRM: (Step(working_days=1), Step(working_days=2, to=(To.LD,))),
    Urgency.NORMAL: (),
    Urgency.DIGEST: (),
}

# At the top of the ladder everybody on it is asked again, so many minutes after the last time, and later more
# seldom. What only wants a yes comes back to the last people of its ladder every week.
REPEATS = {
    Urgency.SAFETY: {"minutes": 60, "during": 24 * 60, "then": 240},
    Urgency.COURT: {"minutes": 240},
    Urgency.CONFIRM: {"minutes": 7 * 24 * 60},
}

# Nobody of a rule's own recipients may see the case or is here: these in turn, until somebody does.
FALLBACK = (To.BK, To.DUTY, To.LD, To.FOD, To.RD, To.TEAM)


@dataclass(frozen=True)
class Practice:
    """What the system does for a rule by itself: whom it reaches, how hard it knocks, and the time to act."""

    to: tuple
    urgency: Urgency
    act_minutes: int | None = None
    quiet: tuple = ()  # reached in the inbox alone, without mail
    steps: tuple | None = None  # a ladder of its own instead of the urgency's
    fallback: tuple = FALLBACK
    pace: int = 100  # percent of the waits that an office has left of them
    repeats: bool = True  # is it asked again for as long as nobody answers?
    also: tuple = ()  # whom an office wants told too; they never take the place of somebody else

    def ladder(self, urgency):
        """The steps an alert of this urgency takes up, as they are kept with it."""
        steps = LADDERS[urgency] if self.steps is None else self.steps
        return [quicker(s, self.pace).kept for s in steps]

    def again(self, urgency):
        """How often the whole ladder is asked once more, as it is kept with the alert; nothing when never."""
        rhythm = REPEATS.get(urgency, {}) if self.repeats and self.steps != () else {}
        return {
            name: minutes if name == "during" else minutes * self.pace // 100
            for name, minutes in rhythm.items()
        }


_DAY = 24 * 60
_GRANTED = (To.LAW, To.LD, To.SG, To.SW, To.INV)

_WEEKLY = tuple(
    Step(minutes=7 * week * _DAY, to=(To.SAME, To.LD) if week == 3 else (To.SAME,)) for week in range(1, 9)
)
# A look at safety that nobody takes goes to whoever answers for the safety of all.
_CARE = (
    Step(minutes=30, to=(To.SAME, To.BK)),
    Step(minutes=60, to=(To.SG, To.DUTY)),
    Step(minutes=120, to=(To.FOD,)),
)
_OF_THE_SYSTEM = (Step(minutes=30), Step(minutes=60, to=(To.SAME, To.FOD)))
# Two days before a survivor speaks, what is still open climbs to the safeguarding lead.
PLAN_AT_LAST = Practice(
    (To.SW, To.GOES, To.LAW),
    Urgency.COURT,
    _DAY,
    steps=(
        Step(minutes=60, to=(To.SAME, To.BK)),
        Step(minutes=120, to=(To.SG,)),
        Step(minutes=240, to=(To.FOD,)),
    ),
)

# The rules that work today. B1 rises to U-S when the bail is heard within 24 hours, B7 to U-C after three
# days, B12 to U-S once it is granted, C6 from the morning list to U-C with the age of the answer; H3 and H4
# take their urgency from how near the hearing is; H2 is N, and N-A at T-2.
WORKING = {
    "B1": Practice((To.LAW, To.PAR, To.SW), Urgency.COURT, _DAY, quiet=(To.SW,)),
    "B2": Practice((To.LAW, To.PAR, To.BK, To.LD), Urgency.COURT, 240),
    "B3": Practice(_GRANTED, Urgency.SAFETY, 240),
    "B4": Practice((*_GRANTED, To.FOD), Urgency.SAFETY, 120),
    "B5": Practice((To.LAW, To.PAR, To.SW), Urgency.NORMAL),
    "B6": Practice((To.LAW, To.LD, To.SG, To.SW, To.INV), Urgency.SAFETY, _DAY),
    "B7": Practice((To.PAR, To.LAW), Urgency.CONFIRM, 2 * _DAY),
    "B8": Practice((To.LAW, To.SW, To.INV), Urgency.NORMAL),
    "B9": Practice((To.LAW, To.LD, To.SG, To.INV), Urgency.SAFETY, _DAY),
    "B10": Practice(_GRANTED, Urgency.SAFETY, 240),
    "B11": Practice((To.LAW, To.SW), Urgency.CONFIRM, _DAY),
    "B12": Practice((To.LAW, To.LD), Urgency.COURT, _DAY),
    "C2": Practice((To.LAW, To.LD, To.SG, To.SW), Urgency.SAFETY, 240),
    "C3": Practice((To.LAW, To.LD, To.SG, To.SW, To.INV, To.FOD), Urgency.SAFETY, 60),
    "C4": Practice((To.LAW, To.SW, To.INV), Urgency.CONFIRM, _DAY),
    "C5": Practice((To.LAW, To.LD, To.SW), Urgency.CONFIRM, _DAY),
    "C6": Practice((To.PAR, To.LAW), Urgency.DIGEST, 2 * _DAY),
    "F1": Practice((To.LAW, To.LD, To.SG, To.SW, To.INV), Urgency.SAFETY, _DAY),
    # Clocks of the law knock harder at each step, and reach the legal lead, then the director
    # (actions/clocks.py); what is only a duty of others knocks less hard than what liberty hangs on.
    "C1": Practice((To.LAW, To.PAR), Urgency.CONFIRM),
    # C7 is U-C at the last of its steps.
    "C7": Practice((To.LAW, To.SW, To.SG), Urgency.CONFIRM),
    "D1": Practice((To.LAW, To.LD), Urgency.CONFIRM),
    "D2": Practice((To.LAW, To.PAR), Urgency.CONFIRM),
    "D3": Practice((To.PAR, To.LAW), Urgency.CONFIRM, 5 * _DAY),
    # Whoever reviews it, whether she may see the case or not; it waits for the review and climbs no further.
    "E1": Practice(
        (To.FOD, To.SG),
        Urgency.SAFETY,
        3 * _DAY,
        steps=(Step(minutes=_DAY), Step(minutes=2 * _DAY)),
        fallback=(To.RD,),
        repeats=False,
    ),
    "H1": Practice((To.GOES, To.TEAM), Urgency.NORMAL),
    "H2": Practice((To.GOES, To.PAR), Urgency.NORMAL),
    "H3": Practice((To.TOLD, To.TEAM), Urgency.NORMAL, 120),
    "H4": Practice((To.TOLD, To.TEAM), Urgency.NORMAL, 120),
    "H5": Practice(
        (To.GOES, To.LAW),
        Urgency.CONFIRM,
        _DAY,
        steps=(Step(working_days=1), Step(minutes=3 * _DAY, to=(To.LD,))),
    ),
    "H6": Practice((To.PAR, To.LAW), Urgency.CONFIRM, 7 * _DAY, steps=_WEEKLY),
    # The day before, nobody having said yes, it is urgent for safety and reaches the legal lead.
    "H7": Practice((To.GOES, To.LAW, To.BK), Urgency.COURT, 240),
    "H8": Practice((To.GOES, To.LAW), Urgency.CONFIRM, 2 * _DAY),
    "H9": Practice(
        (To.SW, To.GOES, To.LAW),
        Urgency.CONFIRM,
        3 * _DAY,
        steps=(Step(working_days=1), Step(working_days=2, to=(To.SG,))),
    ),
    "J1": Practice((To.LAW, To.LD, To.SG, To.SW, To.FOD), Urgency.SAFETY, 240),
    "J2": Practice((To.TEAM, To.LD, To.FOD), Urgency.NORMAL),
    "O1": Practice((To.INV, To.LD, To.FOD), Urgency.COURT, _DAY),
    # Whoever gave the operation away may be on the case: nobody but these may learn of the suspicion.
    "O2": Practice(
        (To.FOD, To.SG),
        Urgency.SAFETY,
        240,
        steps=(Step(minutes=15), Step(minutes=30, to=(To.RD,))),
        fallback=(To.RD,),
    ),
    "O3": Practice((To.SW, To.INV, To.LD, To.SG, To.FOD), Urgency.SAFETY, 60),
    "O4": Practice((To.DUTY, To.INV), Urgency.COURT, 240),
    "O5": Practice((To.TEAM, To.LD), Urgency.NORMAL),
    # O7 is U-S when somebody was perhaps seen, N-A when a watch has run out.
    "O7": Practice((To.TEAM,), Urgency.NORMAL),
    "O8": Practice(
        (To.SG,),
        Urgency.COURT,
        240,
        steps=(Step(minutes=60), Step(minutes=120, to=(To.SAME, To.FOD))),
        fallback=(To.FOD, To.RD),
    ),
    "O6": Practice((To.SW, To.SG, To.LAW), Urgency.CONFIRM, _DAY),
    "P1": Practice((To.SW,), Urgency.NORMAL),
    "P2": Practice(
        (To.SW,), Urgency.CONFIRM, 5 * _DAY, steps=(Step(working_days=1), Step(minutes=7 * _DAY, to=(To.SG,)))
    ),
    # Of one case at a time, for its social workers or, where there is none, for whoever names one.
    "P3": Practice((To.SG,), Urgency.COURT, _DAY, steps=(Step(minutes=240, to=(To.SAME, To.FOD)),)),
    # P4 asks four hours before; late it is urgent, and for somebody in great danger at any hour.
    "P4": Practice((To.SW, To.SG), Urgency.COURT, 240, steps=_CARE),
    "P5": Practice((To.SW, To.SG), Urgency.COURT, 240, steps=_CARE),
    "P6": Practice(
        (To.SW,), Urgency.CONFIRM, 2 * _DAY, steps=(Step(working_days=1), Step(working_days=3, to=(To.SG,)))
    ),
    "P7": Practice(
        (To.SW,), Urgency.CONFIRM, 2 * _DAY, steps=(Step(working_days=1), Step(working_days=2, to=(To.SG,)))
    ),
    "P8": Practice((To.SG, To.FOD), Urgency.CONFIRM, 5 * _DAY, steps=(Step(working_days=2),)),
    "S1": Practice((To.SG, To.LAW, To.LD, To.SW, To.FOD), Urgency.SAFETY, 60),
    "S3": Practice((To.SW, To.SG), Urgency.SAFETY, 240),
    # About the people and the system itself: no case, or one person's share of it (actions/watch.py and its
    # neighbours). T1 and T2 are tests of the pipe; L1 is the diary of an office in which nothing stirs.
    "A1": Practice((To.SELF,), Urgency.CONFIRM, _DAY),
    "A2": Practice((To.LD, To.FOD), Urgency.CONFIRM, _DAY),
    "A3": Practice((To.SELF, To.LD), Urgency.CONFIRM, 2 * _DAY),
    "H12": Practice((To.LAW, To.LD), Urgency.DIGEST),
    "L1": Practice((To.LD, To.FOD), Urgency.CONFIRM, 2 * _DAY),
    "X1": Practice((To.SELF, To.LD), Urgency.CONFIRM, 2 * _DAY),
    "X2": Practice((To.SYS,), Urgency.COURT, 30, steps=_OF_THE_SYSTEM),
    "X3": Practice((To.SYS,), Urgency.COURT, 30, steps=_OF_THE_SYSTEM),
    "X4": Practice(
        (To.FOD, To.LD), Urgency.SAFETY, 60, steps=(Step(minutes=15), Step(minutes=30, to=(To.RD,)))
    ),
    "X5": Practice((To.SYS, To.LD), Urgency.COURT, 30, steps=_OF_THE_SYSTEM),
    "X6": Practice((To.LD,), Urgency.CONFIRM, 2 * _DAY),
    "X7": Practice((To.SYS,), Urgency.COURT, 60, steps=_OF_THE_SYSTEM),
    "T1": Practice((To.SYS,), Urgency.CONFIRM, steps=()),
    "T2": Practice(
        (To.DUTY, To.LD),
        Urgency.COURT,
        steps=(
            Step(minutes=15, to=(To.SAME, To.DUTY)),
            Step(minutes=30, to=(To.LD,)),
            Step(minutes=60, to=(To.FOD,)),
        ),
        fallback=(To.LD, To.FOD),
    ),
}

# Each who was told the old date says for herself that she knows the new one: one yes stops no other ladder.
EACH_ANSWERS = ("H3", "H4")
# Of these a few must know and nobody else, whatever an office would like.
FIXED_CIRCLE = ("E1", "O2", "O4")
# What an office may tighten: reminders keep their days, and what is about the system is the same everywhere.
TIGHTENED = tuple(code for code in WORKING if code != "H2" and code[0] not in "XT")

# Where the alert names of the case-file format (`expect.alerts`) meet the codes of the catalogue.
NAMES = {
    "bail_granted": "B3",
    "bail_pending_appeal": "B10",
    "bail_application_pending": "B1",
    "repeat_accused": "B9",
    # B6 is a broken condition of this case's bail; here the crime is new and often in another case.
    "reoffended_on_bail": "F1",
    "operation_failed": "O1",
    "operation_tip_off": "O2",
    "survivor_missing": "O3",
    "survivor_recaptured": "O3",
    "lookout_sent": "O4",
    "hearing_soon": "H2",
    "hearing_unrecorded": "H5",
    # H11 counts who was absent; the format counts adjournments in a row, whatever the reason.
    "hearing_adjourned_streak": "F2",
    # The file gives a number of delays without the hearings behind it, so H11 could not name one.
    "trial_delayed_repeatedly": "F3",
    # C1 is the clock of the law of each country; 90 days is one line for all of them.
    "custody_over_90_days": "F4",
    "review_overdue": "P2",
    "review_soon": "P1",
    "compensation_unpaid": "D3",
    "case_reopened": "O5",
    "family_member_accused": "O6",
}


@dataclass(frozen=True)
class Rule:
    """One row of the catalogue, in its own words, with what the system does for it today (or None)."""

    code: str
    section: str
    event: str
    recipients: str
    urgency: str
    channels: str
    acknowledge_within: str
    act_within: str
    escalates_note: str
    escalate_to: str
    repeat: str
    closes_when: str

    @property
    def practice(self):
        return WORKING.get(self.code)

    @property
    def names(self):
        """What the case-file format calls it."""
        return [name for name, code in NAMES.items() if code == self.code]


@cache
def catalogue():
    """Every rule by its code, in the order of the catalogue."""
    with CATALOGUE.open(encoding="utf-8", newline="") as rows:
        return {row["code"]: Rule(**row) for row in csv.DictReader(rows)}
