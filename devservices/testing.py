"""`make test`: a command with services of its own, shared by every test run of this checkout."""

import os
import secrets
import signal
import string
import subprocess
import sys

from devservices import children, environment, places, services
from devservices.failures import ServiceFailure


def main(command: list[str]) -> int:
    """Run a test command beside the throwaway services, and return what it returned."""
    if not command:
        sys.stderr.write("Say what to run, for example: python -m devservices test -- pytest tests\n")
        return 2
    try:
        settings, using = _environment()
    except ServiceFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    try:
        return _run(command, settings)
    finally:
        if using:
            using.leave()


def _environment() -> tuple[dict[str, str], services.Use | None]:
    """Return the environment of a test run, in which nothing points at other data."""
    dev = places.private_folder(places.dev_dir() / "test")
    settings = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL_")}
    settings |= {"IJM_DEV_DIR": str(dev), "IJM_EMBEDDED": "1"}
    settings["IJM_TEST_RUN"] = "".join(secrets.choice(string.ascii_lowercase) for _letter in range(6))
    settings.pop("IJM_PROCESS", None)
    settings |= environment.sealing_keys(dev) | environment.context_keys(dev) | environment.programs()
    if settings.get("DATABASE_URL") and settings.get("REDIS_URL"):
        return settings, None
    using = services.use(dev, throwaway=True)
    # Both from here or both from outside: a half-given pair must not reach somebody's real data.
    settings |= {"DATABASE_URL": using.database_url, "REDIS_URL": using.redis_url}
    return settings, using


def _run(command: list[str], settings: dict[str, str]) -> int:
    """Run the command, pass signals on, and return its exit code as a shell would."""
    if command[0] in ("pytest", "python"):
        command = [sys.executable, *(["-m", "pytest"] if command[0] == "pytest" else []), *command[1:]]
    child = children.spawn(command, cwd=places.CHECKOUT, env=settings)
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, lambda number, _frame: _pass_on(child, number))
    code = child.wait()
    return code if code >= 0 else 128 - code


def _pass_on(child: subprocess.Popen, sign: int) -> None:
    """Send a signal to the command and everything that it started."""
    if child.poll() is None:
        os.killpg(child.pid, sign)
