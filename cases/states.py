"""Code lists and life cycles of a case: two tracks that open, move and close on their own (DOMAIN d.3)."""

from django.db import models
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _


class IllegalMove(ValueError):
    """Asked to go where the table of moves or a gate does not allow; may name the field to blame."""

    def __init__(self, sentence, field=None):
        super().__init__(sentence)
        self.field = field


class Stale(Exception):
    """Somebody else changed the record since this person opened it."""

    def __init__(self, record):
        super().__init__(now_("Somebody else changed this while you were writing."))
        self.record = record


def check_move(moves, old, new):
    """Raise IllegalMove with a sentence for the screen unless the table allows the move."""
    if new not in moves.get(old, ()):
        raise IllegalMove(
            now_("This cannot go from %(old)s to %(new)s.") % {"old": old.label, "new": new.label}
        )


def check_version(record, version):
    """Raise Stale when the form was opened on an older version; None means the caller does not care."""
    if version is not None and record.version != version:
        raise Stale(record)


class Sensitivity(models.IntegerChoices):
    """Who may open the case, beyond the people named on it?"""

    OFFICE = 0, _("Team and the leads of the office")
    TEAM = 1, _("Team only")
    SEALED = 2, _("Sealed: named people only")


class Naming(models.TextChoices):
    """How does this person come to be named on the case?"""

    TEAM = "team", _("Works on it")
    BREAK_GLASS = "break_glass", _("Opened it in an emergency")


class SharePart(models.TextChoices):
    """Which few things of a case may a partner see?"""

    CASE = "case", _("Number, type and where both tracks stand")
    HEARINGS = "hearings", _("Dates and outcomes of hearings")
    BAIL = "bail", _("Bail and custody")
    VERDICTS = "verdicts", _("Verdicts and compensation")


# What a share of each part lets a partner read; accounts/rights.py tells the database.
SHARED_TABLES = {
    SharePart.CASE: ("cases_case",),
    SharePart.HEARINGS: ("prosecutions_hearing", "prosecutions_proceeding"),
    SharePart.BAIL: ("prosecutions_bailorder", "prosecutions_custody", "prosecutions_accused"),
    SharePart.VERDICTS: ("prosecutions_verdict", "prosecutions_award"),
}


