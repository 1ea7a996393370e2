from celery import shared_task
from django.db import connection

from accounts.scope import system_access
from prosecutions import actions

ROUNDS = 20


@shared_task(acks_late=True)
def compare_offices(**_):
    """Compare new and changed names, and the newly arrested, with the people of other offices."""
    for _round in range(ROUNDS):
        with system_access("matcher", "compare people between offices") as matcher:
            if not actions.compare_offices(by=matcher, now=database_now()):
                return


def database_now():
    """The moment it is by the clock of the database, which tests can move."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_now()")
        return cursor.fetchone()[0]
