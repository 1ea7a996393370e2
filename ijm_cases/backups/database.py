"""The database as a backup sees it: its programs, what it counts, and whether it is empty."""

import contextlib
import hashlib
import os
import shutil
from pathlib import Path

import psycopg2
from django.conf import settings
from psycopg2 import sql

from ijm_cases.backups import BackupFailed

# Values must read the same on both machines, or equal rows would have different fingerprints.
PLAIN = (
    "SET TIME ZONE 'UTC'; SET datestyle TO 'ISO, YMD'; SET intervalstyle TO 'postgres'; "
    "SET extra_float_digits TO 1; SET bytea_output TO 'hex'; SET statement_timeout TO 0"
)
TABLES = (
    "SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace "
    "AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"
)
ANYTHING = (
    "SELECT count(*) FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'private'::regnamespace)"
)
# The same whatever the order of the rows, and as flat in memory as a count.
COUNT = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint::numeric), 0)::text "
    "FROM public.{} t"
)
LAST_EVENT = "SELECT e.id, e::text FROM public.audit_event e ORDER BY e.id DESC LIMIT 1"


def variables():
    """What PostgreSQL's programs are told: never on a command line, where others could read it."""
    at = settings.DATABASES["default"]
    named = {f"PG{name}": name for name in ("HOST", "PORT", "USER", "PASSWORD")} | {"PGDATABASE": "NAME"}
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "HOME") if name in os.environ}
    return kept | {name: at[key] for name, key in named.items() if at[key]} | {"LANG": "C.UTF-8", "TZ": "UTC"}


def program(name):
    """The path of pg_dump or pg_restore: in the folder PG_BIN, else wherever the system has it."""
    found = shutil.which(name, path=settings.PG_BIN or None)
    if not found:
        raise BackupFailed(f"{name} was not found. Set PG_BIN to the folder with PostgreSQL's programs.")
    return str(Path(found).resolve())


@contextlib.contextmanager
def connected(*, snapshot=False):
    """A connection of its own; with `snapshot` everything read through it is of one moment."""
    at = settings.DATABASES["default"]
    keys = {"host": "HOST", "port": "PORT", "dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    connection = psycopg2.connect(**{name: at[key] for name, key in keys.items() if at[key]})
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(PLAIN)
            if snapshot:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield cursor
    finally:
        connection.close()


def export_snapshot(cursor):
    """The name under which pg_dump sees exactly what this connection sees."""
    cursor.execute("SELECT pg_export_snapshot()")
    return cursor.fetchone()[0]


def sees_everything(cursor):
    """Does row security hide nothing from this role?"""
    cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
    return cursor.fetchone()[0]


def is_empty(cursor):
    cursor.execute(ANYTHING)
    return cursor.fetchone()[0] == 0


def counted(cursor):
    """{table: [rows, fingerprint of their contents]}"""
    cursor.execute(TABLES)
    found = {}
    for (table,) in cursor.fetchall():
        cursor.execute(sql.SQL(COUNT).format(sql.Identifier(table)))
        found[table] = list(cursor.fetchone())
    return found


def audit_head(cursor):
    """The last fact of the audit: its number and a digest of all that it says."""
    cursor.execute(LAST_EVENT)
    last = cursor.fetchone()
    return {"last": last[0], "digest": hashlib.sha256(last[1].encode()).hexdigest()} if last else {}


def about(cursor):
    """What a reader must know before restoring."""
    cursor.execute("SELECT current_setting('server_version'), current_database()")
    server, name = cursor.fetchone()
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
    return {"server": server, "database": name, "migrations": [f"{a}.{n}" for a, n in cursor.fetchall()]}
