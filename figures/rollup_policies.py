"""What the database itself holds about rollups: a fact and the mark that its case waits to be counted anew
are one transaction, and one function writes everything that was counted.

`figures_put` takes the old rows of cases out of the tallies and puts new ones in. The principal "figures"
calls it with what the figures count (figures/recounting.py); a case that is sealed, moves or goes calls it
with nothing, in that very transaction: its numbers leave the tallies before anybody could be told them.
docs/adr/0068-rollups.md. `figures_mend` sums an office anew from the rows that were written down.
"""

# What the sums of an office must be; `verify_rollups` compares with it, `figures_mend` writes it.
STORED = """
  SELECT c.office_id, c.sensitivity, kind.of AS casework_type, paid.by AS donor, r.figure, r.code, r.currency,
         span.first, span.last, count(*) AS n, sum(coalesce(r.low, 0)) AS low,
         sum(coalesce(r.high, 0)) AS high, count(*) FILTER (WHERE r.high IS NULL) AS open_n,
         count(*) FILTER (WHERE r.about) AS about_n
    FROM figures_countedrow r JOIN figures_counted c ON c.case_id = r.case_id
   CROSS JOIN LATERAL (SELECT '' AS of UNION SELECT c.casework_type) kind
   CROSS JOIN LATERAL unnest(c.donors::text[] || ''::text) AS paid(by)
   CROSS JOIN LATERAL (VALUES (date '0001-01-01', date '9999-12-31'),
     (date_trunc('month', r.first)::date, (date_trunc('month', r.last) + interval '1 month - 1 day')::date)
   ) span(first, last)
   WHERE span.first IS NOT NULL AND c.office_id = {office}
   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""

FUNCTIONS = """
-- Statements on tables of cases: each case whose fact has changed is marked, once a transaction.
CREATE OR REPLACE FUNCTION figures_mark_cases() RETURNS trigger LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  it bigint := pg_current_xact_id()::text::bigint;
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO figures_mark (case_id, office_id, xact, marked_at)
      SELECT DISTINCT g.case_id, g.office_id, it, clock_timestamp() FROM gone g
       WHERE NOT EXISTS (SELECT 1 FROM figures_mark m WHERE m.case_id = g.case_id AND m.xact = it);
  ELSE
    INSERT INTO figures_mark (case_id, office_id, xact, marked_at)
      SELECT DISTINCT f.case_id, f.office_id, it, clock_timestamp() FROM fresh f
       WHERE NOT EXISTS (SELECT 1 FROM figures_mark m WHERE m.case_id = f.case_id AND m.xact = it);
  END IF;
  RETURN NULL;
END $$;

-- A record that changes its case is a fact of both.
CREATE OR REPLACE FUNCTION figures_mark_moved() RETURNS trigger LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figures_mark (case_id, office_id, xact, marked_at)
    VALUES (OLD.case_id, OLD.office_id, pg_current_xact_id()::text::bigint, clock_timestamp());
  RETURN NULL;
END $$;

-- Cases themselves: one that is sealed, opened, moved or deleted leaves the tallies at once.
CREATE OR REPLACE FUNCTION figures_mark_case() RETURNS trigger LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  loose text[] := ARRAY['touched_at', 'version', 'updated_at'];
  it bigint := pg_current_xact_id()::text::bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO figures_mark (case_id, office_id, xact, marked_at)
      VALUES (NEW.id, NEW.office_id, it, clock_timestamp());
    RETURN NULL;
  END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - loose = to_jsonb(OLD) - loose THEN
    RETURN NULL;
  END IF;
  INSERT INTO figures_mark (case_id, office_id, xact, marked_at)
    VALUES (OLD.id, OLD.office_id, it, clock_timestamp());
  IF TG_OP = 'UPDATE' AND NEW.office_id <> OLD.office_id THEN
    INSERT INTO figures_mark (case_id, office_id, xact, marked_at)
      VALUES (NEW.id, NEW.office_id, it, clock_timestamp());
  END IF;
  IF TG_OP = 'DELETE' OR (NEW.office_id, NEW.sensitivity) IS DISTINCT FROM (OLD.office_id, OLD.sensitivity)
  THEN
    PERFORM figures_put(ARRAY[OLD.id], '[]', '[]');
  END IF;
  RETURN NULL;
END $$;

