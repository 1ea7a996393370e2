"""One page: what it weighs, what it costs one client, and how often eight clients get it."""

import gzip
import time
from typing import Any

import brotli
from django.db import connection
from django.test import Client as InProcess
from django.test.utils import CaptureQueriesContext, override_settings

from desk.measuring.server import WORKERS, Ask, Client, Server, Unanswered, pace

LEAST, MOST, PATIENCE, CLIENTS = 3, 40, 3.0, 8


def weigh(browser: InProcess, ask: Ask) -> dict[str, int]:
    """Statements and bytes of one answer, in this process."""
    with (
        override_settings(ROOT_URLCONF="desk.benchmarks", ALLOWED_HOSTS=["testserver"]),
        CaptureQueriesContext(connection) as queries,
    ):
        if ask.form is None:
            answer = browser.get(ask.path, headers=ask.headers)
        else:
            answer = browser.post(ask.path, ask.form, headers=ask.headers)
    if answer.status_code != ask.answers:
        raise Unanswered(f"{ask.method} {ask.path}: {answer.status_code}")
    text = answer.content
    packed = {"gzip": len(gzip.compress(text, 6)), "br": len(brotli.compress(text, quality=5))}
    return {"sql": len(queries), "bytes": len(text), **packed}


def measure(
    server: Server, asks: list[Ask], cookies: dict[str, str], times: int, seconds: float
) -> dict[str, Any]:
    """Processor milliseconds a request, of the web server and of PostgreSQL, and requests a second.

    The first requests, which open connections and fill caches of both workers, are not counted.
    """
    client = Client(server.port, cookies)
    warm = [asks[turn % len(asks)] for turn in range(2 * WORKERS)]
    began = time.monotonic()
    for ask in warm:
        client.ask(ask)
    each = (time.monotonic() - began) / len(warm)
    number = max(LEAST, min(times, int(PATIENCE / max(each, 0.001))))
    spent = counted(server, client, [asks[turn % len(asks)] for turn in range(number)])
    return {**spent, "pace": pace(server, asks, cookies, CLIENTS, seconds) if seconds else 0.0}


def measure_once(server: Server, asks: list[Ask], cookies: dict[str, str]) -> dict[str, Any]:
    """The same of requests that cannot be sent twice: the first two warm the workers."""
    client = Client(server.port, cookies)
    for ask in asks[:WORKERS]:
        client.ask(ask)
    return {**counted(server, client, asks[WORKERS:] or asks), "pace": 0.0}


def counted(server: Server, client: Client, asks: list[Ask]) -> dict[str, float]:
    """Send them one after the other; the processor time of one, on the average."""
    before = server.meter.read()
    for ask in asks:
        client.ask(ask)
    app, pg = ((later - first) / len(asks) for first, later in zip(before, server.meter.read(), strict=True))
    return {"app": app, "pg": pg, "requests": len(asks)}
