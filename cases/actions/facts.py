"""What is added to a case: the road it came, agencies, donors, ties to other cases, things to remember."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions.holding import lock_case, touch
from cases.keys import next_key
from cases.models import Agency, Case, CaseLink, CaseMilestone, Grant, ReferralStep
from cases.states import IllegalMove
from reference.values import PartialDate


def check_order(first: str, last: str, field: str) -> None:
    """What ends does not end before it begins, as far as the dates tell."""
    if first and last and PartialDate(last).last < PartialDate(first).first:
        raise IllegalMove(_("The end lies before the beginning."), field=field)


def add_referral(
    case_id: UUID, *, by: User, now: datetime, source: str, target: str = "us", on: str = "", note: str = ""
) -> ReferralStep:
    """One more step of the chain by which the case came to us."""
    case = lock_case(case_id)
    last = case.referral_steps.aggregate(last=Max("position"))["last"] or 0
    step = ReferralStep.objects.create(
        case=case, position=last + 1, source=source, target=target or "us", on=on, note=note
    )
    record("referral.add", by=by, subject=step, at=now)
    touch(case, now)
    return step


def add_agency(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    name: str,
    kind: str,
    country: str = "",
    locality: str = "",
    partner: bool | None = None,
    trained_on: str = "",
    note: str = "",
) -> Agency:
    """An organisation that plays a part."""
    case = lock_case(case_id)
    agency = Agency.objects.create(
        case=case, key=next_key(Agency, case, "a"), name=name, kind=kind, country=country, locality=locality,
        partner=partner, trained_on=trained_on, note=note,
    )  # fmt: skip
    record("agency.add", by=by, subject=agency, at=now)
    touch(case, now)
    return agency


def add_grant(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    name: str,
    through: str = "",
    starts_on: str = "",
    ends_on: str = "",
    note: str = "",
) -> Grant:
    """Donor money that pays for the work."""
    case = lock_case(case_id)
    check_order(starts_on, ends_on, "ends_on")
    grant = Grant.objects.create(
        case=case, name=name, through=through, starts_on=starts_on, ends_on=ends_on, note=note
    )
    record("grant.add", by=by, subject=grant, at=now)
    touch(case, now)
    return grant


def add_link(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    number: str = "",
    outside: str = "",
    on: str = "",
    note: str = "",
) -> CaseLink:
    """A tie to another case: by its number if this person may open it, else in words."""
    case = lock_case(case_id)
    number = number.strip()
    if bool(number) == bool(outside.strip()):
        raise IllegalMove(
            _("Give the number of a case, or describe a case outside our system; one of the two."),
            field="number",
        )
    if number.upper() == case.number.upper():
        raise IllegalMove(_("This is the case itself."), field="number")
    # The same sentence for a number that does not exist and for one that is none of her business.
    other = Case.objects.filter(number__iexact=number).first() if number else None
    if number and other is None:
        raise IllegalMove(_("There is no case with this number that you can open."), field="number")
    link = CaseLink.objects.create(
        case=case, kind=kind, number=other.number if other else "", outside=outside.strip(), on=on, note=note
    )
    record("link.add", by=by, subject=link, at=now, kind=kind)
    touch(case, now)
    return link


def add_milestone(
    case_id: UUID, *, by: User, now: datetime, what: str, on: str = "", note: str = ""
) -> CaseMilestone:
    """Something the office wants to remember."""
    case = lock_case(case_id)
    milestone = CaseMilestone.objects.create(case=case, what=what, on=on, note=note)
    record("milestone.add", by=by, subject=milestone, at=now)
    touch(case, now)
    return milestone
