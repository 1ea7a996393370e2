"""Opening, changing and sealing a case."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.roles import ROLE_CAN, Can, Role
from audit.actions import record
from cases.actions.holding import lock_case
from cases.clock import today_in
from cases.models import Assignment, Case, CaseSequence, ReferralStep, TrackChange
from cases.querysets import CASE_ROLES, holding_now
from cases.states import (
    AftercareStatus,
    IllegalMove,
    LegalStatus,
    Sensitivity,
    Track,
    check_version,
)


def role_on_team(person: User, office_id: int, verb: Can) -> Role | None:
    """The role in which this person takes a place on a team of the office by using the verb."""
    held = {
        role for office, role in person.live_memberships if office == office_id and verb in ROLE_CAN[role]
    }
    return next((role for role in CASE_ROLES if role in held), None)


def open_case(
    office_id: int,
    *,
    by: User,
    now: datetime,
    title: str,
    casework_type: str,
    summary: str = "",
    country: str = "",
    opened_on: str = "",
    sensitivity: int = Sensitivity.OFFICE,
    referral: Sequence[dict] = (),
    external_id: str = "",
) -> Case:
    """Open a case; whoever opens it stands on its team."""
    office = Office.objects.select_for_update(no_key=True).get(pk=office_id)
    role = role_on_team(by, office.pk, Can.OPEN_CASE)
    if role is None:
        raise IllegalMove(_("You do not open cases for this office."), field="office")
    day = opened_on or today_in(office, now).isoformat()
    case = Case(
        office=office, title=title, casework_type=casework_type, summary=summary,
        country=country or office.country, opened_on=day, sensitivity=sensitivity, external_id=external_id,
        legal_status=LegalStatus.INTAKE, legal_opened_on=day, aftercare_status=AftercareStatus.NOT_STARTED,
        created_at=now, updated_at=now, touched_at=now,
    )  # fmt: skip
    insert_with_number(case, office, now)
    Assignment.objects.create(case=case, user=by, role=role, started_at=now)
    begin(case, by, day, referral)
    record("case.open", by=by, subject=case, case_id=case.pk, at=now)
    record("case.assign", by=by, subject=case, case_id=case.pk, at=now, user=by.pk, role=role, backup=False)
    return case


def insert_with_number(case: Case, office: Office, now: datetime) -> None:
    """Give the case the next free number of its office and year. The office row is locked."""
    year = today_in(office, now).year
    sequence, _new = CaseSequence.objects.get_or_create(office=office, year=year)
    while case._state.adding:
        sequence.last += 1
        case.number = f"{office.key[:28].upper()}-{year}-{sequence.last:04d}"
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError as why:
            # Taken by a case that was brought over, which this person may not be allowed to see.
            if "number" not in (getattr(getattr(why.__cause__, "diag", None), "constraint_name", "") or ""):
                raise
    sequence.save(update_fields=["last"])


def begin(case: Case, by: User, day: str, referral: Sequence[dict]) -> None:
    """The first row of each track, and the chain by which the case came."""
    for track in Track:
        TrackChange.objects.create(
            case=case, track=track, position=1, status=case.status_of(track), on=day, by=by
        )
    ReferralStep.objects.bulk_create(
        ReferralStep(case=case, position=position, **step) for position, step in enumerate(referral, 1)
    )


def edit_case(case_id: UUID, *, by: User, now: datetime, version: int | None = None, **facts: object) -> Case:
    """Change what is written about the case itself."""
    case = lock_case(case_id)
    check_version(case, version)
    allowed = {"title", "summary", "casework_type", "country", "opened_on", "led_by", "supported_by"}
    if not facts.keys() <= allowed:
        raise TypeError(f"not facts of a case: {sorted(facts.keys() - allowed)}")
    for name, value in facts.items():
        setattr(case, name, value)
    case.version += 1
    case.touched_at = now
    case.save(update_fields=[*facts, "version", "touched_at"])
    record("case.edit", by=by, subject=case, case_id=case.pk, at=now, version=case.version)
    return case


def seal_case(
    case_id: UUID, *, by: User, now: datetime, sensitivity: int, version: int | None = None
) -> Case:
    """Say who may open the case. Whoever says so stays on the team, so that somebody can say otherwise."""
    case = lock_case(case_id)
    check_version(case, version)
    was, level = case.sensitivity, int(sensitivity)
    if was == level:
        raise IllegalMove(_("The case is open to exactly these people already."), field="sensitivity")
    if not Assignment.objects.filter(holding_now(), case=case, user=by).exists():
        role = role_on_team(by, case.office_id, Can.SEAL_CASE)
        if role is None:
            raise IllegalMove(_("Only a lead of this office may decide this."), field="sensitivity")
        Assignment.objects.create(case=case, user=by, role=role, started_at=now)
        record(
            "case.assign", by=by, subject=case, case_id=case.pk, at=now, user=by.pk, role=role, backup=False
        )
    case.sensitivity, case.touched_at = level, now
    case.version += 1
    case.save(update_fields=["sensitivity", "version", "touched_at"])
    record("case.seal", by=by, subject=case, case_id=case.pk, at=now, was=was, now=level)
    return case
