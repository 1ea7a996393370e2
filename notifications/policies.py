"""What the database knows of the rules: an office may ask more of one, and never less.

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

FUNCTIONS = """
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
