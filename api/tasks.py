"""Celery carries no work: this says "look now". Lost, late or doubled pokes change nothing."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from api.models import SentOnce

KEPT = timedelta(days=30)


@shared_task(acks_late=True)
def forget_sent(**_):
    """A key of an act stands for it for thirty days."""
    SentOnce.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
