from django.db import migrations

# The chain of custody is only added to, by everybody but the one function that erases what two people agreed
# to erase (rights/policies.py): it works as the role of the policies, which cannot sign in.
ERASED_TOO = """
CREATE OR REPLACE FUNCTION documents_only_added() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (current_user = current_database() || '_policy' OR
     to_jsonb(NEW) - '{office_id,sensitivity,updated_at}'::text[]
       = to_jsonb(OLD) - '{office_id,sensitivity,updated_at}'::text[]) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the chain of custody is only added to' USING ERRCODE = '42501';
END $$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION documents_only_added() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND
     to_jsonb(NEW) - '{office_id,sensitivity,updated_at}'::text[]
       = to_jsonb(OLD) - '{office_id,sensitivity,updated_at}'::text[] THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the chain of custody is only added to' USING ERRCODE = '42501';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_sealed_documents")]

    operations = [migrations.RunSQL(ERASED_TOO, AS_BEFORE)]
