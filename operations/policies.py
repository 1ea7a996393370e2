"""What the database knows of circles: the operations on which the viewer is named before they take place."""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION my_operations() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(i.operation_id), '{}') FROM operations_insider i
   WHERE i.user_id = (SELECT app_uid()) AND i.ended_at IS NULL AND i.started_at IS NOT NULL
$$;

-- Nobody knows of it yet: whoever writes it down stands in its circle first.
CREATE OR REPLACE FUNCTION is_new_operation(wanted uuid) RETURNS boolean LANGUAGE sql STABLE
  PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM operations_operation o WHERE o.id = wanted)
     AND NOT EXISTS (SELECT 1 FROM operations_insider i WHERE i.operation_id = wanted)
$$;

-- A key that a file gave to a plan is taken too, though whoever asks may not know of it: else the unique key
-- would tell her by refusing.
CREATE OR REPLACE FUNCTION next_operation_key(wanted uuid) RETURNS text LANGUAGE sql STABLE
  PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'o' || coalesce(max(substr(o.key, 2)::int), 0) + 1 FROM operations_operation o
   WHERE o.case_id = wanted AND o.key ~ '^o[0-9]{1,9}$' AND (SELECT app_uid()) IS NOT NULL
$$;
"""
