"""What the database itself keeps true, laid down again after every migrate: rights, scope, the second lock.

The owner role owns everything; the web and worker roles may not DELETE from case-bearing tables nor change
the audit. Office and sensitivity of a case are copied to its children by a trigger and kept equal by a
composite foreign key with ON UPDATE CASCADE. Row-level security: accounts/policies.py.
"""

import hashlib
import re
from contextlib import contextmanager
from importlib import import_module

from django.apps import apps
from django.db import connection, transaction

from accounts import policies, signing
from accounts.roles import ROLE_CAN, ROLE_REACH, SYSTEM_PRINCIPALS

AUDIT = "audit_event"
APPLICATION_ROLES = ("web", "worker")
APPEND_ONLY = ("documents_evidencestep",)  # the chain of custody of evidence
SYSTEM_ROLES = ("worker",)  # whose processes work as system principals; the tests add web

STAMPS = """
CREATE OR REPLACE FUNCTION stamp_updated_at() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
"""


def case_bearing_models():
    """Every concrete model that holds case data: the case itself and what hangs from it."""
    return [model for model in apps.get_models() if getattr(model, "case_bearing", False)]


def lay_down(system_roles=SYSTEM_ROLES):
    """Bring functions, triggers, copied-scope keys, rights and policies up to date; harmless to repeat."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.cases_case'), to_regclass('public.audit_event')")
        if None in cursor.fetchone():
            return
        cursor.execute(STAMPS)
        lay_functions(cursor)
        force(cursor, forced=False)  # the key of a new table is checked against cases
        for model in case_bearing_models():
            keep_in_step(cursor, model._meta.db_table, hangs_from_case=hasattr(model, "case"))
        grant_rights(cursor)
        lay_policies(cursor, system_roles)
        fill_lists(cursor)
        signing.install_keys(cursor, database_name(cursor))


def database_name(cursor):
    cursor.execute("SELECT current_database()")
    return cursor.fetchone()[0]


def modules_of_policies():
    """The policies module of each app that has one, this app's first."""
    yield policies
    for config in apps.get_app_configs():
        if config.name != "accounts" and (config.module and has_policies(config.name)):
            yield import_module(f"{config.name}.policies")


def has_policies(name):
    try:
        import_module(f"{name}.policies")
    except ModuleNotFoundError as missing:
        if missing.name != f"{name}.policies":
            raise
        return False
    return True


def lay_functions(cursor):
    """The functions that policies call belong to the one role that reads past them and cannot sign in."""
    role = f"{database_name(cursor)}_policy"
    cursor.execute(policies.TABLES)
    cursor.execute(f'GRANT USAGE ON SCHEMA public, private TO "{role}"')
    cursor.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA public, private TO "{role}"')
    cursor.execute(f'GRANT INSERT ON cases_assignment, {AUDIT} TO "{role}"')
    cursor.execute(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
    cursor.execute(f'GRANT CREATE ON SCHEMA public TO "{role}"')  # only while functions change hands
    hand_over(cursor, role)
    cursor.execute("SET check_function_bodies = off")  # an app's functions may name a table that comes later
    cursor.execute(f'SET ROLE "{role}"')
    try:
        for module in modules_of_policies():
            cursor.execute(module.FUNCTIONS)
    finally:
        cursor.execute("RESET ROLE")
    cursor.execute(f'REVOKE CREATE ON SCHEMA public FROM "{role}"')
    open_functions(cursor, role)


def hand_over(cursor, role):
    """Functions of the same names that the owner made before now belong to the role of the policies."""
    named = {
        name for module in modules_of_policies() for name in re.findall(r"FUNCTION (\w+)\(", module.FUNCTIONS)
    }
    cursor.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE proowner = current_user::regrole "
        "AND pronamespace = 'public'::regnamespace AND proname = ANY(%s)",
        [sorted(named)],
    )
    for (signature,) in cursor.fetchall():
        cursor.execute(f'ALTER FUNCTION {signature} OWNER TO "{role}"')


