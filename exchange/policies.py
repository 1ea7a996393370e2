"""What the database itself holds about sharing, and about files that bring records in.

A partner reads the shares given to herself and changes none of them. While a batch is brought in, the
database notes each new record of a case itself; nobody else can write such a note, so that taking a batch
back (the one way in which an application role may have case data deleted) reaches exactly what the batch
made, as long as it is as it was made and nothing points to it.
"""

from accounts.roles import Can
from exchange.undoing import case_of, children_first, deletion, noted, tables_deleted_from

FUNCTIONS = """
-- What is shared with the viewer herself at this moment; never a sealed case.
CREATE OR REPLACE FUNCTION my_shares() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(s.id), '{}') FROM cases_share s
   WHERE s.user_id = (SELECT app_uid()) AND s.ended_at IS NULL AND s.until > clock_timestamp()
     AND s.sensitivity < 2
     AND EXISTS (SELECT 1 FROM accounts_membership m JOIN private.role_reach r ON r.role = m.role
                  WHERE m.user_id = s.user_id AND m.ended_at IS NULL AND r.reach = 'shared')
$$;

-- Notes a record that a batch makes. Whoever looks was checked by the lock of the table a moment before.
CREATE OR REPLACE FUNCTION note_batch_record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  loading uuid := current_setting('app.batch')::uuid;
  of_case uuid;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM exchange_batch b WHERE b.id = loading AND b.status = 'loading'
      AND b.loaded_by_id::text = split_part(current_setting('app.ctx', true), '|', 2)) THEN
    RAISE EXCEPTION 'no such batch is being brought in' USING ERRCODE = '42501';
  END IF;
  IF TG_ARGV[0] = 'case' THEN
    of_case := NEW.case_id;
  ELSIF TG_ARGV[0] = 'self' THEN
    of_case := NEW.id;
  END IF;
  INSERT INTO exchange_batchrecord (id, batch_id, "table", record_id, case_id, stamped_at, updated_at)
    VALUES (gen_random_uuid(), loading, TG_TABLE_NAME, NEW.id, of_case, NEW.updated_at, clock_timestamp());
  RETURN NULL;
END $$;

-- May the viewer do something with this batch?
CREATE OR REPLACE FUNCTION batch_is_mine(wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM exchange_batch b WHERE b.id = wanted
     AND (b.office_id = ANY(my_offices_for('@IMPORT')) OR is_system('exchange')))
$$;

-- What was found in the file at an earlier look.
CREATE OR REPLACE FUNCTION batch_forget(wanted uuid) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT batch_is_mine(wanted) THEN
    RAISE EXCEPTION 'not your batch' USING ERRCODE = '42501';
  END IF;
  DELETE FROM exchange_batchfault WHERE batch_id = wanted;
  DELETE FROM exchange_likeness WHERE batch_id = wanted;
END $$;

-- Deletes what a batch made, where it is as it was made and nothing points to it; says how much that was.
-- What stays is still noted in exchange_batchrecord.
CREATE OR REPLACE FUNCTION batch_undo(wanted uuid) RETURNS int LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  changed int;
  pass int;
  total int := 0;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM exchange_batch b WHERE b.id = wanted AND b.status = 'undoing'
      AND b.undone_by_id = app_uid() AND b.office_id = ANY(my_offices_for('@IMPORT'))) THEN
    RAISE EXCEPTION 'no such batch is being taken back' USING ERRCODE = '42501';
  END IF;
  LOOP
    pass := 0;
@DELETIONS
    total := total + pass;
    EXIT WHEN pass = 0;
  END LOOP;
  RETURN total;
END $$;
"""
FUNCTIONS = FUNCTIONS.replace("@IMPORT", Can.IMPORT_DATA.value)
FUNCTIONS = FUNCTIONS.replace("@DELETIONS", "".join(deletion(model) for model in children_first()))


def notes() -> list[str]:
    """Each table of cases notes its new rows while a batch is brought in, and costs nothing otherwise."""
    return [
        f"CREATE OR REPLACE TRIGGER note_batch AFTER INSERT ON {model._meta.db_table} FOR EACH ROW"
        " WHEN (coalesce(current_setting('app.batch', true), '') <> '')"
        f" EXECUTE FUNCTION note_batch_record('{case_of(model)}')"
        for model in noted()
    ]


POLICIES = (
    "DROP POLICY IF EXISTS shared_with_me ON cases_share",
    'CREATE POLICY shared_with_me ON cases_share FOR SELECT TO "{db}_web"'
    " USING (id = ANY((SELECT my_shares())::uuid[]))",
    'REVOKE INSERT, UPDATE ON exchange_batchrecord FROM "{db}_web", "{db}_worker"',
    'GRANT INSERT ON exchange_batchrecord TO "{db}_policy"',
    *(f'GRANT DELETE ON {table} TO "{{db}}_policy"' for table in tables_deleted_from()),
    *notes(),
)
