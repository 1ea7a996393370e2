from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from law.loading import load
from law.models import Jurisdiction


class Command(BaseCommand):
    """The law as data into its tables. Harmless to repeat."""

    help = (
        "Load the law of countries from a file or a folder of them (law/jurisdictions when none is named). "
        "Each file comes in whole or not at all; what was edited here stays as it is and is named."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", metavar="PATH", help="a file or a folder")

    def handle(self, *args, path, **options):
        if Jurisdiction._meta.db_table not in connection.introspection.table_names():
            return  # migrated to a point before the law was here
        outcomes = load(path)
        if not outcomes:
            raise CommandError(_("There is no file of the law in this place."))
        for outcome in outcomes:
            self.tell(outcome, loud=options["verbosity"] > 0)
        if any(outcome.file.faults for outcome in outcomes):
            raise CommandError(_("The files named above were not loaded."))

    def tell(self, outcome, *, loud):
        """What became of one file; faults and what was left alone are said even when asked to be quiet."""
        name = outcome.file.path.name
        for fault in outcome.file.faults:
            self.stderr.write(fault)
        if outcome.file.faults:
            return
        if loud:
            for notice in outcome.file.notices:
                self.stdout.write(notice)
            counts = ", ".join(f"{count} {rows}" for rows, count in outcome.rows.items() if count)
            self.stdout.write(
                f"{name}: {counts}: "
                + _("%(added)d added, %(changed)d changed")
                % {"added": outcome.added, "changed": outcome.changed}
            )
        for place in outcome.kept:
            self.stdout.write(f"{name}: {place}: " + _("was changed here since and stays so"))
        for place in outcome.gone:
            self.stdout.write(f"{name}: {place}: " + _("is no longer in the file and stays"))
