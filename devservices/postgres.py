"""The embedded PostgreSQL: started on a free port of this machine, stopped cleanly."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from devservices import children
from devservices.failures import ServiceFailure
from devservices.postgres_home import SUPERUSER, Home, end_squatter, open_home

# Unix allows 107 bytes for a socket's path, and PostgreSQL adds its own file name.
LONGEST_SOCKET_FOLDER = 80

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # A statement may hold a survivor's name: no statement and no value goes to the log.
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
    # Some errors quote what was typed ("invalid input syntax for ..."): whoever asked hears it, no log does.
    "log_min_messages": "log",
}
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@dataclass(frozen=True)
class Postgres:
    """A running server and how to reach it."""

    process: subprocess.Popen
    home: Home
    port: int
    sockets: Path

    @property
    def url(self) -> str:
        """The address of the server, for its superuser."""
        return f"postgresql://{SUPERUSER}:{self.home.password}@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """Stop the server, letting it write everything down first."""
        for sign, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if self.process.poll() is not None:
                break
            self.process.send_signal(sign)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
        shutil.rmtree(self.sockets, ignore_errors=True)


def start(dev: Path, log: Path, *, throwaway: bool) -> Postgres:
    """Start the server on this folder's data and wait until it answers."""
    home = open_home(dev, throwaway=throwaway)
    end_squatter(home.data)
    sockets = home.give(_socket_folder())
    for _attempt in range(3):
        # Another program may take the port between our look and the server's: then look again.
        server = _launch(home, free_port(), sockets, log, throwaway=throwaway)
        if _wait_for_answer(server):
            return server
        server.stop()
        sockets.mkdir(mode=0o700, exist_ok=True)
        home.give(sockets)
    raise ServiceFailure(f"PostgreSQL did not start. Its log ends with:\n{children.tail(log)}")


def again(server: Postgres, log: Path, *, throwaway: bool) -> Postgres:
    """Start a server that has ended once more, with its data and at its address."""
    end_squatter(server.home.data)
    server.sockets.mkdir(mode=0o700, exist_ok=True)
    server.home.give(server.sockets)
    started = _launch(server.home, server.port, server.sockets, log, throwaway=throwaway)
    if not _wait_for_answer(started):
        raise ServiceFailure(f"PostgreSQL did not start again. Its log ends with:\n{children.tail(log)}")
    return started


def _launch(home: Home, port: int, sockets: Path, log: Path, *, throwaway: bool) -> Postgres:
    """Start the server, whether it answers yet or not."""
    with log.open("a") as out:
        process = children.spawn(
            _command(home, port, sockets, throwaway=throwaway),
            dies_by=signal.SIGINT,
            account=home.account,
            cwd="/",
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    return Postgres(process, home, port, sockets)


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _command(home: Home, port: int, sockets: Path, *, throwaway: bool) -> list[str]:
    """Return the command that starts the server."""
    settings = SETTINGS | {"unix_socket_directories": str(sockets)} | (THROWAWAY if throwaway else {})
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [home.program("postgres"), "-D", str(home.data), "-p", str(port), *options]


def _socket_folder() -> Path:
    """Make a private folder whose path is short enough for a socket."""
    short = len(tempfile.gettempdir()) < LONGEST_SOCKET_FOLDER - 20
    return Path(tempfile.mkdtemp(prefix="ijm-pg-", dir=None if short else "/tmp"))  # noqa: S108


def _wait_for_answer(server: Postgres, seconds: float = 60) -> bool:
    """Wait until the server accepts connections, and say whether it did."""
    deadline = time.monotonic() + seconds
    while server.process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg2.connect(server.url, connect_timeout=5).close()
        except psycopg2.OperationalError:
            time.sleep(0.03)
        else:
            return True
    return False
