"""How each kind of timeline entry is told: title, tags, picture and colour."""

from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from aftercare.states import AssessmentReason, CareMilestoneKind, CareResult, PlacementKind, ServiceKind
from cases.states import (
    AftercareReason,
    AftercareStatus,
    CaseMilestoneKind,
    LegalReason,
    LegalStatus,
)
from desk.links import address
from operations.states import Failure, InvestigationResult, OperationOutcome, OperationStatus, Purpose
from prosecutions.states import (
    AdjournmentReason,
    AppealBy,
    AppealOutcome,
    Bail,
    BailEnd,
    BailKind,
    Charging,
    CustodyKind,
    HearingOutcome,
    HearingPurpose,
    VerdictResult,
)
from reference.templatetags.look import icon_name
from reference.templatetags.show import edtf, quantity
from reference.values import PartialDate
from survivors.states import ReliefRoad, StatementResult, ThreatKind

# The code lists that a kind's columns `what`, `code` and `reason` are taken from.
LISTS = {
    "legal": {"what": LegalStatus, "reason": LegalReason},
    "aftercare": {"what": AftercareStatus, "reason": AftercareReason},
    "milestone": {"what": CaseMilestoneKind},
    "investigation": {"what": InvestigationResult},
    "operation": {"what": Purpose, "code": (OperationOutcome, OperationStatus), "reason": Failure},
    "relief": {"what": ReliefRoad},
    "threat": {"what": ThreatKind},
    "statement": {"code": StatementResult},
    "custody": {"what": CustodyKind},
    "custody_end": {"what": CustodyKind},
    "charge": {"code": Charging},
    "bail": {"what": BailKind},
    "bail_decision": {"what": Bail},
    "bail_end": {"code": BailEnd},
    "hearing": {"what": HearingPurpose, "code": HearingOutcome, "reason": AdjournmentReason},
    "verdict": {"what": VerdictResult},
    "appeal": {"what": AppealBy},
    "appeal_decision": {"what": AppealOutcome},
    "placement": {"what": PlacementKind},
    "placement_end": {"what": PlacementKind},
    "assessment": {"what": AssessmentReason},
    "service": {"what": ServiceKind},
    "step": {"what": CareMilestoneKind},
    "care_result": {"what": CareResult},
}

# Picture and colour of each kind; a result below may change the colour.
LOOKS = {
    "opened": (icon_name("folder-open"), "info"),
    "referral": (icon_name("inbox"), "plain"),
    "legal": (icon_name("scale"), "info"),
    "aftercare": (icon_name("heart-handshake"), "info"),
    "milestone": (icon_name("star"), "done"),
    "note": (icon_name("message-square"), "plain"),
    "document": (icon_name("file-text"), "plain"),
    "investigation": (icon_name("search"), "info"),
    "operation": (icon_name("map-pin"), "info"),
    "relief": (icon_name("heart"), "done"),
    "recapture": (icon_name("triangle-alert"), "danger"),
    "threat": (icon_name("shield-alert"), "danger"),
    "statement": (icon_name("message-square"), "info"),
    "arrest": (icon_name("lock"), "info"),
    "custody": (icon_name("lock"), "info"),
    "custody_end": (icon_name("log-out"), "past"),
    "charge": (icon_name("file-text"), "info"),
    "bail": (icon_name("scale"), "soon"),
    "bail_decision": (icon_name("gavel"), "judgment"),
    "bail_end": (icon_name("circle-check"), "past"),
    "breach": (icon_name("shield-alert"), "danger"),
    "hearing": (icon_name("calendar-days"), "info"),
    "verdict": (icon_name("gavel"), "judgment"),
    "appeal": (icon_name("landmark"), "info"),
    "appeal_decision": (icon_name("gavel"), "judgment"),
    "award": (icon_name("banknote"), "judgment"),
    "payment": (icon_name("banknote"), "done"),
    "deposit": (icon_name("banknote"), "info"),
    "placement": (icon_name("house"), "info"),
    "placement_end": (icon_name("log-out"), "past"),
    "plan": (icon_name("list-checks"), "info"),
    "plan_review": (icon_name("list-checks"), "done"),
    "assessment": (icon_name("chart-column"), "info"),
    "service": (icon_name("heart-handshake"), "plain"),
    "step": (icon_name("star"), "done"),
    "care_result": (icon_name("flag"), "done"),
}
TONES = {"held": "done", "adjourned": "past", "vacated": "past", "failed": "soon", "success": "done"}

