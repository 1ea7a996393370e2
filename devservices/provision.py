"""One database with its six roles, made or brought up to date as often as wanted."""

import contextlib
import secrets
import sys
from collections.abc import Iterator
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import encrypt_password

from devservices.failures import ServiceFailure

# The owner makes tables; the others own nothing, and get their tables' grants from the migrations.
ROLES = ("owner", "web", "worker", "backup", "sealer")
GUESTS = ROLES[1:]
# Owns the functions that row security calls, reads past it, and can never sign in.
POLICY = "policy"
POWERS = ("rolsuper", "rolcreaterole", "rolcreatedb", "rolreplication")

# Roles belong to the whole server, so two runs must not change them at once.
ONE_AT_A_TIME = 0x1A5E5


def provision(database_url: str, dbname: str, passwords: dict[str, str] | None = None) -> dict[str, str]:
    """Make the database and its roles if they are missing, and return each role's URL."""
    passwords = passwords or new_passwords()
    with _connected(database_url, beside=dbname) as server, server.cursor() as run:
        run.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        for role in ROLES:
            _make_role(run, f"{dbname}_{role}", passwords[role])
        _make_policy_role(run, dbname)
        _read_past_row_security(run, dbname)
        _make_database(run, dbname)
        with _connected(database_url, to=dbname) as inside, inside.cursor() as run_inside:
            _arrange_schemas(run_inside, dbname)
    return {role: role_url(database_url, dbname, role, passwords[role]) for role in ROLES}


def drop(database_url: str, dbname: str) -> None:
    """Remove a database and its roles, with whoever is still connected."""
    with _connected(database_url, beside=dbname) as server, server.cursor() as run:
        run.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [_full_names(dbname)])
        for (role,) in run.fetchall():
            _join(run, role)
        _drop_database(run, dbname)
        for role in (*ROLES, POLICY):
            run.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(f"{dbname}_{role}")))


def drop_everything(database_url: str) -> None:
    """Remove what killed test runs left on a server that holds nothing else."""
    with _connected(database_url) as server, server.cursor() as run:
        run.execute("SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")
        for (dbname,) in run.fetchall():
            _drop_database(run, dbname)
        run.execute("SELECT rolname FROM pg_roles WHERE rolname <> current_user AND rolname !~ '^pg_'")
        for (role,) in run.fetchall():
            run.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def new_passwords() -> dict[str, str]:
    """Return a fresh password for each role."""
    return {role: secrets.token_urlsafe(24) for role in ROLES}


def role_url(database_url: str, dbname: str, role: str, password: str) -> str:
    """Return the URL with which a role reaches the database."""
    parts = urlsplit(database_url)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{quote(f'{dbname}_{role}')}:{quote(password, safe='')}@{host}"
    return urlunsplit(parts._replace(netloc=netloc, path=f"/{quote(dbname)}"))


@contextlib.contextmanager
def _connected(database_url: str, *, to: str | None = None, beside: str | None = None) -> Iterator:
    """Connect for statements that each stand alone, and hang up afterwards."""
    named = urlsplit(database_url).path.strip("/")
    # A database can be neither made nor dropped from within itself.
    dbname = to or (named if named != beside else "") or "postgres"
    try:
        connection = psycopg2.connect(database_url, dbname=dbname)
    except psycopg2.OperationalError as failed:
        raise ServiceFailure(f"The database server did not let us in: {failed}") from failed
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


def _make_role(run, name: str, password: str) -> None:
    """Make a role that may sign in and nothing more, or set its password."""
    role = sql.Identifier(name)
    run.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if not run.fetchone():
        inherits = "INHERIT" if name.endswith("_owner") else "NOINHERIT"
        run.execute(sql.SQL(f"CREATE ROLE {{}} {inherits}").format(role))
    # The server gets the verifier only: the password itself is in no statement and no log.
    verifier = encrypt_password(password, name, scope=run, algorithm="scram-sha-256")
    run.execute(sql.SQL("ALTER ROLE {} LOGIN PASSWORD %s").format(role), [verifier])
    run.execute(
        sql.SQL("SELECT {} FROM pg_roles WHERE rolname = %s").format(
            sql.SQL(" OR ").join(map(sql.Identifier, POWERS))
        ),
        [name],
    )
    if run.fetchone()[0]:
        raise ServiceFailure(f"The role {name} exists and has powers that it must not have. Remove it first.")


