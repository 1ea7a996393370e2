"""The demonstration: the example histories, a team for each, and facts made today through the actions."""

from datetime import time, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from accounts.models import Duty, Membership, Office, User
from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from audit.actions import record
from casefiles.offices import FIELDS, listed
from cases.actions import assess_risk, assign, open_case
from cases.actions.sharing import share_case
from cases.clock import today_in
from cases.models import Assignment, Case, Share
from cases.querysets import CASE_ROLES
from operations.actions import approve_operation, name_insider, plan_operation, record_operation
from operations.models import Insider, Operation
from operations.states import OperationStatus
from prosecutions.actions import (
    add_accused,
    add_charge,
    grant_bail,
    open_proceeding,
    record_arrest,
    schedule_hearing,
    seek_bail,
)
from prosecutions.models import Hearing
from survivors.actions import add_consent, add_survivor
from survivors.actions.identity import edit_identity
from survivors.models import Identity

LIVE = "demo-today"
OFFICE = "manila"
CHAIN = [{"source": "a neighbour", "target": "the police"}, {"source": "the police", "target": "us"}]


def make_offices():
    """Every office of the list, each with an alias that says nothing about the place."""
    for number, (key, facts) in enumerate(listed().items(), 1):
        known = {name: facts[name] for name in FIELDS if name in facts}
        Office.objects.get_or_create(key=key, defaults={**known, "alias": f"Desk {number}"})


def name_teams():
    """Every demo colleague of an office stands on the example cases of the office: once, and on record.

    A case that somebody opened here is never touched: its team is hers to name.
    """
    staff = Membership.objects.filter(
        user__email__endswith="@demo.example", ended_at=None, role__in=CASE_ROLES
    ).exclude(role=Role.OFFICE_DIRECTOR)
    with system_access("loader", "the demonstration names the teams of its cases") as loader:
        staffed = Assignment.objects.filter(user__email__endswith="@demo.example", role=Role.LAWYER)
        examples = Case.objects.exclude(loaded_on=None).exclude(pk__in=staffed.values("case"))
        for case in examples:
            for member in staff.filter(office=case.office_id):
                facts = {"user_id": member.user_id, "role": member.role}
                named, new = Assignment.objects.get_or_create(case=case, ended_at=None, **facts)
                if new:
                    record("case.assign", by=loader, subject=named, origin="import",
                           user=member.user_id, role=member.role)  # fmt: skip


def name_circles():
    """A plan that a file brought over has nobody who knows of it: the caseworker of the office leads it."""
    roles = (Role.CASEWORKER, Role.INVESTIGATOR, Role.LEGAL_LEAD)
    people = Membership.objects.filter(user__email__endswith="@demo.example", ended_at=None, role__in=roles)
    with system_access("loader", "the demonstration names who may know of its plans") as loader:
        plans = Operation.objects.filter(status=OperationStatus.PLANNED, insiders=None)
        for plan in plans.exclude(case__loaded_on=None):
            for member in people.filter(office=plan.office_id).order_by("role"):
                leads = member.role == Role.CASEWORKER
                Insider.objects.create(
                    case_id=plan.case_id, operation=plan, user_id=member.user_id, named_by_id=member.user_id,
                    leads=leads, started_at=timezone.now(),
                )  # fmt: skip
                record(
                    "insider.add", by=loader, subject=plan, origin="import", user=member.user_id, two=False
                )


def name_duty():
    """The legal lead of each office is on duty for the coming weeks."""
    today = timezone.now().date()
    leads = Membership.objects.filter(
        user__email__endswith="@demo.example", role=Role.LEGAL_LEAD, ended_at=None
    )
    for member in leads:
        if not Duty.objects.filter(office=member.office_id, days__contains=today).exists():
            days = DateRange(today, today + timedelta(days=28))
            Duty.objects.create(office_id=member.office_id, user_id=member.user_id, days=days)


def colleague(role):
    return User.objects.get(email=f"{role}.{OFFICE}@demo.example")


def live_facts(now):
    """Facts of today, made by the lawyer as on any day, so that reminders and alerts are owed now."""
    office = Office.objects.get(key=OFFICE)
    with viewing_as(colleague(Role.LEGAL_LEAD)):
        case = Case.objects.filter(external_id=LIVE).first()
    if case is None:
        case = open_demo_case(office, now)
        relieve(case, office, now)
        with viewing_as(colleague(Role.LAWYER)):
            make_history(case, office, now)
    with viewing_as(colleague(Role.LAWYER)):
        hearing_for_tomorrow(case, office, now)
    share_with_partner(case, now)
    write_identity(case, now)


def open_demo_case(office, now):
    """A case of the lawyer's own, with the whole team of the office on it."""
    with viewing_as(colleague(Role.LAWYER)) as lawyer:
        case = open_case(
            office.pk, by=lawyer, now=now, casework_type="osec", external_id=LIVE, referral=CHAIN,
            title="DEMO: girls offered from a private flat",
            summary="Invented. Two girls were offered from a flat; the police took them out last week.",
        )  # fmt: skip
    with viewing_as(colleague(Role.LEGAL_LEAD)) as lead:
        team = [
            Role.CASEWORKER,
            Role.INVESTIGATOR,
            Role.PARALEGAL,
            Role.SOCIAL_WORKER,
            Role.SAFEGUARDING_LEAD,
        ]
        for role in team:
            assign(case.pk, by=lead, now=now, user=colleague(role), role=role)
    return case


