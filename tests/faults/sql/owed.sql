-- WHO IS OWED WHAT, worked out from the facts alone.
--
-- Written from the catalogue and the design of the alerts, and from the rule of the need to know in
-- THREAT_MODEL.md. It shares no code, no view and no function with the sweep: it asks the tables in which
-- people write (hearings, teams, roles, deputies, duty, bail, the audit's facts), in words of its own, and
-- the clock is told to it. Columns: person, what, at_least, at_most.
WITH
clock AS (SELECT %(now)s::timestamptz AS now),

-- ---------------------------------------------------------------- who may see which case
working AS (  -- people who see casework at all
  SELECT DISTINCT u.id FROM accounts_user u JOIN accounts_membership m ON m.user_id = u.id
   WHERE u.is_active AND u.principal = '' AND m.ended_at IS NULL
     AND m.role NOT IN ('administrator', 'auditor', 'partner')
),
team AS (
  SELECT a.case_id, a.user_id, a.role, a.backup, a.kind
    FROM cases_assignment a, clock
   WHERE a.ended_at IS NULL AND coalesce(a.until > clock.now, true)
),
leads AS (
  SELECT m.office_id, m.user_id, m.role FROM accounts_membership m
   WHERE m.ended_at IS NULL
     AND m.role IN ('legal_lead', 'safeguarding_lead', 'office_director', 'regional_director')
),
on_duty AS (
  SELECT d.office_id, d.user_id FROM accounts_duty d JOIN accounts_office o ON o.id = d.office_id, clock
   WHERE lower(d.days) <= (clock.now AT TIME ZONE o.time_zone)::date
     AND upper(d.days) > (clock.now AT TIME ZONE o.time_zone)::date
),
standing_in AS (
  SELECT d.person_id, d.deputy_id FROM accounts_deputy d JOIN accounts_user u ON u.id = d.person_id, clock
   WHERE d.ended_at IS NULL AND d.starts_at <= clock.now AND d.until > clock.now AND u.is_active
),
by_right AS (
  SELECT case_id, user_id, kind = 'team' AS hands_on FROM team
  UNION ALL
  SELECT c.id, l.user_id, true FROM cases_case c JOIN leads l ON l.office_id = c.office_id WHERE c.sensitivity = 0
  UNION ALL
  SELECT c.id, m.user_id, false FROM cases_case c, accounts_membership m
   WHERE c.sensitivity = 0 AND m.ended_at IS NULL AND m.role = 'global_director'
  UNION ALL
  SELECT c.id, d.user_id, false FROM cases_case c JOIN on_duty d ON d.office_id = c.office_id
    JOIN working w ON w.id = d.user_id WHERE c.sensitivity = 0
),
may_see AS (
  SELECT DISTINCT r.case_id, r.user_id FROM (
    SELECT case_id, user_id FROM by_right
    UNION ALL
    SELECT b.case_id, s.deputy_id FROM by_right b JOIN standing_in s ON s.person_id = b.user_id
      JOIN working w ON w.id = s.deputy_id JOIN cases_case c ON c.id = b.case_id
     WHERE b.hands_on AND c.sensitivity < 2
  ) r JOIN accounts_user u ON u.id = r.user_id WHERE u.is_active AND u.principal = ''
),

-- ================================================================ here the rule of the need to know ends
-- ---------------------------------------------------------------- who holds which role on a case
code(word, role) AS (VALUES
  ('LAW', 'lawyer'), ('PAR', 'paralegal'), ('SW', 'social_worker'), ('INV', 'investigator'),
  ('LD', 'legal_lead'), ('SG', 'safeguarding_lead'), ('FOD', 'office_director'), ('RD', 'regional_director')
),
named AS (
  SELECT t.case_id, code.word, t.user_id FROM team t JOIN code ON code.role = t.role
   WHERE NOT t.backup AND code.word <> 'RD'
  UNION SELECT c.id, code.word, l.user_id FROM cases_case c JOIN leads l ON l.office_id = c.office_id
    JOIN code ON code.role = l.role
  UNION SELECT case_id, 'BK', user_id FROM team WHERE backup
  UNION SELECT case_id, 'TEAM', user_id FROM team
  UNION SELECT c.id, 'DUTY', d.user_id FROM cases_case c JOIN on_duty d ON d.office_id = c.office_id
),
holders AS (
  SELECT * FROM named
  UNION  -- a caseworker stands where nobody is lawyer or investigator of the case
  SELECT t.case_id, w.word, t.user_id FROM team t, (VALUES ('LAW'), ('INV')) w(word)
   WHERE t.role = 'caseworker' AND NOT t.backup
     AND NOT EXISTS (SELECT 1 FROM named n WHERE n.case_id = t.case_id AND n.word = w.word)
),

-- ---------------------------------------------------------------- the facts, and whom each is for
hearing AS (
  SELECT h.*, o.time_zone AS zone, o.country, (h.starts_at AT TIME ZONE o.time_zone)::date AS day,
         coalesce(h.local_time, time '08:00') AS hour,
         EXISTS (SELECT 1 FROM prosecutions_attendance a WHERE a.hearing_id = h.id AND a.called) AS speaks
    FROM prosecutions_hearing h JOIN accounts_office o ON o.id = h.office_id
   WHERE h.starts_at IS NOT NULL
),
timed AS (
  SELECT h.*, CASE WHEN h.local_time IS NULL THEN oracle.wall(h.zone, h.day + 1, time '00:00') ELSE h.starts_at END AS ends
    FROM hearing h
),
reminder AS (  -- when each reminder of a hearing is due
  SELECT h.*, d.name, d.due FROM timed h, LATERAL (VALUES
    ('t14', CASE WHEN h.speaks THEN oracle.wall(h.zone, h.day - 14, h.hour) END),
    ('t7', oracle.wall(h.zone, h.day - 7, h.hour)),
    ('t2', coalesce(
        CASE WHEN oracle.wall(h.zone, h.day - 2, h.hour) >= h.scheduled_at THEN oracle.wall(h.zone, h.day - 2, h.hour) END,
        CASE WHEN h.schedule_version = 1 AND h.ends - h.scheduled_at <= interval '48 hours' THEN h.scheduled_at END)),
    ('d1', oracle.wall(h.zone, oracle.day_of_work_before(h.country, h.day), time '17:00')),
    ('d0', oracle.wall(h.zone, h.day, time '06:30'))) d(name, due), clock
   WHERE h.outcome = '' AND clock.now < h.ends AND d.due BETWEEN h.scheduled_at AND clock.now AND d.due < h.ends
),
latest AS (SELECT DISTINCT ON (id) * FROM reminder ORDER BY id, due DESC),
goer AS (
  SELECT h.id, h.who_goes_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM may_see m WHERE m.case_id = h.case_id AND m.user_id = h.who_goes_id) AS goes FROM hearing h
),
told_before AS (  -- who was told which date of a hearing
  SELECT DISTINCT i.hearing_id, i.user_id, i.hearing_version FROM notifications_inboxitem i
   WHERE i.hearing_id IS NOT NULL
),
bail_fact AS (
  SELECT e.verb, e.case_id, b.id, b.kind, b.accused_id, a.perpetrator_id, count(*) AS times
    FROM audit_event e JOIN prosecutions_bailorder b ON b.id::text = e.subject_id
    JOIN prosecutions_accused a ON a.id = b.accused_id
   WHERE e.origin = 'live' AND e.verb LIKE 'bail.%%'
   GROUP BY 1, 2, 3, 4, 5, 6
),
bail_rule(verb, rule, words) AS (VALUES
  ('bail.seek', 'B1', 'LAW PAR SW'), ('bail.grant', 'B3', 'LAW LD SG SW INV'),
  ('bail.release', 'B4', 'LAW LD SG SW INV FOD'), ('bail.refuse', 'B5', 'LAW PAR SW'),
  ('bail.withdraw', 'B5', 'LAW PAR SW'), ('bail.cancel', 'B8', 'LAW SW INV'), ('bail.vary', 'B11', 'LAW SW')
),
hearing_fact AS (
  SELECT e.verb, h.* FROM timed h
    JOIN (SELECT DISTINCT verb, subject_id FROM audit_event
           WHERE origin = 'live' AND verb IN ('hearing.schedule', 'hearing.reschedule', 'hearing.cancel')) e
      ON e.subject_id = h.id::text
),
-- what: the fact; words: the roles of the rule; must/may: how often each of its people is told of it
fact(what, case_id, words, hearing_id, must, may) AS (
  SELECT 'h2 ' || l.id || ' v' || l.schedule_version || ' ' || l.name, l.case_id,
         CASE WHEN g.goes THEN 'GOES' ELSE 'LAW' END
           || CASE WHEN l.name = 'd0' THEN '' ELSE ' PAR' || CASE WHEN l.speaks THEN ' SW' ELSE '' END END,
         l.id, 1, 1
    FROM latest l JOIN goer g ON g.id = l.id
  UNION ALL
  SELECT r.rule || ' ' || f.id, f.case_id, r.words, NULL, f.times, f.times
    FROM bail_fact f JOIN bail_rule r ON r.verb = f.verb
  UNION ALL  -- the same human being on files of other teams
  SELECT r.rule || ' elsewhere ' || other.id, other.case_id, 'SW', NULL, f.times, f.times
    FROM bail_fact f JOIN bail_rule r ON r.verb = f.verb AND r.rule IN ('B3', 'B4')
    JOIN prosecutions_accused other ON other.perpetrator_id = f.perpetrator_id AND other.case_id <> f.case_id
  UNION ALL  -- granted without proof of notice, where the law of the land wants one
  SELECT 'B12 ' || b.id, b.case_id, 'LAW LD', NULL, 1, 1
    FROM bail_fact f JOIN prosecutions_bailorder b ON b.id = f.id JOIN cases_case c ON c.id = b.case_id
    JOIN accounts_office o ON o.id = c.office_id
   WHERE f.verb = 'bail.grant' AND b.notice = '' AND coalesce(nullif(c.country, ''), o.country) IN ('IN', 'US')
  UNION ALL
  SELECT 'H1 ' || f.id, f.case_id, 'GOES TEAM', f.id, CASE WHEN f.schedule_version = 1 THEN 1 ELSE 0 END, 1
    FROM hearing_fact f, clock WHERE f.verb = 'hearing.schedule' AND f.outcome = '' AND f.ends > clock.now
  UNION ALL
  SELECT 'H3 ' || f.id || ' v' || f.schedule_version, f.case_id, 'TOLD GOES TEAM', f.id, 1, 1
    FROM hearing_fact f WHERE f.verb = 'hearing.reschedule' AND f.outcome = ''
  UNION ALL
  SELECT 'H4 ' || f.id || ' v' || f.schedule_version, f.case_id, 'TOLD GOES TEAM', f.id, 1, 1
    FROM hearing_fact f WHERE f.verb = 'hearing.cancel'
  UNION ALL  -- six in the evening, and nobody has said what happened
  SELECT 'H5 ' || h.id || ' v' || h.schedule_version, h.case_id, 'GOES LAW', h.id, 1, 1
    FROM timed h, clock
   WHERE h.outcome = '' AND h.starts_at < clock.now AND h.starts_at > clock.now - interval '30 days'
     AND h.scheduled_at < h.ends AND clock.now >= greatest(oracle.wall(h.zone, h.day, time '18:00'), h.starts_at)
  UNION ALL  -- three days before, and the day before, nobody has said yes
  SELECT 'H7 ' || n.id || ' v' || n.schedule_version || ' t' || n.days, n.case_id,
         CASE n.days WHEN 1 THEN 'GOES LAW BK LD' ELSE 'GOES LAW BK' END, n.id, 1, 1
    FROM (SELECT DISTINCT ON (h.id) h.*, d.days FROM timed h, clock, (VALUES (1), (3)) d(days)
           WHERE h.outcome = '' AND h.confirmed_at IS NULL AND clock.now < h.ends
             AND oracle.wall(h.zone, h.day - d.days, h.hour) <= clock.now
             AND h.scheduled_at < oracle.wall(h.zone, h.day - d.days, h.hour)
           ORDER BY h.id, d.days) n
),

