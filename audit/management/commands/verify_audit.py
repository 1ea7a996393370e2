import json
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from audit import witness
from audit.keys import public_keys
from audit.verifying import verify


class Command(BaseCommand):
    """Check the audit trail from its first seal to its last row."""

    help = "Check the audit trail"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--witness", help="the witness file; without it, the one of the settings")
        parser.add_argument(
            "--no-witness", action="store_true", help="there is none here: what was cut is not seen"
        )
        parser.add_argument("--keys", help="the file of the sealer's public keys")
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, *args, **options):
        keys_file = Path(options["keys"] or settings.AUDIT_PUBLIC_KEYS_FILE)
        if not keys_file.exists():
            raise CommandError(f"The sealer's public keys are not at {keys_file}.")
        path = None if options["no_witness"] else Path(options["witness"] or settings.AUDIT_WITNESS)
        if path is not None and not path.exists():
            raise CommandError(f"There is no witness at {path}; say --no-witness to check without one.")
        began = time.monotonic()
        seen = witness.read(path) if path is not None else None
        # One picture of the whole: what is written meanwhile belongs to the next check.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            report = verify(cursor, public_keys(keys_file.read_text()), seen)
        self.tell(report, time.monotonic() - began, as_json=options["json"], witnessed=path is not None)
        if report.findings:
            raise SystemExit(1)

    def tell(self, report, seconds, *, as_json, witnessed):
        """Say what was looked at and each thing that was found."""
        counts = {
            "rows": report.rows, "seals": report.seals, "unsealed": report.unsealed,
            "erased": len(report.erased), "witnessed": witnessed, "seconds": round(seconds, 2),
        }  # fmt: skip
        if as_json:
            findings = [finding._asdict() for finding in report.findings]
            head = {"no": report.last[0], "hash": report.last[1]} if report.last else None
            self.stdout.write(json.dumps({**counts, "head": head, "findings": findings}, indent=1))
            return
        for finding in report.findings:
            self.stdout.write(f"{finding.kind}: {finding.words}")
        self.stdout.write(", ".join(f"{name} {value}" for name, value in counts.items()))
        self.stdout.write("Not one finding." if not report.findings else f"{len(report.findings)} findings.")
