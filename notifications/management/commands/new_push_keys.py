from django.core.management.base import BaseCommand

from reference.push_keys import fresh


class Command(BaseCommand):
    help = "Print fresh keys for notices of browsers. With others, every browser must be added anew."
    requires_system_checks = []

    def handle(self, *args, **options):
        for name, key in fresh().items():
            self.stdout.write(f"{name}={key}")
