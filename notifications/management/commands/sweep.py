from datetime import UTC, datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notifications.sending import send_due
from notifications.sweeping import sweep_once


class Command(BaseCommand):
    help = "Work out what is owed to whom, and send it; with --at as if it were then."

    def add_arguments(self, parser):
        parser.add_argument(
            "--at", metavar="ISO-TIME", help="2026-11-24T08:30+08:00; without a zone it is UTC"
        )

    def handle(self, *args, at=None, **options):
        moment = self.moment(at) if at else None
        counts = sweep_once(at=moment)
        counts["mails"] = send_due(at=moment)
        for name, count in counts.items():
            self.stdout.write(f"{name}: {'failed' if count is None else count}")
        if None in counts.values():
            raise CommandError("A step of the sweep failed; its log line says where.")

    @staticmethod
    def moment(text):
        """The asked-for time, on a developer's machine only: elsewhere it would send what is not due."""
        if not settings.EMBEDDED:
            raise CommandError("--at is for the embedded services of a developer's machine only.")
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as why:
            raise CommandError(f"Not a time: {text}. Write 2026-11-24T08:30+08:00.") from why
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
