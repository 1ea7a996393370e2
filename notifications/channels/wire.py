"""One call to a provider whose address stands in the settings, and what is certain of it afterwards.

No redirect, no proxy, no cookie, no name of ours; limited in time and size. NotSent: nothing has left, or the
provider never had a line to us. Unsure: it may have arrived. Nothing of the call is ever logged.
"""

import contextlib
import http.client
import json
import socket
import ssl
import threading
from base64 import b64encode
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

CONNECT = 5
MOST_READ = 256 * 1024
LONGEST_WAIT = 3600
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class NotSent(Exception):
    """The provider was not reached; the message says why in a word or two."""


class Unsure(Exception):
    """The call was begun and has no answer."""


@dataclass(frozen=True)
class Answer:
    """What came back; `wait` is how many seconds the provider asks to be left alone."""

    status: int
    body: bytes
    wait: int = 0

    def json(self) -> dict:
        """The answer as an object; {} when it is none."""
        with contextlib.suppress(ValueError):
            said = json.loads(self.body)
            return said if isinstance(said, dict) else {}
        return {}


def post(url, *, form=None, facts=None, headers=None, login=None, seconds=20):
    """Send a form, or facts as JSON."""
    kind = "application/x-www-form-urlencoded" if form is not None else "application/json"
    body = urlencode(form).encode() if form is not None else json.dumps(facts or {}).encode()
    return call("POST", url, body, {"Content-Type": kind, **(headers or {})}, login, seconds)


def get(url, *, query=None, headers=None, login=None, seconds=20):
    """Ask."""
    return call("GET", f"{url}?{urlencode(query)}" if query else url, None, headers or {}, login, seconds)


def call(method, url, body, headers, login, seconds):
    """The call itself: after the line stands, whatever breaks leaves us unsure."""
    parts = urlsplit(url)
    line = line_to(parts)
    try:
        line.connect()
    except (OSError, http.client.HTTPException) as broken:
        line.close()
        raise NotSent(type(broken).__name__) from None
    clock = threading.Timer(seconds, cut, [line.sock])
    clock.daemon = True
    clock.start()
    try:
        line.sock.settimeout(seconds)
        line.request(method, parts._replace(scheme="", netloc="").geturl(), body, told(headers, login))
        answer = line.getresponse()
        read = answer.read(MOST_READ)
        return Answer(answer.status, read, wait_of(answer.getheader("Retry-After", "")))
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as broken:
        raise Unsure(type(broken).__name__) from None
    finally:
        clock.cancel()
        line.close()


def line_to(parts):
    """HTTPS; in the clear to this very machine alone."""
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=CONNECT, context=ssl.create_default_context())
    if parts.scheme == "http" and host in LOOPBACK and not settings.HTTPS:
        return http.client.HTTPConnection(host, port, timeout=CONNECT)
    raise NotSent("not an https address")


def cut(sock):
    """A provider that sends a byte now and then never times out by itself."""
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def told(headers, login):
    """What the provider learns of us: what its own description asks for."""
    said = {"Accept": "application/json", **headers}
    if login:
        said["Authorization"] = f"Basic {b64encode(':'.join(login).encode()).decode()}"
    return said


def wait_of(said):
    """Seconds of a Retry-After, in either of its two forms."""
    if said.isdecimal():
        return min(int(said), LONGEST_WAIT)
    with contextlib.suppress(ValueError, TypeError):
        seconds = (parsedate_to_datetime(said) - timezone.now()).total_seconds()
        return max(0, min(int(seconds), LONGEST_WAIT))
    return 0
