from diary.views.calendars import calendar_show
from diary.views.checks import clash_check
from diary.views.feeds import feed_add, feed_list, feed_read, feed_renew, feed_revoke

__all__ = ["calendar_show", "clash_check", "feed_add", "feed_list", "feed_read", "feed_renew", "feed_revoke"]