def relieve(case, office, now):
    """An operation as the gates want it: planned, approved by a lead who has seen the risk, carried out."""
    last_week = (today_in(office, now) - timedelta(days=7)).isoformat()
    with viewing_as(colleague(Role.CASEWORKER)) as by:
        why = "Invented. The owner knows where the girls' families live."
        assess_risk(case.pk, by=by, now=now, level="high", note=why, on=last_week)
        plan = plan_operation(case.pk, by=by, now=now, purpose="relief_and_arrest")
        lead = colleague(Role.SAFEGUARDING_LEAD)
        name_insider(plan.pk, by=by, now=now, user=lead, reason="approves it (demo)")
    with viewing_as(colleague(Role.SAFEGUARDING_LEAD)) as lead:
        approve_operation(plan.pk, by=lead, now=now, plan_approved=True, safeguarding_checked=True)
    with viewing_as(colleague(Role.CASEWORKER)) as by:
        record_operation(
            plan.pk, by=by, now=now, on=last_week, outcome="success", people="2", children="2",
            children_exploited="2", exploited="2", relieved="2", arrested="2",
        )  # fmt: skip


def make_history(case, office, now):
    """Two survivors, two accused, a court, a bail applied for and a bail granted today."""
    by = colleague(Role.LAWYER)
    today = today_in(office, now)
    last_week = (today - timedelta(days=7)).isoformat()
    for name in ("Luningning", "Dalisay"):
        survivor = add_survivor(
            case.pk, by=by, now=now, pseudonym=name, gender="Feminine", child=True, nationality=["PH"]
        )
        add_consent(survivor.pk, by=by, now=now, purpose="legal_support", given=True, on=last_week,
                    given_by="her aunt (demo)", giver="guardian", assent=True)  # fmt: skip
    accused = [
        add_accused(case.pk, by=by, now=now, label=label, position=position)
        for label, position in (
            ("the flat's owner (demo)", "facilitator"),
            ("the driver (demo)", "accomplice"),
        )
    ]
    for person in accused:
        record_arrest(person.pk, by=by, now=now, on=last_week, held=True)
        add_charge(person.pk, by=by, now=now, offence="Qualified trafficking in persons", status="filed",
                   statute="Republic Act 9208 as amended", country="PH", filed_on=last_week)  # fmt: skip
    proceeding = open_proceeding(
        case.pk, by=by, now=now, accused=accused, kind="criminal_trial", court="Regional Trial Court (demo)",
        docket="RTC-DEMO-77", stage="pre_trial", opened_on=last_week,
    )  # fmt: skip
    bail_of_today(accused, proceeding, today, by, now)


def bail_of_today(accused, proceeding, today, by, now):
    """The owner is granted bail; the driver has just asked for it."""
    owner, driver = accused
    yesterday = (today - timedelta(days=1)).isoformat()
    facts = {"by": by, "now": now, "proceeding": proceeding, "court": "Regional Trial Court (demo)"}
    granted = seek_bail(owner.pk, applied_on=yesterday, **facts)
    terms = ["Report to the police every Monday", "Stay away from the survivors and their families"]
    grant_bail(granted.pk, by=by, now=now, decided_on=today.isoformat(), conditions=terms)
    hearing = (today + timedelta(days=3)).isoformat()
    seek_bail(driver.pk, applied_on=today.isoformat(), heard_on=hearing, heard_time=time(10, 0), **facts)


def share_with_partner(case, now):
    """A partner organisation follows the court dates of the case for a month."""
    partner = colleague(Role.PARTNER)
    with viewing_as(colleague(Role.LEGAL_LEAD)) as lead:
        if not Share.objects.filter(case=case, user=partner).exists():
            share_case(
                case.pk, by=lead, now=now, user=partner, parts=["hearings", "bail"],
                purpose="Follows the court dates (demo)", until=now + timedelta(days=28),
            )  # fmt: skip


def write_identity(case, now):
    """One of the two survivors has a name, a number and an address, all invented and all sealed."""
    with viewing_as(colleague(Role.CASEWORKER)) as by:
        survivor = case.survivors.order_by("key").first()
        if not Identity.objects.filter(survivor=survivor).exists():
            edit_identity(
                survivor.pk, by=by, now=now, latin_name="Marisol Demo Salonga", known_as="Sol",
                phones="0917 555 0142", address="12 Demo Street, Pasig",
                safe_contact="Sundays before noon; her aunt may answer (demo)",
            )  # fmt: skip


def hearing_for_tomorrow(case, office, now):
    """A hearing for tomorrow, unless there is one."""
    tomorrow = today_in(office, now) + timedelta(days=1)
    if Hearing.objects.filter(case=case, on=tomorrow.isoformat()).exists():
        return
    by = colleague(Role.LAWYER)
    called = list(case.survivors.order_by("key")[:1])
    schedule_hearing(
        case.proceedings.get().pk, by=by, now=now, on=tomorrow, local_time=time(9, 0), purpose="pre_trial",
        who_goes=by, called=called,
    )  # fmt: skip
