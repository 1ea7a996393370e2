from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.commands import migrate

from accounts.actions import ensure_principals
from accounts.gate import defects
from accounts.rights import lay_down, owner_past_the_lock
from ijm_cases.migrating import QuickExecutor

# Django's command takes the executor from its own module and offers no other way to give it one.
migrate.MigrationExecutor = QuickExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    """Migrate as the owner, then lay down rights, copied scope, the system principals and the law."""

    def handle(self, *args, **options):
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        with owner_past_the_lock():
            super().handle(*args, **options)
        ensure_principals()
        lay_down()
        if not options["app_label"] and (found := defects()):
            raise CommandError("The locks have gaps: " + "; ".join(found))
        if not options["app_label"]:
            call_command("load_jurisdictions", verbosity=0)
            call_command("load_instrument", verbosity=0)
            call_command("rebuild_rollups", if_changed=True)
