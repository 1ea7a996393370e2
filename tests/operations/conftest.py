"""A plan of which Alice and the legal lead alone know, with a row of every kind that hangs from one."""

import pytest

from accounts.scope import viewing_as
from operations.models import Insider, InsiderApproval, OperationAsset, OperationTally
from tests.factories import (
    HeadcountMake,
    MissingPersonMake,
    OfCaseMake,
    OperationMake,
    OperationSiteMake,
    SurvivorMake,
    VenueMake,
)


class AssetMake(OfCaseMake):
    class Meta:
        model = OperationAsset

    kind = "boat"


class TallyMake(OfCaseMake):
    class Meta:
        model = OperationTally

    position = 1


class ApprovalMake(OfCaseMake):
    class Meta:
        model = InsiderApproval


@pytest.fixture
def plan(case, alice, legal_lead):
    """Alice leads it and has named the legal lead; a row of every kind hangs from it."""
    circle = [alice, legal_lead]
    facts = {
        "key": "plan-c4n4ry",
        "status": "planned",
        "outcome": "",
        "on": "2031-05-17",
        "purpose": "search",
    }
    operation = OperationMake(case=case, insiders=circle, local_time="04:45", planning="canary-plan", **facts)
    of = {"case": case, "operation": operation}
    OperationSiteMake(**of, venue=VenueMake(case=case, name="Bar Azul"))
    HeadcountMake(**of, label="canary-count")
    MissingPersonMake(**of, survivor=SurvivorMake(case=case))
    AssetMake(**of)
    TallyMake(**of)
    with viewing_as(alice):
        insider = Insider.objects.get(user=legal_lead)
    ApprovalMake(**of, insider=insider, by=alice)
    return operation
