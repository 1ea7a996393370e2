from django.core.management.base import BaseCommand

from accounts.scope import system_access
from documents.actions.evidence import first_broken
from documents.actions.keeping import is_whole
from documents.models import Document
from reference.sealed import SealBroken


class Command(BaseCommand):
    help = "Compare every stored document with its recorded sha-256, and check every chain of custody."

    def handle(self, *args, **options):
        with system_access("retention", "verifying documents"):
            wanted = list(Document.objects.order_by("pk").values_list("pk", flat=True))
        faults = [f"{pk}: {fault}" for pk in wanted for fault in self.faults_of(pk)]
        for fault in faults:
            self.stderr.write(fault)
        self.stdout.write(f"{len(wanted)} documents, {len(faults)} faults")
        if faults:
            raise SystemExit(1)

    def faults_of(self, pk):
        """What is wrong with one document, in its own transaction: a large store takes hours."""
        with system_access("retention", "verifying a document"):
            document = Document.objects.get(pk=pk)
            try:
                if not is_whole(document):
                    yield "the content is not what was taken in"
            except FileNotFoundError:
                yield "the file is not in its place"
            except SealBroken as why:
                yield str(why)
            broken = first_broken(document)
            if broken:
                yield f"the chain of custody is broken at entry {broken.position}"
