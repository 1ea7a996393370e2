"""How each room tries: nothing is raised, and a log line names what broke and never with what."""

import logging
from collections.abc import Callable
from typing import Any

from notifications.channels.channel import Handed
from notifications.channels.wire import NotSent, Unsure
from notifications.states import Outcome

logger = logging.getLogger(__name__)


def tried(write: Callable[[], Any], send: Callable[[Any], Any]) -> Any:
    """What the call gave. What broke is told by whether anything may have left the house."""
    try:
        written = write()
    except Exception as broken:  # nothing has left: what is put right is sent by itself
        logger.error("a message could not be written: %s", type(broken).__name__)
        return Handed(Outcome.TEMPORARY, type(broken).__name__[:80])
    try:
        return send(written)
    except NotSent as why:
        return Handed(Outcome.TEMPORARY, f"not reached {why}"[:80])
    except Unsure as why:
        return Handed(Outcome.UNKNOWN, f"no answer {why}"[:80])
    except Exception as broken:
        logger.error("a message may or may not have left: %s", type(broken).__name__)
        return Handed(Outcome.UNKNOWN, type(broken).__name__[:80])
