"""The invented people of the demonstration. Only where the services are the embedded ones."""

import time
from base64 import b32encode
from functools import cache
from hashlib import sha256

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Office, User
from accounts.roles import Role

PASSWORD = "lantern-harbour-42"  # noqa: S105  printed on purpose; these accounts hold invented data only

FULL = (
    Role.CASEWORKER,
    Role.INVESTIGATOR,
    Role.LAWYER,
    Role.PARALEGAL,
    Role.SOCIAL_WORKER,
    Role.LEGAL_LEAD,
    Role.SAFEGUARDING_LEAD,
    Role.OFFICE_DIRECTOR,
)
SMALL = (Role.CASEWORKER, Role.LAWYER, Role.SOCIAL_WORKER, Role.LEGAL_LEAD, Role.OFFICE_DIRECTOR)
STAFF = {
    "manila": FULL,
    "bolivia": FULL,
    "kolkata": FULL,
    "cebu": SMALL,
    "mumbai": SMALL,
    "delhi": SMALL,
    "bangalore": SMALL,
    "cambodia": SMALL,
    "ghana": SMALL,
    "philippines": SMALL,
    "dominican_republic": SMALL,
}
ASIA = ("manila", "cebu", "pampanga", "philippines", "kolkata", "mumbai", "delhi", "bangalore", "cambodia")
SPANISH = ("bolivia", "dominican_republic")
NAMES = {
    Role.CASEWORKER: "Joana Reyes",
    Role.INVESTIGATOR: "Marco Dizon",
    Role.LAWYER: "Karina Villareal",
    Role.PARALEGAL: "Anil Bose",
    Role.SOCIAL_WORKER: "Ana Lim",
    Role.LEGAL_LEAD: "Teresa Quispe",
    Role.SAFEGUARDING_LEAD: "Ruth Mensah",
    Role.OFFICE_DIRECTOR: "Rafael Cruz",
}


def make_people():
    """Every demo account with its memberships; harmless to repeat."""
    offices = {office.key: office for office in Office.objects.all()}
    for key, roles in STAFF.items():
        for role in roles if key in offices else ():
            language = "es" if key in SPANISH else "en"
            person = account(f"{role}.{key}", f"{NAMES[role]} ({offices[key].name})", language)
            join(person, role, offices[key])
    asia = account("regional.asia", "Grace Tan (Asia)")
    for key in ASIA:
        if key in offices:
            join(asia, Role.REGIONAL_DIRECTOR, offices[key])
    if "manila" in offices:
        join(account("partner.manila", "Lucia Ramos (partner, Manila)"), Role.PARTNER, offices["manila"])
    join(account("global", "Daniel Okafor (all offices)"), Role.GLOBAL_DIRECTOR, None)
    join(account("administrator", "Ines Duarte (administrator)"), Role.ADMINISTRATOR, None)
    join(account("auditor", "Paul Weber (auditor)"), Role.AUDITOR, None)


def account(word, name, language="en"):
    """The account of this address, made if it is missing."""
    email = f"{word}@demo.example"
    person = User.objects.filter(email=email).first()
    person = person or User.objects.create(email=email, password=hashed(), name=name, language=language)
    if not Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(person, totp_secret(email))
    return person


def totp_secret(email):
    """The secret of the app of a demo account, the same on every machine and after every run."""
    return b32encode(sha256(f"demonstration of {email}".encode()).digest()[:20]).decode()


def code_of(email):
    """What the app of a demo account shows now, and for how many seconds yet."""
    step, past = divmod(int(time.time()), settings.MFA_TOTP_PERIOD)
    return format_hotp_value(hotp_value(totp_secret(email), step)), settings.MFA_TOTP_PERIOD - past


@cache
def hashed():
    """One slow hash for all: their password is printed anyway."""
    return make_password(PASSWORD)


def join(person, role, office):
    Membership.objects.get_or_create(user=person, role=role, office=office, ended_at=None)


def people():
    """[{email, password, totp_secret, memberships: [{office, role}]}] of every demo account."""
    accounts = User.objects.filter(email__endswith="@demo.example", is_active=True).order_by("email")
    live = Membership.objects.filter(ended_at=None, user__in=accounts).order_by("office__name", "role")
    roles = {}
    for user_id, office, role in live.values_list("user_id", "office__key", "role"):
        roles.setdefault(user_id, []).append({"office": office, "role": role})
    return [
        {
            "email": user.email,
            "password": PASSWORD,
            "totp_secret": totp_secret(user.email),
            "memberships": roles.get(user.pk, []),
        }
        for user in accounts
    ]
