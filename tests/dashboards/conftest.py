import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def queries_of(db):
    """How many queries an act takes."""

    def count(act):
        with CaptureQueriesContext(connection) as caught:
            act()
        return len(caught)

    return count
