from django.db import migrations

# Near the hour nobody joins the circle of an operation on one person's word: the table itself counts.
TWO_AGREE = """
CREATE FUNCTION two_agree_on_a_late_insider() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.needs_two AND NEW.started_at IS NOT NULL AND
     (SELECT count(DISTINCT a.by_id) FROM operations_insiderapproval a
       WHERE a.insider_id = NEW.id AND a.by_id <> NEW.user_id) < 2 THEN
    RAISE EXCEPTION 'two people must agree' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER two_agree BEFORE INSERT OR UPDATE ON operations_insider
  FOR EACH ROW EXECUTE FUNCTION two_agree_on_a_late_insider();
"""
UNDO = """
DROP TRIGGER two_agree ON operations_insider;
DROP FUNCTION two_agree_on_a_late_insider();
"""

# Plans of before the circles: whoever planned one stands in its circle and names the others.
FIRST_INSIDERS = """
INSERT INTO operations_insider (id, case_id, office_id, sensitivity, version, created_at, updated_at, operation_id,
                                user_id, named_by_id, reason, leads, needs_two, started_at)
SELECT gen_random_uuid(), o.case_id, o.office_id, o.sensitivity, 1, now(), now(), o.id, u.id, u.id, '', true, false,
       e.at
  FROM operations_operation o
  JOIN LATERAL (SELECT e.actor_id, e.at FROM audit_event e
                 WHERE e.subject_id = o.id::text AND e.verb = 'operation.plan' ORDER BY e.id LIMIT 1) e ON true
  JOIN accounts_user u ON u.id = e.actor_id
 WHERE o.status IN ('planned', 'cancelled')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("operations", "0004_insiders"),
    ]

    operations = [
        migrations.RunSQL(TWO_AGREE, UNDO),
        migrations.RunSQL(FIRST_INSIDERS, migrations.RunSQL.noop),
    ]
