"""A backup that this machine cannot read, and the way back into an empty database."""

import hashlib
import io
import os
import secrets
import subprocess
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from accounts.models import Office
from audit.keys import own_key, publish
from devservices import provision
from ijm_cases.backups import BackupFailed, database, making, restoring, sealed_file
from ijm_cases.settings import database as address

KEY = pyrage.x25519.Identity.generate()
PUBLIC = str(KEY.to_public())
CANARY = "zq-canary-0147"
# Databases of their own: what is backed up must be committed, and the tests' own database never is.
pytestmark = pytest.mark.xdist_group("backups")


@pytest.fixture(scope="module", autouse=True)
def unblocked(django_db_blocker):
    """Let these tests reach the databases that they make, and leave Django where it was."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        yield
        connection.close()
    connection.settings_dict.update(before)


def sign_in_as(url):
    """Point Django at this role of this database."""
    connections["default"].close()
    connections["default"].settings_dict.update(address(url))


def new_database(word):
    """(name, addresses) of an empty database."""
    name = f"{word}_{os.environ.get('IJM_TEST_RUN', 'alone')}_{os.getpid()}_{secrets.token_hex(3)}"
    return name, provision.provision(os.environ["DATABASE_URL"], name)


def drop(name):
    connections["default"].close()
    provision.drop(os.environ["DATABASE_URL"], name)


def ask(url, statement, *values):
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@pytest.fixture(scope="module")
def source(unblocked):
    """A database with something in it; its addresses."""
    name, roles = new_database("backed_up")
    sign_in_as(roles["owner"])
    call_command("migrate", verbosity=0)
    Office.objects.create(key="a", name=CANARY, country="PH", currency="PHP", time_zone="Asia/Manila")
    ask(roles["owner"], "INSERT INTO django_session VALUES (%s, %s, now())", CANARY, CANARY)
    yield roles
    drop(name)


@pytest.fixture
def full(source, settings, tmp_path):
    """The backup role of that database, and a folder with something in it."""
    settings.BACKUP_PUBLIC_KEY = PUBLIC
    settings.MEDIA_ROOT = tmp_path / "files"
    (settings.MEDIA_ROOT / "ab").mkdir(parents=True)
    (settings.MEDIA_ROOT / "ab" / "sealed.bin").write_bytes(CANARY.encode() * 100)
    (settings.MEDIA_ROOT / "empty.bin").write_bytes(b"")
    sign_in_as(source["backup"])
    return source


@pytest.fixture
def made(full, tmp_path):
    return making.make(tmp_path / "backups")


@pytest.fixture
def identity(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text(f"# public key: {PUBLIC}\n{KEY}\n")
    return str(path)


@pytest.fixture
def empty_house(made, settings, tmp_path):
    """An empty database, with Django as its owner, and an empty folder."""
    name, roles = new_database("restored")
    sign_in_as(roles["owner"])
    settings.MEDIA_ROOT = tmp_path / "restored"
    yield roles
    drop(name)


def opened(path, key=KEY):
    """The pieces of a backup, by name."""
    plain = pyrage.decrypt(path.read_bytes(), [key])
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        return {entry.name: archive.extractfile(entry).read() for entry in archive}


def test_only_the_holder_of_the_private_key_reads_it(made):
    sealed = made.path.read_bytes()
    assert CANARY.encode() not in sealed
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.generate()])
    pieces = opened(made.path)
    assert pieces["files/ab/sealed.bin"] == CANARY.encode() * 100
    assert made.digest == hashlib.sha256(sealed).hexdigest()
    assert made.path.stat().st_mode & 0o077 == 0


def test_nothing_on_this_machine_opens_it(made, settings):
    said = [str(getattr(settings, name)) for name in dir(settings) if name.isupper()]
    assert not any("AGE-SECRET-KEY" in words.upper() for words in [*said, *os.environ.values()])


def test_the_keys_of_the_lock_are_not_in_it(made):
    pieces = opened(made.path)
    dump = b"".join(pieces[name] for name in sorted(pieces) if name.startswith("database/"))
    tool = database.program("pg_restore")
    tables = subprocess.run([tool, "--list"], input=dump, capture_output=True, check=True).stdout
    assert b"TABLE DATA public cases_note" in tables
    assert b"context_key" not in tables
    assert b" private " not in tables


def test_a_role_that_does_not_see_every_row_makes_none(full, tmp_path):
    sign_in_as(full["worker"])
    with pytest.raises(BackupFailed, match="every row"):
        making.make(tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


@pytest.mark.parametrize(
    "words", ["", "age1nonsense", str(KEY), str(KEY).lower()], ids=["none", "bad", "private", "lower"]
)
def test_without_a_public_key_none_is_made(full, settings, words, tmp_path):
    settings.BACKUP_PUBLIC_KEY = words
    with pytest.raises(BackupFailed, match="BACKUP_PUBLIC_KEY"):
        making.make(tmp_path / "backups")


def test_two_people_may_hold_a_key_each(full, settings, tmp_path):
    other = pyrage.x25519.Identity.generate()
    settings.BACKUP_PUBLIC_KEY = f"{PUBLIC}, {other.to_public()}"
    made = making.make(tmp_path / "backups")
    assert opened(made.path).keys() == opened(made.path, other).keys()


def test_older_backups_are_thinned_out_and_nothing_else(tmp_path):
    moments = [datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=day) for day in range(5)]
    for moment in moments:
        (tmp_path / making.NAME.format(moment)).touch()
    (tmp_path / "other.age").touch()
    assert making.thin_out(tmp_path, 2) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "ijm-cases-20261104T000000Z.age", "ijm-cases-20261105T000000Z.age", "other.age",
    ]  # fmt: skip


def test_everything_comes_back_and_nothing_goes_out(made, empty_house, identity, settings):
    call_command("restore_backup", str(made.path), identity=identity, sha256=made.digest)

    backup = empty_house["backup"]
    assert ask(backup, "SELECT name FROM accounts_office") == [(CANARY,)]
    assert (settings.MEDIA_ROOT / "ab" / "sealed.bin").read_bytes() == CANARY.encode() * 100
    assert (settings.MEDIA_ROOT / "empty.bin").read_bytes() == b""
    # The second lock stands again, in this database's own names and with keys of its own.
    lock = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'cases_note'"
    assert ask(backup, lock) == [(True, True)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="no principal"):
        ask(empty_house["web"], "SELECT count(*) FROM cases_note")
    assert ask(empty_house["owner"], "SELECT count(*) > 0 FROM private.context_key") == [(True,)]
    # Mail is held and everybody is signed out.
    assert ask(backup, "SELECT count(*) FROM notifications_beat WHERE loop = 'held'") == [(1,)]
    assert ask(backup, "SELECT count(*) FROM django_session") == [(0,)]


def test_a_database_with_something_in_it_is_refused(made, source, identity):
    sign_in_as(source["owner"])
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore_backup", str(made.path), identity=identity)


def test_a_folder_with_something_in_it_is_refused(made, empty_house, identity, settings):
    Path(settings.MEDIA_ROOT).mkdir()
    (settings.MEDIA_ROOT / "something").touch()
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore_backup", str(made.path), identity=identity)


def test_the_wrong_key_is_told_as_such(made, empty_house, tmp_path):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(CommandError, match="not for this key"):
        call_command("restore_backup", str(made.path), identity=str(wrong))
    assert ask(empty_house["owner"], "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


@pytest.mark.parametrize("content", ["", "no key here", "AGE-SECRET-KEY-1NONSENSE"])
def test_a_file_that_holds_no_key_is_told_as_such(content):
    with pytest.raises(BackupFailed, match="key"):
        sealed_file.identities(content)


@pytest.mark.parametrize("harm", ["cut", "flip"])
def test_a_file_that_was_harmed_gives_nobody_rights(made, empty_house, identity, harm):
    sealed = bytearray(made.path.read_bytes())
    if harm == "cut":
        sealed = sealed[:-200]
    else:
        sealed[len(sealed) // 2] ^= 1
    made.path.write_bytes(sealed)
    with pytest.raises(CommandError):
        call_command("restore_backup", str(made.path), identity=identity)
    with pytest.raises((psycopg2.errors.InsufficientPrivilege, psycopg2.errors.UndefinedTable)):
        ask(empty_house["web"], "SELECT count(*) FROM accounts_user")


def test_a_file_that_somebody_exchanged_is_refused(made, empty_house, identity):
    with pytest.raises(CommandError, match="not the file"):
        call_command("restore_backup", str(made.path), identity=identity, sha256="0" * 64)


def test_rows_that_do_not_agree_with_its_manifest_is_refused():
    with pytest.raises(BackupFailed, match="the tables differ .cases_note"):
        restoring.compare("the tables", {"cases_note": [1, "5"]}, {"cases_note": [1, "6"]})


def forged(path, *entries):
    """A file for the right key with made-up entries: anybody who knows the public key can make one."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for entry, content in entries:
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    path.write_bytes(pyrage.encrypt(plain.getvalue(), [KEY.to_public()]))
    return path


