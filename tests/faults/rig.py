"""The deployable set on real processes, each of which may be killed at any moment."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta

import psutil
import psycopg2
from django.conf import settings
from kombu import Connection
from kombu.exceptions import OperationalError

from devservices import children, processes
from devservices.places import CHECKOUT, private_folder
from ijm_cases.celery import app

PATIENCE = int(os.environ.get("PATIENCE", "150"))  # seconds that anything may take on a loaded machine
APP_NOW = """
CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, clock_timestamp() + %s)
$$
"""
HURRIED = {"transport_options": {"socket_timeout": 2, "socket_connect_timeout": 1}}


class Program:
    """One process of the deployment and whatever it starts, with a log of its own."""

    def __init__(self, name, argv, environment, log, checkout=CHECKOUT):
        self.name, self.environment, self.log, self.checkout = name, environment, log, checkout
        self.argv = [part.replace(f"{CHECKOUT}/manage.py", f"{checkout}/manage.py") for part in argv]
        self.child: subprocess.Popen | None = None
        self.kills = 0

    def start(self, **more):
        with self.log.open("ab") as out:
            self.child = children.spawn(
                self.argv, cwd=self.checkout, env={**self.environment, **more}, stdin=subprocess.DEVNULL,
                stdout=out, stderr=out, dies_by=signal.SIGKILL,
            )  # fmt: skip
        return self

    def running(self):
        return self.child is not None and self.child.poll() is None

    def kill(self):
        """Without a word, with everything that it started."""
        if self.child is not None:
            family = self.family()
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
            for member in family:  # whoever made a session of its own
                with contextlib.suppress(psutil.NoSuchProcess):
                    member.kill()
            self.child.wait(20)
            self.kills += 1

    def family(self):
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.child.pid).children(recursive=True)
        return []

    def memory(self):
        """Megabytes held by it and what it started."""
        try:
            whole = [psutil.Process(self.child.pid), *self.family()]
            return sum(member.memory_info().rss for member in whole) // 2**20
        except psutil.NoSuchProcess:
            return 0

    def ended(self, seconds=PATIENCE):
        return self.child.wait(seconds)


@dataclass
class Clock:
    """The clock of the database, running on from wherever a test sets it."""

    owner: str
    ahead: timedelta = field(default_factory=timedelta)

    def jump(self, by):
        """Forwards or backwards, for every process at once."""
        self.ahead += by
        self._tell()

    def set_to(self, moment):
        with psycopg2.connect(self.owner) as owner, owner.cursor() as cursor:
            cursor.execute("SELECT %s - clock_timestamp()", [moment])
            self.ahead = cursor.fetchone()[0]
        owner.close()
        self._tell()

    def back(self):
        self.ahead = timedelta()
        self._tell()

    def now(self):
        with psycopg2.connect(self.owner) as owner, owner.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp() + %s", [self.ahead])
            return cursor.fetchone()[0]

    def _tell(self):
        owner = psycopg2.connect(self.owner)
        with owner, owner.cursor() as cursor:
            cursor.execute(APP_NOW, [self.ahead])
        owner.close()


class Rig:
    """All that a deployment runs, on the database and the broker that it is given."""

    def __init__(self, roles, redis_url, folder, letterbox, name="rig"):
        self.roles, self.redis_url, self.folder, self.letterbox = roles, redis_url, folder, letterbox
        self.name = name
        self.started: list[Program] = []
        self.checkout = CHECKOUT
        self.more: dict[str, str] = {}  # what this deployment has set up besides
        self.logs = private_folder(folder / "log")

    def environment(self, role):
        return {
            **os.environ,
            "IJM_PROCESS": role,
            "IJM_EMBEDDED": "1",
            "IJM_DEV_DIR": str(self.folder),
            f"DATABASE_URL_{role.upper()}": self.roles[role],
            "REDIS_URL": self.redis_url,
            "SECRET_KEY": settings.SECRET_KEY,
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.letterbox.port),
            "PYTHONUNBUFFERED": "1",
            "PYTHONWARNINGS": "ignore",
            **self.more,
        }

    def program(self, process, name="", failpoints="", **places):
        """A process of the deployment (devservices/processes.py), as the launcher would start it."""
        name = name or process.name
        places.setdefault("bind", "127.0.0.1:0")
        places.setdefault("schedule", str(self.folder / f"schedule-{name}"))
        environment = self.environment(process.role)
        if failpoints:
            environment["IJM_FAILPOINTS"] = failpoints
        program = Program(name, process.argv(**places), environment, self.logs / f"{name}.log", self.checkout)
        self.started.append(program)
        return program

    def program_named(self, name, **places):
        return self.program(next(one for one in processes.LASTING if one.name == name), **places)

    def worker(self, name="worker", failpoints="", seats=None):
        """With as many seats as deployed, or with so many: one alone meets its failpoint alone."""
        worker = self.program(processes.WORKER, name, failpoints)
        if seats and "-c" in worker.argv:
            worker.argv[worker.argv.index("-c") + 1] = str(seats)
        return worker

    def loop(self, name="loop", failpoints=""):
        """The loop that needs no broker."""
        process = next(one for one in processes.LASTING if "notify_loop" in one.command)
        return self.program(process, name, failpoints)

    def beat(self, name="beat"):
        return self.program(processes.BEAT, name)

    def sweep(self, name="sweep", failpoints=""):
        """One look at everything, by a process of its own."""
        environment = self.environment("worker") | ({"IJM_FAILPOINTS": failpoints} if failpoints else {})
        argv = [sys.executable, str(CHECKOUT / "manage.py"), "sweep"]
        program = Program(name, argv, environment, self.logs / f"{name}.log", self.checkout)
        self.started.append(program)
        return program

    def poke(self, *names):
        """As beat does; lost where the broker is down, and then nobody waits for it."""
        with contextlib.suppress(OSError, OperationalError), Connection(self.redis_url, **HURRIED) as line:
            for name in names or ("sweep", "send"):
                app.send_task(
                    f"notifications.tasks.{name}",
                    connection=line,
                    ignore_result=True,
                    retry=False,
                    expires=60,
                )

    def end(self):
        for program in reversed(self.started):
            program.kill()

    def said(self, lines=15):
        """The ends of the logs, for a failure."""
        return "\n".join(
            f"--- {path.stem}\n{children.tail(path, lines)}" for path in sorted(self.logs.glob("*.log"))
        )


def until(condition, why, *, seconds=None, poke=None, every=3.0, rig=None):
    """Look until it is so, and give what it gave; poke now and then, as beat would."""
    seconds = seconds or PATIENCE
    end, last = time.monotonic() + seconds, 0.0
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"{why}: not within {seconds} seconds\n{rig.said() if rig else ''}")
        if poke and time.monotonic() - last > every:
            poke()
            last, every = time.monotonic(), min(every * 1.5, 10)  # beat's own rhythm in the end
        time.sleep(0.25)
    return found
