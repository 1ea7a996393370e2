"""Every kind of record: read by those who may, within the need to know, at a price that does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from api.nouns import NOUNS
from audit.models import Event
from documents.models import Document
from operations.models import Insider, Operation
from tests import factories
from tests.factories import (
    AccusedMake,
    CareMake,
    CaseLinkMake,
    CaseMake,
    HeadcountMake,
    InsiderMake,
    MembershipMake,
    OperationMake,
    OperationSiteMake,
    PlacementMake,
    TrackChangeMake,
    UserMake,
)
from tests.people import on_case, person

MAKERS = {
    make._meta.model: make
    for name, make in vars(factories).items()
    if name.endswith("Make") and getattr(make, "_meta", None) and make._meta.model
}


@pytest.fixture
def lead(case):
    """Whoever reads most: the verbs of care, of therapy and of identities, all in one person."""
    user = person(Role.SAFEGUARDING_LEAD, case.office)
    return on_case(user, case, Role.SAFEGUARDING_LEAD)


def paper(case, title="x", **facts):
    row = Document(
        case=case, office_id=case.office_id, sensitivity=case.sensitivity, title=title, original_name="x",
        file="x", size=1, content_type="text/plain", sha256="0" * 64, uploaded_by=UserMake(), **facts,
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def made(view, case):
    """One more row of this kind; False where nothing makes such rows alone."""
    if view.model is Document:
        return paper(case)
    if view.model is Insider:
        return InsiderMake(case=case, operation=OperationMake(case=case, status="planned", outcome=""))
    make = MAKERS.get(view.model)
    return make(case=case) if make and hasattr(view.model, "case") else None


def everybody_inside(case, user):
    """She stands in the circle of every plan."""
    for operation in Operation._base_manager.filter(case=case, status="planned"):
        InsiderMake(case=case, operation=operation, user=user)


def test_each_list_costs_the_same_for_one_row_and_for_many(api, case, lead):
    client = api(lead)
    kinds = [(noun, view) for noun, view, _name in NOUNS if noun not in ("cases", "alerts")]
    alone = {noun for noun, view in kinds if made(view, case) is None}
    everybody_inside(case, lead)

    def costs():
        found = {}
        for noun, _view in kinds:
            with CaptureQueriesContext(connection) as asked:
                rows = client.listed(f"{noun}/")
            found[noun] = (len(asked), len(rows))
        return found

    client.get("cases/")
    one = costs()
    assert {noun for noun, (_cost, rows) in one.items() if not rows} <= alone
    assert len(alone) < 9, "kinds that nothing makes alone"
    for _more in range(3):
        for _noun, view in kinds:
            made(view, case)
    many = costs()
    assert {noun: many[noun] for noun in many if many[noun][0] != one[noun][0]} == {}


# A word that stands in every hidden place and nowhere else.
SECRET = "Warehouse-nine"


def test_a_plan_is_known_to_its_circle_alone_and_its_day_stays_covered(api, case, alice, lawyer):
    plan = OperationMake(
        case=case, status="planned", outcome="", on="2031-05-04", planning=SECRET, note=SECRET, key="plan-1"
    )
    OperationSiteMake(case=case, operation=plan, note=SECRET)
    HeadcountMake(case=case, operation=plan, label=SECRET)
    done = OperationMake(case=case, follows=plan, note="told")
    AccusedMake(case=case)
    InsiderMake(case=case, operation=plan, user=alice)
    outside, inside = api(lawyer), api(alice)
    for noun in ("operations", "operation-sites", "headcounts", "insiders"):
        said = outside.get(f"{noun}/").content.decode()
        assert SECRET not in said, noun
        assert str(plan.pk) not in said, noun
    assert outside.get(f"operations/{plan.pk}/").status_code == 404
    assert outside.get(f"operations/{done.pk}/").json()["follows"] is None
    assert Event.objects.filter(verb="operation.open").count() == 0
    shown = inside.get(f"operations/{plan.pk}/")
    assert (shown.json()["status"], shown.json()["on"]) == ("planned", "")
    assert SECRET not in shown.content.decode()
    assert SECRET not in inside.get("operation-sites/").content.decode()
    assert inside.get(f"operations/{done.pk}/").json()["follows"] == str(plan.pk)
    assert [row["user"] for row in inside.listed("insiders/")] == [str(alice.pk)]
    assert Event.objects.get(verb="operation.open").subject_id == str(plan.pk)


def test_aftercare_needs_its_verb_and_never_says_where_somebody_lives(api, case, lawyer, social_worker):
    stay = PlacementMake(case=case, at=SECRET, address=SECRET, note=SECRET)
    TrackChangeMake(case=case, track="aftercare", status="follow_up", note=SECRET)
    assert api(lawyer).get("placements/").status_code == 403
    assert api(lawyer).get(f"placements/{stay.pk}/").status_code == 403
    assert SECRET not in api(lawyer).get("track-changes/").content.decode()
    client = api(social_worker)
    assert [row["id"] for row in client.listed("placements/", care=str(stay.care_id))] == [str(stay.pk)]
    assert SECRET not in client.get(f"placements/{stay.pk}/").content.decode()
    assert SECRET in client.get("track-changes/").content.decode()


def test_whoever_sees_aftercare_in_one_office_sees_none_of_another_where_she_is_a_lawyer(api, case, office):
    both = person(Role.LAWYER, office)
    elsewhere = CaseMake()
    MembershipMake(user=both, office=elsewhere.office, role=Role.SOCIAL_WORKER)
    on_case(both, case, Role.LAWYER)
    on_case(both, elsewhere, Role.SOCIAL_WORKER)
    here, there = CareMake(case=case), CareMake(case=elsewhere)
    client = api(both)
    assert [row["id"] for row in client.listed("cares/")] == [str(there.pk)]
    assert client.get(f"cares/{here.pk}/").status_code == 403


def test_what_shows_who_somebody_is_is_not_listed_for_everybody(api, case, alice, social_worker):
    paralegal = on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL)
    plain, shows = paper(case), paper(case, identifying=True, title=SECRET)
    assert {row["id"] for row in api(alice).listed("documents/")} == {str(plain.pk), str(shows.pk)}
    assert [row["id"] for row in api(paralegal).listed("documents/")] == [str(plain.pk)]
    assert api(paralegal).get(f"documents/{shows.pk}/").status_code == 404
    assert "file" not in api(alice).listed("documents/")[0]


def test_a_tie_to_a_case_that_one_may_not_open_is_not_there(api, case, alice):
    hidden, open_one = CaseMake(office=case.office, sensitivity=2), case
    CaseLinkMake(case=case, number=hidden.number, outside="")
    kept = CaseLinkMake(case=case, number=open_one.number, outside="")
    assert [row["id"] for row in api(alice).listed("case-links/")] == [str(kept.pk)]
