import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ijm_cases.backups import BackupFailed
from ijm_cases.backups.making import make, thin_out


class Command(BaseCommand):
    help = "Write the database and the files into one file that only the holder of the private key can read."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="FOLDER", help="instead of BACKUP_DIR")
        parser.add_argument("--keep", type=int, metavar="N", help="remove all but the newest N afterwards")

    def handle(self, *args, to=None, keep=None, **options):
        if keep is not None and keep < 1:
            raise CommandError("Keep at least one backup.")
        folder, began = Path(to or settings.BACKUP_DIR), time.monotonic()
        try:
            made = make(folder)
        except BackupFailed as why:
            raise CommandError(str(why)) from why
        seconds = f"{time.monotonic() - began:.1f} s"
        self.stdout.write(str(made.path))
        self.stdout.write(f"{made.rows} rows, {made.files} files, {made.size} bytes in {seconds}")
        self.stdout.write(f"sha256 {made.digest}")
        if keep is not None:
            self.stdout.write(f"Older backups removed: {thin_out(folder, keep)}")
