import logging
import signal
import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection, transaction

from audit import witness
from audit.keys import own_key, publish
from audit.sealing import MORE_TO_SEAL, Broken, head, seal_once

PAUSE = 1.0
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Seal what was written: once, or every second until somebody stops it."""

    help = "Seal the audit trail"
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="go on until stopped, once a second")
        parser.add_argument(
            "--accept-restored",
            action="store_true",
            help="a backup was restored: go on from its last seal, and let the witness say so",
        )

    def handle(self, *args, **options):
        self.stopped = False
        self.signer = own_key(Path(settings.AUDIT_SEAL_KEY_FILE))
        publish(self.signer, Path(settings.AUDIT_PUBLIC_KEYS_FILE))
        self.path = Path(settings.AUDIT_WITNESS)
        if options["accept_restored"]:
            self.accept_restored()
        if not options["loop"]:
            return self.seal_all()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self.stop)
        while not self.stopped:
            self.turn()
            time.sleep(PAUSE)
        return None

    def stop(self, *_signal):
        self.stopped = True

    def turn(self):
        """Seal what is ready; a database that is away for a moment is waited for."""
        try:
            self.seal_all()
        except (OperationalError, InterfaceError) as away:
            logger.error("sealing waits: %s", type(away).__name__)
            connection.close()

    def seal_all(self):
        """Seal until nothing is ready."""
        try:
            while not self.stopped and (line := self.seal()):
                witness.append(self.path, [line])
            for seal_one in MORE_TO_SEAL:
                self.seal_more(seal_one)
        except Broken as broken:
            # It ends here, and its end is seen: nothing must be sealed over what somebody has cut.
            raise CommandError(f"The audit is not sealed any further: {broken}.") from broken

    def seal(self):
        with transaction.atomic(), connection.cursor() as cursor:
            return seal_once(cursor, self.signer, self.path)

    def seal_more(self, seal_one):
        """Seal what another app has, one thing in a transaction, until there is none."""
        more = True
        while more and not self.stopped:
            with transaction.atomic(), connection.cursor() as cursor:
                more = seal_one(cursor, self.signer)

    def accept_restored(self):
        """Let the witness remember that the chain goes on from the last seal of a restored database."""
        with connection.cursor() as cursor:
            last = head(cursor)
        if last is None:
            raise CommandError("There is no seal in this database to go on from.")
        line = last._replace(word=witness.RESTORED)
        signature = self.signer.sign(witness.message(line)).hex()
        witness.append(self.path, [line._replace(key=self.signer.key_id, signature=signature)])
