import pytest

from accounts.roles import Role
from tests.factories import SurvivorMake
from tests.people import just_confirmed, person


@pytest.fixture
def survivor(case):
    return SurvivorMake(case=case, key="s1", pseudonym="Maya")


@pytest.fixture
def second(office):
    """Another who may decide about records."""
    return person(Role.SAFEGUARDING_LEAD, office, name="Seconda")


@pytest.fixture
def browse(client):
    """Open and send as somebody who has just shown that it is she."""

    def go(user, url, data=None):
        just_confirmed(client, user)
        return client.get(url) if data is None else client.post(url, data)

    return go
