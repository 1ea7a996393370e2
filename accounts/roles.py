"""What a role may do and how far it sees: the two tables, and the system's own principals."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What is this person's work in this office?"""

    CASEWORKER = "caseworker", _("Caseworker")
    INVESTIGATOR = "investigator", _("Investigator")
    LAWYER = "lawyer", _("Lawyer")
    PARALEGAL = "paralegal", _("Paralegal")
    SOCIAL_WORKER = "social_worker", _("Social worker")
    LEGAL_LEAD = "legal_lead", _("Legal lead")
    SAFEGUARDING_LEAD = "safeguarding_lead", _("Safeguarding lead")
    OFFICE_DIRECTOR = "office_director", _("Office director")
    REGIONAL_DIRECTOR = "regional_director", _("Regional director")
    GLOBAL_DIRECTOR = "global_director", _("Global director")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    PARTNER = "partner", _("Partner of another organisation")


class Reach(models.TextChoices):
    """How far does the role see, beyond the cases the person is named on?"""

    NOTHING = "nothing", _("No case")
    SHARED = "shared", _("What was shared with the person, for as long as it is shared")
    ASSIGNED = "assigned", _("Cases assigned to the person")
    OFFICE = "office", _("Cases of the office that are open to it")
    EVERYWHERE = "everywhere", _("Cases of every office that are open to it")


class Can(models.TextChoices):
    """Every verb. A view names the one it needs."""

    USE_DESK = "desk.use", _("Use the home page, search and inbox")
    VIEW_CASE = "case.view", _("Open a case")
    OPEN_CASE = "case.open", _("Open a new case")
    EDIT_CASE = "case.edit", _("Change a case")
    MOVE_LEGAL = "case.move_legal", _("Move the legal track")
    MOVE_AFTERCARE = "case.move_aftercare", _("Move the aftercare track")
    CLOSE_AFTERCARE = "case.close_aftercare", _("Approve the closing of the aftercare track")
    ASSIGN_CASE = "case.assign", _("Name the team of a case")
    SEAL_CASE = "case.seal", _("Restrict a case")
    WRITE_NOTE = "note.write", _("Write notes and tasks")
    ADD_DOCUMENT = "document.add", _("Add a document")
    VIEW_OPERATION = "operation.view", _("See operations")
    WRITE_OPERATION = "operation.write", _("Record operations")
    APPROVE_OPERATION = "operation.approve", _("Approve operations")
    VIEW_SURVIVOR = "survivor.view", _("See survivors")
    WRITE_SURVIVOR = "survivor.write", _("Record survivors")
    VIEW_ACCUSED = "accused.view", _("See the accused")
    WRITE_ACCUSED = "accused.write", _("Record the accused, arrests and charges")
    VIEW_HEARING = "hearing.view", _("See hearings")
    WRITE_HEARING = "hearing.write", _("Schedule hearings")
    RECORD_HEARING = "hearing.record", _("Record what happened at a hearing")
    PLAN_WITNESS = "witness.plan", _("Plan the day of a witness, and write down what it cost")
    WRITE_BAIL = "bail.write", _("Record bail")
    WRITE_VERDICT = "verdict.write", _("Record verdicts, appeals and compensation")
    OPEN_IDENTITY = "identity.open", _("Open a survivor's identity")
    WRITE_IDENTITY = "identity.write", _("Record a survivor's identity")
    OPEN_SHELTER = "shelter.open", _("Open the address of a shelter")
    VIEW_THERAPY = "therapy.view", _("Read and write therapeutic notes")
    VIEW_AFTERCARE = "aftercare.view", _("See aftercare")
    WRITE_AFTERCARE = "aftercare.write", _("Record aftercare")
    VIEW_DASHBOARD = "dashboard.view", _("See the dashboard")
    VIEW_TRAIL = "audit.view", _("See the trail of a case")
    VIEW_PEOPLE_TRAIL = "audit.view_people", _("See what people did")
    VIEW_SURVIVOR_TRAIL = "audit.view_survivor", _("See who looked at a survivor")
    REVIEW_ACCESS = "audit.review", _("Review unusual access")
    BREAK_GLASS = "case.break_glass", _("Open a case in an emergency")
    EXPORT_DATA = "data.export", _("Export data")
    SHARE_CASE = "case.share", _("Share a case with a partner")
    VIEW_SHARE = "share.view", _("See what was shared")
    WATCH_ALERTS = "alert.watch", _("Watch over the alerts: what waits, what failed, what is held back")
    DISMISS_ALERT = "alert.dismiss", _("Close an alert by a word of one's own")
    TUNE_ALERTS = "alert.tune", _("Tighten the alert rules of an office")
    WATCH_LOOKOUT = "lookout.watch", _("Read lookouts of other offices and answer them")
    APPROVE_LOOKOUT = "lookout.approve", _("Agree that a lookout names somebody")
    REGISTER_ARRIVAL = "arrival.register", _("Register people who were found")
    REPORT_THREAT = "threat.report", _("Report a threat, and what was done about it")
    MANAGE_HOME = "home.manage", _("Keep the homes of the office")
    MANAGE_INSTRUMENT = "instrument.manage", _("Load and choose the instrument of assessments")
    WRITE_STORY = "story.write", _("Write a survivor's story for others")
    APPROVE_STORY = "story.approve", _("Approve a survivor's story")
    MANAGE_RIGHTS = (
        "rights.manage",
        _("Answer what survivors ask about their records; keep, erase, anonymise"),
    )
    IMPORT_DATA = "data.import", _("Bring records in from files, and take a batch back")
    SIGN_FIGURES = "figures.sign", _("Sign the figures of a month, and keep studies")
    MANAGE_HOOK = "hook.manage", _("Keep webhooks")
    MANAGE_PEOPLE = "people.manage", _("Manage people, offices and duty")
    MANAGE_LAW = "law.manage", _("Change law, courts and travel times")


