from django.core.management.base import BaseCommand, CommandError

from accounts.models import Office
from figures.recounting import count_waiting
from figures.rollup_checks import differences, tell_the_watch


class Command(BaseCommand):
    """Compare what was counted ahead with what the records give, by office, figure and month."""

    help = "Compare the sums of the dashboards with the records"

    def add_arguments(self, parser):
        parser.add_argument("--office", default="", help="the key of one office")
        parser.add_argument("--sample", type=int, help="so many cases of each office instead of all")
        parser.add_argument(
            "--mend", action="store_true", help="sum anew what was wrong, and count those cases again"
        )

    def handle(self, *args, **options):
        if options["office"] and not Office.objects.filter(key=options["office"]).exists():
            raise CommandError("There is no such office.")
        looked, found = [0], 0

        def told(number):
            looked[0] += number

        for difference in differences(options["office"], options["sample"], told, mend=options["mend"]):
            found += 1
            self.stdout.write(str(difference))
        self.stdout.write(f"{looked[0]} cases compared, {found} differences.")
        if options["mend"]:
            counted = count_waiting(seconds=3600)
            self.stdout.write(f"Sums made anew, {counted} cases counted again.")
        if not options["office"] and not options["sample"] and (options["mend"] or not found):
            tell_the_watch(differ=False)
        if found and not options["mend"]:
            raise SystemExit(1)
