"""What is done to accounts: people, their roles, duty weeks and offices."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import ProgrammingError
from django.utils.translation import gettext as _

from accounts.models import Duty, Membership, Office, User
from accounts.roles import SYSTEM_PRINCIPALS, Role
from audit.actions import record


class Refused(ValueError):
    """This may not be done to an account; says why, and which field is to blame."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def ensure_principals() -> None:
    """Every system principal is an ordinary account row that nobody can sign in to."""
    for principal in SYSTEM_PRINCIPALS:
        try:
            with transaction.atomic():
                if not User.objects.filter(principal=principal).exists():
                    User.objects.create_user(
                        f"{principal}@system.invalid", name=principal, principal=principal
                    )
        except ProgrammingError:  # migrated to a point before the table existed
            return


def invite_person(
    *, by: User, email: str, name: str, language: str, role: str, office: Office | None, now: datetime
) -> User:
    """Make an account with a first role; the person sets her password by the link she gets."""
    email = email.lower()
    if User.objects.filter(email=email).exists():
        raise Refused(_("Somebody with this address has an account already."), "email")
    person = User.objects.create_user(email, name=name, language=language)
    record("person.invite", by=by, subject=person, at=now)
    start_membership(person.pk, by=by, role=role, office=office, now=now)
    return person


def edit_person(person_id: UUID, *, by: User, name: str, language: str, now: datetime) -> User:
    """Change how a person is called and spoken to."""
    person = User.objects.select_for_update().get(pk=person_id, principal="")
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    record("person.edit", by=by, subject=person, at=now)
    return person


def set_preferences(person_id: UUID, *, by: User, language: str, shortcuts: bool, now: datetime) -> User:
    """Choose for oneself the language, and whether single keys do anything."""
    person = User.objects.select_for_update().get(pk=person_id, principal="")
    person.language, person.shortcuts = language, shortcuts
    person.save(update_fields=["language", "shortcuts"])
    record("person.edit", by=by, subject=person, at=now)
    return person


def start_membership(
    person_id: UUID, *, by: User, role: str, office: Office | None, now: datetime
) -> Membership:
    """Give a person a role in an office, or one of the roles that belong to none."""
    if office is None and role not in Membership.OFFICELESS:
        raise Refused(_("Choose the office of this role."), "office")
    if role in Membership.OFFICELESS:
        office = None
    if Membership.objects.filter(user_id=person_id, role=role, office=office, ended_at=None).exists():
        raise Refused(_("The person has this role there already."), "role")
    person = User.objects.get(pk=person_id, principal="")
    membership = Membership.objects.create(user=person, role=role, office=office)
    record("membership.start", by=by, subject=person, at=now, role=role, office=office.key if office else "")
    return membership


def end_membership(membership_id: int, *, by: User, now: datetime) -> Membership:
    """Take a role from a person. An administrator cannot take her own last key to this desk."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    if membership.user_id == by.pk and membership.role == Role.ADMINISTRATOR:
        raise Refused(_("Another administrator has to end your own role."))
    if membership.ended_at is None:
        membership.ended_at = now
        membership.save(update_fields=["ended_at"])
        record("membership.end", by=by, subject=membership.user, at=now, role=membership.role)
    return membership


def end_person(person_id: UUID, *, by: User, now: datetime) -> User:
    """Close an account: nothing can be seen with it any more. What the person did stays on record."""
    person = User.objects.select_for_update().get(pk=person_id, principal="")
    if person.pk == by.pk:
        raise Refused(_("Another administrator has to close your own account."))
    person.is_active = False
    person.save(update_fields=["is_active"])
    person.memberships.filter(ended_at=None).update(ended_at=now)
    record("person.end", by=by, subject=person, at=now)
    return person


def set_duty(office_id: int, *, by: User, person: User, first: date, last: date, now: datetime) -> Duty:
    """Name the duty officer of an office for some days, both ends included."""
    if last < first:
        raise Refused(_("The last day lies before the first."), "last")
    try:
        with transaction.atomic():
            duty = Duty.objects.create(office_id=office_id, user=person, days=DateRange(first, last, "[]"))
    except IntegrityError as why:
        raise Refused(_("Somebody else is on duty on one of these days."), "first") from why
    record("duty.set", by=by, subject=duty, at=now, first=first, last=last, user=person.pk)
    return duty


OFFICE_FACTS = (
    "key", "name", "alias", "city", "country", "region", "time_zone", "currency", "languages", "opened",
)  # fmt: skip


def add_office(*, by: User, now: datetime, **facts: object) -> Office:
    """Open an office in the system."""
    office = Office.objects.create(**facts)
    record("office.add", by=by, subject=office, at=now)
    return office


def edit_office(office_id: int, *, by: User, now: datetime, **facts: object) -> Office:
    """Change what is written about an office."""
    office = Office.objects.select_for_update().get(pk=office_id)
    for name, value in facts.items():
        setattr(office, name, value)
    office.save(update_fields=list(facts))
    record("office.edit", by=by, subject=office, at=now)
    return office