_READ = {Can.USE_DESK, Can.VIEW_CASE}
_EMERGENCY = {Can.BREAK_GLASS}
_IDENTITY = {Can.OPEN_IDENTITY, Can.WRITE_IDENTITY}
_THERAPY = {Can.OPEN_SHELTER, Can.VIEW_THERAPY}
_COURT = {Can.VIEW_ACCUSED, Can.VIEW_HEARING, Can.VIEW_SURVIVOR, Can.VIEW_OPERATION}
_CASEWORK = (
    _READ
    | _COURT
    | {Can.OPEN_CASE, Can.EDIT_CASE, Can.WRITE_NOTE, Can.ADD_DOCUMENT, Can.WRITE_SURVIVOR}
    | {Can.REPORT_THREAT}
)
_LAW = (
    _READ
    | _COURT
    | {Can.OPEN_CASE, Can.EDIT_CASE, Can.MOVE_LEGAL, Can.WRITE_NOTE, Can.ADD_DOCUMENT, Can.WRITE_ACCUSED}
    | {Can.WRITE_HEARING, Can.RECORD_HEARING, Can.PLAN_WITNESS, Can.WRITE_BAIL, Can.WRITE_VERDICT}
    | {Can.REPORT_THREAT}
)
_CARE = (
    _READ
    | {Can.VIEW_SURVIVOR, Can.WRITE_SURVIVOR, Can.VIEW_HEARING, Can.VIEW_ACCUSED, Can.VIEW_AFTERCARE}
    | {Can.WRITE_AFTERCARE, Can.MOVE_AFTERCARE, Can.WRITE_NOTE, Can.ADD_DOCUMENT, Can.PLAN_WITNESS}
    | {Can.REGISTER_ARRIVAL, Can.REPORT_THREAT, Can.WRITE_STORY}
)
_LEAD = {Can.ASSIGN_CASE, Can.SEAL_CASE, Can.VIEW_TRAIL, Can.VIEW_DASHBOARD, Can.APPROVE_OPERATION} | {
    Can.SHARE_CASE,
    Can.EXPORT_DATA,
    Can.VIEW_SURVIVOR_TRAIL,
    Can.DISMISS_ALERT,
    Can.IMPORT_DATA,
}
_OVERSIGHT = _READ | _COURT | {Can.VIEW_AFTERCARE, Can.VIEW_DASHBOARD, Can.VIEW_TRAIL}

