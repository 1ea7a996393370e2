"""Write one case as a case file (format ijm-case-file/1), in the clear or sealed for one receiver."""

import hashlib
import os
import sys

import pyrage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.scope import system_access
from audit.actions import record
from casefiles.writing import write_case
from casefiles.yaml_out import as_yaml
from cases.models import Case


class Command(BaseCommand):
    help = (
        "Write one case as a case file, with days of birth and home towns but never a name. Loaded into "
        "another database it gives the same figures (load_case_files --check). Whoever runs this sees the "
        "whole case, sealed ones too; it is written down in the case's trail."
    )

    def add_arguments(self, parser):
        parser.add_argument("number", help="the case number")
        parser.add_argument("--to", help="the file to write; without it the text goes to the screen")
        parser.add_argument("--for", dest="recipient", help="an age public key (age1...)")
        parser.add_argument("--as-of", help="the day of which the file speaks (default: today)")

    def handle(self, *args, number, to, recipient, as_of, **options):
        key = recipient_of(recipient) if recipient else None
        with system_access("loader", "a case is written as a file") as loader:
            case = Case.objects.filter(number=number).first()
            if case is None:
                raise CommandError(_("There is no case with the number %s.") % number)
            now = timezone.now()
            written = write_case(case.pk, now=now, exact=True, as_of=as_of or None)
            content = as_yaml(written.document, written.remarks)
            if key:
                content = pyrage.encrypt(content, [key])
            digest = hashlib.sha256(content).hexdigest()
            record(
                "case.write",
                by=loader,
                subject=case,
                case_id=case.pk,
                at=now,
                sha256=digest,
                sealed=bool(key),
            )
            self.put(content, to)
        for line in written.remarks:
            self.stderr.write(line)

    def put(self, content, to):
        """To the screen, or into a new file that only its owner reads."""
        if not to:
            sys.stdout.buffer.write(content)
            return
        try:
            handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as there:
            raise CommandError(_("There is a file of this name already.")) from there
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        self.stderr.write(_("Written: %s") % to)


def recipient_of(text):
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as wrong:
        raise CommandError(_("This is not an age public key (age1...).")) from wrong
