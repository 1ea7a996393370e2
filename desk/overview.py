"""What the page of a case shows beside the timeline; what a role may not see is never asked for."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Can
from aftercare.models import Care
from cases.clock import today_in
from cases.models import Assignment, Case, CaseLink, Grant, Task
from cases.querysets import holding_now
from desk.links import address, links
from prosecutions.countdown import with_countdown
from prosecutions.models import Accused, Arrest, BailOrder, Clock, Custody, Hearing, Release, Verdict
from reference.templatetags.look import icon_name
from reference.templatetags.show import day, edtf, moment
from survivors.models import Survivor, Threat

FEW_CLOCKS = 6


def survivors_of(case, user):
    """The survivors by key, as staff call them."""
    if not user.can_on(Can.VIEW_SURVIVOR, case.office_id):
        return []
    return list(Survivor.objects.filter(case=case).order_by(Length("key"), "key", "pk"))


def threats_of(case, user):
    """Threats of which nobody has written down what was done."""
    if not user.can_on(Can.VIEW_SURVIVOR, case.office_id):
        return []
    rows = Threat.objects.filter(case=case, acted_at=None).select_related("survivor")
    return list(rows.order_by("-reported_at", "pk")[:FEW_CLOCKS])


def accused_of(case, user):
    """The accused with what is needed to say where each of them stands."""
    if not user.can_on(Can.VIEW_ACCUSED, case.office_id):
        return []
    of_person = {"accused": OuterRef("pk")}
    facts = {
        "on_bail": Exists(BailOrder.objects.live().filter(**of_person)),
        "bail_sought": Exists(BailOrder.objects.pending().filter(**of_person)),
        "held": Exists(Custody.objects.filter(ends_on="", over=False, **of_person)),
        "convicted": Exists(Verdict.objects.filter(result="convicted", overturned_on="", **of_person)),
        "acquitted": Exists(Verdict.objects.filter(result="acquitted", **of_person)),
        "arrested": Exists(Arrest.objects.filter(**of_person)),
        "release_on": Subquery(Release.objects.filter(**of_person).values("release_on")[:1]),
    }
    return list(Accused.objects.filter(case=case).annotate(**facts).order_by(Length("key"), "key", "pk"))


def clocks_of(case, user):
    """The clocks of the law that run, what ends first on top."""
    if not user.can_on(Can.VIEW_ACCUSED, case.office_id):
        return []
    now = timezone.now()
    rows = Clock.objects.shown_as("", now).filter(case=case).for_board()
    return with_countdown(rows[:FEW_CLOCKS], now)


def standing_tags(person):
    """Where an accused person stands, in words: on bail, in custody, convicted."""
    tags = []
    if person.on_bail:
        tags.append({"label": _("On bail"), "tone": "soon"})
    elif person.held:
        tags.append({"label": _("In custody"), "tone": "plain"})
    if person.bail_sought:
        tags.append({"label": _("Bail asked for"), "tone": "soon"})
    if person.convicted:
        tags.append({"label": _("Convicted"), "tone": "judgment"})
    elif person.acquitted:
        tags.append({"label": _("Acquitted"), "tone": "past"})
    if person.release_on and person.release_on >= timezone.localdate():
        tags.append({"label": _("Out on %(date)s") % {"date": day(person.release_on)}, "tone": "soon"})
    if not tags:
        label = _("Arrested, not held") if person.arrested else _("Not arrested")
        tags.append({"label": label, "tone": "plain"})
    return tags


def people_rows(survivors, accused):
    """Both kinds of people as rows of `_person_row.html`."""
    of_survivors = [
        {
            "url": address("survivors:survivor-detail", person.pk),
            "name": person.called,
            "code": person.key.upper(),
            "note": person.label if person.pseudonym else "",
            "tags": [{"label": person.get_stance_display(), "tone": "plain"}] if person.stance else [],
        }
        for person in survivors
    ]
    of_accused = [
        {
            "url": address("prosecutions:accused-detail", person.pk),
            "name": person.called,
            "code": "",
            "note": person.get_position_display() or person.role_details,
            "tags": standing_tags(person),
        }
        for person in accused
    ]
    return {"survivors": of_survivors, "accused": of_accused}


def open_hearings(case, user):
    """(hearings begun without an outcome, the next one or None)."""
    if not user.can_on(Can.VIEW_HEARING, case.office_id):
        return [], None
    now = timezone.now()
    rows = list(Hearing.objects.expected().filter(case=case, starts_at__isnull=False).for_list())
    missing = [hearing for hearing in rows if hearing.starts_at < now]
    return missing, next((hearing for hearing in rows if hearing.starts_at >= now), None)


def hearing_facts(hearing, rows):
    """Where the next hearing is, who goes, and how often the case was put off so far."""
    outcomes = [row.code for row in rows if row.kind == "hearing" and row.code]
    put_off = sum(code == "adjourned" for code in outcomes)
    facts = [
        (_("Court"), hearing.proceeding.court),
        (_("Docket"), hearing.proceeding.docket),
        (_("Room"), hearing.room),
        (_("Who goes"), hearing.who_goes.name if hearing.who_goes else _("nobody yet")),
    ]
    if outcomes:
        so_far = _("%(put_off)s of %(all)s") % {"put_off": put_off, "all": len(outcomes)}
        facts.append((_("Adjourned so far"), so_far))
    return [fact for fact in facts if fact[1]]


def overdue_review(case, user):
    """The care whose review should have been done first, or None."""
    if not user.can_on(Can.VIEW_AFTERCARE, case.office_id):
        return None
    today = today_in(case.office, timezone.now())
    return Care.objects.going_on().overdue(today).filter(case=case).for_list().first()


def tasks_of(case):
    """What is still to do in the case, what is due first on top."""
    rows = Task.objects.filter(case=case, done_at=None).select_related("assigned_to")
    return list(rows.order_by("due_on", "created_at", "pk")[:6])


def team_of(case):
    """Who works on the case now."""
    rows = Assignment.objects.filter(holding_now(), case=case).select_related("user")
    return list(rows.order_by("backup", "started_at", "pk"))


def risk_of(case):
    """The risk note that counts, with the words and tone of its tag; None when nobody assessed the risk."""
    if case.risk is None:
        return None
    words, tone = {
        "low": (_("Low risk"), "plain"),
        "medium": (_("Medium risk"), "soon"),
        "high": (_("High risk"), "danger"),
    }[case.risk["level"]]
    return {**case.risk, "words": words, "tone": tone}


def facts_of(case, rows, team):
    """The key facts: type, dates, how the case came to us, who leads and pays, who works on it."""
    steps = sorted((row for row in rows if row.kind == "referral"), key=lambda row: int(row.code))
    referral = [row.words for row in steps]
    donors = Grant.objects.filter(case=case).order_by("starts_on", "pk").values_list("name", flat=True)
    facts = [
        (_("Type"), case.get_casework_type_display()),
        (_("Office"), case.office.name),
        (_("Opened"), edtf(case.opened_on)),
        (_("Referral"), "; ".join(referral)),
        (_("Led by"), case.led_by),
        (_("Supported by"), ", ".join(case.supported_by)),
        (_("Paid by"), ", ".join(donors)),
        (_("Team"), ", ".join(f"{seat.user.name} ({seat.get_role_display()})" for seat in team)),
    ]
    return [fact for fact in facts if fact[1]]


def linked_cases(case):
    """Ties to other cases, both ways; of one that the person may not open not even that it is there."""
    both = CaseLink.objects.filter(Q(case=case) | Q(number=case.number)).select_related("case")
    both = list(both.order_by("kind", "pk"))
    ties = [tie for tie in both if tie.case_id == case.pk]
    seen = {other.number: other for other in Case.objects.filter(number__in=[tie.number for tie in ties])}
    found = [tie_row(tie, seen.get(tie.number)) for tie in ties if tie.outside or tie.number in seen]
    back = [tie for tie in both if tie.number == case.number]
    known = {other.pk for other in seen.values()}
    return found + [tie_row(tie, tie.case) for tie in back if tie.case_id not in known]


def tie_row(tie, other):
    """One tie: the other case, or the words given for one outside."""
    row = {"kind": tie.get_kind_display(), "on": edtf(tie.on), "url": "", "number": "", "title": ""}
    if other is not None:
        return {
            **row,
            "url": address("desk:case-page", other.pk),
            "number": other.number,
            "title": other.title,
        }
    return {**row, "title": tie.outside}


def ways_to_add(case, user):
    """What the person may add to the case."""
    wanted = (
        (Can.REGISTER_ARRIVAL, "aftercare:arrival-register", _("People who came"), icon_name("users")),
        (Can.WRITE_SURVIVOR, "survivors:survivor-add", _("Survivor"), icon_name("heart-handshake")),
        (Can.REPORT_THREAT, "survivors:threat-report", _("Threat"), icon_name("shield-alert")),
        (Can.WRITE_ACCUSED, "prosecutions:accused-add", _("Accused"), icon_name("users")),
        (Can.WRITE_ACCUSED, "prosecutions:arrest-record", _("Arrest"), icon_name("lock")),
        (Can.WRITE_HEARING, "prosecutions:hearing-schedule", _("Hearing"), icon_name("calendar-days")),
        (Can.WRITE_OPERATION, "operations:operation-plan", _("Operation"), icon_name("map-pin")),
        (Can.ADD_DOCUMENT, "documents:document-add", _("Document"), icon_name("file-text")),
        (Can.WRITE_NOTE, "cases:note-add", _("Note"), icon_name("message-square")),
        (Can.WRITE_NOTE, "cases:task-add", _("Task"), icon_name("list-checks")),
        (Can.WRITE_NOTE, "cases:risk-assess", _("Risk note"), icon_name("triangle-alert")),
        (Can.WRITE_AFTERCARE, "aftercare:care-open", _("Aftercare"), icon_name("heart")),
        (Can.EDIT_CASE, "cases:referral-add", _("Referral step"), icon_name("inbox")),
        (Can.EDIT_CASE, "cases:agency-add", _("Agency"), icon_name("landmark")),
        (Can.EDIT_CASE, "cases:link-add", _("Link to another case"), icon_name("bookmark")),
        (Can.EDIT_CASE, "cases:grant-add", _("Grant"), icon_name("banknote")),
        (Can.EDIT_CASE, "cases:milestone-add", _("Milestone"), icon_name("star")),
    )
    return links(
        user,
        [(verb, name, (case.pk,), {}, {"label": words, "icon": icon}) for verb, name, words, icon in wanted],
    )


def ways_to_move(case, user):
    """What the person may do with the case as a whole."""
    wanted = (
        (Can.MOVE_LEGAL, "cases:track-move", (case.pk, "legal"), _("Move the legal track")),
        (Can.MOVE_AFTERCARE, "cases:track-move", (case.pk, "aftercare"), _("Move the aftercare track")),
        (Can.SEAL_CASE, "cases:case-seal", (case.pk,), _("Who may open this case")),
    )
    return links(user, [(verb, name, args, {}, {"label": words}) for verb, name, args, words in wanted])


def next_thing(case, missing, upcoming, review):
    """The one call-out on top: an outcome nobody wrote down, a review that is late, or the next hearing."""
    if missing:
        return outcome_missing(missing[0])
    if review is not None:
        return {
            "tone": "danger",
            "icon": icon_name("heart"),
            "title": _("An aftercare review is overdue."),
            "text": _("It was due on %(day)s.") % {"day": day(review.review_due)},
            "url": address("aftercare:care-detail", review.pk),
            "action": _("Open the care record"),
        }
    if upcoming is None:
        return None
    return {
        "tone": "soon",
        "icon": icon_name("calendar-days"),
        "title": _("Next hearing: %(when)s.") % {"when": moment_there(upcoming)},
        "text": how_soon(case, upcoming),
        "url": address("prosecutions:hearing-detail", upcoming.pk),
        "action": _("Open the hearing"),
    }


def outcome_missing(hearing):
    """Somebody has to say what happened."""
    return {
        "tone": "danger",
        "icon": icon_name("gavel"),
        "title": _("Nobody has recorded what happened at the hearing of %(when)s.")
        % {"when": moment_there(hearing)},
        "text": "",
        "url": address("prosecutions:hearing-record", hearing.pk),
        "action": _("Record the outcome"),
    }


def how_soon(case, hearing):
    """Today, tomorrow, in 4 days: as the office counts days."""
    left = (today_in(case.office, hearing.starts_at) - today_in(case.office, timezone.now())).days
    if left == 0:
        return _("That is today.")
    if left == 1:
        return _("That is tomorrow.")
    return ngettext("In %(days)s day.", "In %(days)s days.", left) % {"days": left}


def moment_there(hearing):
    """When the hearing begins, on the clock of the case's office."""
    with timezone.override(hearing.office.time_zone):
        return moment(hearing.starts_at)
