"""What must hold of alerts at any moment, as SQL that finds what breaks it.

Each statement returns the ids of offenders, few lines and a short look back, so that it can run every
minute. It stands on the tables alone and shares no code with what it watches. Run it as the reminders
principal: nobody else sees all of these rows. The numbers are those of the design.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST = 20


@dataclass(frozen=True)
class Promised:
    """One promise: in words for whoever runs the system, and as SQL that finds where it is not kept."""

    words: Promise
    sql: str


I = Promised  # noqa: E741  (the design calls them so)

INVARIANTS = {
    "I1": I(
        _("Every fact that calls for an alert has been looked at, or waits for another look."),
        """
        SELECT e.id::text FROM audit_event e
         WHERE e.verb = ANY(%(verbs)s) AND e.origin = 'live'
           AND e.at BETWEEN %(now)s - interval '30 minutes' AND %(now)s - interval '1 minute'
           AND NOT EXISTS (SELECT 1 FROM notifications_handled h WHERE h.event_id = e.id)
        UNION ALL
        SELECT h.event_id::text FROM notifications_handled h WHERE h.error <> '' AND h.retry_at IS NULL
        """,
    ),
    "I2": I(
        _("Nobody has the same message in the inbox twice, and no event opens two alerts."),
        """
        SELECT wanted.name FROM (VALUES ('inbox_item_once'), ('delivery_once_a_round'), ('attempt_in_order'))
               AS wanted(name)
         WHERE NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
                            WHERE c.relname = wanted.name AND i.indisunique AND i.indisvalid)
        """,
    ),
    "I3": I(
        _("Every alert that nobody has taken on has a next step, until its last people were told."),
        """
        SELECT a.id::text FROM notifications_alert a
         WHERE a.state = 'open' AND a.next_step_at IS NULL AND a.step < jsonb_array_length(a.ladder)
        """,
    ),
    "I4": I(
        _("Every alert stands in the inbox of somebody who works here."),
        """
        SELECT a.id::text FROM notifications_alert a
         WHERE a.state IN ('open', 'acked') AND a.opened_at > %(now)s - interval '2 days'
           AND a.opened_at < %(now)s + interval '1 day'
           AND NOT EXISTS (SELECT 1 FROM notifications_inboxitem i JOIN accounts_user u ON u.id = i.user_id
                            WHERE i.alert_id = a.id AND u.is_active)
        """,
    ),
    "I5": I(
        _("Everything that is to leave the house is on its way."),
        """
        SELECT i.id::text FROM notifications_inboxitem i JOIN accounts_user u ON u.id = i.user_id
         WHERE i.outside AND i.urgency <> 'D' AND NOT i.superseded AND u.is_active AND u.principal = ''
           AND i.created_at BETWEEN %(now)s - interval '1 day' AND %(now)s
           AND NOT EXISTS (SELECT 1 FROM notifications_delivery d WHERE d.item_id = i.id)
           AND NOT EXISTS (SELECT 1 FROM accounts_signal s WHERE s.user_id = u.id AND s.answered_at IS NULL)
        """,
    ),
    "I6": I(
        _("Nothing is sent more often than it was unclear whether it had arrived."),
        """
        SELECT t.delivery_id::text FROM notifications_attempt t
          JOIN notifications_delivery d ON d.id = t.delivery_id
         WHERE t.outcome = 'accepted' AND d.created_at > %(now)s - interval '2 days'
         GROUP BY t.delivery_id, d.unknowns HAVING count(*) - 1 > d.unknowns
        """,
    ),
    "I7": I(
        _("No message is held by a worker that has not been heard of for five minutes."),
        """
        SELECT d.id::text FROM notifications_delivery d
         WHERE d.state IN ('claimed', 'sending') AND d.lease_until < %(now)s - interval '5 minutes'
        """,
    ),
    "I8": I(
        _("No reminder leaves with a date that was changed before."),
        """
        SELECT d.id::text FROM notifications_delivery d
          JOIN notifications_inboxitem i ON i.id = d.item_id AND i.alert_id IS NULL
           AND i.hearing_id IS NOT NULL
          JOIN notifications_attempt t ON t.delivery_id = d.id AND t.outcome = 'accepted'
          JOIN audit_event e ON e.subject_id = i.hearing_id::text AND e.verb = 'hearing.reschedule'
         WHERE d.created_at > %(now)s - interval '2 days'
           AND (e.detail ->> 'version')::int > i.hearing_version
           AND t.started_at > e.written_at + interval '1 minute'
        """,
    ),
    "I9": I(
        _("Whoever was sent the old date of a hearing was told the new one."),
        """
        SELECT i.id::text FROM notifications_inboxitem i
          JOIN prosecutions_hearing h ON h.id = i.hearing_id AND h.schedule_version > i.hearing_version
          JOIN accounts_user u ON u.id = i.user_id AND u.is_active
         WHERE i.alert_id IS NULL AND h.starts_at > %(now)s AND h.outcome = ''
           AND h.updated_at BETWEEN %(now)s - interval '2 days' AND %(now)s - interval '10 minutes'
           AND EXISTS (SELECT 1 FROM notifications_delivery d WHERE d.item_id = i.id
                        AND d.state IN ('accepted', 'delivered', 'unknown'))
           AND EXISTS (SELECT 1 FROM cases_assignment a WHERE a.case_id = h.case_id AND a.user_id = i.user_id
                        AND a.ended_at IS NULL)
           AND NOT EXISTS (SELECT 1 FROM notifications_inboxitem j WHERE j.hearing_id = h.id
                            AND j.user_id = i.user_id AND j.hearing_version > i.hearing_version)
        """,
    ),
    "I10": I(
        _("No reminder of a hearing is still to be sent whose moment has passed."),
        """
        SELECT r.id::text FROM notifications_reminder r
         WHERE r.state = 'planned' AND r.due_at < %(now)s - interval '5 minutes'
        """,
    ),
    "I11": I(
        _("Every reminder that is planned is for the date that holds."),
        """
        SELECT r.id::text FROM notifications_reminder r JOIN prosecutions_hearing h ON h.id = r.hearing_id
         WHERE r.state = 'planned' AND r.hearing_version <> h.schedule_version
           AND h.updated_at < %(now)s - interval '5 minutes'
        """,
    ),
    "I12": I(
        _("Nothing was handed over to an address that was not proved, or was taken away."),
        """
        SELECT d.id::text FROM notifications_delivery d
          JOIN notifications_endpoint e ON e.id = d.endpoint_id
          JOIN notifications_attempt t ON t.delivery_id = d.id
         WHERE d.created_at > %(now)s - interval '2 days' AND (e.removed_at < t.started_at
            OR (NOT starts_with(d.template, 'code')
                AND (e.verified_at IS NULL OR e.verified_at > t.started_at)))
        """,
    ),
    "I14": I(
        _("The log of an alert tells how it came to where it stands."),
        """
        SELECT a.id::text FROM notifications_alert a
         WHERE a.opened_at > %(now)s - interval '2 days' AND a.opened_at < %(now)s + interval '1 day'
           AND (NOT EXISTS (SELECT 1 FROM notifications_alertlog l
                             WHERE l.alert_id = a.id AND l.kind = 'opened')
             OR (a.state IN ('closed', 'superseded') AND NOT EXISTS (
                  SELECT 1 FROM notifications_alertlog l
                   WHERE l.alert_id = a.id AND (l.kind = a.state OR a.ended <> '' AND l.kind = 'dismissed')))
             OR (a.state = 'acked' AND NOT EXISTS (
                  SELECT 1 FROM notifications_alertlog l
                   WHERE l.alert_id = a.id AND l.kind IN ('acked', 'taken_over'))))
        """,
    ),
    "I15": I(
        _("What has arrived stays arrived."),
        """
        SELECT d.id::text FROM notifications_delivery d
         WHERE d.created_at > %(now)s - interval '2 days'
           AND d.delivered_at IS NOT NULL AND d.state <> 'delivered'
        """,
    ),
    "I17": I(
        _("Whoever has taken an alert on still works here."),
        """
        SELECT a.id::text FROM notifications_alert a JOIN accounts_user u ON u.id = a.acked_by_id
         WHERE a.state = 'acked' AND NOT u.is_active
        """,
    ),
    "I18": I(
        _("Every reminder comes at the time that the clock on the wall of its office shows."),
        """
        SELECT r.id::text FROM notifications_reminder r
         WHERE r.state = 'planned' AND r.due_at > %(now)s
           AND r.due_at AT TIME ZONE r.zone <> r.wall_on + r.wall_time
           AND ((r.wall_on + r.wall_time) AT TIME ZONE r.zone) AT TIME ZONE r.zone = r.wall_on + r.wall_time
        """,
    ),
    "I19": I(
        _("A message is about the case of its alert and goes to the person of its inbox."),
        """
        SELECT i.id::text FROM notifications_inboxitem i JOIN notifications_alert a ON a.id = i.alert_id
         WHERE i.created_at > %(now)s - interval '2 days' AND i.case_id IS DISTINCT FROM a.case_id
        UNION ALL
        SELECT d.id::text FROM notifications_delivery d JOIN notifications_inboxitem i ON i.id = d.item_id
          LEFT JOIN notifications_endpoint e ON e.id = d.endpoint_id
         WHERE d.created_at > %(now)s - interval '2 days'
           AND (d.user_id <> i.user_id OR e.user_id <> d.user_id)
        """,
    ),
}


def broken(now: datetime, *, but: Iterable[str] = ()) -> dict[str, list[str]]:
    """{name: some ids} of the promises that do not hold at this moment."""
    left_out = set(but)
    # Looked up late: the verbs are with the rules, and those stand above what measures them.
    facts: dict[str, Any] = {
        "now": now,
        "verbs": sorted(import_module("notifications.actions.events").WANTED),
    }
    found = {}
    with connection.cursor() as cursor:
        for name, promised in INVARIANTS.items():
            if name not in left_out:
                cursor.execute(f"SELECT * FROM ({promised.sql}) AS offending LIMIT {MOST}", facts)  # noqa: S608
                found[name] = sorted(row[0] for row in cursor.fetchall())
    return {name: ids for name, ids in found.items() if ids}
