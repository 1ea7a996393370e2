"""What the database itself holds about keeping and erasing: two people, and one function that erases.

No principal sees every table of a case. The one that keeps to the rules of retention erases by calling
`rights_erase`, which looks for the agreement of two people and has the right to write blanks, column by
column, and to do nothing else. The guard keeps anybody from writing such an agreement in other names.
"""

from accounts.roles import Can
from rights.erasing import plan

TABLES = plan()


def statements(of_person: bool) -> str:
    """The updates of one way, each counted."""
    lines = []
    for model, columns, whole, person in TABLES:
        rows = person if of_person else whole
        if rows:
            values = ", ".join(f'"{column}" = {word}' for column, word in sorted(columns.items()))
            lines.append(f"    UPDATE {model._meta.db_table} SET {values} WHERE {rows};")
            lines.append("    GET DIAGNOSTICS changed = ROW_COUNT; total := total + changed;")
    return "\n".join(lines)


def where(name: str, of_person: bool) -> str:
    """Which rows of this table are meant."""
    rows = next((whole, person) for model, _columns, whole, person in TABLES if model._meta.label == name)
    return rows[of_person] or "false"


FUNCTIONS = """
-- Blanks what two people agreed to blank; says how many rows that were and which files are without a row now.
CREATE OR REPLACE FUNCTION rights_erase(wanted uuid, OUT total int, OUT files text[])
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  it record;
  changed int;
BEGIN
  total := 0;
  IF NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = app_uid() AND u.principal = 'retention') THEN
    RAISE EXCEPTION 'only the retention principal erases' USING ERRCODE = '42501';
  END IF;
  SELECT r.case_id, r.survivor_id, r.decision INTO it FROM rights_review r
    WHERE r.id = wanted AND r.status = 'agreed' AND r.decision IN ('anonymise', 'erase')
      AND r.proposed_by_id IS NOT NULL AND r.agreed_by_id IS NOT NULL AND r.agreed_by_id <> r.proposed_by_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing is erased without the word of two' USING ERRCODE = '42501';
  END IF;
  IF EXISTS (SELECT 1 FROM rights_hold h WHERE h.case_id = it.case_id AND h.lifted_at IS NULL
      AND h.until >= current_date) THEN
    RAISE EXCEPTION 'the case is held' USING ERRCODE = '42501';
  END IF;
  IF it.survivor_id IS NULL THEN
    SELECT coalesce(array_agg(file), '{}') INTO files FROM documents_document
      WHERE @FILES_OF_CASE AND file <> '';
@CASE
  ELSE
    SELECT coalesce(array_agg(file), '{}') INTO files FROM documents_document
      WHERE @FILES_OF_PERSON AND file <> '';
@PERSON
  END IF;
END $$;

-- Who proposed and who agreed is who was looking; what was agreed to is not changed afterwards.
CREATE OR REPLACE FUNCTION guard_review() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  before rights_review;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    before := OLD;
    IF OLD.status IN ('agreed', 'kept', 'done') AND NEW.status <> 'waiting'
      AND (NEW.case_id, NEW.survivor_id, NEW.decision, NEW.keep_until, NEW.proposed_by_id, NEW.agreed_by_id)
        IS DISTINCT FROM
          (OLD.case_id, OLD.survivor_id, OLD.decision, OLD.keep_until, OLD.proposed_by_id, OLD.agreed_by_id)
    THEN
      RAISE EXCEPTION 'what two people agreed to is not changed' USING ERRCODE = '42501';
    END IF;
    IF NEW.agreed_by_id IS NOT NULL AND OLD.agreed_by_id IS NULL
      AND (NEW.decision, NEW.keep_until, NEW.survivor_id, NEW.proposed_by_id)
        IS DISTINCT FROM (OLD.decision, OLD.keep_until, OLD.survivor_id, OLD.proposed_by_id) THEN
      RAISE EXCEPTION 'agreed to something else than was proposed' USING ERRCODE = '42501';
    END IF;
  END IF;
  -- Taken back, it bears nobody's word: else another decision would come to stand under their names.
  IF (NEW.status IN ('waiting', 'proposed') AND NEW.agreed_by_id IS NOT NULL)
    OR (NEW.status = 'waiting' AND NEW.proposed_by_id IS NOT NULL) THEN
    RAISE EXCEPTION 'what waits has nobody''s word' USING ERRCODE = '42501';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.proposed_by_id = before.proposed_by_id AND NEW.proposed_by_id <> app_uid()
    AND (NEW.decision, NEW.keep_until, NEW.survivor_id)
      IS DISTINCT FROM (before.decision, before.keep_until, before.survivor_id) THEN
    RAISE EXCEPTION 'a proposal is changed in one''s own name' USING ERRCODE = '42501';
  END IF;
  IF NEW.proposed_by_id IS NOT NULL AND NEW.proposed_by_id IS DISTINCT FROM before.proposed_by_id
    AND (NEW.proposed_by_id <> app_uid() OR NOT NEW.office_id = ANY(my_offices_for('@MANAGE'))) THEN
    RAISE EXCEPTION 'a proposal is made in one''s own name' USING ERRCODE = '42501';
  END IF;
  IF NEW.agreed_by_id IS NOT NULL AND NEW.agreed_by_id IS DISTINCT FROM before.agreed_by_id
    AND (NEW.agreed_by_id <> app_uid() OR NOT NEW.office_id = ANY(my_offices_for('@MANAGE'))) THEN
    RAISE EXCEPTION 'one agrees in one''s own name' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
"""
FILL = {
    "@MANAGE": Can.MANAGE_RIGHTS.value,
    "@FILES_OF_CASE": where("documents.Document", False),
    "@FILES_OF_PERSON": where("documents.Document", True),
    "@CASE": statements(False),
    "@PERSON": statements(True),
}
for mark, value in FILL.items():
    FUNCTIONS = FUNCTIONS.replace(mark, value)


def grants() -> list[str]:
    """The role of the policies may write these columns, and no others."""
    columns = [
        (model._meta.db_table, ", ".join(f'"{column}"' for column in sorted(found)))
        for model, found, _w, _p in TABLES
    ]
    return [f'GRANT UPDATE ({names}) ON {table} TO "{{db}}_policy"' for table, names in columns]


POLICIES = (
    *grants(),
    "CREATE OR REPLACE TRIGGER guard_review BEFORE INSERT OR UPDATE ON rights_review "
    "FOR EACH ROW EXECUTE FUNCTION guard_review()",
)