# Where the record of a kind has a page of its own; else the person it is about has one.
PAGES = {
    "hearing": "prosecutions:hearing-detail",
    "operation": "operations:operation-detail",
    "award": "prosecutions:award-detail",
    "bail": "prosecutions:bail-detail",
    "bail_decision": "prosecutions:bail-detail",
    "bail_end": "prosecutions:bail-detail",
}
ACCUSED, SURVIVOR = "prosecutions:accused-detail", "survivors:survivor-detail"
OF_ACCUSED = ("arrest", "custody", "custody_end", "charge", "breach", "verdict", "appeal", "appeal_decision")
OF_SURVIVORS = (
    *("relief", "recapture", "threat", "statement", "placement", "placement_end", "plan", "plan_review"),
    *("assessment", "service", "step", "care_result"),
)
PERSON_PAGES = dict.fromkeys(OF_ACCUSED, ACCUSED) | dict.fromkeys(OF_SURVIVORS, SURVIVOR)


# One line that says what happened, to whom.
TITLES = {
    "opened": _("Case opened"),
    "referral": _("Referral"),
    "legal": _("Legal track: %(what)s"),
    "aftercare": _("Aftercare track: %(what)s"),
    "milestone": _("Milestone: %(what)s"),
    "note": _("Note"),
    "document": _("Document added"),
    "investigation": _("Investigation"),
    "operation": _("Operation: %(what)s"),
    "relief": _("%(who)s came free: %(what)s"),
    "recapture": _("%(who)s was taken back"),
    "threat": _("Threat to %(who)s: %(what)s"),
    "statement": _("Interview of %(who)s"),
    "arrest": _("%(who)s was arrested"),
    "custody": _("%(who)s went into custody: %(what)s"),
    "custody_end": _("%(who)s left custody"),
    "charge": _("Charge against %(who)s"),
    "bail": _("Bail asked for by %(who)s"),
    "bail_decision": _("Bail of %(who)s: %(what)s"),
    "bail_end": _("Bail of %(who)s ended"),
    "breach": _("%(who)s broke a condition of bail"),
    "hearing": _("Hearing: %(what)s"),
    "verdict": _("Verdict on %(who)s: %(what)s"),
    "appeal": _("Appeal in the matter of %(who)s, by: %(what)s"),
    "appeal_decision": _("Appeal in the matter of %(who)s: %(what)s"),
    "award": _("Compensation ordered"),
    "payment": _("Compensation paid"),
    "deposit": _("Compensation deposited with the court"),
    "placement": _("%(who)s moved in: %(what)s"),
    "placement_end": _("%(who)s moved out: %(what)s"),
    "plan": _("Care plan for %(who)s"),
    "plan_review": _("Care plan of %(who)s reviewed"),
    "assessment": _("%(who)s was assessed"),
    "service": _("Service for %(who)s: %(what)s"),
    "step": _("%(who)s: %(what)s"),
    "care_result": _("Care of %(who)s: %(what)s"),
}
BARE_TITLES = {"operation": _("Operation"), "hearing": _("Hearing")}


def title_of(kind, what, who):
    """One line that says what happened, to whom."""
    title = TITLES[kind] if what else BARE_TITLES.get(kind, TITLES[kind])
    return str(title) % {"what": what, "who": who}


def word(kind, column, code):
    """The words of a code of this kind's list."""
    lists = LISTS.get(kind, {}).get(column)
    if not code or not lists:
        return ""
    lists = lists if isinstance(lists, tuple) else (lists,)
    return next((str(one(code).label) for one in lists if code in one.values), code)


def decided(row):
    """Bail that was broken, called off or over had been granted on the day of the decision."""
    granted = row.kind == "bail_decision" and row.what in (Bail.BREACHED, Bail.CANCELLED, Bail.ENDED)
    return Bail.GRANTED if granted else row.what


def page_of(row):
    """The page of the record, or of the person it is about, or none."""
    if row.kind in PAGES:
        return address(PAGES[row.kind], row.pk)
    return address(PERSON_PAGES[row.kind], row.about) if row.kind in PERSON_PAGES and row.about else ""


def tell(row, names):
    """One entry as `_timeline.html` wants it; `names` maps ids of people to what staff call them."""
    icon, tone = LOOKS[row.kind]
    who = names.get(row.about) or _("a group")
    tags = [word(row.kind, "code", row.code)]
    if row.kind not in ("note", "document"):
        tags.append(word(row.kind, "reason", row.reason))
    if row.kind == "hearing" and not row.code and PartialDate(row.on).first > timezone.localdate():
        tags.append(_("Still to come"))
    text = row.words
    if row.kind == "verdict" and text:
        text = now_("%(months)s months of prison") % {"months": quantity(text)}
    return {
        "when_text": edtf(row.on) or _("Date not known"),
        "time": row.time[:5],
        "title": title_of(row.kind, word(row.kind, "what", decided(row)), who),
        "url": page_of(row),
        "tags": [{"label": label, "tone": TONES.get(row.code, "plain")} for label in tags if label],
        "text": text,
        "who": row.reason if row.kind in ("note", "document") else "",
        "icon": icon,
        "tone": TONES.get(row.code, tone),
        "lane": row.lanes[0] if row.lanes else "",
    }
