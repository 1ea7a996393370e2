"""What the database itself does with an event: writes who it was, keeps it as it is, shows it to whom it may.

Laid down after every migrate beside the second lock (accounts/rights.py). The actor is whoever the database
knows to be looking; the application is not asked. Where nobody is (a failed sign-in, a refused request
whose transaction is rolled back) an event comes by the second door, `audit_apart`, which knows a few verbs
only.
"""

APART = ("access.deny", "signin.fail")

FUNCTIONS = """
-- Runs with the rights of whoever inserts; only the second door makes that another role than the one signed
-- in.
CREATE OR REPLACE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who uuid;
BEGIN
  IF coalesce(current_setting('app.ctx', true), '') <> '' THEN
    BEGIN
      who := app_uid();
    EXCEPTION WHEN insufficient_privilege THEN
      who := NULL;
    END;
  END IF;
  IF who IS NOT NULL THEN
    NEW.actor_id := who;
    NEW.door := 'viewer';
  ELSIF current_user <> session_user THEN
    NEW.door := 'apart';
  ELSE
    NEW.door := 'claimed';
  END IF;
  NEW.written_at := clock_timestamp();
  NEW.xid := pg_current_xact_id()::text::bigint;
  NEW.salt := uuid_send(gen_random_uuid());
  NEW.seal_no := NULL;
  NEW.commitment := sha256(NEW.salt || convert_to(NEW.detail::text, 'UTF8'));
  NEW.digest := sha256(convert_to(concat_ws('|', 'ijm-audit-event-1', NEW.id,
    (extract(epoch FROM NEW.at) * 1000000)::bigint, (extract(epoch FROM NEW.written_at) * 1000000)::bigint,
    NEW.xid, NEW.actor_id, coalesce(NEW.case_id::text, '-'),
    octet_length(NEW.door) || ':' || NEW.door, octet_length(NEW.verb) || ':' || NEW.verb,
    octet_length(NEW.subject) || ':' || NEW.subject, octet_length(NEW.subject_id) || ':' || NEW.subject_id,
    octet_length(NEW.origin) || ':' || NEW.origin, encode(NEW.commitment, 'hex')), 'UTF8'));
  RETURN NEW;
END $$;

-- Two changes exist: the sealer names the seal, once; a sealed detail gives way to its commitment.
CREATE OR REPLACE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  kept audit_event;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    kept := NEW;
    kept.seal_no := OLD.seal_no;
    IF current_user = current_database() || '_sealer' AND OLD.seal_no IS NULL AND NEW.seal_no IS NOT NULL
      AND kept *= OLD THEN
      RETURN NEW;
    END IF;
    kept := NEW;
    kept.detail := OLD.detail;
    kept.salt := OLD.salt;
    IF current_user = current_database() || '_policy' AND OLD.seal_no IS NOT NULL
      AND NEW.salt IS NULL AND NEW.detail::text = '{}' AND kept *= OLD THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = '42501';
END $$;

CREATE OR REPLACE FUNCTION audit_keep_seal() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = '42501';
END $$;

-- The second door. The same refusal, at the same step of a sign-in, is written once in ten minutes, and at
-- most sixty of one actor in that time (six hundred where nobody is known), so that nobody fills the disk by
-- knocking. Says whether it was written.
CREATE OR REPLACE FUNCTION audit_apart(
    verb text, actor uuid, case_id uuid, subject text, subject_id text, detail text)
  RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  lately int;
  known boolean;
BEGIN
  IF audit_apart.verb NOT IN ('access.deny', 'signin.fail') THEN
    RAISE EXCEPTION 'not by this door' USING ERRCODE = '42501';
  END IF;
  SELECT count(*),
      coalesce(bool_or(e.verb = audit_apart.verb AND e.subject_id = audit_apart.subject_id
        AND e.step IS NOT DISTINCT FROM audit_apart.detail::json ->> 'step'), false)
    INTO lately, known
    FROM (SELECT e.verb, e.subject_id, e.detail ->> 'step' AS step FROM audit_event e
           WHERE e.actor_id = audit_apart.actor AND e.at > clock_timestamp() - interval '10 minutes'
             AND e.verb IN ('access.deny', 'signin.fail')) e;
  IF known OR lately >= (CASE WHEN audit_apart.actor = nobody THEN 600 ELSE 60 END) THEN
    RETURN false;
  END IF;
  INSERT INTO audit_event (at, actor_id, verb, case_id, subject, subject_id, detail, origin)
    VALUES (clock_timestamp(), audit_apart.actor, audit_apart.verb, audit_apart.case_id, audit_apart.subject,
            audit_apart.subject_id, audit_apart.detail::json, 'live');
  RETURN true;
END $$;

-- Erasure: only the retention principal, only what is sealed. Returns how many details are gone.
CREATE OR REPLACE FUNCTION audit_erase(wanted bigint[]) RETURNS bigint LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  gone bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = app_uid() AND u.principal = 'retention') THEN
    RAISE EXCEPTION 'only the retention principal erases' USING ERRCODE = '42501';
  END IF;
  UPDATE audit_event SET detail = '{}', salt = NULL
    WHERE id = ANY(wanted) AND salt IS NOT NULL AND seal_no IS NOT NULL;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;

-- The people of the offices whose unusual access the viewer reviews.
CREATE OR REPLACE FUNCTION audit_my_people() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT m.user_id), '{}') FROM accounts_membership m
   WHERE m.office_id = ANY((SELECT my_offices_for('audit.review'))::bigint[])
$$;

-- Under the lock of the one who asks. A function, so that the lock is not asked before there is such a row.
CREATE OR REPLACE FUNCTION audit_sees_case(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM cases_case c WHERE c.id = wanted);
END $$;

-- Records of which not everybody on the case may know: their events are read by those who see the record.
CREATE OR REPLACE FUNCTION audit_sees_record(kind text, wanted text) RETURNS boolean LANGUAGE plpgsql STABLE
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE kind
    WHEN 'operations.Operation' THEN EXISTS (SELECT 1 FROM operations_operation o WHERE o.id = wanted::uuid)
    WHEN 'aftercare.TherapyNote' THEN EXISTS (SELECT 1 FROM aftercare_therapynote n WHERE n.id = wanted::uuid)
    ELSE true END;
END $$;

-- For a monitor: seconds that the oldest row has waited for its seal; null where no sealer ever worked.
CREATE OR REPLACE FUNCTION audit_waiting() RETURNS int LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((SELECT extract(epoch FROM clock_timestamp() - e.written_at)::int
                     FROM audit_event e WHERE e.seal_no IS NULL ORDER BY e.id LIMIT 1), 0)
   WHERE EXISTS (SELECT 1 FROM audit_seal)
$$;

CREATE OR REPLACE FUNCTION audit_system() RETURNS boolean LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM private.principal_app p WHERE p.user_id = (SELECT app_uid()))
$$;
"""

