"""Celery says "look now": documents that wait for the scanner are asked about again."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from accounts.scope import system_access
from documents.actions import scan_document
from documents.models import Document
from documents.states import Scan

MOST_AT_ONCE = 20


@shared_task(acks_late=True)
def scan_waiting(**_):
    """Ask the scanner about what waits, oldest first; stop at the first that it does not answer for."""
    if not settings.CLAMD:
        return
    with system_access("retention", "documents that wait to be scanned") as account:
        rows = Document.objects.filter(scan=Scan.WAITING).order_by("created_at", "pk")
        waiting = list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])
    for pk in waiting:
        with system_access("retention", "scanning a document") as account:
            if scan_document(pk, by=account, now=timezone.now()) == Scan.WAITING:
                return
