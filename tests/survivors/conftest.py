import pytest
from django.utils import timezone

from accounts.scope import viewing_as
from survivors import actions
from tests.factories import SurvivorMake
from tests.survivors.known import BORN, FACTS


@pytest.fixture
def survivor(case):
    return SurvivorMake(case=case, pseudonym="Maya")


@pytest.fixture
def known(survivor, alice):
    """A survivor whose identity is recorded."""
    with viewing_as(alice):
        actions.edit_identity(survivor.pk, by=alice, now=timezone.now(), born=BORN, **FACTS)
    return survivor
