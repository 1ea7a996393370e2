from django.core.management.base import BaseCommand

from reference.sealed import KeyRing


class Command(BaseCommand):
    help = "Print a fresh key ring for SEALING_KEYS_FILE. What one ring sealed, no other ring opens."
    requires_system_checks = []

    def handle(self, *args, **options):
        self.stdout.write(KeyRing.fresh().written(), ending="")
