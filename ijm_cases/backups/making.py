"""Making a backup: a dump by the role that sees every row, and the files, straight into one sealed file."""

import hashlib
import os
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from ijm_cases.backups import BackupFailed, database, sealed_file
from ijm_cases.backups.sealed_file import PIECE

FORMAT = "ijm-cases-backup/1"
NAME = "ijm-cases-{:%Y%m%dT%H%M%SZ}.age"
PATTERN = "ijm-cases-????????T??????Z.age"
# Signing keys are made anew by a restore; owners, rights and policies are laid down again by migrate, which
# knows by a table's comment whether its policies stand: so comments stay behind as well.
DUMP = (
    "--format=custom", "--compress=gzip:6", "--exclude-schema=private", "--no-owner", "--no-privileges",
    "--no-policies", "--no-comments", "--no-password",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A finished backup."""

    path: Path
    size: int
    digest: str
    rows: int
    files: int


class Hashed:
    """A file that knows the digest of all that was written to it."""

    def __init__(self, out):
        self.out, self.digest, self.size = out, hashlib.sha256(), 0

    def write(self, piece):
        self.digest.update(piece)
        self.size += len(piece)
        return self.out.write(piece)

    def flush(self):
        self.out.flush()


def make(folder, *, now=None):
    """Write one backup into the folder; nothing with its name is there before it is whole."""
    keys = sealed_file.recipients(settings.BACKUP_PUBLIC_KEY)
    now = now or datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=folder, prefix=".unfinished-")
    try:
        with os.fdopen(handle, "wb") as plain:
            out = Hashed(plain)
            with sealed_file.writing(out, keys) as archive:
                manifest = fill(archive, now)
            plain.flush()
            os.fsync(plain.fileno())
        path = folder / NAME.format(now)
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    rows = sum(count for count, _print in manifest["tables"].values())
    return Made(path, out.size, out.digest.hexdigest(), rows, len(manifest["files"]))


def fill(archive, now):
    """The database first: every file that a row speaks of is there when the files are read."""
    with database.connected(snapshot=True) as cursor:
        if not database.sees_everything(cursor):
            raise BackupFailed("This role does not see every row. Use the backup role's address.")
        told = database.about(cursor) | {"format": FORMAT, "made_at": now.isoformat()}
        sealed_file.add_json(archive, "about.json", told)
        dump = add_dump(archive, database.export_snapshot(cursor))
        manifest = told | {"dump": dump, "tables": database.counted(cursor)}
        manifest["audit"] = database.audit_head(cursor)
    manifest["files"] = add_files(archive)
    sealed_file.add_json(archive, "manifest.json", manifest)
    return manifest


def add_dump(archive, snapshot):
    """The dump, in pieces as it comes; its size and digest."""
    digest, size, number = hashlib.sha256(), 0, 0
    with tempfile.TemporaryFile() as complaints:
        command = [database.program("pg_dump"), *DUMP, f"--snapshot={snapshot}"]
        with subprocess.Popen(
            command, env=database.variables(), stdout=subprocess.PIPE, stderr=complaints
        ) as dump:
            while piece := dump.stdout.read(PIECE):
                number += 1
                digest.update(piece)
                size += len(piece)
                sealed_file.add(archive, f"database/{number:08}", piece)
        if dump.returncode:
            complaints.seek(0)
            raise BackupFailed(f"pg_dump failed: {complaints.read(2000).decode(errors='replace').strip()}")
    return {"size": size, "sha256": digest.hexdigest()}


def add_files(archive):
    """The uploaded files as they lie on disk: {path: [size, digest]}. They are encrypted there already."""
    found = {}
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink()):
        name = path.relative_to(root).as_posix()
        found[name] = add_file(archive, f"files/{name}", path)
    return found


def add_file(archive, name, path):
    entry = tarfile.TarInfo(name)
    with path.open("rb") as content:
        entry.size, entry.mode = os.fstat(content.fileno()).st_size, 0o600
        read = Reading(content)
        archive.addfile(entry, read)
    archive.members = []
    return [entry.size, read.digest.hexdigest()]


class Reading:
    """A file that knows the digest of all that was read from it."""

    def __init__(self, content):
        self.content, self.digest = content, hashlib.sha256()

    def read(self, size=-1):
        piece = self.content.read(size)
        self.digest.update(piece)
        return piece


def thin_out(folder, keep):
    """Remove all but the newest; by name, which is the time it was made."""
    gone = sorted(folder.glob(PATTERN))[:-keep]
    for path in gone:
        path.unlink()
    return len(gone)
