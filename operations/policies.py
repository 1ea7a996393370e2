"""What the database knows of circles, the operations on which the viewer is named, and of lookouts."""

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

-- The offices for which the viewer reads lookouts of others: by her role, or on duty there today.
CREATE OR REPLACE FUNCTION my_lookout_offices() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL RESTRICTED
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT my_offices_for('lookout.watch') || coalesce((
    SELECT array_agg(d.office_id) FROM accounts_duty d JOIN accounts_office o ON o.id = d.office_id
     WHERE d.user_id = (SELECT app_uid()) AND d.days @> (clock_timestamp() AT TIME ZONE o.time_zone)::date
       AND EXISTS (SELECT 1 FROM accounts_membership m JOIN private.role_reach r ON r.role = m.role
                    WHERE m.user_id = d.user_id AND m.ended_at IS NULL
                      AND r.reach IN ('assigned', 'office', 'everywhere'))), '{}')
$$;
"""
