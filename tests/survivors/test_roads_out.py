from django.utils import timezone

from accounts.scope import viewing_as
from cases.models import Case
from figures.catalogue import FIGURES
from survivors.actions import add_relief
from survivors.models import Relief
from tests.factories import OperationMake, SurvivorMake


def test_an_earlier_road_out_written_down_later_moves_nobody_to_another_bucket(case, alice):
    survivor = SurvivorMake(case=case)
    operation = OperationMake(case=case, on="2026-10-21", people="1", relieved="1")
    with viewing_as(alice):
        now = timezone.now()
        add_relief(survivor.pk, by=alice, now=now, how="operation", operation=operation)
        add_relief(survivor.pk, by=alice, now=now, how="own_escape", on="2026-10-01")
        roads = list(Relief.objects.order_by("position").values_list("how", flat=True))
        relieved = FIGURES["people_relieved"].value(Case.objects.all(), now.date())
    assert roads == ["own_escape", "operation"]
    assert str(relieved) == "1"
