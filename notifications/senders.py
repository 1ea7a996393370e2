"""One thread for each channel, so that a provider that is down or slow slows only itself."""

import logging
import threading
import time

from django.db import connections

from notifications.channels import channel_of
from notifications.sending import ask_channel, channels_due, send_channel

logger = logging.getLogger(__name__)


class Senders:
    """The seats of this process: so many threads for each channel that has something to send, and no more."""

    def __init__(self):
        self.stop = threading.Event()
        self.threads = {}
        self.ended = set()
        self.lock = threading.Lock()

    def start(self, kinds=None):
        """Send by these channels, or by all that have something due; whoever still sends goes on alone."""
        for kind in channels_due() if kinds is None else kinds:
            with self.lock:
                seats = [thread for thread in self.threads.get(kind, ()) if thread.is_alive()]
                if len(seats) < channel_of(kind).seats:
                    seats.append(
                        threading.Thread(target=self.send, args=[kind], name=f"send {kind}", daemon=True)
                    )
                    seats[-1].start()
                self.threads[kind] = seats

    def send(self, kind):
        """What one thread does; nothing that breaks in it reaches another."""
        try:
            send_channel(kind, stop=self.stop)
            if not self.stop.is_set():
                ask_channel(kind)
        except Exception as broken:
            logger.error("sending by %s broke: %s", kind, type(broken).__name__)
        else:
            self.ended.add(kind)
        finally:
            connections.close_all()

    def busy(self):
        """The channels of which a thread is still at work."""
        with self.lock:
            return [kind for kind, seats in self.threads.items() if any(one.is_alive() for one in seats)]

    def well(self, kinds):
        """Those of these channels that rest, or have ended well since this was last asked."""
        ended, self.ended = self.ended, set()
        busy = self.busy()
        return [kind for kind in kinds if kind in ended or kind not in busy]

    def wait(self, seconds):
        """Until all have ended, but no longer than this; did they?"""
        end = time.monotonic() + seconds
        for seats in list(self.threads.values()):
            for thread in seats:
                thread.join(max(0.0, end - time.monotonic()))
        return not self.busy()

    def end(self, seconds):
        """Finish the message at hand, give the rest back, and stop."""
        self.stop.set()
        return self.wait(seconds)
