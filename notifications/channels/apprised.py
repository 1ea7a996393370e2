"""Signal, and whatever other service a deployment has, by apprise: one address, one person, one line.

apprise says yes or no and nothing else, so an answer that is no is looked at as closely as its own words
allow, and where they allow nothing the message may have left. What it would tell of itself is taken away, no
file is read, no redirect followed, nothing is tried twice and nothing is kept; its own log, which holds
numbers, is heard here and goes no further.
"""

import logging
import re
import warnings
from contextvars import ContextVar
from urllib.parse import quote

import apprise
from django.conf import settings
from django.utils.translation import gettext as _

from notifications.channels.channel import BadAddress, Channel, Handed, Outgoing
from notifications.channels.phones import normal_number
from notifications.channels.texts import written
from notifications.channels.trying import tried
from notifications.states import Kind, Outcome

GONE = {404, 410}
PASSING = {401, 403, 408, 425, 429}
OURS = {400, 413, 422, *GONE}
_said: ContextVar[list[str] | None] = ContextVar("said", default=None)


class Ear(logging.Handler):
    """Hears what apprise says during a call of ours; its lines are printed nowhere."""

    def emit(self, record):
        heard = _said.get()
        if heard is not None:
            heard.append(record.getMessage())


def quiet():
    """apprise's log leads to our ear alone."""
    log = logging.getLogger("apprise")
    log.handlers, log.propagate = [Ear()], False
    log.setLevel(logging.DEBUG)


def silent_asset(seconds: int) -> apprise.AppriseAsset:
    """What apprise is told of us: a name that says nothing, no pictures, no store."""
    return apprise.AppriseAsset(
        app_id="-", app_desc="-", app_url="", image_url_mask="", image_url_logo="", image_path_mask="",
        async_mode=False, http_redirects=False, default_service_retry=0, plugin_paths=[],
        storage_mode="memory", interpret_escapes=False, interpret_emojis=False, allow_templates=False,
        service_timeout=seconds,
    )  # fmt: skip


def service(url: str, seconds: int) -> apprise.NotifyBase | None:
    """What apprise makes of an address. The first time it reads in all that it has, old modules among it."""
    limits = f"cto=5&rto={seconds}&redirect=no&retry=0&overflow=upstream"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return apprise.Apprise.instantiate(
            f"{url}{'&' if '?' in url else '?'}{limits}", asset=silent_asset(seconds)
        )


class Apprised(Channel):
    """One channel behind an address that the settings hold; the person gives a number or a name there."""

    def target(self, address: str) -> str:
        raise NotImplementedError

    def hand_over(self, outgoing: Outgoing) -> Handed:
        if not self.ready():
            return Handed(Outcome.TEMPORARY, "not set up")
        return tried(lambda: written(outgoing, "line")[1], lambda text: self.send(outgoing, text))

    def send(self, outgoing: Outgoing, text: str) -> Handed:
        quiet()
        said: list[str] = []
        token = _said.set(said)
        try:
            one = service(self.target(outgoing.address), self.timeout)
            if one is None:
                return Handed(Outcome.TEMPORARY, f"{self.kind} address")
            if one.notify(body=text, title="", body_format=apprise.NotifyFormat.TEXT):
                return Handed(Outcome.ACCEPTED)
        finally:
            _said.reset(token)
        return self.mapped(said)

    def mapped(self, said: list[str]) -> Handed:
        """By the number of the answer where there was one; by the kind of break where there was none."""
        words = " ".join(said)
        code = int(found[-1]) if (found := re.findall(r"\berror=(\d{3})\b", words)) else 0
        error = f"{self.kind} {code or 'no answer'}"
        if code >= 500 or code in PASSING:
            return Handed(Outcome.TEMPORARY, error)
        if code in OURS:
            return Handed(Outcome.PERMANENT, error, dead=code in GONE)
        if re.search("NewConnectionError|ConnectTimeout|NameResolution|SSLCertVerification", words):
            return Handed(Outcome.TEMPORARY, f"{self.kind} not reached")
        return Handed(Outcome.UNKNOWN, error)


class Signal(Apprised):
    """By a signal-cli-rest-api of one's own."""

    kind = Kind.SIGNAL

    def ready(self) -> bool:
        return bool(settings.SIGNAL_URL)

    def normal(self, address: str) -> str:
        return normal_number(address)

    def target(self, address: str) -> str:
        return f"{settings.SIGNAL_URL.rstrip('/')}/{quote(address, safe='')}"


class Other(Apprised):
    """Any other service: ntfy, Matrix, Mattermost, Gotify and so on."""

    kind = Kind.OTHER

    def ready(self) -> bool:
        return "{address}" in settings.OTHER_CHANNEL_URL

    def normal(self, address: str) -> str:
        """A name without any sign that means something in an address: it can lead to no other place."""
        name = address.strip()
        if not re.fullmatch(r"[A-Za-z0-9_-]{3,64}", name):
            raise BadAddress(_("Use letters, digits, - and _ only, at least three of them."))
        return name

    def target(self, address: str) -> str:
        return settings.OTHER_CHANNEL_URL.replace("{address}", quote(self.normal(address), safe=""))