# Whose events are read: one's own; everybody's by those who watch over people; those of the people one
# reviews; those of the cases one sees (by their own lock) with the verb for a trail. System principals read
# their outbox.
READABLE = """
  CASE WHEN current_setting('app.ctx', true) = 'nobody'
  THEN door = 'claimed' AND xid = pg_current_xact_id()::text::bigint
  ELSE (SELECT app_uid()) IS NOT NULL AND (
    actor_id = (SELECT app_uid())
    OR (SELECT audit_system())
    OR 'audit.view_people' = ANY((SELECT my_verbs())::text[])
    OR (actor_id = ANY((SELECT audit_my_people())::uuid[]) AND audit_sees_record(subject, subject_id))
    OR (verb = 'signin.fail' AND subject_id = ANY((SELECT audit_my_people())::text[]))
    OR ((SELECT my_verbs()) && ARRAY['audit.view', 'audit.view_survivor', 'audit.review']
        AND case_id IS NOT NULL AND audit_sees_case(case_id) AND audit_sees_record(subject, subject_id))
  ) END
"""
# Only what the database vouches for. Where it was told that a stranger looks (somebody is just signing in, or
# shows an empty desk to whoever forced her) events about accounts may be claimed, and say so; never about a
# case. Where it was told nothing it asks `nobody_looks`, which refuses.
VOUCHED = """
  door = 'viewer'
  OR (current_setting('app.ctx', true) = 'nobody' AND case_id IS NULL AND starts_with(subject, 'accounts.'))
  OR (coalesce(current_setting('app.ctx', true), '') = '' AND nobody_looks() IS NOT NULL)
"""
COLUMNS_OF_THE_APPLICATION = (
    "at, actor_id, verb, case_id, subject, subject_id, detail, origin, door, written_at, xid, salt,"
    " commitment, digest, seal_no"
)

POLICIES = (
    "CREATE OR REPLACE TRIGGER audit_stamp BEFORE INSERT ON audit_event"
    " FOR EACH ROW EXECUTE FUNCTION audit_stamp()",
    "CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_event"
    " FOR EACH ROW EXECUTE FUNCTION audit_keep()",
    "CREATE OR REPLACE TRIGGER refuse_emptying BEFORE TRUNCATE ON audit_event"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_keep_seal()",
    "CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON audit_seal"
    " FOR EACH ROW EXECUTE FUNCTION audit_keep_seal()",
    "CREATE OR REPLACE TRIGGER refuse_emptying BEFORE TRUNCATE ON audit_seal"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_keep_seal()",
    'REVOKE ALL ON audit_event, audit_seal FROM "{db}_web", "{db}_worker", "{db}_sealer"',
    f'GRANT INSERT ({COLUMNS_OF_THE_APPLICATION}) ON audit_event TO "{{db}}_web", "{{db}}_worker"',
    'GRANT SELECT ON audit_event, audit_seal TO "{db}_web", "{db}_worker"',
    'GRANT SELECT (id, xid, digest, seal_no), UPDATE (seal_no) ON audit_event TO "{db}_sealer"',
    'GRANT SELECT, INSERT ON audit_seal TO "{db}_sealer"',
    'GRANT UPDATE (detail, salt) ON audit_event TO "{db}_policy"',
    "ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY",
    *(
        statement
        for role in ("web", "worker")
        for statement in (
            f"DROP POLICY IF EXISTS readable_{role} ON audit_event",
            f'CREATE POLICY readable_{role} ON audit_event FOR SELECT TO "{{db}}_{role}" USING ({READABLE})',
            f"DROP POLICY IF EXISTS vouched_{role} ON audit_event",
            f'CREATE POLICY vouched_{role} ON audit_event FOR INSERT TO "{{db}}_{role}"'
            f" WITH CHECK ({VOUCHED})",
        )
    ),
    "DROP POLICY IF EXISTS sealer_reads ON audit_event",
    'CREATE POLICY sealer_reads ON audit_event FOR SELECT TO "{db}_sealer" USING (true)',
    "DROP POLICY IF EXISTS sealer_seals ON audit_event",
    'CREATE POLICY sealer_seals ON audit_event FOR UPDATE TO "{db}_sealer" USING (seal_no IS NULL)'
    " WITH CHECK (seal_no IS NOT NULL)",
    "DROP POLICY IF EXISTS owner_too ON audit_event",
    'CREATE POLICY owner_too ON audit_event FOR ALL TO "{db}_owner" USING ((SELECT app_uid()) IS NOT NULL)',
)
