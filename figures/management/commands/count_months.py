from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Office
from cases.clock import today_in
from figures.months import month_after
from figures.months_count import count_ended_months, count_month


class Command(BaseCommand):
    """Freeze the months that have ended; with --since also months of before there was a first sheet."""

    help = "Freeze the figures of months that have ended"

    def add_arguments(self, parser):
        parser.add_argument(
            "--since", help="the first month, as 2026-01; only before an office's first sheet"
        )

    def handle(self, *args, **options):
        now, made = timezone.now(), 0
        if options["since"]:
            try:
                first = date.fromisoformat(f"{options['since']}-01")
            except ValueError as why:
                raise CommandError("Write the month as 2026-01.") from why
            for office in Office.objects.order_by("pk"):
                made += self.since(office, first, now)
        made += count_ended_months(now)
        self.stdout.write(f"{made} sheets were made.")

    def since(self, office, month, now):
        """The ended months of an office from this one on; those that have a sheet after them are left."""
        made, today = 0, today_in(office, now)
        while month_after(month) <= today:
            made += count_month(office.pk, month, now) is not None
            month = month_after(month)
        return made
