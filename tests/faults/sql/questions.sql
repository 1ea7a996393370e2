-- Single questions of the scenarios, each under its name.

-- ? begun
SELECT loop FROM notifications_beat WHERE began_at IS NOT NULL

-- ? swept since
SELECT loop FROM notifications_beat WHERE loop = 'sweep' AND began_at > %s AND ok_at > began_at

-- ? reminders
SELECT DISTINCT key FROM notifications_inboxitem WHERE key LIKE 'h2:%%' AND %s = ''

-- ? claimed
SELECT DISTINCT user_id::text FROM notifications_delivery WHERE state = 'claimed'

-- ? of a case
SELECT DISTINCT d.message::text
  FROM notifications_delivery d JOIN notifications_inboxitem i ON i.id = d.item_id
 WHERE i.case_id IS NOT NULL AND d.message IS NOT NULL AND d.state <> 'suppressed'

-- ? replaced
SELECT DISTINCT i.alert_id
  FROM notifications_inboxitem i
  JOIN notifications_inboxitem gone
    ON gone.alert_id = i.alert_id AND gone.user_id::text = ANY(%s) AND gone.key LIKE '%%:step0'
 WHERE i.created_at > gone.created_at AND i.user_id <> gone.user_id

-- ? corrected
SELECT i.user_id FROM notifications_inboxitem i JOIN notifications_alert a ON a.id = i.alert_id
 WHERE a.rule = 'H3' AND i.hearing_id = %s AND i.hearing_version = %s AND NOT i.superseded

-- ? corrections sent
SELECT i.hearing_version
  FROM notifications_inboxitem i
  JOIN notifications_alert a ON a.id = i.alert_id
  JOIN notifications_delivery d ON d.item_id = i.id
 WHERE a.rule = 'H3' AND i.hearing_id = %s AND d.state IN ('accepted', 'delivered', 'unknown')

-- ? how many reminders
SELECT count(*) FROM notifications_inboxitem WHERE hearing_id IS NOT NULL AND alert_id IS NULL

-- ? releases out
SELECT count(DISTINCT i.user_id) >= %s
  FROM notifications_inboxitem i
  JOIN notifications_alert a ON a.id = i.alert_id
  JOIN notifications_delivery d ON d.item_id = i.id
 WHERE a.rule = 'B4' AND d.state IN ('accepted', 'delivered')

-- ? urgent not by telephone
SELECT i.id::text
  FROM notifications_inboxitem i
  JOIN notifications_endpoint e ON e.user_id = i.user_id AND e.kind = 'sms'
 WHERE i.outside AND i.urgency IN ('U-S', 'U-C') AND NOT i.superseded
   AND NOT EXISTS (SELECT 1 FROM notifications_delivery d
                    WHERE d.item_id = i.id AND d.channel = 'sms' AND d.state IN ('accepted', 'delivered'))

-- ? telephones that rang
SELECT count(*) FROM notifications_delivery WHERE channel = 'sms' AND state IN ('accepted', 'delivered')