-- ---------------------------------------------------------------- from roles to people
asked AS (  -- rank 0: the roles of the rule; then those who stand in where none of them is to be had
  SELECT f.what, f.case_id, f.hearing_id, word, 0 AS rank
    FROM fact f, regexp_split_to_table(f.words, ' ') AS word
  UNION ALL
  SELECT f.what, f.case_id, f.hearing_id, w.word, w.rank
    FROM fact f, (VALUES ('BK', 1), ('DUTY', 2), ('LD', 3), ('FOD', 4), ('RD', 5), ('TEAM', 6)) w(word, rank)
),
meant AS (
  SELECT a.what, a.case_id, a.rank, h.user_id FROM asked a
    JOIN holders h ON h.case_id = a.case_id AND h.word = a.word
  UNION ALL
  SELECT a.what, a.case_id, a.rank, h.who_goes_id FROM asked a JOIN hearing h ON h.id = a.hearing_id
   WHERE a.word = 'GOES' AND h.who_goes_id IS NOT NULL
  UNION ALL
  SELECT a.what, a.case_id, a.rank, t.user_id FROM asked a JOIN hearing h ON h.id = a.hearing_id
    JOIN told_before t ON t.hearing_id = h.id AND (t.hearing_version < h.schedule_version OR a.what LIKE 'H4%%')
   WHERE a.word = 'TOLD'
  UNION ALL
  SELECT a.what, a.case_id, 7, m.user_id FROM asked a JOIN accounts_membership m
    ON m.role = 'global_director' AND m.ended_at IS NULL WHERE a.rank = 0
),
with_deputies AS (
  SELECT what, case_id, rank, user_id FROM meant
  UNION SELECT m.what, m.case_id, m.rank, s.deputy_id FROM meant m JOIN standing_in s ON s.person_id = m.user_id
),
reached AS (
  SELECT DISTINCT w.what, w.user_id, w.rank, min(w.rank) OVER (PARTITION BY w.what) AS best
    FROM with_deputies w JOIN may_see m ON m.case_id = w.case_id AND m.user_id = w.user_id
)
SELECT r.user_id::text AS person, f.what, sum(f.must)::int AS at_least, sum(f.may)::int AS at_most
  FROM (SELECT what, sum(must) AS must, sum(may) AS may FROM fact GROUP BY what) f
  JOIN (SELECT DISTINCT what, user_id FROM reached WHERE rank = best) r ON r.what = f.what
 GROUP BY 1, 2
