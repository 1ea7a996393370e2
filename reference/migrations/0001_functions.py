from django.db import migrations

# IMMUTABLE, so that they may stand in indexes; '' and NULL give NULL. EDTF: see reference/values.py.
FUNCTIONS = r"""
CREATE FUNCTION edtf_first(edtf text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN edtf ~ '^\d{4}' THEN make_date(
    substr(edtf, 1, 4)::int,
    CASE WHEN edtf ~ '^\d{4}-\d\d' THEN substr(edtf, 6, 2)::int ELSE 1 END,
    CASE WHEN edtf ~ '^\d{4}-\d\d-\d\d' THEN substr(edtf, 9, 2)::int ELSE 1 END) END
$$;
CREATE FUNCTION edtf_last(edtf text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN edtf ~ '^\d{4}-\d\d-\d\d' THEN make_date(
      substr(edtf, 1, 4)::int, substr(edtf, 6, 2)::int, substr(edtf, 9, 2)::int)
    WHEN edtf ~ '^\d{4}-\d\d' THEN
      (make_date(substr(edtf, 1, 4)::int, substr(edtf, 6, 2)::int, 1) + interval '1 month' - interval '1 day')::date
    WHEN edtf ~ '^\d{4}' THEN make_date(substr(edtf, 1, 4)::int, 12, 31) END
$$;
CREATE FUNCTION edtf_valid(edtf text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT edtf = '' OR edtf ~ '^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?%]?$'
$$;
CREATE FUNCTION quantity_valid(quantity text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT quantity = '' OR quantity ~ '^(\d+(\.\d+)?~?|\d+(\.\d+)?\.\.(\d+(\.\d+)?)?|\.\.\d+(\.\d+)?)$'
$$;
-- The one clock of sweeps and leases. Tests and `manage.py sweep --at` move it for their transaction alone.
CREATE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, clock_timestamp())
$$;
CREATE FUNCTION app_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (app_now() AT TIME ZONE 'UTC')::date
$$;
"""
UNDO = """
DROP FUNCTION edtf_first(text), edtf_last(text), edtf_valid(text), quantity_valid(text), app_today(), app_now();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
