"""Make the key of this office: the private part into a file, the public one for those who seal for us."""

import os
from hashlib import sha256

import pyrage
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = (
        "Make a key pair of this office. The private key belongs on a machine of its own, with a copy "
        "in a safe; without it nothing that was sealed for the office opens."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", help="a new file for the private key")

    def handle(self, *args, path, **options):
        identity = pyrage.x25519.Identity.generate()
        public = str(identity.to_public())
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as there:
            raise CommandError(_("There is a file of this name already.")) from there
        with os.fdopen(handle, "w") as file:
            file.write(f"# public key: {public}\n{identity}\n")
        digest = sha256(public.encode()).hexdigest()[:32]
        self.stdout.write(public)
        spaced = " ".join(digest[place : place + 4] for place in range(0, 32, 4))
        self.stdout.write(_("Fingerprint, to be read out by telephone: %s") % spaced)