@pytest.mark.parametrize("name", ["files/../../out", "/etc/out", "files", "other/place"])
def test_no_name_leads_out_of_the_folder(name):
    with pytest.raises(BackupFailed, match="no part"):
        restoring.safe_name(tarfile.TarInfo(name))


def test_a_link_is_no_part_of_a_backup():
    link = tarfile.TarInfo("files/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with pytest.raises(BackupFailed, match="no part"):
        restoring.safe_name(link)


@pytest.mark.parametrize("about", [b"{}", b'{"format": "other/9"}'])
def test_a_file_of_another_kind_is_refused_before_anything_is_touched(tmp_path, empty_house, identity, about):
    path = forged(tmp_path / "forged.age", (tarfile.TarInfo("about.json"), about))
    with pytest.raises(CommandError, match="does not know"):
        call_command("restore_backup", str(path), identity=identity)


def test_the_command_says_what_it_made(full, tmp_path, capsys):
    call_command("backup", to=str(tmp_path / "out"), keep=1)
    said = capsys.readouterr().out
    assert "2 files" in said
    assert "sha256" in said
    (path,) = (tmp_path / "out").iterdir()
    assert str(path) in said


def test_a_full_disk_leaves_nothing_half_made(full, tmp_path, monkeypatch):
    def full_disk(self, piece):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making.Hashed, "write", full_disk)
    with pytest.raises(BackupFailed, match="No space left"):
        making.make(tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_chain_of_the_audit_is_looked_through_where_its_keys_are(
    made, empty_house, identity, settings, tmp_path, monkeypatch, capsys
):
    sealer = tmp_path / "sealer"
    settings.AUDIT_SEAL_KEY_FILE, settings.AUDIT_PUBLIC_KEYS_FILE = sealer / "key", sealer / "keys"
    publish(own_key(sealer / "key"), sealer / "keys")
    monkeypatch.setenv("DATABASE_URL_BACKUP", empty_house["backup"])
    call_command("restore_backup", str(made.path), identity=identity)
    said = capsys.readouterr().out
    assert "not checked" not in said
    assert "rows" in said
