from accounts.demo import make_people
from accounts.models import Office, User
from accounts.scope import viewing_as
from casefiles import demo
from operations.models import Insider, Operation
from tests.factories import AssignmentMake, CaseMake, OperationMake


def test_a_plan_that_a_file_brought_over_gets_a_circle_once(db):
    Office.objects.create(key="manila", name="Manila", country="PH", currency="PHP", time_zone="Asia/Manila")
    make_people()
    office = Office.objects.get(key="manila")
    loaded = CaseMake(office=office, loaded_on="2026-11-01", sensitivity=1)
    plan = OperationMake(case=loaded, status="planned", outcome="")
    OperationMake(case=CaseMake(office=office), status="planned", outcome="")  # somebody's own
    for _start in range(2):
        demo.name_circles()
    assert Insider._base_manager.filter(operation=plan).count() == Insider._base_manager.count() == 3
    lead = User.objects.get(email="caseworker.manila@demo.example")
    AssignmentMake(case=loaded, user=lead, role="caseworker")
    with viewing_as(lead):
        assert list(Operation.objects.all()) == [plan]
        assert Insider.objects.get(leads=True).user == lead
