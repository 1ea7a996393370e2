"""Celery carries no work: this says "look now". Lost, late or doubled pokes change nothing."""

from celery import shared_task

from rights.sweeping import carry_out_agreed, put_on_list


@shared_task(acks_late=True)
def keep_to_rules(**_):
    """Put on the list what is due, and carry out what two people agreed to."""
    put_on_list()
    carry_out_agreed()
