from django.db import migrations

# Not refuse_change() of the audit: a case that is sealed must still carry its scope into the log.
FUNCTION = r"""
CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE'
    OR (to_jsonb(OLD) - ARRAY['office_id', 'sensitivity', 'updated_at'])
       IS DISTINCT FROM (to_jsonb(NEW) - ARRAY['office_id', 'sensitivity', 'updated_at']) THEN
    RAISE EXCEPTION 'the log of alerts is append-only' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refuse_change_of_log BEFORE UPDATE OR DELETE ON notifications_alertlog
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log();
"""
UNDO = """
DROP TRIGGER refuse_change_of_log ON notifications_alertlog;
DROP FUNCTION refuse_change_of_log();
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_alerts_inbox_and_mail")]
    operations = [migrations.RunSQL(FUNCTION, UNDO)]
