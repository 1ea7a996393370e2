"""What must be right before a deployment serves anything: a weak secret or an old server stops the start.

Celery runs these by itself, `migrate` the one that asks the database, and wsgi.py those for the site.
"""

import os
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

# By major version: the first release in which row security has no known hole (CVE-2024-10976, CVE-2025-8713).
GOOD_FROM = {15: 150014, 16: 160010, 17: 170006}
KEY = re.compile("[0-9a-f]{64}")
LEAST_SECRET, LEAST_DIFFERENT = 50, 12
LEAST_WORD = 24


def deployed():
    """Does this process serve a deployment? Not a developer's machine, not a command without a database."""
    return settings.SERVED and not settings.EMBEDDED


@register(Tags.security)
def deployment_is_safe(app_configs, **kwargs):
    """Settings that would undo what the rest of the house promises."""
    if not deployed():
        return []
    return [Error(FAULTS[number], id=f"ijm_cases.{number}") for number in faults()]


FAULTS = {
    "E001": "SECRET_KEY is too short or too plain. Make one with: openssl rand -hex 32",
    "E002": "ALLOWED_HOSTS must name the hosts of this site and no pattern.",
    "E003": "HTTPS is off: passwords and cookies would travel in the clear.",
    "E004": "SITE_URL must begin with https://: mail carries it.",
    "E005": "DEMO is on: the passwords of the demo accounts are known to everybody.",
    "E006": "The mail server's password would travel in the clear. Set EMAIL_USE_TLS=1.",
    "E007": "REDIS_URL names a server without a password.",
    "E008": "BACKUP_PUBLIC_KEY holds a private key. Take it off this machine.",
    "E009": "CONTEXT_KEY of this process is not 64 hex digits. Make one with: openssl rand -hex 32",
    "E011": "IJM_FAILPOINTS is for tests: it lets processes die on purpose.",
    "E012": "SMS_GATEWAY names no gateway, or one of them would be called in the clear.",
    "E013": "A word with which providers call us can be guessed. Make one with: openssl rand -hex 32",
}


def faults():
    """The numbers of what is wrong."""
    secret, redis = settings.SECRET_KEY, urlsplit(settings.REDIS_URL)
    wrong = {
        "E001": len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_DIFFERENT,
        "E002": any(not host or host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS),
        "E003": not settings.HTTPS,
        "E004": not settings.SITE_URL.startswith("https://"),
        "E005": settings.DEMO,
        "E006": settings.EMAIL_HOST_PASSWORD and not settings.EMAIL_USE_TLS,
        "E007": redis.scheme != "unix" and not redis.password,
        "E008": "AGE-SECRET-KEY-" in settings.BACKUP_PUBLIC_KEY.upper(),
        "E009": settings.PROCESS in settings.CONTEXT_KEYS and not KEY.fullmatch(settings.CONTEXT_KEY),
        "E011": "IJM_FAILPOINTS" in os.environ,
        "E012": not gateways_are_safe(),
        "E013": any(0 < len(word) < LEAST_WORD for word in words_of_providers()),
    }
    return [number for number in FAULTS if wrong[number]]


def gateways_are_safe():
    """Numbers and passwords go there by HTTPS alone."""
    places = (settings.TWILIO, settings.AFRICASTALKING, settings.WHATSAPP, settings.TELEGRAM)
    known = settings.SMS_GATEWAY in ("", "twilio", "africastalking")
    return known and all(place["URL"].startswith("https://") for place in places)


def words_of_providers():
    """What stands between a stranger and a forged receipt, where there is no signature."""
    return settings.AFRICASTALKING["SECRET"], settings.TELEGRAM["SECRET"], settings.WHATSAPP["VERIFY_TOKEN"]


@register(Tags.database)
def server_is_new_enough(app_configs, databases=None, **kwargs):
    """Row security of older servers has holes that are written about."""
    return [
        Error(f"PostgreSQL is too old: {version}. Take 15.14, 16.10, 17.6 or later.", id="ijm_cases.E010")
        for version in (connections[alias].pg_version for alias in databases or [])
        if not new_enough(version)
    ]


def new_enough(version):
    """150014 is 15.14."""
    major = version // 10000
    return version >= GOOD_FROM.get(major, 0) if major >= min(GOOD_FROM) else False


def refuse_to_serve():
    """Stop the start of the site, where nobody would read what a check says."""
    if wrong := deployment_is_safe(None):
        raise ImproperlyConfigured(" ".join(error.msg for error in wrong))
