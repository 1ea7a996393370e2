from celery import shared_task

from accounts.signals_of_duress import call_the_leads


@shared_task
def call_leads():
    """Tell the leads of whoever signed in under duress."""
    call_the_leads()
