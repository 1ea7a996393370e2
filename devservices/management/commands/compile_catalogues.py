"""Compile every message catalogue, with no gettext program on the machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """`manage.py compile_catalogues`: every django.po and djangojs.po becomes its .mo."""

    help = "Compile the message catalogues."
    requires_system_checks = ()

    def handle(self, *args, **options):
        """Compile the catalogues that are newer than what was compiled of them."""
        sources = [po for root in settings.LOCALE_PATHS for po in Path(root).glob("*/LC_MESSAGES/*.po")]
        stale = [po for po in sources if _is_stale(po)]
        for po in stale:
            _compile(po)
        if options["verbosity"] > 0:
            self.stdout.write(f"{len(stale)} of {len(sources)} message catalogues compiled.")


def _is_stale(po: Path) -> bool:
    """Say whether the catalogue changed after it was last compiled."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime


def _compile(po: Path) -> None:
    """Compile one catalogue, leaving the old one in place until the new one is whole."""
    language = po.parent.parent.name
    with po.open("rb") as source:
        catalogue = read_po(source, locale=language, domain=po.stem, abort_invalid=True)
    for message in catalogue:
        if message.id and message.string and (faults := list(message.check(catalogue))):
            raise CommandError(f"{po}:{message.lineno}: {faults[0]}")
    finished = po.with_suffix(".mo")
    part = finished.with_suffix(".mo.part")
    with part.open("wb") as out:
        write_mo(out, catalogue)
    part.replace(finished)
