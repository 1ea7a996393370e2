from figures.models import Mark
from tests.factories import HearingMake


def test_smoke(case):
    HearingMake(case=case)
    assert Mark.objects.filter(case_id=case.pk).count() == 1
