import os
import time
from pathlib import Path

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from ijm_cases.backups import BackupFailed
from ijm_cases.backups.restoring import digest_of, restore
from ijm_cases.settings import database

HELD = "Nothing is sent until you have looked: then type  manage.py release_sending"


class Command(BaseCommand):
    help = "Restore a backup into an empty database and an empty folder of files, and compare every row."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", required=True, metavar="KEYFILE", help="as age-keygen writes it")
        parser.add_argument("--sha256", help="what `backup` printed; refuses a file that somebody exchanged")

    def handle(self, *args, file, identity, sha256=None, **options):
        began = time.monotonic()
        try:
            if sha256 and digest_of(file) != sha256.lower():
                raise BackupFailed("This is not the file of which that digest was printed.")
            manifest = restore(file, identity)
        except (BackupFailed, OSError) as why:
            raise CommandError(str(why)) from why
        call_command("migrate", verbosity=0, interactive=False)
        self.check_audit()
        rows = sum(count for count, _print in manifest["tables"].values())
        seconds = f"{time.monotonic() - began:.1f} s"
        self.stdout.write(f"Restored the backup of {manifest['made_at']} in {seconds}.")
        self.stdout.write(f"{rows} rows and {len(manifest['files'])} files are all as they were.")
        self.stdout.write(HELD)

    def check_audit(self):
        """Look through the whole audit as the backup role, which reads all of it and writes nothing."""
        reader = os.environ.get("DATABASE_URL_BACKUP")
        if not reader or "verify_audit" not in get_commands():
            self.stdout.write("The chain of the audit was not checked. Type: manage.py verify_audit")
            return
        connection = connections["default"]
        connection.close()
        connection.settings_dict.update(database(reader))
        call_command("verify_audit", stdout=self.stdout, stderr=self.stderr)
