"""The second lock of sharing: a partner reads the shares given to herself, and changes none of them."""

FUNCTIONS = """
-- What is shared with the viewer herself at this moment; never a sealed case.
CREATE OR REPLACE FUNCTION my_shares() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(array_agg(s.id), '{}') FROM cases_share s
   WHERE s.user_id = (SELECT app_uid()) AND s.ended_at IS NULL AND s.until > clock_timestamp()
     AND s.sensitivity < 2
     AND EXISTS (SELECT 1 FROM accounts_membership m JOIN private.role_reach r ON r.role = m.role
                  WHERE m.user_id = s.user_id AND m.ended_at IS NULL AND r.reach = 'shared')
$$;
"""

POLICIES = (
    "DROP POLICY IF EXISTS shared_with_me ON cases_share",
    'CREATE POLICY shared_with_me ON cases_share FOR SELECT TO "{db}_web"'
    " USING (id = ANY((SELECT my_shares())::uuid[]))",
)
