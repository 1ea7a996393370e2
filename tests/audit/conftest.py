"""The audit as its sealer sees it: rows that were committed, on a server of their own, and tampered with."""

import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.utils import timezone

from audit import witness
from audit.keys import own_key, public_keys, publish
from audit.sealing import seal_once
from audit.verifying import verify
from devservices import postgres_home, provision, services
from ijm_cases.settings import BASE_DIR

INSERT = (
    "INSERT INTO audit_event (at, actor_id, verb, subject, subject_id, detail, origin)"
    " VALUES (%s, %s, %s, 'cases.Case', %s, %s, 'live') RETURNING id"
)


class Trail:
    """A trail of its own in the test database, with a sealer, a witness and somebody who tampers."""

    def __init__(self, roles, folder):
        name = urlsplit(roles["owner"]).path
        superuser = urlsplit(roles["superuser"])._replace(path=name)
        self.urls = {**roles, "superuser": urlunsplit(superuser)}
        self.witness = folder / "witness"
        self.signer = own_key(folder / "seal.key")
        publish(self.signer, folder / "public.keys")
        self.keys = public_keys((folder / "public.keys").read_text())
        self.folder = folder

    @contextmanager
    def as_role(self, role):
        connection = psycopg2.connect(self.urls[role])
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def write(self, count=1, detail='{"version": 1}'):
        """Rows, each written as the database writes them; their ids."""
        with self.as_role("superuser") as cursor:
            return [self.insert(cursor, detail) for _row in range(count)]

    def insert(self, cursor, detail='{"version": 1}'):
        cursor.execute(INSERT, [timezone.now(), str(uuid.uuid4()), "case.edit", str(uuid.uuid4()), detail])
        return cursor.fetchone()[0]

    def seal(self, role="sealer", heard=True):
        with self.as_role(role) as cursor:
            line = seal_once(cursor, self.signer, self.witness)
        if line and heard:
            witness.append(self.witness, [line])
        return line

    def tamper(self, statement, values=()):
        """Change something as a superuser whom no trigger stops."""
        with self.as_role("superuser") as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement, values)
            assert cursor.rowcount, "nothing was changed"

    def verify(self, witnessed=True):
        """The findings, each as (kind, seal, row)."""
        seen = witness.read(self.witness) if witnessed else None
        with self.as_role("backup") as cursor:
            self.report = verify(cursor, self.keys, seen)
        return [finding[:3] for finding in self.report.findings]

    def empty(self):
        with self.as_role("superuser") as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("DELETE FROM audit_event")
            cursor.execute("DELETE FROM audit_seal")


@pytest.fixture(scope="session")
def own_server():
    """A server of its own: nothing is sealed while anybody on the server may still write an older row."""
    folder = Path(tempfile.mkdtemp(prefix="ijm-audit-"))
    using = services.use(folder, throwaway=True)
    roles = provision.provision(using.database_url, "audited")
    environment = {**os.environ, "IJM_PROCESS": "owner", "DATABASE_URL_OWNER": roles["owner"]}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v", "0"], cwd=BASE_DIR, env=environment, check=True
    )
    yield {**roles, "superuser": using.database_url}
    using.leave_and_wait()
    postgres_home.remove_home(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def trail(own_server, tmp_path):
    trail = Trail(own_server, tmp_path / "sealer")
    trail.empty()
    yield trail
    trail.empty()


@pytest.fixture
def sealed(trail):
    """Three seals of three rows each: the ids of their rows."""
    batches = []
    for _seal in range(3):
        batches.append(trail.write(3))
        assert trail.seal()
    assert trail.verify() == []
    return batches
