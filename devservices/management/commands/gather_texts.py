from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand

from devservices.places import CHECKOUT
from devservices.texts import gather


class Command(BaseCommand):
    """Bring every catalogue up to date with the texts of the code; new texts stand there empty."""

    help = "Bring locale/*/LC_MESSAGES/django.po up to date with the texts in code and templates"
    requires_system_checks = []

    def handle(self, *args, **options):
        texts = gather()
        for language, _name in settings.LANGUAGES:
            if language == "en":
                continue
            path = CHECKOUT / "locale" / language / "LC_MESSAGES" / "django.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue = Catalog(locale=language, charset="utf-8")
            if path.exists():
                with path.open("rb") as old:
                    catalogue = read_po(old, locale=language)
            catalogue.update(texts, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            with path.open("wb") as out:
                write_po(out, catalogue, width=110, sort_output=True, include_lineno=False, omit_header=False)
            missing = sum(1 for message in catalogue if message.id and not message.string)
            self.stdout.write(f"{language}: {len(catalogue)} texts, {missing} without a translation")
