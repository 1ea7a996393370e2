import signal

from django.core.management.base import BaseCommand, CommandError

from notifications.looping import Loop


class Command(BaseCommand):
    help = "Sweep and send until told to stop, without beat and without a broker; beside them too."

    def handle(self, *args, **options):
        loop = Loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_signal: loop.stop.set())
        if not loop.run():
            raise CommandError("A provider did not answer in time; its message is marked as perhaps sent.")
