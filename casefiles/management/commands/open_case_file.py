"""Open a case file that was sealed for this office, so that load_case_files can load it."""

import os
from pathlib import Path

import pyrage
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

PRIVATE = "AGE-SECRET-KEY-"


class Command(BaseCommand):
    help = "Open a sealed case file (*.age) with the private key of this office."

    def add_arguments(self, parser):
        parser.add_argument("path", help="the sealed file")
        parser.add_argument("--identity", required=True, help="the file with the private key")
        parser.add_argument("--to", required=True, help="the case file to write")

    def handle(self, *args, path, identity, to, **options):
        lines = Path(identity).read_text(encoding="utf-8").splitlines()
        keys = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.startswith(PRIVATE)]
        try:
            plain = pyrage.decrypt(Path(path).read_bytes(), keys)
        except pyrage.DecryptError as wrong:
            raise CommandError(_("This key does not open the file.")) from wrong
        try:
            handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as there:
            raise CommandError(_("There is a file of this name already.")) from there
        with os.fdopen(handle, "wb") as file:
            file.write(plain)
        self.stdout.write(_("Opened. Load it with: manage.py load_case_files --check %s") % to)
