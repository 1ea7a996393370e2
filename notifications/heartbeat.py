"""A sign of life to a monitor outside, only while all is well: that it stays away is the alarm.

The monitor belongs to somebody else and stands somewhere else, so that it also notices when this whole
machine is gone. It is told nothing but that it was called. docs/deploying.md says how to set it up.
"""

import logging

from django.conf import settings

from ijm_cases import outgoing
from notifications.models import Reading
from notifications.watching import state

logger = logging.getLogger(__name__)
_told: set[int] = set()  # the readings of which this process has told


def beat():
    """Call the monitor once for each reading that found nothing wrong; never inside a transaction."""
    if not settings.HEARTBEAT_URL:
        return False
    reading = Reading.objects.newest()
    if reading is None or reading.pk in _told or state()["word"] != "ok":
        return False
    _told.clear()
    _told.add(reading.pk)
    try:
        answer = outgoing.send(settings.HEARTBEAT_URL, {"word": "ok"})
    except (outgoing.Refused, outgoing.Unanswered) as why:
        logger.error("the monitor outside was not reached: %s", type(why).__name__)
        return False
    return answer.status < 400
