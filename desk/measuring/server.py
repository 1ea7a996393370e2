"""A real web server for a while, and clients that ask it for the same page again and again."""

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg2

from desk.measuring.meter import Meter, share_of_memory

WORKERS = 2


class Unanswered(Exception):
    """A page that is measured did not answer as it should."""


@dataclass
class Ask:
    """One request: an address, and the form or the headers that go with it."""

    path: str
    form: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    answers: int = 200

    @property
    def method(self) -> str:
        return "GET" if self.form is None else "POST"


class Client:
    """One browser with its connection and its cookies."""

    def __init__(self, port: int, cookies: dict[str, str]):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        self.cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def ask(self, ask: Ask) -> bytes:
        """The body of the answer."""
        headers = {"Cookie": self.cookies, **ask.headers}
        body = None
        if ask.form is not None:
            body = urlencode(ask.form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.line.request(ask.method, ask.path, body, headers)
        answer = self.line.getresponse()
        text = answer.read()
        if answer.status != ask.answers:
            raise Unanswered(f"{ask.method} {ask.path}: {answer.status} {text[:300]!r}")
        return text


def superuser(database: str) -> str:
    """The address by which the embedded server's superuser reaches this database."""
    kept = Path(os.environ.get("IJM_DEV_DIR", ".dev"), "services.json")
    address = os.environ.get("DATABASE_URL") or json.loads(kept.read_text())["database_url"]
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


def every_case(database: str) -> int:
    """How many cases there are, whoever may see them."""
    with psycopg2.connect(superuser(database)) as line, line.cursor() as run:
        run.execute("SELECT count(*) FROM cases_case")
        return run.fetchone()[0]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@dataclass
class Server:
    """gunicorn with two workers, as it is deployed."""

    port: int
    process: subprocess.Popen
    meter: Meter

    def memory(self) -> float:
        return share_of_memory(self.process.pid)


@contextmanager
def serving(application: str, database: int, **environment: str) -> Iterator[Server]:
    """A web server of this application until the block ends."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", f"{application}:application", "--bind", f"127.0.0.1:{port}",
        "--workers", str(WORKERS), "--threads", "8", "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip
    settings = {**os.environ, "IJM_PROCESS": "web", "API_RATE": "1000000/min", **environment}
    with subprocess.Popen(command, env=settings) as process:  # noqa: S603
        try:
            wait_for(port, process)
            yield Server(port, process, Meter(process.pid, database))
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen) -> None:
    for _turn in range(300):
        if process.poll() is not None:
            raise Unanswered("the web server did not start")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise Unanswered("the web server did not start in a minute")


def pace(server: Server, asks: list[Ask], cookies: dict[str, str], clients: int, seconds: float) -> float:
    """Requests a second with so many clients at once."""
    done, ends = [0] * clients, time.monotonic() + seconds
    failed: list[Exception] = []

    def visit(place: int) -> None:
        client = Client(server.port, cookies)
        try:
            while time.monotonic() < ends and not failed:
                client.ask(asks[(place + done[place]) % len(asks)])
                done[place] += 1
        except Exception as trouble:
            failed.append(trouble)

    began = time.monotonic()
    threads = [threading.Thread(target=visit, args=(place,)) for place in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sum(done) / (time.monotonic() - began)
