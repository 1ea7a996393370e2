from django.db import migrations

# The day in a time zone such as Asia/Manila, by the same clock as app_now().
FUNCTION = """
CREATE FUNCTION app_today_in(zone text) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (app_now() AT TIME ZONE zone)::date
$$;
"""
UNDO = "DROP FUNCTION app_today_in(text);"


class Migration(migrations.Migration):
    dependencies = [("reference", "0001_functions")]
    operations = [migrations.RunSQL(FUNCTION, UNDO)]
