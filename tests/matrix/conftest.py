import pytest
from django.db import connection, transaction

from tests.matrix.world import World


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for the module, and undone after it."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block._from_testcase = True  # requests open a durable block of their own inside
        block.__enter__()
        try:
            yield World()
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            connection.close()