class RiskLevel(models.TextChoices):
    """How great is the danger to the people of the case? It sets the pace of the work."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Track(models.TextChoices):
    """Which of the two tracks?"""

    LEGAL = "legal", _("Legal")
    AFTERCARE = "aftercare", _("Aftercare")


class CaseworkType(models.TextChoices):
    """What kind of exploitation is the case about?"""

    BONDED_LABOUR = "bonded_labour", _("Bonded labour")
    TRAFFICKED_LABOUR = "trafficked_labour", _("Trafficked labour")
    CHILD_LABOUR_SLAVERY = "child_labour_slavery", _("Child labour slavery")
    CSEC = "csec", _("Commercial sexual exploitation of children")
    OSEC = "osec", _("Online sexual exploitation of children")
    SEX_TRAFFICKING = "sex_trafficking", _("Sex trafficking")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence")
    OTHER = "other", _("Other")


class LegalStatus(models.TextChoices):
    """Where does the legal track stand?"""

    INTAKE = "intake", _("Intake")
    INVESTIGATION = "investigation", _("Investigation")
    RELIEF = "relief", _("Relief")
    PRE_TRIAL = "pre_trial", _("Pre-trial")
    TRIAL = "trial", _("Trial")
    JUDGMENT = "judgment", _("Judgment")
    APPEAL = "appeal", _("Appeal")
    ENFORCEMENT = "enforcement", _("Enforcement")
    CLOSED = "closed", _("Closed")


class LegalReason(models.TextChoices):
    """Why was the legal track closed?"""

    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    WITHDRAWN_BY_SURVIVOR = "withdrawn_by_survivor", _("Withdrawn by survivor")
    WITNESS_UNWILLING = "witness_unwilling", _("Witness unwilling")
    SUSPECT_UNTRACED = "suspect_untraced", _("Suspect untraced")
    INSUFFICIENT_EVIDENCE = "insufficient_evidence", _("Insufficient evidence")
    DECLINED = "declined", _("Declined")
    DIED = "died", _("Died")
    TRANSFERRED = "transferred", _("Transferred")
    NO_JURISDICTION = "no_jurisdiction", _("No jurisdiction")
    DUPLICATE = "duplicate", _("Duplicate")
    OTHER = "other", _("Other")


class AftercareStatus(models.TextChoices):
    """Where does the aftercare track stand?"""

    NOT_STARTED = "not_started", _("Not started")
    CRISIS_CARE = "crisis_care", _("Crisis care")
    IN_CARE = "in_care", _("In care")
    REINTEGRATION = "reintegration", _("Reintegration")
    FOLLOW_UP = "follow_up", _("Follow up")
    CLOSED = "closed", _("Closed")


class AftercareReason(models.TextChoices):
    """Why was the aftercare track closed?"""

    RESTORED = "restored", _("Restored")
    MOVED = "moved", _("Moved")
    DECLINED = "declined", _("Declined")
    LOST_CONTACT = "lost_contact", _("Lost contact")
    TRANSFERRED = "transferred", _("Transferred")
    RE_TRAFFICKED = "re_trafficked", _("Re-trafficked")
    DIED = "died", _("Died")
    NOT_NEEDED = "not_needed", _("Not needed")
    OTHER = "other", _("Other")


class CaseMilestoneKind(models.TextChoices):
    """What does the office want to remember?"""

    FIRST_CONVICTION_OF_KIND = "first_conviction_of_kind", _("First conviction of its kind")
    FIRST_CONVICTION_UNDER_LAW = "first_conviction_under_law", _("First conviction under law")
    LONGEST_SENTENCE = "longest_sentence", _("Longest sentence")
    SHORTEST_TRIAL = "shortest_trial", _("Shortest trial")
    LARGEST_OPERATION = "largest_operation", _("Largest operation")
    FAST_RESPONSE = "fast_response", _("Fast response")
    OTHER = "other", _("Other")


class LinkKind(models.TextChoices):
    """How is this case tied to the other?"""

    SPUN_OFF_FROM = "spun_off_from", _("Spun off from")
    SAME_NETWORK = "same_network", _("Same network")
    SHARES_ACCUSED = "shares_accused", _("Shares accused")
    SAME_VENUE = "same_venue", _("Same venue")
    SISTER_CASE_ABROAD = "sister_case_abroad", _("Sister case abroad")
    REVICTIMISED_IN = "revictimised_in", _("Revictimised in")
    SPLIT_FROM = "split_from", _("Split from")
    MERGED_WITH = "merged_with", _("Merged with")
    OTHER = "other", _("Other")


class AgencyKind(models.TextChoices):
    """What is the organisation?"""

    POLICE = "police", _("Police")
    PROSECUTOR = "prosecutor", _("Prosecutor")
    COURT = "court", _("Court")
    MAGISTRATE = "magistrate", _("Magistrate")
    NATIONAL_INVESTIGATION = "national_investigation", _("National investigation")
    BORDER_OR_PORT_AUTHORITY = "border_or_port_authority", _("Border or port authority")
    SOCIAL_WELFARE = "social_welfare", _("Social welfare")
    HEALTH = "health", _("Health")
    LOCAL_GOVERNMENT = "local_government", _("Local government")
    MINISTRY = "ministry", _("Ministry")
    NGO = "ngo", _("NGO")
    SHELTER = "shelter", _("Shelter")
    SCHOOL = "school", _("School")
    FOREIGN_LAW_ENFORCEMENT = "foreign_law_enforcement", _("Foreign law enforcement")
    DONOR = "donor", _("Donor")
    COMMUNITY = "community", _("Community")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


LEGAL_MOVES = {
    LegalStatus.INTAKE: {
        LegalStatus.INVESTIGATION,
        LegalStatus.RELIEF,
        LegalStatus.PRE_TRIAL,
        LegalStatus.CLOSED,
    },
    LegalStatus.INVESTIGATION: {LegalStatus.RELIEF, LegalStatus.PRE_TRIAL, LegalStatus.CLOSED},
    LegalStatus.RELIEF: {LegalStatus.INVESTIGATION, LegalStatus.PRE_TRIAL, LegalStatus.CLOSED},
    LegalStatus.PRE_TRIAL: {
        LegalStatus.INVESTIGATION,
        LegalStatus.RELIEF,
        LegalStatus.TRIAL,
        LegalStatus.CLOSED,
    },
    LegalStatus.TRIAL: {LegalStatus.PRE_TRIAL, LegalStatus.JUDGMENT, LegalStatus.CLOSED},
    LegalStatus.JUDGMENT: {
        LegalStatus.APPEAL,
        LegalStatus.ENFORCEMENT,
        LegalStatus.TRIAL,
        LegalStatus.CLOSED,
    },
    LegalStatus.APPEAL: {
        LegalStatus.JUDGMENT,
        LegalStatus.TRIAL,
        LegalStatus.ENFORCEMENT,
        LegalStatus.CLOSED,
    },
    LegalStatus.ENFORCEMENT: {LegalStatus.APPEAL, LegalStatus.CLOSED},
    LegalStatus.CLOSED: {
        LegalStatus.INTAKE,
        LegalStatus.INVESTIGATION,
        LegalStatus.PRE_TRIAL,
        LegalStatus.TRIAL,
        LegalStatus.APPEAL,
        LegalStatus.ENFORCEMENT,
    },
}

AFTERCARE_MOVES = {
    AftercareStatus.NOT_STARTED: {
        AftercareStatus.CRISIS_CARE,
        AftercareStatus.IN_CARE,
        AftercareStatus.CLOSED,
    },
    AftercareStatus.CRISIS_CARE: {
        AftercareStatus.IN_CARE,
        AftercareStatus.REINTEGRATION,
        AftercareStatus.CLOSED,
    },
    AftercareStatus.IN_CARE: {
        AftercareStatus.CRISIS_CARE,
        AftercareStatus.REINTEGRATION,
        AftercareStatus.CLOSED,
    },
    AftercareStatus.REINTEGRATION: {
        AftercareStatus.IN_CARE,
        AftercareStatus.FOLLOW_UP,
        AftercareStatus.CLOSED,
    },
    AftercareStatus.FOLLOW_UP: {
        AftercareStatus.IN_CARE,
        AftercareStatus.REINTEGRATION,
        AftercareStatus.CLOSED,
    },
    AftercareStatus.CLOSED: {AftercareStatus.CRISIS_CARE, AftercareStatus.IN_CARE, AftercareStatus.FOLLOW_UP},
}

# A track that never started may start here.
LEGAL_STARTS = {LegalStatus.INTAKE, LegalStatus.INVESTIGATION}
AFTERCARE_STARTS = {AftercareStatus.NOT_STARTED, AftercareStatus.CRISIS_CARE, AftercareStatus.IN_CARE}


def next_statuses(track, status):
    """Where the track may go from here, in the order of the work."""
    legal = track == Track.LEGAL
    moves, starts = (LEGAL_MOVES, LEGAL_STARTS) if legal else (AFTERCARE_MOVES, AFTERCARE_STARTS)
    allowed = moves[status] if status else starts
    return [one for one in (LegalStatus if legal else AftercareStatus) if one in allowed]
