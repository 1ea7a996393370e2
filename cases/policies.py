"""What the database decides about cases by itself: opening one in an emergency.

The web role never gets the right to look at the case: the function looks, writes the assignment, the register
and the audit in one go, and says nothing but the id. docs/adr/0014-break-glass.md.
"""

from django.conf import settings

from accounts.roles import Can, Role
from cases.querysets import CASE_ROLES

# Sealed cases: the leads and the director of the office, nobody else.
MAY_OPEN_SEALED = (Role.LEGAL_LEAD, Role.SAFEGUARDING_LEAD, Role.OFFICE_DIRECTOR)


def words(values):
    """A list of codes as SQL."""
    return "ARRAY[" + ", ".join(f"'{value}'" for value in values) + "]"


FUNCTIONS = """
-- Offices whose unusual access the viewer reviews: hers, or all for a role that belongs to none.
CREATE OR REPLACE FUNCTION my_review_offices() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := app_uid();
BEGIN
  IF EXISTS (SELECT 1 FROM accounts_membership m
      JOIN private.role_verb v ON v.role = m.role AND v.verb = '@REVIEW'
      WHERE m.user_id = me AND m.ended_at IS NULL AND m.office_id IS NULL) THEN
    RETURN (SELECT array_agg(o.id) FROM accounts_office o);
  END IF;
  RETURN my_offices_for('@REVIEW');
END $$;

-- Offices in which the viewer may open a case in an emergency today: not those that owe a review.
CREATE OR REPLACE FUNCTION my_emergency_offices() RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce((SELECT array_agg(o.id) FROM unnest(my_offices_for('@BREAK')) AS o(id)
    WHERE NOT EXISTS (SELECT 1 FROM cases_emergency e WHERE e.office_id = o.id AND e.reviewed_at IS NULL
      AND e.started_at < clock_timestamp() - interval '@HOURS hours')), ARRAY[]::bigint[]);
END $$;

CREATE OR REPLACE FUNCTION my_emergency_misses() RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (SELECT count(*) FROM audit_event e WHERE e.actor_id = app_uid() AND e.verb = 'emergency.miss'
    AND e.at > clock_timestamp() - interval '24 hours');
END $$;

-- NULL says the same for a number that is none, a case of another office and a day of too many tries.
CREATE OR REPLACE FUNCTION break_glass(wanted text, why text) RETURNS uuid LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me uuid := app_uid();
  started timestamptz;
  ends timestamptz;
  it record;
  mine text;
  named uuid := gen_random_uuid();
  entry uuid := gen_random_uuid();
BEGIN
  IF btrim(coalesce(why, '')) = '' THEN
    RAISE EXCEPTION 'an emergency needs a reason' USING ERRCODE = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('emergency ' || me, 0));
  started := clock_timestamp();
  ends := started + interval '@MINUTES minutes';
  IF my_emergency_misses() < @TRIES THEN
    SELECT c.id, c.office_id, c.sensitivity, c.number, m.role INTO it
      FROM cases_case c
      JOIN accounts_membership m ON m.office_id = c.office_id AND m.user_id = me AND m.ended_at IS NULL
      JOIN accounts_user u ON u.id = me AND u.is_active AND u.principal = ''
      JOIN private.role_verb v ON v.role = m.role AND v.verb = '@BREAK'
     WHERE c.number = wanted AND c.office_id = ANY(my_emergency_offices())
       AND (c.sensitivity < 2 OR m.role = ANY(@SEALED))
     ORDER BY array_position(@ROLES, m.role::text) LIMIT 1;
    mine := it.role;
  END IF;
  IF mine IS NULL THEN
    INSERT INTO audit_event (at, actor_id, verb, subject, subject_id, detail, origin)
      VALUES (started, me, 'emergency.miss', 'accounts.User', me::text, jsonb_build_object(), 'live');
    RETURN NULL;
  END IF;
  UPDATE cases_assignment SET ended_at = started
   WHERE case_id = it.id AND user_id = me AND ended_at IS NULL AND until <= started;
  IF EXISTS (SELECT 1 FROM cases_assignment a
      WHERE a.case_id = it.id AND a.user_id = me AND a.ended_at IS NULL) THEN
    RETURN it.id;  -- named already
  END IF;
  INSERT INTO cases_assignment (id, case_id, office_id, sensitivity, user_id, role, kind, backup, reason,
      started_at, until, version, created_at, updated_at)
    VALUES (named, it.id, it.office_id, it.sensitivity, me, mine, 'break_glass', false, left(btrim(why), 200),
      started, ends, 1, started, started);
  INSERT INTO cases_emergency (id, office_id, user_id, case_id, assignment_id, number, reason, started_at,
      ends_at, word, updated_at)
    VALUES (entry, it.office_id, me, it.id, named, it.number, left(btrim(why), 200), started,
      ends, '', started);
  INSERT INTO audit_event (at, actor_id, verb, case_id, subject, subject_id, detail, origin)
    VALUES (started, me, 'case.break_glass', it.id, 'cases.Emergency', entry::text,
      jsonb_build_object('role', mine,
        'until', to_char(ends AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')), 'live');
  RETURN it.id;
END $$;

-- Nothing of an emergency can be written by hand, and nothing of it changes but its end.
CREATE OR REPLACE FUNCTION guard_emergency_assignment() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  loose text[] := ARRAY['ended_at', 'version', 'updated_at', 'office_id', 'sensitivity'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF current_user <> current_database() || '_policy' AND NOT is_system('cases') THEN
      RAISE EXCEPTION 'an emergency is opened by break_glass alone' USING ERRCODE = '42501';
    END IF;
  ELSIF current_user <> current_database() || '_policy' AND (to_jsonb(OLD) - loose <> to_jsonb(NEW) - loose
      OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)) THEN
    RAISE EXCEPTION 'an emergency cannot be changed' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

-- The register: made by break_glass, ended once, reviewed once, by a lead of the office who is somebody else.
CREATE OR REPLACE FUNCTION guard_emergency() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  review text[] := ARRAY['reviewed_at', 'reviewed_by_id', 'justified', 'word'];
  loose text[] := review || ARRAY['ended_at', 'updated_at'];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF current_user <> current_database() || '_policy' AND NOT is_system('cases') THEN
      RAISE EXCEPTION 'an emergency is opened by break_glass alone' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
  END IF;
  IF current_user = current_database() || '_policy' THEN
    RETURN NEW;  -- its words are erased with the case, by the function that erases
  END IF;
  IF to_jsonb(OLD) - loose <> to_jsonb(NEW) - loose
      OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) THEN
    RAISE EXCEPTION 'an emergency cannot be changed' USING ERRCODE = '42501';
  END IF;
  IF to_jsonb(OLD) - 'ended_at' - 'updated_at' <> to_jsonb(NEW) - 'ended_at' - 'updated_at'
      AND (OLD.reviewed_at IS NOT NULL OR NEW.reviewed_by_id IS DISTINCT FROM app_uid()
        OR NOT NEW.office_id = ANY(my_offices_for('@REVIEW'))) THEN
    RAISE EXCEPTION 'an emergency is reviewed once, by a lead of its office' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
"""
FILL = {
    "@REVIEW": Can.REVIEW_ACCESS.value,
    "@BREAK": Can.BREAK_GLASS.value,
    "@MINUTES": str(int(settings.EMERGENCY_MINUTES)),
    "@HOURS": str(int(settings.EMERGENCY_REVIEW_HOURS)),
    "@TRIES": str(int(settings.EMERGENCY_TRIES_A_DAY)),
    "@SEALED": words(MAY_OPEN_SEALED),
    "@ROLES": words(CASE_ROLES),
}
for mark, value in FILL.items():
    FUNCTIONS = FUNCTIONS.replace(mark, value)

POLICIES = (
    'GRANT INSERT ON cases_emergency TO "{db}_policy"',
    'GRANT UPDATE (ended_at) ON cases_assignment TO "{db}_policy"',
    "CREATE OR REPLACE TRIGGER guard_emergency_assignment BEFORE INSERT ON cases_assignment "
    "FOR EACH ROW WHEN (NEW.kind = 'break_glass') EXECUTE FUNCTION guard_emergency_assignment()",
    "CREATE OR REPLACE TRIGGER guard_emergency_change BEFORE UPDATE ON cases_assignment "
    "FOR EACH ROW WHEN (OLD.kind = 'break_glass' OR NEW.kind = 'break_glass') "
    "EXECUTE FUNCTION guard_emergency_assignment()",
    "CREATE OR REPLACE TRIGGER guard_emergency BEFORE INSERT OR UPDATE ON cases_emergency "
    "FOR EACH ROW EXECUTE FUNCTION guard_emergency()",
)
