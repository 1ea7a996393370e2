from django.core.management.base import BaseCommand
from django.db import connection

from audit.sealing import head


class Command(BaseCommand):
    """Print the newest seal, to be kept somewhere else: on paper, in a mail, in another country."""

    help = "Print the newest seal of the audit trail"
    requires_system_checks = ()

    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            last = head(cursor)
            cursor.execute("SELECT count(*) FROM audit_event WHERE seal_no IS NULL")
            (waiting,) = cursor.fetchone()
        if last is None:
            self.stdout.write("Nothing is sealed yet.")
            return
        self.stdout.write(f"{last.no} {last.hash} {last.sealed_at}")
        self.stdout.write(f"{waiting} rows wait for the next seal.")
