import pytest

from aftercare.models import Care
from tests.factories import CareMake, SurvivorMake


@pytest.fixture
def survivor(case):
    return SurvivorMake(case=case, key="s1", pseudonym="Maya")


@pytest.fixture
def care(case, survivor):
    return CareMake(case=case, survivor=survivor)


@pytest.fixture
def read(looking):
    """Reads rows again as somebody: `read(user, Care, pk)`."""

    def again(user, model=Care, pk=None):
        with looking(type(user).objects.get(pk=user.pk)):
            return model.objects.get(pk=pk) if pk else list(model.objects.order_by("created_at", "pk"))

    return again
