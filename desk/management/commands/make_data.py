import resource
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from accounts import demo, rights
from desk.making import loading
from desk.making.places import PLACES
from desk.making.story import MADE
from desk.making.truth import check
from desk.making.world import batches, office_at, settle_in


class Command(BaseCommand):
    """Write made-up cases as real ones might be, to measure with: a million of them if need be."""

    help = "Fill a database of one's own with made-up offices, staff and cases (by COPY, in one transaction)"

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, required=True)
        parser.add_argument("--offices", type=int, help=f"how many offices, {len(PLACES)} at most")
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--once", action="store_true", help="nothing, when as many are there already")
        parser.add_argument("--append", action="store_true", help="to the made-up cases that are there")
        parser.add_argument("--processes", type=int, default=1, help="that make cases beside the database")
        parser.add_argument(
            "--into", metavar="DATABASE", help="its name, when it holds cases of another kind"
        )

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Made-up data is written only where the services are the embedded ones.")
        cases = options["cases"]
        offices = options["offices"] or max(3, min(len(PLACES), cases // 250))
        if cases < 1 or not 1 <= offices <= len(PLACES):
            raise CommandError(f"At least one case, and from 1 to {len(PLACES)} offices.")
        if options["once"] and self.enough(cases):
            self.stdout.write("As many made-up cases are there already.")
            return
        began = time.monotonic()
        with transaction.atomic():  # whatever fails, locks and keys stand again as before
            rows = self.write(cases, offices, options)
        self.say(began, cases, rows, "written")
        with connection.cursor() as run:
            loading.settle(run)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        self.say(began, cases, rows, f"ready; {most} MB of memory at the most")

    def write(self, cases, offices, options):
        """Everything in one transaction; how many rows."""
        with connection.cursor() as wrapped:
            run = wrapped.cursor
            rights.force(run, forced=False)
            already = self.refuse_beside_real_cases(run, options)
            for rank, place in enumerate(PLACES[:offices]):
                office_at(place, rank)
            demo.make_people()  # they join the offices that are there: before the cases, which they carry
            world = settle_in(cases, offices, options["seed"], timezone.now().date(), already)
            rows, began = 0, time.monotonic()
            told = began
            with loading.opened(run, rebuild=cases * 2 > already):
                for rows in loading.copy(run, batches(world, cases, options["processes"])):
                    if time.monotonic() - told > 10:
                        told = time.monotonic()
                        self.stdout.write(f"  {rows:,} rows, {rows / (told - began):,.0f} a second")
                self.say(began, cases, rows, "copied")
            check(run)
            run.execute("SET CONSTRAINTS ALL IMMEDIATE")
            rights.force(run, forced=True)
        return rows

    def enough(self, cases):
        """Are so many made-up cases there?"""
        with transaction.atomic(), connection.cursor() as run:
            rights.force(run, forced=False)
            run.execute("SELECT count(*) >= %s FROM cases_case WHERE %s = ANY(sources)", [cases, MADE])
            found = run.fetchone()[0]
            rights.force(run, forced=True)
        return found

    def refuse_beside_real_cases(self, run, options):
        """How many made-up cases there are; stops where others are, unless the database is named."""
        run.execute(
            "SELECT current_database(), count(*) FILTER (WHERE %s = ANY(sources)), count(*) FROM cases_case",
            [MADE],
        )
        name, made, every = run.fetchone()
        if every > made and options["into"] != name:
            raise CommandError(
                f"This database holds {every - made} cases that are not made up. "
                f"Say --into {name} if they may stand beside made-up ones for ever."
            )
        if made and not options["append"]:
            raise CommandError(f"There are {made} made-up cases already. Say --append to add to them.")
        return made

    def say(self, began, cases, rows, what):
        spent = time.monotonic() - began
        self.stdout.write(
            f"{cases:,} cases, {rows:,} rows {what}: {spent:.1f} s, {rows / spent:,.0f} rows a second"
        )
