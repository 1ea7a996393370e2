"""What a person may see is worded once a look, and never carried into the look of somebody else."""

from accounts.models import User
from accounts.roles import Role
from accounts.scope import viewing_as
from cases.models import Case, Note
from cases.querysets import OfCaseQuerySet
from tests.factories import CaseMake, NoteMake, OfficeMake
from tests.people import on_case, person


def test_whoever_looks_next_sees_her_own_cases(db):
    cases = [CaseMake() for _one in range(2)]
    first, second = (on_case(person(Role.LAWYER, case.office), case, Role.LAWYER) for case in cases)
    with viewing_as(first):
        assert [case.pk for case in Case.objects.all()] == [cases[0].pk]
        assert Case.objects.filter(title="nothing of the kind").count() == 0
        with_all = Case.objects.all()
    with viewing_as(second):
        assert [case.pk for case in Case.objects.all()] == [cases[1].pk]
    with viewing_as(first):
        assert {case.pk for case in with_all} == {case.pk for case in Case.objects.all()}
        first.is_active = False
        assert not Case.objects.exists()


def test_a_page_of_rows_words_it_once(db, monkeypatch):
    office = OfficeMake()
    lawyer = person(Role.LAWYER, office)
    for _turn in range(3):
        case = CaseMake(office=office)
        on_case(lawyer, case, Role.LAWYER)
        NoteMake(case=case)
    asked = []
    worded = OfCaseQuerySet.visible_to
    monkeypatch.setattr(
        OfCaseQuerySet, "visible_to", lambda rows, user: asked.append(rows.model) or worded(rows, user)
    )
    with viewing_as(User.objects.get(pk=lawyer.pk)):
        assert sum(len(case.notes.all()) for case in Case.objects.prefetch_related("notes")) == 3
    assert asked.count(Note) == 1
