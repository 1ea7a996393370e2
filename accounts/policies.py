"""The second lock: who is looking, as PostgreSQL knows it, and what she may see of each table.

Each transaction on case data carries a signed word (kid|user|backend|expiry|hmac) that `begin_principal`
checks; every policy asks `app_uid()`, which raises without it. The functions belong to a role that may read
past the policies and cannot sign in. Design and measurements: docs/adr/0013-second-lock.md.
"""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION lock_clock() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
  SET search_path = pg_catalog, pg_temp AS $$ SELECT clock_timestamp() $$;

CREATE OR REPLACE FUNCTION nobody_looks() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'no principal' USING ERRCODE = '42501';
END $$;

-- The user id of whoever looks. HMAC-SHA256 from the built-in sha256: the embedded server has no pgcrypto.
CREATE OR REPLACE FUNCTION app_uid() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  word text := current_setting('app.ctx', true);
  part text[];
  known record;
  who record;
BEGIN
  IF word IS NULL OR word = '' THEN
    RETURN nobody_looks();
  END IF;
  part := string_to_array(word, '|');
  IF array_length(part, 1) <> 5
    OR word !~ '^[0-9]{1,10}[|][0-9a-f-]{36}[|][0-9]{1,9}[|][0-9]{1,11}[|][0-9a-f]{64}$' THEN
    RAISE EXCEPTION 'bad principal' USING ERRCODE = '42501';
  END IF;
  SELECT inner_pad, outer_pad, role, for_system INTO known FROM private.context_key
    WHERE kid = part[1]::bigint AND (not_after IS NULL OR not_after > clock_timestamp());
  IF NOT FOUND
    OR (known.role IS NOT NULL AND known.role <> session_user)
    OR encode(sha256(known.outer_pad || sha256(known.inner_pad
        || convert_to(array_to_string(part[1:4], '|'), 'UTF8'))), 'hex') <> part[5]
    OR part[3]::int <> pg_backend_pid()
    OR part[4]::bigint < extract(epoch FROM lock_clock())
  THEN
    RAISE EXCEPTION 'bad principal' USING ERRCODE = '42501';
  END IF;
  SELECT is_active, principal INTO who FROM accounts_user WHERE id = part[2]::uuid;
  IF NOT FOUND OR NOT who.is_active THEN
    RAISE EXCEPTION 'inactive principal' USING ERRCODE = '42501';
  END IF;
  IF who.principal <> '' AND NOT known.for_system THEN
    RAISE EXCEPTION 'bad principal' USING ERRCODE = '42501';
  END IF;
  RETURN part[2]::uuid;
END $$;

-- Called IMMUTABLE so that the planner asks it once, before anything is read. `(SELECT app_uid())`
-- is asked when a first row is met: a statement that meets none was answered with zero rows (tried).
CREATE OR REPLACE FUNCTION somebody_looks() RETURNS boolean LANGUAGE plpgsql IMMUTABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN app_uid() IS NOT NULL;
END $$;

-- Set and checked in one round trip, for this transaction alone.
CREATE OR REPLACE FUNCTION begin_principal(ctx text) RETURNS uuid LANGUAGE plpgsql VOLATILE
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.ctx', ctx, true);
  RETURN app_uid();
END $$;

-- Is a system principal looking, and is this app part of its job?
CREATE OR REPLACE FUNCTION is_system(app text) RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM private.principal_app p
                  WHERE p.user_id = (SELECT app_uid()) AND p.app = is_system.app)
$$;

-- How secret a case the viewer sees without being named on it: system principals all, people the open ones.
CREATE OR REPLACE FUNCTION my_ceiling(app text) RETURNS smallint LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN is_system(app) THEN 2::smallint ELSE 0::smallint END
$$;

CREATE OR REPLACE FUNCTION my_offices(app text) RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := app_uid();
  reaches text[];
  found bigint[];
