from django.core.management.base import BaseCommand, CommandError

from cases.states import IllegalMove
from notifications import actions
from notifications.clock import as_reminders


class Command(BaseCommand):
    help = "After a restore: send mail again. What waits now may have been sent before, so it is kept back."

    def add_arguments(self, parser):
        parser.add_argument("--let-out", action="store_true", help="send what waits now as well")

    def handle(self, *args, let_out=False, **options):
        try:
            with as_reminders("somebody lets mail go out again after a restore") as (principal, now):
                kept_back = actions.release_sending(by=principal, now=now, let_out=let_out)
        except IllegalMove as why:
            raise CommandError(str(why)) from why
        self.stdout.write(f"Mail goes out again. Messages kept back for good: {kept_back}")
