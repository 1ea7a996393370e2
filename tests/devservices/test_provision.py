"""One database, five roles, and what each of them may not do."""

import secrets

import psycopg2
import pytest
from psycopg2 import errors

from devservices import provision
from devservices.failures import ServiceFailure


class Asking:
    """Statements under one role, each on its own."""

    def __init__(self, url):
        self.connection = psycopg2.connect(url)
        self.connection.autocommit = True

    def __call__(self, statement, *values):
        with self.connection.cursor() as run:
            run.execute(statement, values or None)
            return run.fetchall() if run.description else None


@pytest.fixture
def as_role():
    """Ask under any role's address, hanging up at the end."""
    asking = []

    def ask(url):
        asking.append(Asking(url))
        return asking[-1]

    yield ask
    for one in asking:
        one.connection.close()


@pytest.fixture
def dbname(cluster):
    """A name that no other test uses, dropped at the end."""
    name = f"try_{secrets.token_hex(3)}"
    yield name
    provision.drop(cluster.database_url, name)


@pytest.fixture
def roles(cluster, dbname):
    """The addresses of a fresh database's roles."""
    return provision.provision(cluster.database_url, dbname)


def test_twice_is_as_good_as_once(cluster, dbname, as_role):
    passwords = provision.new_passwords()
    first = provision.provision(cluster.database_url, dbname, passwords)
    as_role(first["owner"])("CREATE TABLE kept (what int)")

    assert provision.provision(cluster.database_url, dbname, passwords) == first
    assert set(first) == {"owner", "web", "worker", "backup", "sealer"}
    assert as_role(first["owner"])("SELECT tableowner FROM pg_tables WHERE tablename = 'kept'") == [
        (f"{dbname}_owner",)
    ]


def test_new_passwords_replace_the_old(cluster, dbname, as_role):
    old = provision.provision(cluster.database_url, dbname)
    new = provision.provision(cluster.database_url, dbname)

    as_role(new["web"])
    with pytest.raises(psycopg2.OperationalError):
        as_role(old["web"])


@pytest.mark.parametrize("role", ["web", "worker", "sealer", "backup"])
def test_guests_make_nothing_and_own_nothing(role, roles, dbname, as_role):
    as_role(roles["owner"])("CREATE TABLE cases (name text)")
    ask = as_role(roles[role])

    for statement in (
        "CREATE TABLE mine (what int)",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE mine (what int)",
        "CREATE TABLE private.mine (what int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE mine",
        "DELETE FROM cases",
        "TRUNCATE cases",
        "UPDATE cases SET name = ''",
        "DROP TABLE cases",
        "ALTER TABLE cases DISABLE ROW LEVEL SECURITY",
        f'SET ROLE "{dbname}_owner"',
        "COPY cases TO PROGRAM 'true'",
    ):
        with pytest.raises((errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction)):
            ask(statement)
    assert ask("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == [(0,)]


def test_only_the_backup_and_the_policies_see_past_row_security(roles, dbname, cluster, as_role):
    ask = as_role(cluster.database_url)

    assert ask(
        "SELECT rolname FROM pg_roles WHERE (rolbypassrls OR rolsuper) AND rolname LIKE %s ORDER BY 1",
        f"{dbname}%",
    ) == [(f"{dbname}_backup",), (f"{dbname}_policy",)]
    assert ask("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", f"{dbname}_policy") == [(False,)]


def test_the_backup_reads_every_row_but_not_the_keys(roles, as_role):
    owner = as_role(roles["owner"])
    owner("CREATE TABLE cases AS SELECT 7 AS what")
    owner("ALTER TABLE cases ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    owner("CREATE TABLE private.keys AS SELECT 7 AS what")
    backup = as_role(roles["backup"])

    assert backup("SELECT what FROM cases") == [(7,)]
    with pytest.raises(errors.InsufficientPrivilege):
        backup("SELECT what FROM private.keys")


def test_guests_read_nothing_until_a_migration_says_so(roles, dbname, as_role):
    owner, web = as_role(roles["owner"]), as_role(roles["web"])
    owner("CREATE TABLE cases AS SELECT 7 AS what")
    with pytest.raises(errors.InsufficientPrivilege):
        web("SELECT what FROM cases")

    owner(f'GRANT SELECT ON cases TO "{dbname}_web"')

    assert web("SELECT what FROM cases") == [(7,)]


def test_the_owner_may_add_trusted_extensions(roles, as_role):
    owner = as_role(roles["owner"])
    for extension in ("pg_trgm", "btree_gist", "unaccent"):
        owner(f"CREATE EXTENSION {extension}")


def test_strangers_stay_out(cluster, roles, dbname):
    other = provision.provision(cluster.database_url, f"{dbname}_x")
    try:
        with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
            psycopg2.connect(other["web"], dbname=dbname)
    finally:
        provision.drop(cluster.database_url, f"{dbname}_x")


def test_a_role_with_powers_of_its_own_is_refused(cluster, roles, dbname, as_role):
    as_role(cluster.database_url)(f'ALTER ROLE "{dbname}_web" CREATEDB')
    with pytest.raises(ServiceFailure, match="powers"):
        provision.provision(cluster.database_url, dbname)


def test_a_role_that_may_pass_by_row_security_is_refused(cluster, roles, dbname, as_role):
    as_role(cluster.database_url)(f'ALTER ROLE "{dbname}_worker" BYPASSRLS')
    with pytest.raises(ServiceFailure, match="row security"):
        provision.provision(cluster.database_url, dbname)


def test_a_server_that_gives_us_less_than_a_superuser(cluster, dbname, as_role, capsys):
    ask = as_role(cluster.database_url)
    ask("CREATE ROLE maker LOGIN CREATEROLE CREATEDB PASSWORD 'made-up'")
    maker = cluster.database_url.replace(cluster.database_url.split("//")[1].split("@")[0], "maker:made-up")
    try:
        with pytest.raises(ServiceFailure, match=f"ALTER ROLE {dbname}_policy BYPASSRLS"):
            provision.provision(maker, dbname)
        ask(f"ALTER ROLE {dbname}_policy BYPASSRLS")
        provision.provision(maker, dbname)
        roles = provision.provision(maker, dbname)
        as_role(roles["owner"])("CREATE TABLE cases (name text)")
        with pytest.raises(errors.InsufficientPrivilege):
            as_role(roles["web"])("DELETE FROM cases")
        assert f"ALTER ROLE {dbname}_backup BYPASSRLS" in capsys.readouterr().err
        provision.drop(maker, dbname)
    finally:
        provision.drop(cluster.database_url, dbname)
        ask("DROP ROLE maker")


def test_no_server_is_said_in_one_sentence():
    with pytest.raises(ServiceFailure, match="did not let us in"):
        provision.provision("postgresql://nobody@127.0.0.1:1/none", "none")
