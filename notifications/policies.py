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

# One's inbox is one's own; but whoever may see a hearing may know who was told of its date, and how far.
# Codes and moments alone; the rule of the hearing stands here once more, since this reads past it.
TOLD = """
CREATE OR REPLACE FUNCTION may_see_hearing(wanted uuid) RETURNS boolean LANGUAGE sql STABLE
  PARALLEL RESTRICTED SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'hearing.view' = ANY(my_verbs()) AND EXISTS (
    SELECT 1 FROM prosecutions_hearing h WHERE h.id = wanted
       AND ((h.sensitivity = 0 AND h.office_id = ANY(my_offices('prosecutions')))
         OR h.case_id = ANY(my_cases('prosecutions_hearing'))))
$$;

CREATE OR REPLACE FUNCTION told_of_hearing(wanted uuid) RETURNS TABLE (
  user_id uuid, date_version integer, title_code varchar, why varchar, told_at timestamptz,
  read_at timestamptz, acked_at timestamptz, channel varchar, state varchar, accepted_at timestamptz,
  delivered_at timestamptz)
  LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT i.user_id, i.hearing_version, i.title_code, i.why, i.created_at, i.read_at, i.acked_at, d.channel,
         d.state, d.accepted_at, d.delivered_at
    FROM notifications_inboxitem i LEFT JOIN notifications_delivery d ON d.item_id = i.id
   WHERE i.hearing_id = wanted AND may_see_hearing(wanted)
   ORDER BY i.hearing_version, i.created_at, i.id, d.created_at
$$;

CREATE OR REPLACE FUNCTION dates_of_hearing(wanted uuid) RETURNS TABLE (
  date_version integer, was text, changed_at timestamptz)
  LANGUAGE sql STABLE PARALLEL RESTRICTED SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (e.detail ->> 'version')::integer - 1, e.detail ->> 'was', e.at
    FROM audit_event e
   WHERE e.subject_id = wanted::text AND e.verb = 'hearing.reschedule' AND may_see_hearing(wanted)
   ORDER BY e.id
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

-- What became of each message about an alert, for whoever may see the alert; addresses and reading stay out.
CREATE OR REPLACE FUNCTION alert_sending(wanted uuid) RETURNS TABLE (
  person uuid, told_at timestamptz, why text, taken_at timestamptz, outside boolean, channel text, state text,
  reason text, unknowns integer, next_at timestamptz, accepted_at timestamptz, delivered_at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM notifications_alert a WHERE a.id = wanted AND (
      a.rule <> 'O2' AND (a.case_id = ANY(my_cases('notifications_alert')) OR (
        a.case_id IS NOT NULL AND a.sensitivity <= my_ceiling('notifications')
        AND a.office_id = ANY(my_offices('notifications'))))
      OR EXISTS (SELECT 1 FROM notifications_inboxitem told
                  WHERE told.alert_id = a.id AND told.user_id = app_uid()))) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT i.user_id, i.created_at, i.why::text, i.acked_at, i.outside, d.channel::text,
      d.state::text, d.reason::text, d.unknowns::integer, d.next_at, d.accepted_at, d.delivered_at
    FROM notifications_inboxitem i LEFT JOIN notifications_delivery d ON d.item_id = i.id
   WHERE i.alert_id = wanted ORDER BY i.created_at DESC, i.id, d.created_at DESC, d.id LIMIT 500;
END $$;
""".replace("{rows}", ROWS).replace("{hardest_first}", HARDEST_FIRST)
    + ANSWERING
    + TOLD
)
