"""What the database knows of the rules, and whose a number is: an office may ask more, and never less.

The rules stand in rules.py; their hardness and their time to act are laid down here anew at each `migrate`.
"""

from notifications.rules import FIXED_CIRCLE, TIGHTENED, WORKING, Urgency

ROWS = ", ".join(
    f"('{code}', '{how.urgency.value}', {how.act_minutes or 'NULL::integer'}, "
    f"{str(code in FIXED_CIRCLE).lower()})"
    for code, how in WORKING.items()
    if code in TIGHTENED
)
HARDEST_FIRST = f"ARRAY[{', '.join(repr(each.value) for each in Urgency)}]"

# Whose is this number? Asked for an answer that a provider has signed, where nobody looks yet. Not of anybody
# who has given the signal of duress: another may hold her telephone.
ANSWERING = """
CREATE OR REPLACE FUNCTION people_at(way text, sender bytea) RETURNS SETOF uuid LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT e.user_id FROM notifications_endpoint e
    JOIN accounts_user u ON u.id = e.user_id AND u.is_active AND u.principal = ''
   WHERE e.kind = way AND e.token = sender AND e.verified_at IS NOT NULL
     AND e.removed_at IS NULL AND e.disabled_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM accounts_signal s WHERE s.user_id = u.id AND s.answered_at IS NULL)
$$;
"""

FUNCTIONS = (
    """
CREATE OR REPLACE FUNCTION may_tighten(wanted text, harder text, within integer, more text[])
  RETURNS boolean LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce((
    SELECT (harder = '' OR array_position(ranks.of, harder) <= array_position(ranks.of, r.urgency))
       AND (within IS NULL OR r.minutes IS NULL OR within <= r.minutes)
       AND (more = '{}' OR NOT r.fixed)
      FROM (VALUES {rows}) AS r(code, urgency, minutes, fixed),
           (SELECT {hardest_first} AS of) ranks WHERE r.code = wanted), false)
$$;
""".replace("{rows}", ROWS).replace("{hardest_first}", HARDEST_FIRST)
    + ANSWERING
)
