-- What stands in the inboxes, in the oracle's words: person, what, how often.
SELECT i.user_id::text,
  CASE
    WHEN i.key LIKE 'h2:%' THEN 'h2 ' || split_part(i.key, ':', 2) || ' ' || split_part(i.key, ':', 3)
      || ' ' || split_part(i.key, ':', 4)
    WHEN i.alert_id IS NULL THEN 'not judged: ' || i.title_code
    WHEN i.key NOT LIKE '%:step0' THEN 'later step of ' || a.rule
    WHEN a.facts ? 'elsewhere' THEN a.rule || ' elsewhere ' || a.subject_id
    WHEN a.rule IN ('B1', 'B3', 'B4', 'B5', 'B8', 'B11', 'B12', 'H1') THEN a.rule || ' ' || a.subject_id
    WHEN a.rule IN ('H3', 'H4', 'H5') THEN a.rule || ' ' || a.subject_id || ' v' || i.hearing_version
    WHEN a.rule = 'H7' THEN 'H7 ' || a.subject_id || ' v' || i.hearing_version
      || ' ' || split_part(a.episode_key, ':', 4)
    ELSE 'not judged: ' || coalesce(a.rule, i.title_code)
  END,
  count(*)
  FROM notifications_inboxitem i LEFT JOIN notifications_alert a ON a.id = i.alert_id
 GROUP BY 1, 2
