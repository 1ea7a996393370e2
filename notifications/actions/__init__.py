"""The verbs of alerts: what is owed, to whom, and what has become of it."""

from notifications.actions.aftermath import open_releases, open_unpaid
from notifications.actions.alerts import acknowledge_alert, open_alerts
from notifications.actions.answering import hear_answer, keep_receipts
from notifications.actions.bail_watch import open_bail_watch
from notifications.actions.brakes import brake_floods, decide_brake
from notifications.actions.care_hearings import make_hearing_tasks
from notifications.actions.care_rounds import make_round_tasks
from notifications.actions.care_tasks import make_event_tasks
from notifications.actions.care_watch import open_care_watch
from notifications.actions.choosing import set_choice
from notifications.actions.claiming import AT_A_TIME, busy_channels, claim_messages, give_back, reap_leases
from notifications.actions.clashes import open_clashes
from notifications.actions.clocks import open_deadlines
from notifications.actions.closing import close_alerts, take_answers
from notifications.actions.dead_letters import ask_again
from notifications.actions.delivery import begin_messages
from notifications.actions.digest import owe_digests
from notifications.actions.dismissing import dismiss_alert
from notifications.actions.endpoints import (
    TRIES,
    add_endpoint,
    forget_endpoints,
    remove_endpoint,
    rename_endpoint,
    start_verification,
    try_endpoint,
    verify_endpoint,
)
from notifications.actions.escalation import escalate_alerts
from notifications.actions.events import open_from_events
from notifications.actions.finishing import finish_messages
from notifications.actions.handing import (
    decline_alert,
    hand_over_alert,
    hand_over_all,
    take_over_alert,
    tell_of_handing,
)
from notifications.actions.hearing_watch import open_hearing_watch
from notifications.actions.holding import release_sending
from notifications.actions.inbox import acknowledge_item, read_item
from notifications.actions.lines import TRIP
from notifications.actions.lookouts import open_lookouts_over
from notifications.actions.receipts import apply_receipts, note_answers, silent_messages
from notifications.actions.reminders import open_unrecorded, owe_hearing_reminders
from notifications.actions.reopening import reopen_alerts
from notifications.actions.reviews import open_reviews
from notifications.actions.telling import tell_survivors
from notifications.actions.trials import try_the_pipe
from notifications.actions.tuning import tune_rule, untune_rule
from notifications.actions.watch import keep_watch, obey_people

__all__ = [
    "make_event_tasks",
    "make_hearing_tasks",
    "make_round_tasks",
    "owe_digests",
    "reopen_alerts",
    "tell_of_handing",
    "take_over_alert",
    "hand_over_all",
    "hand_over_alert",
    "decline_alert",
    "dismiss_alert",
    "set_choice",
    "AT_A_TIME",
    "TRIES",
    "TRIP",
    "acknowledge_alert",
    "acknowledge_item",
    "add_endpoint",
    "apply_receipts",
    "begin_messages",
    "busy_channels",
    "claim_messages",
    "close_alerts",
    "escalate_alerts",
    "finish_messages",
    "give_back",
    "hear_answer",
    "keep_receipts",
    "note_answers",
    "open_clashes",
    "open_alerts",
    "open_bail_watch",
    "open_care_watch",
    "open_deadlines",
    "open_from_events",
    "open_lookouts_over",
    "open_releases",
    "open_reviews",
    "open_unpaid",
    "open_hearing_watch",
    "open_unrecorded",
    "owe_hearing_reminders",
    "read_item",
    "reap_leases",
    "silent_messages",
    "release_sending",
    "forget_endpoints",
    "remove_endpoint",
    "rename_endpoint",
    "start_verification",
    "try_endpoint",
    "verify_endpoint",
    "take_answers",
    "tell_survivors",
    "tune_rule",
    "untune_rule",
    "ask_again",
    "brake_floods",
    "decide_brake",
    "keep_watch",
    "obey_people",
    "try_the_pipe",
]
