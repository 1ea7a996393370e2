"""Every process of the deployable set, written once for the launcher, Docker and the tests."""

import sys
from dataclasses import dataclass

from devservices.places import CHECKOUT


@dataclass(frozen=True)
class Process:
    """One process: its name, what it runs, and whose database role it has."""

    name: str
    command: tuple[str, ...]
    role: str

    def argv(self, **places: str) -> list[str]:
        """Return the command for this machine, with its addresses and paths filled in."""
        program, *arguments = (part.format(**places) for part in self.command)
        if program == "manage.py":
            return [sys.executable, str(CHECKOUT / program), *arguments]
        return [sys.executable, "-m", program, *arguments]

    def deployed(self, **places: str) -> list[str]:
        """Return the command inside a container, where `python` is the only one."""
        program, *arguments = (part.format(**places) for part in self.command)
        return ["python", *([program] if program == "manage.py" else ["-m", program]), *arguments]


MIGRATE = Process("migrate", ("manage.py", "migrate", "--noinput"), "owner")
CATALOGUES = Process("texts", ("manage.py", "compile_catalogues"), "worker")
DEMO = Process("demo", ("manage.py", "load_demo"), "worker")
ACCOUNTS = Process("accounts", ("manage.py", "demo_accounts"), "worker")

WEB = Process(
    "web",
    (
        *("gunicorn", "ijm_cases.wsgi:application", "--bind", "{bind}"),
        *("--workers", "2", "--threads", "8", "--no-control-socket"),
    ),
    "web",
)
WORKER = Process(
    "worker",
    (
        *("celery", "-q", "-A", "ijm_cases", "worker", "-c", "2", "-l", "WARNING"),
        # One worker has nobody to gossip with, and starts a second sooner for not trying.
        *("--without-gossip", "--without-mingle"),
    ),
    "worker",
)
BEAT = Process(
    "beat",
    (
        *("celery", "-q", "-A", "ijm_cases", "beat", "-l", "WARNING"),
        *("--schedule", "{schedule}", "--pidfile="),
    ),
    "worker",
)

# Sweeps and sends without beat and broker: nothing waits for a broker that is down.
LOOP = Process("loop", ("manage.py", "notify_loop"), "worker")

SEALER = Process("sealer", ("manage.py", "seal_audit", "--loop"), "sealer")

# One after the other before anything serves; then together, stopped in reverse.
STEPS = (MIGRATE, CATALOGUES, DEMO)
LASTING = (WEB, WORKER, BEAT, LOOP, SEALER)
