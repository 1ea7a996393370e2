"""The one door for requests that we make to other machines: webhooks, and whatever else has an address.

Whoever may type an address must not thereby reach what only this machine can reach. So: HTTPS only, only
hosts that the deployment lists, every address that a name resolves to must be public, and the connection
goes to the very address that was checked, so that a name that answers differently a moment later changes
nothing. No redirect is followed, no proxy is used, time and size are limited. Never call this inside a
transaction.
"""

import contextlib
import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10
MOST_SENT = 256 * 1024
MOST_READ = 64 * 1024
LONGEST = 2000
HOST = re.compile(r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
OLD_RELAY = ipaddress.IPv4Network("192.88.99.0/24")
# Networks that carry an IPv4 address inside an IPv6 one: judged by what is inside.
CARRIERS = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class Refused(Exception):
    """The address may not be called; nothing was sent."""


class Unanswered(Exception):
    """The call was begun and has no usable answer; what was sent may have arrived."""


class Unreached(Unanswered):
    """Nobody took the call: nothing was sent."""


@dataclass(frozen=True)
class Target:
    """An address that was taken apart and found fit to be called."""

    host: str
    port: int
    path: str


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


def send(address, facts, *, headers=None, resolve=socket.getaddrinfo, context=None):
    """POST facts as JSON to an address outside. Refused: nothing was sent. Unanswered: perhaps it was."""
    told = {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}
    return post(address, json.dumps(facts).encode(), headers=told, resolve=resolve, context=context)


def post(address, body, *, headers, hosts=None, resolve=socket.getaddrinfo, context=None):
    """The same for bytes. `hosts`: says of a name whether it may be called, instead of the general list."""
    target = fit(address, hosts or settings.OUTGOING_HOSTS.__contains__)
    if len(body) > MOST_SENT:
        raise Refused("too much to send")
    where = checked_address(target, resolve)
    connection = Pinned(target, where, context or ssl.create_default_context())
    try:
        return exchange(connection, target, body, headers)
    except ssl.SSLCertVerificationError as broken:
        raise Refused("the certificate is not that host's") from broken
    except (OSError, http.client.HTTPException) as broken:
        raise Unanswered(type(broken).__name__) from broken
    finally:
        connection.close()


def fit(address, listed):
    """Take an address apart; anything that two programs could read differently is refused."""
    if len(address) > LONGEST or not address.isascii() or re.search(r"[\x00-\x20\x7f\\]", address):
        raise Refused("not a plain address")
    try:
        parts = urlsplit(address)
        port = parts.port or 443
    except ValueError as broken:
        raise Refused("not a plain address") from broken
    host = (parts.hostname or "").lower()
    if parts.scheme != "https" or "@" in parts.netloc or parts.fragment:
        raise Refused("only https, without a name and password")
    # Numbers never pass as names: dotted, decimal, octal, hexadecimal and IPv6 forms all end here.
    if not HOST.fullmatch(host):
        raise Refused("not the name of a host")
    if not listed(host) or port not in settings.OUTGOING_PORTS:
        raise Refused("not on the list of this installation")
    return Target(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def checked_address(target, resolve):
    """The first address of the host; refused when even one of its addresses is not public."""
    try:
        found = resolve(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError as broken:
        raise Refused("the name is not known") from broken
    addresses = [where[0] for *_rest, where in found]
    if not addresses or not all(map(is_public, addresses)):
        raise Refused("the name leads to a place that is not public")
    return addresses[0]


def is_public(text):
    """Neither this machine nor its network, whatever way it is written."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if address.version == 4 and address in OLD_RELAY:
        return False
    if address.version == 6:
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if any(address in network for network in CARRIERS) or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class Pinned(http.client.HTTPSConnection):
    """A connection to the address that was checked; the certificate must still be the host's."""

    def __init__(self, target, where, context):
        super().__init__(target.host, target.port, timeout=SECONDS, context=context)
        self.where, self.trust = where, context
        self.wire, self.late = None, False

    def connect(self):
        plain = socket.create_connection((self.where, self.port), self.timeout)
        try:
            self.sock = self.wire = self.trust.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise

    def cut(self):
        """End it whatever it is doing: a server that sends a byte now and then never times out by itself."""
        self.late = True
        if self.wire:
            with contextlib.suppress(OSError):
                self.wire.shutdown(socket.SHUT_RDWR)


def exchange(connection, target, body, headers):
    """Send, and read no more and for no longer than is allowed; a redirect is an answer like any other."""
    clock = threading.Timer(SECONDS, connection.cut)
    clock.daemon = True
    clock.start()
    try:
        reach(connection)
        connection.request("POST", target.path, body, headers)
        answer = connection.getresponse()
        read = answer.read(MOST_READ + 1)
    finally:
        clock.cancel()
    if connection.late or len(read) > MOST_READ:
        raise Unanswered("the answer is too long" if not connection.late else "the answer took too long")
    return Answer(answer.status, read, answer.headers)


def reach(connection):
    """Connect apart from sending: what fails here has told nobody anything."""
    try:
        connection.connect()
    except ssl.SSLCertVerificationError:
        raise
    except OSError as broken:
        raise Unreached(type(broken).__name__) from broken