def open_functions(cursor, role):
    """Nobody but our own roles may call them."""
    database = database_name(cursor)
    cursor.execute(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.proowner = %s::regrole", [f'"{role}"']
    )
    signatures = cursor.fetchall()
    callers = ", ".join(f'"{database}_{name}"' for name in ("owner", *APPLICATION_ROLES, "sealer"))
    cursor.execute(f'SET ROLE "{role}"')
    try:
        for (signature,) in signatures:
            cursor.execute(f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC")
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {callers}")
    finally:
        cursor.execute("RESET ROLE")


def lay_policies(cursor, system_roles):
    """Row-level security, forced, on every table that holds case data; never a moment without."""
    database = database_name(cursor)
    for model in case_bearing_models():
        statements = [f"ALTER TABLE {model._meta.db_table} ENABLE ROW LEVEL SECURITY"]
        for role in APPLICATION_ROLES:
            statements += policies.policies(model, f"{database}_{role}", system=role in system_roles)
        lay_once(cursor, model._meta.db_table, [*statements, *policies.refusal(model, f"{database}_owner")])
    cursor.execute(
        "CREATE OR REPLACE TRIGGER stamp_opened_by BEFORE INSERT OR UPDATE OF opened_by ON cases_case "
        "FOR EACH ROW EXECUTE FUNCTION stamp_opened_by()"
    )
    cursor.execute(
        "CREATE OR REPLACE TRIGGER keep_office BEFORE UPDATE OF office_id ON cases_case "
        "FOR EACH ROW EXECUTE FUNCTION keep_office()"
    )
    with transaction.atomic():
        for module in modules_of_policies():
            for statement in getattr(module, "POLICIES", ()):
                cursor.execute(statement.format(db=database))
    force(cursor, forced=True)


def lay_once(cursor, table, statements):
    """Run them together, and not again while they say the same: a start locks no table for nothing."""
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [table])
    if cursor.fetchone()[0] == f"locks {digest}":
        return
    with transaction.atomic():
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"COMMENT ON TABLE {table} IS 'locks {digest}'")


def force(cursor, *, forced):
    """Hold the owner under the lock as well, or not while she changes tables and moves their data."""
    cursor.execute(
        "SELECT oid::regclass::text FROM pg_class "
        "WHERE relrowsecurity AND relnamespace = 'public'::regnamespace AND relforcerowsecurity <> %s",
        [forced],
    )
    for (table,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} {'FORCE' if forced else 'NO FORCE'} ROW LEVEL SECURITY")


@contextmanager
def owner_past_the_lock():
    """Migrations may move data; everybody else stays locked out meanwhile, and afterwards the owner too."""
    with connection.cursor() as cursor:
        force(cursor, forced=False)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            force(cursor, forced=True)


def fill_lists(cursor):
    """Copy the tables of accounts/roles.py to where policies can read them."""
    rows = {
        "role_reach": [(role.value, reach.value) for role, reach in ROLE_REACH.items()],
        "role_verb": [(role.value, verb.value) for role, verbs in ROLE_CAN.items() for verb in verbs],
        "shared_table": [(part, table) for part, tables in shared_tables().items() for table in tables],
        "principal_app": principal_apps(cursor),
    }
    for table, lines in rows.items():
        cursor.execute(f"DELETE FROM private.{table}")  # noqa: S608
        for line in lines:
            cursor.execute(f"INSERT INTO private.{table} VALUES (%s, %s)", line)  # noqa: S608


def shared_tables():
    """What each part of a share opens; the app of cases says it, which stands above this one."""
    return import_module("cases.states").SHARED_TABLES


def principal_apps(cursor):
    cursor.execute("SELECT principal, id FROM accounts_user WHERE principal <> ''")
    return [(pk, app) for principal, pk in cursor.fetchall() for app in SYSTEM_PRINCIPALS[principal]]


def keep_in_step(cursor, table, *, hangs_from_case):
    """Copy the case's scope on insert, cascade its changes, stamp updated_at."""
    cursor.execute(f"CREATE OR REPLACE TRIGGER stamp_updated_at BEFORE UPDATE ON {table} "
                   "FOR EACH ROW EXECUTE FUNCTION stamp_updated_at()")  # fmt: skip
    if not hangs_from_case:
        return
    cursor.execute(f"CREATE OR REPLACE TRIGGER copy_case_scope BEFORE INSERT OR UPDATE OF case_id ON {table} "
                   "FOR EACH ROW EXECUTE FUNCTION copy_case_scope()")  # fmt: skip
    cursor.execute(
        "SELECT 1 FROM pg_constraint WHERE conname = 'same_scope_as_case' AND conrelid = %s::regclass",
        [table],
    )
    if not cursor.fetchone():
        cursor.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT same_scope_as_case "
            "FOREIGN KEY (case_id, office_id, sensitivity) "
            "REFERENCES cases_case (id, office_id, sensitivity) ON UPDATE CASCADE"
        )


def grant_rights(cursor):
    """No DELETE on case data, INSERT and SELECT alone on the audit, ordinary rights elsewhere."""
    roles = [f"{database_name(cursor)}_{role}" for role in APPLICATION_ROLES]
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [roles])
    kept = {model._meta.db_table for model in case_bearing_models()}
    for (role,) in cursor.fetchall():
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'REVOKE ALL ON TABLE "{table}" FROM "{role}"')
            cursor.execute(f'GRANT {rights_on(table, kept)} ON TABLE "{table}" TO "{role}"')
        cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"')


def rights_on(table, kept):
    """What an application role may do to a table."""
    if table == AUDIT:
        return "SELECT, INSERT"
    if table == "django_migrations":
        return "SELECT"
    if table in APPEND_ONLY:
        return "SELECT, INSERT"
    return "SELECT, INSERT, UPDATE" if table in kept else "SELECT, INSERT, UPDATE, DELETE"
