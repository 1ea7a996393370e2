from accounts.demo import make_people
from accounts.models import Office
from audit.models import Event
from casefiles import demo
from cases.models import Assignment
from cases.querysets import CASE_ROLES
from tests.factories import CaseMake


def test_teams_of_examples_are_named_once_and_cases_of_people_never(db):
    Office.objects.create(key="manila", name="Manila", country="PH", currency="PHP", time_zone="Asia/Manila")
    make_people()
    office = Office.objects.get(key="manila")
    loaded = CaseMake(office=office, loaded_on="2026-11-01")
    own = CaseMake(office=office, sensitivity=2)
    for _start in range(2):
        demo.name_teams()
    named = Assignment._base_manager
    assert named.filter(case=loaded).count() == len(CASE_ROLES) - 1
    assert not named.filter(case=own).exists()
    assert Event.objects.filter(verb="case.assign").count() == len(CASE_ROLES) - 1