-- What the donors of a case are called: each once, however it is spaced or written large.
CREATE OR REPLACE FUNCTION figures_donors(wanted uuid) RETURNS text[] LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(word), '{}') FROM (
    SELECT DISTINCT ON (lower(word)) word FROM (
      SELECT left(btrim(regexp_replace(g.name, '\\s+', ' ', 'g')), 200) AS word
        FROM cases_grant g WHERE g.case_id = wanted) said
     WHERE word <> '' ORDER BY lower(word), word) once
$$;

-- `held`: [{case_id, since, until, lapses_at}], `facts`: rows of figures; of cases that are none of these
-- nothing stays. The scope of a case is the one it has now, never the one it had when it was read.
CREATE OR REPLACE FUNCTION figures_put(wanted uuid[], held json, facts json) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  it bigint := pg_current_xact_id()::text::bigint;
  emptied uuid[];
BEGIN
  IF json_array_length(held) > 0 AND NOT EXISTS (
      SELECT 1 FROM accounts_user u WHERE u.id = app_uid() AND u.principal = 'figures') THEN
    RAISE EXCEPTION 'only the figures principal counts' USING ERRCODE = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('figures tallies', 0));
  IF json_array_length(held) = 0 THEN  -- a case that stays is never out of the sums without a mark
    INSERT INTO figures_mark (case_id, office_id, xact, marked_at)
      SELECT c.id, c.office_id, it, clock_timestamp() FROM cases_case c WHERE c.id = ANY(wanted)
         AND NOT EXISTS (SELECT 1 FROM figures_mark m WHERE m.case_id = c.id AND m.xact = it);
  END IF;
  WITH scope AS MATERIALIZED (
    SELECT c.id AS case_id, c.office_id, c.sensitivity, c.casework_type, figures_donors(c.id) AS donors
      FROM json_to_recordset(held) AS h(case_id uuid) JOIN cases_case c ON c.id = h.case_id),
  moved AS (
    SELECT c.office_id, c.sensitivity, c.casework_type, c.donors::text[] AS donors, r.figure, r.code,
           r.currency, r.first, r.last, r.low, r.high, r.about, -1 AS sign
      FROM figures_counted c JOIN figures_countedrow r USING (case_id) WHERE c.case_id = ANY(wanted)
    UNION ALL
    SELECT s.office_id, s.sensitivity, s.casework_type, s.donors, f.figure, f.code, f.currency,
           f.first, f.last, f.low, f.high, f.about, 1
      FROM json_to_recordset(facts) AS f(case_id uuid, figure text, code text, currency text, first date,
             last date, low numeric, high numeric, about boolean)
      JOIN scope s USING (case_id)),
  summed AS (
    SELECT m.office_id, m.sensitivity, m.casework_type, m.donors, m.figure, m.code, m.currency,
           date_trunc('month', m.first)::date AS first,
           (date_trunc('month', m.last) + interval '1 month - 1 day')::date AS last,
           sum(sign) AS n, sum(sign * coalesce(low, 0)) AS low, sum(sign * coalesce(high, 0)) AS high,
           sum(sign) FILTER (WHERE high IS NULL) AS open_n, sum(sign) FILTER (WHERE about) AS about_n
      FROM moved m GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9),
  added AS (
  INSERT INTO figures_tally AS t (id, office_id, sensitivity, casework_type, donor, figure, code, currency,
      first, last, n, low, high, open_n, about_n, updated_at)
    SELECT gen_random_uuid(), m.office_id, m.sensitivity, kind.of, paid.by, m.figure, m.code, m.currency,
           span.first, span.last, sum(n), sum(low), sum(high), coalesce(sum(open_n), 0),
           coalesce(sum(about_n), 0), clock_timestamp()
      FROM summed m
     CROSS JOIN LATERAL (SELECT '' AS of UNION SELECT m.casework_type) kind
     CROSS JOIN LATERAL unnest(m.donors || ''::text) AS paid(by)
     CROSS JOIN LATERAL (VALUES (date '0001-01-01', date '9999-12-31'), (m.first, m.last)) span(first, last)
     WHERE span.first IS NOT NULL
     GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10
    HAVING sum(n) <> 0 OR sum(low) <> 0 OR sum(high) <> 0 OR sum(open_n) <> 0 OR sum(about_n) <> 0
    ON CONFLICT (casework_type, donor, figure, first, office_id, sensitivity, last, code, currency)
    DO UPDATE SET n = t.n + EXCLUDED.n, low = t.low + EXCLUDED.low, high = t.high + EXCLUDED.high,
      open_n = t.open_n + EXCLUDED.open_n, about_n = t.about_n + EXCLUDED.about_n
    RETURNING t.id, t.n)
  SELECT array_agg(id) INTO emptied FROM added WHERE n = 0;
  DELETE FROM figures_tally WHERE id = ANY(emptied);
  DELETE FROM figures_countedrow WHERE case_id = ANY(wanted);
  DELETE FROM figures_counted WHERE case_id = ANY(wanted);
  INSERT INTO figures_counted (case_id, office_id, sensitivity, casework_type, donors, since, until,
      lapses_at, counted_at, updated_at)
    SELECT c.id, c.office_id, c.sensitivity, c.casework_type, figures_donors(c.id), h.since, h.until,
           h.lapses_at, clock_timestamp(), clock_timestamp()
      FROM json_to_recordset(held) AS h(case_id uuid, since date, until date, lapses_at timestamptz)
      JOIN cases_case c ON c.id = h.case_id;
  INSERT INTO figures_countedrow (id, case_id, pk_counted, office_id, sensitivity, figure, code, currency,
      first, last, low, high, about)
    SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
             || substr(replace(gen_random_uuid()::text, '-', ''), 13))::uuid,
           f.case_id, f.pk, c.office_id, c.sensitivity, f.figure, f.code, f.currency, f.first, f.last,
           f.low, f.high, f.about
      FROM json_to_recordset(facts) AS f(case_id uuid, pk uuid, figure text, code text, currency text,
             first date, last date, low numeric, high numeric, about boolean)
      JOIN figures_counted c ON c.case_id = f.case_id;
