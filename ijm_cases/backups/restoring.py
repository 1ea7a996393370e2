"""The way back: into an empty database and an empty folder, or not at all."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path, PurePosixPath

from django.conf import settings

from ijm_cases.backups import BackupFailed, database, sealed_file
from ijm_cases.backups.making import FORMAT, Reading
from ijm_cases.backups.sealed_file import PIECE

RESTORE = (
    "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-policies",
    "--no-comments", "--no-password",
)  # fmt: skip
# Nothing goes out again until a person says so, and nobody is still signed in.
AFTERWARDS = (
    "INSERT INTO notifications_beat (loop, began_at) VALUES ('held', clock_timestamp()) "
    "ON CONFLICT (loop) DO UPDATE SET began_at = clock_timestamp()",
    "DELETE FROM django_session",
)


def digest_of(path):
    """The digest of a sealed file, to compare with the one that was printed when it was made."""
    with path.open("rb") as sealed:
        return hashlib.file_digest(sealed, "sha256").hexdigest()


def restore(path, identity):
    """Bring rows and files back and compare them with the manifest; rights and policies come after."""
    keys = sealed_file.identities(Path(identity).read_text())
    root = Path(settings.MEDIA_ROOT)
    refuse_what_is_not_empty(root)
    with path.open("rb") as sealed, sealed_file.reading(sealed, keys) as archive:
        entries = iter(archive)
        check_about(archive, next(entries, None))
        entry, dump = put_database(archive, entries)
        manifest, files = put_files(archive, entry, entries, root)
    compare("the dump", manifest["dump"], dump)
    compare("the files", manifest["files"], files)
    with database.connected() as cursor:
        compare("the tables", manifest["tables"], database.counted(cursor))
        compare("the audit", manifest["audit"], database.audit_head(cursor))
        for statement in AFTERWARDS:
            cursor.execute(statement)
    return manifest


def refuse_what_is_not_empty(root):
    with database.connected() as cursor:
        if not database.is_empty(cursor):
            raise BackupFailed("The database is not empty. A backup is restored into an empty one only.")
    if root.is_dir() and any(root.iterdir()):
        raise BackupFailed("The folder of files is not empty. A backup is restored into an empty one only.")


def check_about(archive, entry):
    """Refuse what is of another kind before anything is touched."""
    if entry is None or entry.name != "about.json":
        raise BackupFailed("The file is not a backup of this product.")
    about = json.load(archive.extractfile(entry))
    if about.get("format") != FORMAT:
        raise BackupFailed(f"The file is of a kind that this version does not know: {about.get('format')}.")


def put_database(archive, entries):
    """Feed the pieces to pg_restore, which keeps all or nothing; the next entry, and what was fed."""
    digest, size, entry = hashlib.sha256(), 0, None
    command = [database.program("pg_restore"), *RESTORE, f"--dbname={settings.DATABASES['default']['NAME']}"]
    with tempfile.TemporaryFile() as complaints:
        with subprocess.Popen(
            command, env=database.variables(), stdin=subprocess.PIPE, stderr=complaints
        ) as back:
            try:
                for entry in entries:
                    if not entry.name.startswith("database/"):
                        break
                    piece = archive.extractfile(entry).read()
                    archive.members = []
                    digest.update(piece)
                    size += len(piece)
                    back.stdin.write(piece)
            except BrokenPipeError:
                pass  # it has ended, and says below why
            except BaseException:
                back.kill()
                raise
        if back.returncode:
            complaints.seek(0)
            raise BackupFailed(f"pg_restore failed: {complaints.read(2000).decode(errors='replace').strip()}")
    return entry, {"size": size, "sha256": digest.hexdigest()}


def put_files(archive, entry, entries, root):
    """Write the files; the manifest, which comes last, and what was written."""
    files = {}
    while entry is not None and entry.name != "manifest.json":
        name = safe_name(entry)
        files[name] = put_file(archive, entry, root / name)
        entry = next(entries, None)
    if entry is None:
        raise BackupFailed("The file ends before its manifest, so it is not whole.")
    return json.load(archive.extractfile(entry)), files


def safe_name(entry):
    """A file's place under the folder; a name that leads out of it stops everything."""
    path = PurePosixPath(entry.name)
    if not entry.isreg() or path.parts[:1] != ("files",) or ".." in path.parts or len(path.parts) < 2:
        raise BackupFailed("The file holds something that is no part of a backup.")
    return PurePosixPath(*path.parts[1:]).as_posix()


def put_file(archive, entry, path):
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = Reading(archive.extractfile(entry))
    with path.open("xb") as out:
        shutil.copyfileobj(content, out, PIECE)
    path.chmod(0o600)
    archive.members = []
    return [entry.size, content.digest.hexdigest()]


def compare(what, told, found):
    """Refuse to go on when what is here is not what was there."""
    if told == found:
        return
    names = sorted(key for key in {*told, *found} if told.get(key) != found.get(key))
    raise BackupFailed(
        f"What was restored is not what was backed up: {what} differ ({', '.join(names[:5])}). "
        "Nobody has been given rights to this database. Do not use it; empty it and restore again."
    )