BEGIN
  IF EXISTS (SELECT 1 FROM private.principal_app p WHERE p.user_id = me AND p.app = my_offices.app) THEN
    RETURN (SELECT array_agg(o.id) FROM accounts_office o);
  END IF;
  SELECT array_agg(r.reach), array_agg(m.office_id) FILTER (WHERE r.reach = 'office') INTO reaches, found
    FROM accounts_membership m JOIN private.role_reach r ON r.role = m.role
   WHERE m.user_id = me AND m.ended_at IS NULL;
  IF 'everywhere' = ANY(reaches) THEN
    RETURN (SELECT array_agg(o.id) FROM accounts_office o);
  END IF;
  IF reaches && ARRAY['assigned', 'office', 'everywhere'] THEN
    found := coalesce(found, '{}')
      || coalesce((SELECT array_agg(d.office_id) FROM accounts_duty d
          JOIN accounts_office o ON o.id = d.office_id
          WHERE d.user_id = me AND d.days @> (clock_timestamp() AT TIME ZONE o.time_zone)::date), '{}')
      || coalesce((SELECT array_agg(m.office_id)
          FROM accounts_deputy d
          JOIN accounts_user u ON u.id = d.person_id AND u.is_active
          JOIN accounts_membership m ON m.user_id = d.person_id AND m.ended_at IS NULL
          JOIN private.role_reach r ON r.role = m.role AND r.reach = 'office'
         WHERE d.deputy_id = me AND d.ended_at IS NULL
           AND d.starts_at <= clock_timestamp() AND d.until > clock_timestamp()), '{}');
  END IF;
  RETURN coalesce(found, '{}');
END $$;

-- Cases by name: the team, those one stands in for (never sealed ones), an emergency, a share of this table.
CREATE OR REPLACE FUNCTION my_cases(tbl text) RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := app_uid();
BEGIN
  RETURN coalesce((SELECT array_agg(DISTINCT found.case_id) FROM (
    SELECT a.case_id FROM cases_assignment a
     WHERE a.user_id = me AND a.ended_at IS NULL AND (a.until IS NULL OR a.until > clock_timestamp())
    UNION ALL
    SELECT a.case_id
      FROM accounts_deputy d
      JOIN accounts_user u ON u.id = d.person_id AND u.is_active
      JOIN cases_assignment a ON a.user_id = d.person_id
     WHERE d.deputy_id = me AND d.ended_at IS NULL
       AND d.starts_at <= clock_timestamp() AND d.until > clock_timestamp()
       AND a.ended_at IS NULL AND (a.until IS NULL OR a.until > clock_timestamp()) AND a.sensitivity < 2
       AND a.kind = 'team'
       AND EXISTS (SELECT 1 FROM accounts_membership m JOIN private.role_reach r ON r.role = m.role
                    WHERE m.user_id = me AND m.ended_at IS NULL
                      AND r.reach IN ('assigned', 'office', 'everywhere'))
    UNION ALL
    SELECT s.case_id FROM cases_share s
      JOIN private.shared_table t ON t.part = ANY(s.parts) AND t.tbl = my_cases.tbl
     WHERE s.user_id = me AND s.ended_at IS NULL AND s.until > clock_timestamp() AND s.sensitivity < 2
       AND EXISTS (SELECT 1 FROM accounts_membership m JOIN private.role_reach r ON r.role = m.role
                    WHERE m.user_id = me AND m.ended_at IS NULL AND r.reach = 'shared')
  ) found), '{}');
END $$;

CREATE OR REPLACE FUNCTION my_verbs() RETURNS text[] LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT v.verb), '{}') FROM accounts_membership m
    JOIN private.role_verb v ON v.role = m.role
   WHERE m.user_id = (SELECT app_uid()) AND m.ended_at IS NULL
$$;

-- The offices in which the viewer herself holds the verb.
CREATE OR REPLACE FUNCTION my_offices_for(verb text) RETURNS bigint[] LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT m.office_id), '{}') FROM accounts_membership m
    JOIN private.role_verb v ON v.role = m.role AND v.verb = my_offices_for.verb
   WHERE m.user_id = (SELECT app_uid()) AND m.ended_at IS NULL AND m.office_id IS NOT NULL
$$;

-- Whoever opened a case names herself on it, once, while nobody was ever named.
CREATE OR REPLACE FUNCTION opened_by_me(wanted uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM cases_case c WHERE c.id = wanted AND c.opened_by = (SELECT app_uid()))
     AND NOT EXISTS (SELECT 1 FROM cases_assignment a WHERE a.case_id = wanted)
$$;

