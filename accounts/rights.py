"""What the database itself keeps true, laid down again after every migrate: rights and copied scope.

The owner role owns everything; the web and worker roles may not DELETE from case-bearing tables nor change
the audit. Office and sensitivity of a case are copied to its children by a trigger and kept equal by a
composite foreign key with ON UPDATE CASCADE.
"""

from django.apps import apps
from django.db import connection

AUDIT = "audit_event"
APPLICATION_ROLES = ("web", "worker")

COPY_SCOPE = """
CREATE OR REPLACE FUNCTION copy_case_scope() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT c.office_id, c.sensitivity INTO NEW.office_id, NEW.sensitivity
    FROM cases_case c WHERE c.id = NEW.case_id;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION stamp_updated_at() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = '42501';
END $$;
"""


def case_bearing_models():
    """Every concrete model that holds case data: the case itself and what hangs from it."""
    return [model for model in apps.get_models() if getattr(model, "case_bearing", False)]


def lay_down():
    """Bring functions, triggers, copied-scope keys and rights up to date; harmless to repeat."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.cases_case'), to_regclass('public.audit_event')")
        if None in cursor.fetchone():
            return
        cursor.execute(COPY_SCOPE)
        for model in case_bearing_models():
            keep_in_step(cursor, model._meta.db_table, hangs_from_case=hasattr(model, "case"))
        guard_audit(cursor)
        grant_rights(cursor)


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


def guard_audit(cursor):
    """Even the owner changes no audit row by accident."""
    cursor.execute(f"CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {AUDIT} "
                   "FOR EACH ROW EXECUTE FUNCTION refuse_change()")  # fmt: skip
    cursor.execute(f"CREATE OR REPLACE TRIGGER refuse_emptying BEFORE TRUNCATE ON {AUDIT} "
                   "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()")  # fmt: skip


def grant_rights(cursor):
    """No DELETE on case data, INSERT and SELECT alone on the audit, ordinary rights elsewhere."""
    cursor.execute("SELECT current_database()")
    (database,) = cursor.fetchone()
    roles = [f"{database}_{role}" for role in APPLICATION_ROLES]
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
    return "SELECT, INSERT, UPDATE" if table in kept else "SELECT, INSERT, UPDATE, DELETE"
