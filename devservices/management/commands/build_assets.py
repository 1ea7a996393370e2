from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from devservices.assets import BadAsset, build


class Command(BaseCommand):
    help = "Make build/ (style sheet, icon sprite, fonts) from assets/ and the icons that pages name."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        root = Path(settings.BASE_DIR)
        try:
            sizes = build(root, root / "build")
        except BadAsset as why:
            raise CommandError(str(why)) from why
        for name, size in sizes.items():
            if not name.startswith("fonts/"):
                self.stdout.write(f"{name}: {size:,} bytes")
