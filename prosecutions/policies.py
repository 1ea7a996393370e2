"""What the database decides about the accused by itself: whom keys of sound may find.

`&&` on arrays is not leakproof: under row-level security its index waits until the policy has run on every
row. So the search runs past the policies and applies the same rule itself; what it gives is read once more
through both locks (docs/adr, who is who).
"""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION accused_with_keys(wanted varchar[], most integer) RETURNS SETOF uuid
  LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  all_cases boolean := is_system('prosecutions');
  offices bigint[] := my_offices('prosecutions');
  cases uuid[] := my_cases('prosecutions_nameform');
BEGIN
  RETURN QUERY
    SELECT f.accused_id FROM prosecutions_nameform f
     WHERE f.keys && wanted
       AND (all_cases OR (f.sensitivity = 0 AND f.office_id = ANY(offices)) OR f.case_id = ANY(cases))
     ORDER BY (SELECT count(*) FROM unnest(f.keys) k WHERE k = ANY(wanted)) DESC, cardinality(f.keys),
       f.accused_id
     LIMIT most;
END $$;
"""
