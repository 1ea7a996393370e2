"""What is done to accounts: people, their roles, duty weeks and offices."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import ProgrammingError
from django.utils.translation import gettext as _

from accounts.models import Duty, Invitation, Membership, Office, Signal, SignIn, User
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
    if person_id == by.pk:
        raise Refused(_("Another administrator has to give you a role."), "role")
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
        SignIn.objects.filter(user_id=membership.user_id).delete()
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
    person.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    person.sign_ins.all().delete()
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


def send_invitation(person_id: UUID, *, by: User, now: datetime) -> tuple[Invitation, str]:
    """A new link for a person, good for a time and once; older ones stop working. The token is told once."""
    person = User.objects.select_for_update().get(pk=person_id, principal="", is_active=True)
    person.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        user=person,
        digest=digest_of(token),
        invited_by=by,
        sent_at=now,
        expires_at=now + timedelta(hours=settings.INVITATION_HOURS),
    )
    record("invitation.send", by=by, subject=person, at=now, until=invitation.expires_at)
    return invitation, token


def digest_of(token: str) -> str:
    """What is kept of a token: whoever reads the table cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def revoke_invitation(invitation_id: UUID, *, by: User, now: datetime) -> Invitation:
    """Make a link that went out worthless."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if invitation.accepted_at is None and invitation.revoked_at is None:
        invitation.revoked_at = now
        invitation.save(update_fields=["revoked_at"])
        record("invitation.revoke", by=by, subject=invitation.user, at=now)
    return invitation


def accept_invitation(invitation_id: UUID, *, password: str, now: datetime) -> User:
    """The person chooses her password; the link is used up. A second factor follows before anything else."""
    invitation = Invitation.objects.select_for_update().open_at(now).filter(pk=invitation_id).first()
    if invitation is None:
        raise Refused(_("This link no longer works."))
    person = User.objects.select_for_update().get(pk=invitation.user_id)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    record("invitation.accept", by=person, subject=person, at=now)
    return person


def renew_person(person_id: UUID, *, by: User, now: datetime) -> User:
    """Everything by which a person signs in is lost or in other hands: nothing of it opens any more."""
    person = User.objects.select_for_update().get(pk=person_id, principal="")
    if person.pk == by.pk:
        raise Refused(_("Another administrator has to do this for you."))
    person.set_unusable_password()
    person.duress = ""
    person.save(update_fields=["password", "duress"])
    Authenticator.objects.filter(user=person).delete()
    person.sign_ins.all().delete()
    record("person.renew", by=by, subject=person, at=now)
    return person


def end_sign_ins(person_id: UUID, *, by: User, now: datetime, but: str = "", only: UUID | None = None) -> int:
    """Sign a person out: of one browser, of all but the one with this key, or of all of them."""
    ended = SignIn.objects.filter(user_id=person_id).exclude(session_key=but)
    if only is not None:
        ended = ended.filter(handle=only)
    count, _by_model = ended.delete()
    if count:
        record("signin.end", by=by, subject=User.objects.get(pk=person_id), at=now, count=count)
    return count


def set_duress(person_id: UUID, *, by: User, password: str, now: datetime) -> User:
    """Keep a second password; an empty one takes it away. The trail calls it a change like any other."""
    person = User.objects.select_for_update().get(pk=person_id, principal="")
    if password and person.check_password(password):
        raise Refused(_("This is the password you sign in with."), "password1")
    person.duress = make_password(password) if password else ""
    person.save(update_fields=["duress"])
    record("person.edit", by=by, subject=person, at=now)
    return person


def enter(person: User, *, forced: bool, now: datetime) -> Signal | None:
    """Somebody came in; if she was forced to, her leads hear of it and nobody at the screen does."""
    record("signin.start", by=person, subject=person, at=now)
    if not forced:
        return None
    signal = Signal.objects.create(user=person, given_at=now)
    record("person.duress", by=person, subject=person, at=now)
    return signal


def answer_signal(signal_id: UUID, *, by: User, now: datetime) -> Signal:
    """Say that one has reached the person."""
    signal = Signal.objects.select_for_update().get(pk=signal_id)
    if signal.answered_at is None:
        signal.answered_at, signal.answered_by = now, by
        signal.save(update_fields=["answered_at", "answered_by"])
        record("signal.answer", by=by, subject=signal, at=now)
    return signal
