"""What the database itself holds about frozen months: counted by one principal, signed by a director who is
looking, sealed by the sealer, and changed by nobody.
"""

from figures import rollup_policies

MONTHS = """
-- The scope of a case that moves to its rows is all that may ever change.
CREATE OR REPLACE FUNCTION keep_month() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'figures_monthcase'
    AND to_jsonb(NEW) - '{office_id,sensitivity,updated_at}'::text[]
      = to_jsonb(OLD) - '{office_id,sensitivity,updated_at}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a frozen month is not changed' USING ERRCODE = '42501';
END $$;

CREATE OR REPLACE FUNCTION counted_for_all() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = app_uid() AND u.principal = 'figures') THEN
    RAISE EXCEPTION 'only the figures principal counts a month' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION signed_by_viewer() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT 'figures.sign' = ANY(my_verbs()) OR NEW.signed_by_id IS DISTINCT FROM app_uid() THEN
    RAISE EXCEPTION 'a month is signed by whoever looks and may' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION keep_as_written() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what was published is not changed: write a new edition' USING ERRCODE = '42501';
END $$;

CREATE OR REPLACE FUNCTION study_by_signer() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (NEW.written_by_id = app_uid() AND 'figures.sign' = ANY(my_verbs())) OR (NEW.written_by_id IS NULL
      AND EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = app_uid() AND u.principal = 'loader')) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a study is written by whoever looks and may' USING ERRCODE = '42501';
END $$;
"""
FUNCTIONS = rollup_policies.FUNCTIONS + MONTHS

_TABLES = (
    "figures_monthsheet",
    "figures_monthfigure",
    "figures_monthcase",
    "figures_monthword",
    "figures_monthseal",
)


def _kept():
    """What is written stays, and who writes it is looked at."""
    for table in _TABLES:
        yield (
            f"CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION keep_month()"
        )
        yield (
            f"CREATE OR REPLACE TRIGGER refuse_emptying BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION keep_month()"
        )
    for table in (*_TABLES[:3], "figures_published"):
        yield (
            f"CREATE OR REPLACE TRIGGER counted_for_all BEFORE INSERT ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION counted_for_all()"
        )
    yield (
        "CREATE OR REPLACE TRIGGER signed_by_viewer BEFORE INSERT ON figures_monthword"
        " FOR EACH ROW EXECUTE FUNCTION signed_by_viewer()"
    )
    for table in ("figures_study", "figures_published"):
        yield (
            f"CREATE OR REPLACE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION keep_as_written()"
        )
    yield (
        "CREATE OR REPLACE TRIGGER study_by_signer BEFORE INSERT ON figures_study"
        " FOR EACH ROW EXECUTE FUNCTION study_by_signer()"
    )


def _sealed():
    """The sealer reads digests and writes seals; nobody else writes them."""
    yield 'REVOKE INSERT ON figures_monthseal FROM "{db}_web", "{db}_worker"'
    yield 'GRANT SELECT (id, digest) ON figures_monthsheet TO "{db}_sealer"'
    yield 'GRANT SELECT (sheet_id, digest) ON figures_monthword TO "{db}_sealer"'
    yield 'GRANT SELECT, INSERT ON figures_monthseal TO "{db}_sealer"'
    for table, verb, rule in (
        ("figures_monthsheet", "SELECT", "USING (true)"),
        ("figures_monthword", "SELECT", "USING (true)"),
        ("figures_monthseal", "SELECT", "USING (true)"),
        ("figures_monthseal", "INSERT", "WITH CHECK (true)"),
    ):
        name = f"sealer_{verb.lower()}"
        yield f"DROP POLICY IF EXISTS {name} ON {table}"
        yield f'CREATE POLICY {name} ON {table} FOR {verb} TO "{{db}}_sealer" {rule}'


POLICIES = (*_kept(), *_sealed(), *rollup_policies.POLICIES)
