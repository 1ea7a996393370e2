from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from aftercare.actions import load_instrument
from aftercare.instrument_files import gather
from aftercare.models import Instrument
from cases.states import IllegalMove


class Command(BaseCommand):
    """Instruments of assessments into their tables. Harmless to repeat."""

    help = (
        "Load an instrument of assessments from a file (our own when none is named; docs/instruments.md). "
        "A file comes in whole or not at all; an edition that is here never changes."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", metavar="FILE", help="a file, or a folder of them")
        parser.add_argument("--dry-run", action="store_true", help="say what is wrong and change nothing")

    def handle(self, *args, path, dry_run, **options):
        if Instrument._meta.db_table not in connection.introspection.table_names():
            return  # migrated to a point before instruments were here
        files = gather(path)
        wrong = sum(not self.take(file, dry_run=dry_run, loud=options["verbosity"] > 0) for file in files)
        if wrong or not files:
            raise CommandError(_("The files named above were not loaded."))

    def take(self, file, *, dry_run, loud):
        """One file; what is wrong is said even when asked to be quiet."""
        for sentence in file.told():
            self.stderr.write(f"{file.name}: {sentence}")
        if file.faults:
            return False
        words = _("%(count)d parts, no fault") % {"count": len(file.parts)}
        if not dry_run:
            try:
                made, new = load_instrument(file, by=None, now=timezone.now())
            except IllegalMove as why:
                self.stderr.write(f"{file.name}: {why}")
                return False
            words = _("loaded") if new else _("is here already")
            words += " · " + (_("in use") if made.in_use else _("not in use"))
        if loud:
            self.stdout.write(f"{file.name}: {words}")
        return True