END $$;

-- The one way in: what the principal counted, and the marks that this answers.
CREATE OR REPLACE FUNCTION figures_write(wanted uuid[], marks bigint[], held json, facts json) RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = app_uid() AND u.principal = 'figures') THEN
    RAISE EXCEPTION 'only the figures principal counts' USING ERRCODE = '42501';
  END IF;
  PERFORM figures_put(wanted, held, facts);
  DELETE FROM figures_mark WHERE id = ANY(marks);
END $$;

-- The sums of an office anew, from the rows that were written down; how many were wrong. Whoever writes sums
-- meanwhile waits: the rows are read after the lock is held, as the statement that comes next sees them.
CREATE OR REPLACE FUNCTION figures_mend(office bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mended bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = app_uid() AND u.principal = 'figures') THEN
    RAISE EXCEPTION 'only the figures principal counts' USING ERRCODE = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('figures tallies', 0));
  WITH stored AS ({stored}),
  wrong AS (
    SELECT t.id AS was, office_id, sensitivity, casework_type, donor, figure, code, currency, first, last,
           s.n, s.low, s.high, s.open_n, s.about_n
      FROM stored s FULL JOIN (SELECT * FROM figures_tally WHERE office_id = figures_mend.office) t
     USING (office_id, sensitivity, casework_type, donor, figure, code, currency, first, last)
     WHERE (s.n, s.low, s.high, s.open_n, s.about_n)
       IS DISTINCT FROM (t.n, t.low, t.high, t.open_n, t.about_n)),
  gone AS (DELETE FROM figures_tally t USING wrong w WHERE t.id = w.was AND w.n IS NULL),
  written AS (
    INSERT INTO figures_tally AS t (id, office_id, sensitivity, casework_type, donor, figure, code, currency,
        first, last, n, low, high, open_n, about_n, updated_at)
      SELECT gen_random_uuid(), w.office_id, w.sensitivity, w.casework_type, w.donor, w.figure, w.code,
             w.currency, w.first, w.last, w.n, w.low, w.high, w.open_n, w.about_n, clock_timestamp()
        FROM wrong w WHERE w.n IS NOT NULL
      ON CONFLICT (casework_type, donor, figure, first, office_id, sensitivity, last, code, currency)
      DO UPDATE SET n = EXCLUDED.n, low = EXCLUDED.low, high = EXCLUDED.high, open_n = EXCLUDED.open_n,
        about_n = EXCLUDED.about_n, updated_at = EXCLUDED.updated_at)
  SELECT count(*) INTO mended FROM wrong;
  RETURN mended;
END $$;

-- One counts at a time: what was read first must not be written last.
CREATE OR REPLACE FUNCTION figures_alone() RETURNS boolean LANGUAGE sql VOLATILE
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT pg_try_advisory_xact_lock(hashtextextended('figures counting', 0))
$$;

