from pathlib import Path

from django.core.management.base import BaseCommand

from accounts.scope import system_access
from audit.keys import public_keys
from figures.months_verify import known_keys, verify


class Command(BaseCommand):
    """Check every frozen month: its digest, its place in the chain, its seals, the word under it."""

    help = "Check the frozen months"

    def add_arguments(self, parser):
        parser.add_argument("--keys", help="the file of the sealer's public keys")
        parser.add_argument(
            "--recount", action="store_true", help="also tell what today's records would give instead"
        )

    def handle(self, *args, **options):
        keys = public_keys(Path(options["keys"]).read_text()) if options["keys"] else known_keys()
        with system_access("figures", "checks the frozen months"):
            count, findings = verify(keys, recount=options["recount"])
            wrong = [finding for finding in findings if finding.kind != "late"]
            for finding in findings:
                self.stdout.write(str(finding))
        if keys is None:
            self.stdout.write("The sealer's public keys are not here: no signature was checked.")
        self.stdout.write(f"{count} sheets, {len(wrong)} findings.")
        if wrong:
            raise SystemExit(1)
