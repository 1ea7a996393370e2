from diary.views.calendars import calendar_show
from diary.views.feeds import feed_add, feed_list, feed_read, feed_renew, feed_revoke

__all__ = ["calendar_show", "feed_add", "feed_list", "feed_read", "feed_renew", "feed_revoke"]
