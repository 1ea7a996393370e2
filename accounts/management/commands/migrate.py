from django.core.management.commands import migrate

from accounts.actions import ensure_principals
from accounts.rights import lay_down


class Command(migrate.Command):
    """Migrate as the owner, then lay down rights, copied scope and the system principals."""

    def handle(self, *args, **options):
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        lay_down()
        ensure_principals()
