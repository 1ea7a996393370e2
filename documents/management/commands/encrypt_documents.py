from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.scope import system_access
from documents.actions import seal_document
from documents.actions.keeping import Altered
from documents.models import Document


class Command(BaseCommand):
    help = "Encrypt documents that still lie in the clear; may be broken off and begun again."

    def handle(self, *args, **options):
        with system_access("retention", "looking for documents in the clear"):
            rows = Document.objects.filter(sealing=None).order_by("pk")
            wanted = list(rows.values_list("pk", flat=True))
        done, failed = 0, 0
        for pk in wanted:
            try:
                with system_access("retention", "encrypting a document") as account:
                    done += seal_document(pk, by=account, now=timezone.now())
            except (Altered, FileNotFoundError) as why:
                failed += 1
                self.stderr.write(f"{pk}: left as it is ({type(why).__name__})")
        self.stdout.write(f"{done} encrypted, {failed} left as they are")
        if failed:
            raise SystemExit(1)
