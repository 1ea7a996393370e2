from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.scope import system_access
from documents import vault
from documents.actions.evidence import first_broken
from documents.actions.keeping import is_whole
from documents.models import Document
from reference.sealed import SealBroken

A_DAY = timedelta(days=1)


class Command(BaseCommand):
    help = "Compare every stored document with its recorded sha-256, and check every chain of custody."

    def add_arguments(self, parser):
        parser.add_argument(
            "--clean",
            action="store_true",
            help="remove files without a document, once they are a day old",
        )

    def handle(self, *args, **options):
        with system_access("retention", "verifying documents"):
            wanted = list(Document.objects.order_by("pk").values_list("pk", flat=True))
        self.tell_of_strays(remove=options["clean"])
        faults = [f"{pk}: {fault}" for pk in wanted for fault in self.faults_of(pk)]
        for fault in faults:
            self.stderr.write(fault)
        self.stdout.write(f"{len(wanted)} documents, {len(faults)} faults")
        if faults:
            raise SystemExit(1)

    def tell_of_strays(self, *, remove):
        """Files that a request left behind when it was killed: sealed, and nobody has their keys."""
        lying = vault.lying_there()
        with system_access("retention", "looking for files without a document"):
            needed = set(Document.objects.values_list("file", flat=True))
        for name in sorted(lying - needed):
            old = vault.store().get_modified_time(name) < timezone.now() - A_DAY
            if remove and old:
                vault.store().delete(name)
            self.stdout.write(f"{name}: {'removed' if remove and old else 'no document needs it'}")

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
