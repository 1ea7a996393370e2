import os
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from ijm_cases.backups import BackupFailed
from ijm_cases.backups.restoring import digest_of, restore
from ijm_cases.settings import database

HELD = "Nothing is sent until you have looked: then type  manage.py release_sending"

UNCHECKED = (
    "The chain of the audit was not checked: bring the sealer's public keys (AUDIT_PUBLIC_KEYS_FILE) and "
    "type  manage.py verify_audit --no-witness"
)


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
        rows = sum(count for count, _print in manifest["tables"].values())
        seconds = f"{time.monotonic() - began:.1f} s"
        self.stdout.write(f"Restored the backup of {manifest['made_at']} in {seconds}.")
        self.stdout.write(f"{rows} rows and {len(manifest['files'])} files are all as they were.")
        self.stdout.write(HELD)
        self.check_audit()

    def check_audit(self):
        """Look through the whole audit as the backup role, which reads all of it and writes nothing."""
        reader, keys = os.environ.get("DATABASE_URL_BACKUP"), Path(settings.AUDIT_PUBLIC_KEYS_FILE)
        if not reader or not keys.exists():
            self.stdout.write(UNCHECKED)
            return
        connection = connections["default"]
        connection.close()
        connection.settings_dict.update(database(reader))
        # The witness is younger than the backup and would rightly miss what came after it.
        call_command("verify_audit", no_witness=True, stdout=self.stdout, stderr=self.stderr)
