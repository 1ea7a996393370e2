"""Code lists and life cycles of the accused and the courts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """How does the person stand in this case?"""

    ACCUSED = "accused", _("Accused")
    SUSPECT = "suspect", _("Suspect")
    ACCUSED_ELSEWHERE = "accused_elsewhere", _("Accused elsewhere")
    MENTIONED = "mentioned", _("Mentioned")


class RoleInProcess(models.TextChoices):
    """HTCDS per_RoleInProcess"""

    TRAVELLING_PARTNER = "TravellingPartner", _("Travelling partner")
    TRANSPORTER = "Transporter", _("Transporter")
    RECRUITER_OR_INTERMEDIARY = "RecruiterOrIntermediary", _("Recruiter or intermediary")
    BROKER_TRAVEL_AGENT = "BrokerTravelAgent", _("Broker or travel agent")
    TRANSFERRED_INDIVIDUAL = "TransferredIndividual", _("Transferred the person")
    HARBOURED_INDIVIDUAL = "HarbouredIndividual", _("Harboured the person")
    SOLD_INDIVIDUAL = "SoldIndividual", _("Sold the person")
    BOUGHT_INDIVIDUAL = "BoughtIndividual", _("Bought the person")
    RECEIVED_INDIVIDUAL = "ReceivedIndividual", _("Received the person")
    CONTROLLED_INDIVIDUAL = "ControlledIndividual", _("Controlled the person")
    SMUGGLER = "Smuggler", _("Smuggler")
    ABUSER = "Abuser", _("Abuser")
    KIDNAPPER = "Kidnapper", _("Kidnapper")
    EXPLOITER = "Exploiter", _("Exploiter")
    OTHER = "Other", _("Other")


class Position(models.TextChoices):
    """Position in the business"""

    MADAM = "madam", _("Madam")
    BROTHEL_OWNER = "brothel_owner", _("Brothel owner")
    BAR_OWNER = "bar_owner", _("Bar owner")
    PIMP = "pimp", _("Pimp")
    KILN_OWNER = "kiln_owner", _("Kiln owner")
    FACTORY_OWNER = "factory_owner", _("Factory owner")
    FARM_OWNER = "farm_owner", _("Farm owner")
    BOAT_MASTER = "boat_master", _("Boat master")
    SHIP_CAPTAIN = "ship_captain", _("Ship captain")
    RECRUITER = "recruiter", _("Recruiter")
    TRANSPORTER = "transporter", _("Transporter")
    FACILITATOR = "facilitator", _("Facilitator")
    ONLINE_CUSTOMER = "online_customer", _("Online customer")
    CUSTOMER = "customer", _("Customer")
    ACCOMPLICE = "accomplice", _("Accomplice")
    HENCHMAN = "henchman", _("Henchman")
    ABUSER = "abuser", _("Abuser")
    OTHER = "other", _("Other")


class CustodyKind(models.TextChoices):
    """Before or after judgment?"""

    REMAND = "remand", _("Remand")
    SENTENCE = "sentence", _("Sentence")
    UNKNOWN = "unknown", _("Unknown")


class Charging(models.TextChoices):
    """State of the charge"""

    PLANNED = "planned", _("Planned")
    FILED = "filed", _("Filed")
    AMENDED = "amended", _("Amended")
    DROPPED = "dropped", _("Dropped")
    DECIDED = "decided", _("Decided")


class PleaKind(models.TextChoices):
    """Plea"""

    GUILTY = "guilty", _("Guilty")
    NOT_GUILTY = "not_guilty", _("Not guilty")
    NO_PLEA = "no_plea", _("No plea")
    UNKNOWN = "unknown", _("Unknown")


class BailKind(models.TextChoices):
    """Before judgment or pending appeal?"""

    PRETRIAL = "pretrial", _("Before trial")
    PENDING_APPEAL = "pending_appeal", _("Pending appeal")


class BailEnd(models.TextChoices):
    """How did the bail end?"""

    REARRESTED = "rearrested", _("Rearrested")
    CANCELLED = "cancelled", _("Cancelled")
    RETURNED_TO_PRISON = "returned_to_prison", _("Returned to prison")
    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    CASE_CLOSED = "case_closed", _("Case closed")
    UNKNOWN = "unknown", _("Unknown")


class VerdictResult(models.TextChoices):
    """What did the court decide?"""

    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    DISMISSED = "dismissed", _("Dismissed")
    DISCHARGED = "discharged", _("Discharged")


class AppealBy(models.TextChoices):
    """Who appeals?"""

    ACCUSED = "accused", _("Accused")
    PROSECUTION = "prosecution", _("Prosecution")
    SURVIVOR = "survivor", _("Survivor")


class AppealOutcome(models.TextChoices):
    """What came of the appeal?"""

    PENDING = "pending", _("Pending")
    DISMISSED = "dismissed", _("Dismissed")
    ALLOWED = "allowed", _("Allowed")
    SENTENCE_REDUCED = "sentence_reduced", _("Sentence reduced")
    SENTENCE_RAISED = "sentence_raised", _("Sentence raised")
    RETRIAL = "retrial", _("Retrial")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ProceedingKind(models.TextChoices):
    """What kind of proceeding?"""

    CRIMINAL_TRIAL = "criminal_trial", _("Criminal trial")
    BAIL = "bail", _("Bail")
    APPEAL = "appeal", _("Appeal")
    CIVIL = "civil", _("Civil")
    COMPENSATION = "compensation", _("Compensation")
    INQUIRY = "inquiry", _("Inquiry")
    FOREIGN_PROSECUTION = "foreign_prosecution", _("Foreign prosecution")
    OTHER = "other", _("Other")


class Stage(models.TextChoices):
    """Where does the proceeding stand?"""

    INVESTIGATION = "investigation", _("Investigation")
    PRE_TRIAL = "pre_trial", _("Pre-trial")
    TRIAL = "trial", _("Trial")
    JUDGMENT = "judgment", _("Judgment")
    APPEAL = "appeal", _("Appeal")
    CLOSED = "closed", _("Closed")


class HearingPurpose(models.TextChoices):
    """What is the hearing for?"""

    FIRST_APPEARANCE = "first_appearance", _("First appearance")
    ARRAIGNMENT = "arraignment", _("Arraignment")
    BAIL = "bail", _("Bail")
    CHARGE = "charge", _("Charge")
    PRE_TRIAL = "pre_trial", _("Pre-trial")
    EVIDENCE = "evidence", _("Evidence")
    SURVIVOR_TESTIMONY = "survivor_testimony", _("Survivor testimony")
    WITNESS_TESTIMONY = "witness_testimony", _("Witness testimony")
    EXPERT_TESTIMONY = "expert_testimony", _("Expert testimony")
    ARGUMENT = "argument", _("Argument")
    PLEA = "plea", _("Plea")
    JUDGMENT = "judgment", _("Judgment")
    SENTENCING = "sentencing", _("Sentencing")
    APPEAL = "appeal", _("Appeal")
    COMPENSATION = "compensation", _("Compensation")
    REVIEW = "review", _("Review")
    OTHER = "other", _("Other")


class HearingOutcome(models.TextChoices):
    """What happened?"""

    HELD = "held", _("Held")
    PART_HEARD = "part_heard", _("Part-heard")
    ADJOURNED = "adjourned", _("Adjourned")
    VACATED = "vacated", _("Vacated")


class AdjournmentReason(models.TextChoices):
    """Why was it adjourned?"""

    JUDGE_ABSENT = "judge_absent", _("Judge absent")
    PROSECUTOR_ABSENT = "prosecutor_absent", _("Prosecutor absent")
    DEFENCE_ABSENT = "defence_absent", _("Defence absent")
    ACCUSED_ABSENT = "accused_absent", _("Accused absent")
    ACCUSED_NOT_PRODUCED = "accused_not_produced", _("Accused not produced")
    WITNESS_ABSENT = "witness_absent", _("Witness absent")
    SURVIVOR_UNWELL = "survivor_unwell", _("Survivor unwell")
    LAWYER_STRIKE = "lawyer_strike", _("Lawyer strike")
    FILE_MISSING = "file_missing", _("File missing")
    SUMMONS_NOT_SERVED = "summons_not_served", _("Summons not served")
    EVIDENCE_NOT_READY = "evidence_not_ready", _("Evidence not ready")
    INTERPRETER_MISSING = "interpreter_missing", _("Interpreter missing")
    COURT_TOO_BUSY = "court_too_busy", _("Court too busy")
    PUBLIC_HOLIDAY = "public_holiday", _("Public holiday")
    NEW_COUNSEL = "new_counsel", _("New counsel")
    SETTLEMENT_TALKS = "settlement_talks", _("Settlement talks")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Side(models.TextChoices):
    """On whose side did it go wrong?"""

    OURS = "ours", _("Ours to fix")
    PROSECUTION = "prosecution", _("Prosecution and police")
    DEFENCE = "defence", _("Defence")
    COURT = "court", _("Court")
    OTHER = "other", _("Other")


SIDE_OF_REASON = {
    AdjournmentReason.WITNESS_ABSENT: Side.OURS,
    AdjournmentReason.SURVIVOR_UNWELL: Side.OURS,
    AdjournmentReason.EVIDENCE_NOT_READY: Side.OURS,
    AdjournmentReason.INTERPRETER_MISSING: Side.OURS,
    AdjournmentReason.PROSECUTOR_ABSENT: Side.PROSECUTION,
    AdjournmentReason.ACCUSED_NOT_PRODUCED: Side.PROSECUTION,
    AdjournmentReason.SUMMONS_NOT_SERVED: Side.PROSECUTION,
    AdjournmentReason.DEFENCE_ABSENT: Side.DEFENCE,
    AdjournmentReason.ACCUSED_ABSENT: Side.DEFENCE,
    AdjournmentReason.NEW_COUNSEL: Side.DEFENCE,
    AdjournmentReason.SETTLEMENT_TALKS: Side.DEFENCE,
    AdjournmentReason.JUDGE_ABSENT: Side.COURT,
    AdjournmentReason.LAWYER_STRIKE: Side.COURT,
    AdjournmentReason.FILE_MISSING: Side.COURT,
    AdjournmentReason.COURT_TOO_BUSY: Side.COURT,
    AdjournmentReason.PUBLIC_HOLIDAY: Side.COURT,
    AdjournmentReason.OTHER: Side.OTHER,
    AdjournmentReason.UNKNOWN: Side.OTHER,
}


def reasons_by_side():
    """Choices of reasons in groups, what is ours to fix first."""
    return [
        (
            side.label,
            [(reason.value, reason.label) for reason, whose in SIDE_OF_REASON.items() if whose is side],
        )
        for side in Side
    ]


class AskedBy(models.TextChoices):
    """Who asked for the adjournment?"""

    COURT = "court", _("Court")
    PROSECUTION = "prosecution", _("Prosecution")
    DEFENCE = "defence", _("Defence")
    ACCUSED = "accused", _("Accused")
    SURVIVOR = "survivor", _("Survivor")
    WITNESS = "witness", _("Witness")
    US = "us", _("Us")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Bail(models.TextChoices):
    """Where does this bail stand?"""

    SOUGHT = "SOUGHT", _("Sought")
    GRANTED = "GRANTED", _("Granted")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    BREACHED = "BREACHED", _("Breached")
    CANCELLED = "CANCELLED", _("Cancelled")
    ENDED = "ENDED", _("Ended")


class ClockState(models.TextChoices):
    """How does the clock stand?"""

    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped in time")
    LATE = "late", _("Stopped too late")
    SET_ASIDE = "set_aside", _("Set aside")
    OVER = "over", _("No longer applies")


class ClockMoveKind(models.TextChoices):
    """What did a person do to the clock?"""

    EXTENDED = "extended", _("Extended")
    SET_ASIDE = "set_aside", _("Set aside")
    TAKEN_BACK = "taken_back", _("Taken back")


class Doubt(models.TextChoices):
    """What is not known for certain about a clock?"""

    START = "start", _("The day on which it began is not known exactly: it is counted from the earliest.")
    HOUR = "hour", _("The hour is not known: it is counted from midnight.")
    OFFENCE = (
        "offence",
        _("Nothing is charged yet, or not an offence of the list: the earlier end is shown until it is."),
    )
    TERM = "term", _("The longest term of the offences charged is not known, so no day can be worked out.")
    COURT = "court", _("The court is not in the list: the clock of the office is used.")
    CONDITION = "condition", _("Whether this clock applies is not certain from what is recorded.")
    REMAND = "remand", _("No remand order is recorded: it is counted from the first day in custody.")
    ARRIVAL = "arrival", _("The arrival at the station is not recorded: it is counted from the arrest.")
    NOTICE = "notice", _("The day of notice is not recorded: it is counted from the judgment.")
    VACATION = "vacation", _("The vacation of the court is not counted out: the end may be later.")
    END = "end", _("The day on which it ended is not known exactly.")
    UNDATED = (
        "undated",
        _("A charge stands as filed without its date: the clock runs on until that is known."),
    )


LIVE_BAIL = (Bail.GRANTED, Bail.BREACHED)

BAIL_MOVES = {
    Bail.SOUGHT: {Bail.GRANTED, Bail.REFUSED, Bail.WITHDRAWN},
    Bail.GRANTED: {Bail.BREACHED, Bail.CANCELLED, Bail.ENDED},
    Bail.BREACHED: {Bail.GRANTED, Bail.CANCELLED, Bail.ENDED},
    Bail.REFUSED: set(),
    Bail.WITHDRAWN: set(),
    Bail.CANCELLED: set(),
    Bail.ENDED: set(),
}

APPEAL_MOVES = {
    AppealOutcome.PENDING: {
        AppealOutcome.DISMISSED,
        AppealOutcome.ALLOWED,
        AppealOutcome.SENTENCE_REDUCED,
        AppealOutcome.SENTENCE_RAISED,
        AppealOutcome.RETRIAL,
        AppealOutcome.WITHDRAWN,
    },
    AppealOutcome.DISMISSED: set(),
    AppealOutcome.ALLOWED: set(),
    AppealOutcome.SENTENCE_REDUCED: set(),
    AppealOutcome.SENTENCE_RAISED: set(),
    AppealOutcome.RETRIAL: set(),
    AppealOutcome.WITHDRAWN: set(),
}