-- Marks cases to be counted anew: all of them, or those of which nothing was ever counted.
CREATE OR REPLACE FUNCTION figures_mark_all(every boolean) RETURNS bigint LANGUAGE plpgsql VOLATILE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  found_now bigint;
BEGIN
  INSERT INTO figures_mark (case_id, office_id, xact, marked_at)
    SELECT c.id, c.office_id, pg_current_xact_id()::text::bigint, clock_timestamp() FROM cases_case c
     WHERE (every OR NOT EXISTS (SELECT 1 FROM figures_counted k WHERE k.case_id = c.id))
       AND NOT EXISTS (SELECT 1 FROM figures_mark m WHERE m.case_id = c.id);
  GET DIAGNOSTICS found_now = ROW_COUNT;
  RETURN found_now;
END $$;
""".replace("{stored}", STORED.replace("{office}", "figures_mend.office"))

# The tables whose rows the figures of one case are counted from (figures/querysets.py), and who pays for it.
SOURCES = (
    "aftercare_assessment", "aftercare_care", "aftercare_entitlement", "aftercare_plan",
    "aftercare_score", "aftercare_service", "cases_agency", "cases_assignment", "cases_grant",
    "cases_referralstep", "cases_trackchange", "operations_headcount", "operations_operation",
    "operations_lookout", "operations_operationsite", "prosecutions_accused", "prosecutions_appeal",
    "prosecutions_arrest", "prosecutions_award", "prosecutions_awardshare", "prosecutions_bailbreach",
    "prosecutions_bailcondition", "prosecutions_bailorder", "prosecutions_charge",
    "prosecutions_custody", "prosecutions_hearing", "prosecutions_hearingcost", "prosecutions_party",
    "prosecutions_payment", "prosecutions_proceeding", "prosecutions_verdict", "survivors_age",
    "survivors_episode", "survivors_headcountmember", "survivors_kinship", "survivors_relief",
    "survivors_survivor",
)  # fmt: skip
WRITTEN = ("figures_counted", "figures_countedrow", "figures_tally", "figures_mark")

# Made once: to replace a trigger locks its table, and there are a hundred of them.
MARKS = """
DO $do$
DECLARE
  source text;
BEGIN
  FOREACH source IN ARRAY ARRAY[{sources}] LOOP
    IF to_regclass('public.' || source) IS NULL OR EXISTS (SELECT 1 FROM pg_trigger
        WHERE tgname = 'figures_mark_moved' AND tgrelid = to_regclass('public.' || source)) THEN
      CONTINUE;
    END IF;
    EXECUTE format('CREATE TRIGGER figures_mark_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh '
      'FOR EACH STATEMENT EXECUTE FUNCTION figures_mark_cases()', source);
    EXECUTE format('CREATE TRIGGER figures_mark_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS fresh '
      'FOR EACH STATEMENT EXECUTE FUNCTION figures_mark_cases()', source);
    EXECUTE format('CREATE TRIGGER figures_mark_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS gone '
      'FOR EACH STATEMENT EXECUTE FUNCTION figures_mark_cases()', source);
    EXECUTE format('CREATE TRIGGER figures_mark_moved AFTER UPDATE OF case_id ON %I FOR EACH ROW '
      'WHEN (OLD.case_id IS DISTINCT FROM NEW.case_id) EXECUTE FUNCTION figures_mark_moved()', source);
  END LOOP;
  IF NOT EXISTS (SELECT 1 FROM pg_trigger
      WHERE tgname = 'figures_mark_case' AND tgrelid = 'cases_case'::regclass) THEN
    CREATE TRIGGER figures_mark_case AFTER INSERT OR UPDATE OR DELETE ON cases_case
      FOR EACH ROW EXECUTE FUNCTION figures_mark_case();
  END IF;
END $do$
""".replace("{sources}", ", ".join(f"'{table}'" for table in SOURCES))

POLICIES = (
    *(f'GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO "{{db}}_policy"' for table in WRITTEN),
    # Called by triggers and by figures_write, as the role that owns it; and no mark goes away but counted.
    "REVOKE EXECUTE ON FUNCTION figures_put(uuid[], json, json) "
    'FROM "{db}_web", "{db}_worker", "{db}_sealer"',
    'REVOKE UPDATE, DELETE ON figures_mark FROM "{db}_web", "{db}_worker"',
    "ALTER TABLE figures_tally SET (fillfactor = 80)",  # sums change in their place
    MARKS,
)
