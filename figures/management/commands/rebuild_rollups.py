import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from figures.recounting import count_waiting, mark_all
from figures.rollup_checks import mend_all
from figures.rollup_code import count_anew_if_changed


class Command(BaseCommand):
    """Count ahead what the dashboards show. May be stopped at any moment, and goes on where it was."""

    help = "Count all cases anew for the dashboards"

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--missing", action="store_true", help="only cases that were never counted")
        what.add_argument("--resume", action="store_true", help="only cases that wait already")
        what.add_argument(
            "--if-changed",
            action="store_true",
            help="mark all when the code that counts has changed; no more",
        )

    def handle(self, *args, **options):
        if options["if_changed"]:
            count_anew_if_changed()
            return
        if not options["resume"]:
            marked = mark_all(every=not options["missing"])
            self.stdout.write(f"{marked} cases to count.")
        if mended := mend_all():  # counting adds to sums: what is wrong with them would stay
            self.stdout.write(f"{mended} sums were wrong and were made anew.")
        began, done = time.monotonic(), 0
        while step := count_waiting(timezone.now(), 30):
            done += step
            rate = done / (time.monotonic() - began)
            self.stdout.write(f"{done} cases counted, {rate:.0f} a second.")
        self.stdout.write(f"{done} cases counted.")
