import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.scope import viewing_as
from audit.models import Event


@pytest.fixture
def queries_for(client):
    """How many queries a page costs the second time it is asked for."""

    def count(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    return count


@pytest.fixture
def look(db):
    """What a person finds when she looks: look(user, Model, pk=...)."""

    def find(user, model, **facts):
        with viewing_as(user):
            return model.objects.get(**facts)

    return find


@pytest.fixture
def events(db):
    """The events of one verb, oldest first."""

    def of(verb):
        return list(Event.objects.filter(verb=verb).order_by("id"))

    return of