ROLE_CAN = {
    Role.CASEWORKER: _CASEWORK
    | {Can.WRITE_ACCUSED, Can.WRITE_HEARING, Can.RECORD_HEARING, Can.VIEW_AFTERCARE, Can.WRITE_OPERATION}
    | {Can.PLAN_WITNESS, Can.REGISTER_ARRIVAL, Can.WRITE_STORY}
    | {Can.MOVE_LEGAL, Can.WRITE_BAIL, Can.ASSIGN_CASE}
    | _EMERGENCY
    | _IDENTITY,
    Role.INVESTIGATOR: _CASEWORK
    | {Can.WRITE_OPERATION, Can.WRITE_ACCUSED, Can.MOVE_LEGAL, Can.ASSIGN_CASE, Can.WATCH_LOOKOUT},
    Role.LAWYER: _LAW | _EMERGENCY | {Can.ASSIGN_CASE, Can.OPEN_IDENTITY, Can.DISMISS_ALERT},
    Role.PARALEGAL: _LAW - {Can.OPEN_CASE, Can.MOVE_LEGAL, Can.WRITE_VERDICT},
    Role.SOCIAL_WORKER: _CARE | _EMERGENCY | _IDENTITY | _THERAPY,
    Role.LEGAL_LEAD: _LAW
    | _LEAD
    | _EMERGENCY
    | {Can.OPEN_IDENTITY, Can.MANAGE_LAW, Can.TUNE_ALERTS, Can.WATCH_LOOKOUT}
    | {Can.WATCH_ALERTS, Can.APPROVE_STORY},
    Role.SAFEGUARDING_LEAD: _CARE
    | _COURT
    | _LEAD
    | _EMERGENCY
    | _IDENTITY
    | _THERAPY
    | {Can.CLOSE_AFTERCARE, Can.REVIEW_ACCESS, Can.WATCH_LOOKOUT, Can.APPROVE_LOOKOUT}
    | {Can.MANAGE_HOME, Can.MANAGE_INSTRUMENT, Can.APPROVE_STORY, Can.MANAGE_RIGHTS},
    Role.OFFICE_DIRECTOR: _LAW
    | _CARE
    | _LEAD
    | _OVERSIGHT
    | _EMERGENCY
    | {Can.WRITE_OPERATION, Can.CLOSE_AFTERCARE, Can.REVIEW_ACCESS, Can.OPEN_IDENTITY, Can.OPEN_SHELTER}
    | {Can.TUNE_ALERTS, Can.WATCH_LOOKOUT, Can.WATCH_ALERTS}
    | {Can.MANAGE_HOME, Can.APPROVE_STORY, Can.MANAGE_RIGHTS, Can.SIGN_FIGURES},
    Role.REGIONAL_DIRECTOR: _OVERSIGHT | {Can.EXPORT_DATA, Can.WATCH_ALERTS, Can.SIGN_FIGURES},
    Role.GLOBAL_DIRECTOR: _OVERSIGHT | {Can.EXPORT_DATA, Can.WATCH_ALERTS, Can.SIGN_FIGURES},
    Role.ADMINISTRATOR: {Can.USE_DESK, Can.MANAGE_PEOPLE, Can.MANAGE_LAW, Can.WATCH_ALERTS}
    | {Can.MANAGE_INSTRUMENT, Can.MANAGE_HOOK},
    Role.AUDITOR: {Can.USE_DESK, Can.VIEW_PEOPLE_TRAIL, Can.REVIEW_ACCESS},
    Role.PARTNER: {Can.VIEW_SHARE},
}

# Whoever forces somebody to sign in must not reach people, trails or exports through her, nor open a case.
HELD_BACK_UNDER_DURESS = {
    Can.OPEN_CASE,
    Can.MANAGE_PEOPLE,
    Can.MANAGE_LAW,
    Can.MANAGE_INSTRUMENT,
    Can.MANAGE_RIGHTS,
    Can.MANAGE_HOOK,
    Can.IMPORT_DATA,
    Can.SIGN_FIGURES,
    Can.TUNE_ALERTS,
    Can.WATCH_ALERTS,
    Can.VIEW_PEOPLE_TRAIL,
    Can.REVIEW_ACCESS,
    Can.BREAK_GLASS,
    Can.EXPORT_DATA,
}

ROLE_REACH = {
    Role.CASEWORKER: Reach.ASSIGNED,
    Role.INVESTIGATOR: Reach.ASSIGNED,
    Role.LAWYER: Reach.ASSIGNED,
    Role.PARALEGAL: Reach.ASSIGNED,
    Role.SOCIAL_WORKER: Reach.ASSIGNED,
    Role.LEGAL_LEAD: Reach.OFFICE,
    Role.SAFEGUARDING_LEAD: Reach.OFFICE,
    Role.OFFICE_DIRECTOR: Reach.OFFICE,
    Role.REGIONAL_DIRECTOR: Reach.OFFICE,
    Role.GLOBAL_DIRECTOR: Reach.EVERYWHERE,
    Role.ADMINISTRATOR: Reach.NOTHING,
    Role.AUDITOR: Reach.NOTHING,
    Role.PARTNER: Reach.SHARED,
}

# Each principal reads only the apps of its job, sealed cases included; none reads all of them.
SYSTEM_PRINCIPALS = {
    "reminders": {"cases", "operations", "survivors", "prosecutions", "aftercare", "notifications"},
    # Brings histories over, and seals everything of a case anew when its key is changed.
    "loader": {"cases", "operations", "survivors", "prosecutions", "aftercare", "rights"},
    # Finds what is due and what holds it; it erases by one function of the database (rights/policies.py).
    "retention": {"cases", "documents", "exchange", "survivors", "prosecutions", "rights"},
    "matcher": {"cases", "operations", "prosecutions"},
    # Counts for the figures of all, what few may see included; it gives numbers, never records.
    "figures": {"cases", "operations", "survivors", "prosecutions", "aftercare", "figures"},
}


def roles_reaching(*reaches: Reach) -> list[Role]:
    """The roles that see that far."""
    return [role for role, reach in ROLE_REACH.items() if reach in reaches]


def roles_that_can(verb: Can) -> list[Role]:
    """The roles that hold the verb."""
    return [role for role, verbs in ROLE_CAN.items() if verb in verbs]
