from notifications.views.alerts import alert_acknowledge, alert_detail
from notifications.views.choices import choice_set
from notifications.views.endpoints import (
    endpoint_add,
    endpoint_code,
    endpoint_list,
    endpoint_remove,
    endpoint_rename,
    endpoint_subscribe,
    endpoint_try,
    endpoint_verify,
)
from notifications.views.handing import (
    alert_decline,
    alert_dismiss,
    alert_hand_over,
    alert_hand_over_all,
    alert_take_over,
)
from notifications.views.hearings import hearing_told
from notifications.views.inbox import (
    inbox_acknowledge,
    inbox_count,
    inbox_list,
    inbox_read,
    inbox_rows,
    inbox_show,
)
from notifications.views.receipts import receipt_take
from notifications.views.rules import rule_list, rule_tighten, rule_untune
from notifications.views.telling import alert_tell
from notifications.views.today import digest_show
from notifications.views.watch import brake_decide, dead_letter_list, dead_letter_retry, watch_show

__all__ = [
    "hearing_told",
    "digest_show",
    "alert_take_over",
    "alert_hand_over_all",
    "alert_hand_over",
    "alert_dismiss",
    "alert_decline",
    "choice_set",
    "brake_decide",
    "dead_letter_list",
    "dead_letter_retry",
    "watch_show",
    "alert_acknowledge",
    "alert_detail",
    "alert_tell",
    "endpoint_add",
    "endpoint_code",
    "endpoint_list",
    "endpoint_remove",
    "endpoint_rename",
    "endpoint_subscribe",
    "endpoint_try",
    "endpoint_verify",
    "inbox_acknowledge",
    "inbox_count",
    "inbox_list",
    "inbox_read",
    "inbox_rows",
    "inbox_show",
    "receipt_take",
    "rule_list",
    "rule_tighten",
    "rule_untune",
]