def _make_policy_role(run, dbname: str) -> None:
    """Make the role of the policies' functions; the owner, who lays them down, may act as it."""
    name = f"{dbname}_{POLICY}"
    run.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
    if not run.fetchone():
        run.execute(sql.SQL("CREATE ROLE {} NOLOGIN NOINHERIT").format(sql.Identifier(name)))
    run.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(name), sql.Identifier(f"{dbname}_owner")))


def _read_past_row_security(run, dbname: str) -> None:
    """Let the backup and the policies' functions see every row, and nobody else."""
    role = sql.Identifier(f"{dbname}_backup")
    run.execute(
        "SELECT rolname FROM pg_roles WHERE rolbypassrls AND rolname = ANY(%s)", [_full_names(dbname)]
    )
    having = {name for (name,) in run.fetchall()}
    meant = {f"{dbname}_backup", f"{dbname}_{POLICY}"}
    if unexpected := having - meant:
        raise ServiceFailure(f"These roles may pass by row security and must not: {', '.join(unexpected)}")
    run.execute(sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(role))
    for name in sorted(meant - having):
        _give_bypass(run, name)


def _give_bypass(run, name: str) -> None:
    """Let one role see every row; without it a backup would miss rows and no policy could be asked."""
    try:
        run.execute(sql.SQL("ALTER ROLE {} BYPASSRLS").format(sql.Identifier(name)))
    except errors.InsufficientPrivilege as refused:
        command = f"ALTER ROLE {name} BYPASSRLS;"
        if name.endswith(f"_{POLICY}"):
            raise ServiceFailure(f"As the server's superuser type, and start again: {command}") from refused
        sys.stderr.write(f"Backups would miss rows. As the server's superuser type: {command}\n")


def _join(run, role: str) -> None:
    """Become a member of a role, which is needed to hand it something or to hang up on it."""
    # A superuser is a member of every role; for others, from version 16 on, having made it is not enough.
    run.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not run.fetchone()[0]:
        run.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))


def _make_database(run, dbname: str) -> None:
    """Make the database, owned by its owner role and closed to everyone who is not named."""
    database, owner = sql.Identifier(dbname), sql.Identifier(f"{dbname}_owner")
    _join(run, f"{dbname}_owner")
    run.execute("SELECT 1 FROM pg_database WHERE datname = %s", [dbname])
    if run.fetchone():
        run.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, owner))
    else:
        run.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(database, owner)
        )
    run.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    run.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, _names(dbname, GUESTS)))


def _arrange_schemas(run, dbname: str) -> None:
    """Let nobody but the owner make anything, and let the backup read all but the signing keys."""
    names = {
        "owner": sql.Identifier(f"{dbname}_owner"),
        "backup": sql.Identifier(f"{dbname}_backup"),
        "guests": _names(dbname, GUESTS),
    }
    for statement in (
        "SET ROLE {owner}",
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {guests}",
        "CREATE SCHEMA IF NOT EXISTS private AUTHORIZATION {owner}",
        "REVOKE ALL ON SCHEMA private FROM PUBLIC",
        # A dump must not carry the keys in `private`, so its tables are not read by the backup either.
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {backup}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO {backup}",
    ):
        run.execute(sql.SQL(statement).format(**names))


def _names(dbname: str, roles: tuple[str, ...]) -> sql.Composed:
    """Return the roles of this database as a list for a statement."""
    return sql.SQL(", ").join(sql.Identifier(f"{dbname}_{role}") for role in roles)


def _full_names(dbname: str) -> list[str]:
    """Return the names that this database's roles have on the server."""
    return [f"{dbname}_{role}" for role in (*ROLES, POLICY)]


def _drop_database(run, dbname: str) -> None:
    """Remove a database even while somebody is connected to it."""
    run.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(dbname)))