CREATE OR REPLACE FUNCTION stamp_opened_by() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.opened_by := CASE TG_OP WHEN 'INSERT' THEN app_uid() ELSE OLD.opened_by END;
  RETURN NEW;
END $$;

-- Whoever is forced into a statement cannot make herself somebody: accounts are opened, closed and given the
-- name of a principal by those who manage people.
CREATE OR REPLACE FUNCTION guard_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.is_active, NEW.principal) IS DISTINCT FROM (OLD.is_active, OLD.principal)
    AND NOT is_system('accounts') AND NOT 'people.manage' = ANY(my_verbs()) THEN
    RAISE EXCEPTION 'accounts are changed by those who manage people' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_deputy() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF to_jsonb(OLD) - 'ended_at' <> to_jsonb(NEW) - 'ended_at' AND NOT is_system('accounts') THEN
    RAISE EXCEPTION 'a deputy is ended, not changed' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_absence() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF to_jsonb(OLD) - 'ended_at' <> to_jsonb(NEW) - 'ended_at' AND NOT is_system('accounts') THEN
    RAISE EXCEPTION 'an absence is ended, not changed' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

-- A case stays with its office: whoever is named on it would otherwise carry it where others see it.
CREATE OR REPLACE FUNCTION keep_office() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.office_id <> OLD.office_id AND NOT is_system('cases') THEN
    RAISE EXCEPTION 'a case stays with its office' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

-- Reads past the policies: the case of a new row need not be visible before its first name stands on it.
CREATE OR REPLACE FUNCTION copy_case_scope() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.case_id IS NULL THEN  -- a message about the system and no case: it keeps what it was given
    RETURN NEW;
  END IF;
  SELECT c.office_id, c.sensitivity INTO NEW.office_id, NEW.sensitivity
    FROM cases_case c WHERE c.id = NEW.case_id;
  RETURN NEW;
END $$;
"""

TABLES = """
CREATE TABLE IF NOT EXISTS private.context_key (
  kid bigint PRIMARY KEY, inner_pad bytea NOT NULL, outer_pad bytea NOT NULL, role name,
  for_system boolean NOT NULL DEFAULT false, not_after timestamptz);
