from notifications.views.alerts import alert_acknowledge, alert_detail
from notifications.views.inbox import inbox_acknowledge, inbox_count, inbox_list, inbox_read, inbox_show
from notifications.views.rules import rule_list

__all__ = [
    "alert_acknowledge",
    "alert_detail",
    "inbox_acknowledge",
    "inbox_count",
    "inbox_list",
    "inbox_read",
    "inbox_show",
    "rule_list",
]
