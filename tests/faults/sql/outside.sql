-- Every item that leaves the house, with each way it takes; one line where it takes none.
SELECT i.id::text AS item, i.user_id::text AS who, i.case_id::text AS "case", i.urgency, d.channel, d.state,
       d.reason, d.message::text, d.code, d.unknowns, u.email,
       coalesce(d.next_at > %(now)s, false)
         AND (i.urgency NOT IN ('U-S', 'U-C')  -- until the next hourly bundle; what is for court, until morning
           OR i.urgency = 'U-C' AND (%(now)s AT TIME ZONE o.time_zone)::time NOT BETWEEN '06:00' AND '22:00') AS rests,
       i.superseded OR i.acked_at IS NOT NULL OR a.state IN ('closed', 'superseded')
         OR (i.alert_id IS NULL AND h.id IS NOT NULL
             AND (h.schedule_version <> i.hearing_version OR h.outcome <> '' OR h.starts_at <= %(now)s))
         OR coalesce(d.expires_at, i.expires_at, 'infinity') <= %(now)s AS over
  FROM notifications_inboxitem i
  JOIN accounts_user u ON u.id = i.user_id
  JOIN accounts_office o ON o.id = i.office_id
  LEFT JOIN notifications_delivery d ON d.item_id = i.id
  LEFT JOIN notifications_alert a ON a.id = i.alert_id
  LEFT JOIN prosecutions_hearing h ON h.id = i.hearing_id
 WHERE i.outside AND i.urgency <> 'D'