CREATE TABLE IF NOT EXISTS private.principal_app (user_id uuid, app text, PRIMARY KEY (user_id, app));
CREATE TABLE IF NOT EXISTS private.role_reach (role text PRIMARY KEY, reach text NOT NULL);
CREATE TABLE IF NOT EXISTS private.role_verb (role text, verb text, PRIMARY KEY (role, verb));
CREATE TABLE IF NOT EXISTS private.shared_table (part text, tbl text, PRIMARY KEY (part, tbl));
"""

NAMED = "{case} = ANY((SELECT my_cases('{table}'))::uuid[])"
OPEN_TO_ME = "(sensitivity <= {ceiling} AND office_id = ANY((SELECT my_offices('{app}'))::bigint[]))"
EXTRA_INSERTS = {
    "cases_case": "office_id = ANY((SELECT my_offices_for('case.open'))::bigint[])",
    "cases_assignment": "user_id = (SELECT app_uid()) AND opened_by_me(case_id)",
}


def case_rule(model, *, ceiling):
    """The need-to-know rule of one table as SQL; for roles that do system work the ceiling is a call."""
    table, app = model._meta.db_table, model._meta.app_label
    case = "id" if table == "cases_case" else "case_id"
    named = NAMED.format(case=case, table=table)
    return f"({OPEN_TO_ME.format(ceiling=ceiling, app=app)} OR {named})"


# Asked once, when a statement is planned: where nobody looks, one that finds nothing is refused too.
SOMEBODY_LOOKS = "somebody_looks()"


def rule_of(model, *, system):
    """The whole rule for one role: the case rule narrowed by the model's own, or the model's own alone."""
    return f"{SOMEBODY_LOOKS} AND {narrowed_rule(model, system=system)}"


def narrowed_rule(model, *, system):
    app = model._meta.app_label
    works = f"(SELECT is_system('{app}'))"
    rule = case_rule(model, ceiling=f"(SELECT my_ceiling('{app}'))" if system else "0")
    if alone := getattr(model, "row_rule_alone", "").replace("{case_rule}", rule):
        return f"(({alone}) OR {works})" if system else f"({alone})"
    if narrower := getattr(model, "row_rule", ""):
        exempt = f"{works} OR " if system else ""
        return f"({rule} AND ({exempt}({narrower})))"
    return rule


def policies(model, role, *, system):
    """Statements that put the lock of one table for one database role in place of what was there."""
    table, rule = model._meta.db_table, rule_of(model, system=system)
    yield from replaced(
        table, f"need_to_know_{role.rsplit('_', 1)[-1]}", f'FOR ALL TO "{role}" USING ({rule})'
    )
    extra = getattr(model, "insert_rule", "") or EXTRA_INSERTS.get(table, "")
    if extra:
        if system:
            extra = f"({extra}) OR (SELECT is_system('{model._meta.app_label}'))"
        name = f"first_row_{role.rsplit('_', 1)[-1]}"
        yield from replaced(table, name, f'FOR INSERT TO "{role}" WITH CHECK ({extra})')


def refusal(model, owner):
    """The owner makes tables and reads none: under the lock she is refused like anybody else."""
    yield from replaced(model._meta.db_table, "owner_too", f'FOR ALL TO "{owner}" USING ({SOMEBODY_LOOKS})')


def replaced(table, name, body):
    """A policy laid down again, whatever it was."""
    yield f"DROP POLICY IF EXISTS {name} ON {table}"
    yield f"CREATE POLICY {name} ON {table} {body}"


MANAGES = "'people.manage' = ANY((SELECT my_verbs())::text[]) OR (SELECT is_system('accounts'))"
# Herself, or a lead of an office in which that person works.
FOR_HER = (
    "person_id = (SELECT app_uid()) OR (SELECT is_system('accounts')) OR EXISTS ("
    "SELECT 1 FROM accounts_membership m WHERE m.user_id = person_id AND m.ended_at IS NULL"
    " AND m.office_id = ANY((SELECT my_offices_for('case.seal'))::bigint[]))"
)
NAMES = (
    "(SELECT is_system('accounts')) OR (named_by_id = (SELECT app_uid())"
    f" AND (person_id = (SELECT app_uid()) OR deputy_id <> (SELECT app_uid())) AND ({FOR_HER}))"
)


def grants_of_reach():
    """Statements that lock the rows by which people come to see cases, or to hear of them: roles, duty weeks,
    deputies, absences.

    Everybody reads them. The web writes them for those who may; the worker and the owner, which no page
    reaches, write freely (the demonstration, migrations).
    """
    for table in ("accounts_membership", "accounts_duty", "accounts_deputy", "accounts_absence"):
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield from replaced(table, "everybody_reads", 'FOR SELECT TO "{db}_web" USING (true)')
        for role in ("worker", "owner"):
            yield from replaced(table, f"free_{role}", f'FOR ALL TO "{{db}}_{role}" USING (true)')
    for table in ("accounts_membership", "accounts_duty"):
        yield from replaced(table, "managed", f'FOR ALL TO "{{db}}_web" USING ({MANAGES})')
    yield from replaced("accounts_deputy", "named", f'FOR INSERT TO "{{db}}_web" WITH CHECK ({NAMES})')
    ends = f"{FOR_HER} OR deputy_id = (SELECT app_uid())"
    yield from replaced("accounts_deputy", "ended", f'FOR UPDATE TO "{{db}}_web" USING ({ends})')
    away = f"(SELECT is_system('accounts')) OR (named_by_id = (SELECT app_uid()) AND ({FOR_HER}))"
    yield from replaced("accounts_absence", "named", f'FOR INSERT TO "{{db}}_web" WITH CHECK ({away})')
    yield from replaced("accounts_absence", "ended", f'FOR UPDATE TO "{{db}}_web" USING ({FOR_HER})')
    for table in ("accounts_deputy", "accounts_absence"):
        yield from replaced(
            table, "arranged", "FOR DELETE TO \"{db}_web\" USING ((SELECT is_system('accounts')))"
        )
    for table, guard, columns in (
        ("accounts_deputy", "guard_deputy", ""),
        ("accounts_absence", "guard_absence", ""),
        ("accounts_user", "guard_account", " OF is_active, principal"),
    ):
        yield (
            f"CREATE OR REPLACE TRIGGER {guard} BEFORE UPDATE{columns} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {guard}()"
        )


POLICIES = tuple(grants_of_reach())
