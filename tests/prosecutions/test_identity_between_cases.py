"""Two records found to be one human being, told apart again; proposals of what the viewer may see."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from audit.models import Event
from cases.states import IllegalMove, Sensitivity
from prosecutions import actions
from prosecutions.models import Accused, NameForm, PersonLink
from prosecutions.proposals import proposals_for
from tests.factories import AccusedMake, CaseMake, PerpetratorMake
from tests.people import on_case, person


@pytest.fixture
def cases(office):
    return [CaseMake(office=office) for _ in range(3)]


@pytest.fixture
def ana(office, cases):
    """Lawyer of the first two of three cases."""
    user = person(Role.LAWYER, office, name="Ana")
    for case in cases[:2]:
        on_case(user, case, Role.LAWYER)
    return user


def add(case, by, name, **facts):
    return actions.add_accused(case.pk, by=by, now=timezone.now(), name=name, **facts)


def who(pk):
    return Accused.objects.values_list("perpetrator", flat=True).get(pk=pk)


def test_proposes_across_scripts_only_what_the_viewer_may_see(ana, cases, office):
    hidden = CaseMake(office=office, sensitivity=Sensitivity.TEAM)
    other = on_case(person(Role.LAWYER, office), hidden, Role.LAWYER)
    with viewing_as(other):
        add(hidden, other, "Rekha Mandal")
    with viewing_as(ana):
        known = add(cases[0], ana, "রেখা মণ্ডল", aliases=["Munni"])
        add(cases[0], ana, "Suresh Mandal")
        new = add(cases[1], ana, "Rekha Mondol")
        found = proposals_for(new)
    assert [row.other.pk for row in found] == [known.pk]
    assert found[0].weighed.lines[0].theirs == "রেখা মণ্ডল"


def test_a_new_name_or_number_is_found_in_the_same_moment(ana, cases):
    with viewing_as(ana):
        first = add(cases[0], ana, "Nobody Knows", phones=["+91 98300 12345"])
        second = add(cases[1], ana, "Quite Different", phones=["098300 12345"], nationality=["IN"])
        keys = NameForm.objects.get(accused=first).keys
        assert not any("98300" in key for key in keys)
        assert [row.other.pk for row in proposals_for(second)] == [first.pk]
        actions.edit_accused(first.pk, by=ana, now=timezone.now(), name="Dimaculangan, Jonalyn", phones=[])
        third = add(cases[1], ana, "Honalyn Dimakulangan")
        assert [row.other.pk for row in proposals_for(third)] == [first.pk]
        assert proposals_for(second) == []


def test_not_the_same_is_remembered_from_both_sides_and_later_asks_again(ana, cases):
    with viewing_as(ana):
        one, two = add(cases[0], ana, "Rekha Mandal"), add(cases[1], ana, "Rekha Mondol")
        now = timezone.now()
        actions.answer_identity(one.pk, by=ana, now=now, other=two.pk, answer="later")
        assert [(row.other.pk, row.answer) for row in proposals_for(one)] == [(two.pk, "later")]
        actions.answer_identity(one.pk, by=ana, now=now, other=two.pk, answer="different")
        assert proposals_for(one) == proposals_for(two) == []
        assert who(one.pk) != who(two.pk)


def test_joining_carries_all_records_along_and_undoing_brings_each_back_where_it_was(ana, cases, office):
    """One record of the first person stands in a case that the lawyer does not see: the worker carries it."""
    boss = person(Role.GLOBAL_DIRECTOR, name="Boss")
    lead = on_case(person(Role.LAWYER, office, name="Lea"), cases[2], Role.LAWYER)
    everywhere = PerpetratorMake()
    here = AccusedMake(case=cases[0], perpetrator=everywhere, name="Rekha Mandal")
    hidden = AccusedMake(case=cases[2], perpetrator=everywhere, name="Rekha Mandal")
    other = AccusedMake(case=cases[1], name="Rekha Mondol")
    before = other.perpetrator_id
    for case in cases:
        type(case)._base_manager.filter(pk=case.pk).update(sensitivity=Sensitivity.TEAM)
    now = timezone.now()
    with viewing_as(ana):
        actions.answer_identity(
            here.pk, by=ana, now=now, other=other.pk, answer="same", why="photo", score=80
        )
        assert who(here.pk) == before
        link = PersonLink.objects.get()
        assert (link.was_id, link.now_id, link.linked_by, link.why) == (everywhere.pk, before, ana, "photo")
    work()
    with viewing_as(lead):
        assert who(hidden.pk) == before
        assert PersonLink.objects.get().batch == link.batch
    with viewing_as(ana), pytest.raises(IllegalMove, match="Say why"):
        actions.undo_link(link.pk, by=ana, now=now, why="")
    with viewing_as(ana):
        actions.undo_link(link.pk, by=ana, now=now, why="another face")
        assert (who(here.pk), who(other.pk)) == (everywhere.pk, before)
    work()
    work()
    with viewing_as(lead):
        assert who(hidden.pk) == everywhere.pk
        assert PersonLink.objects.get().undone_why == "another face"
    with viewing_as(boss):
        assert not PersonLink.objects.exists()
    verbs = Event.objects.order_by("id").values_list("verb", flat=True)
    assert [v for v in verbs if v.startswith("accused.")] == [
        "accused.answer", "accused.link", "accused.carry", "accused.unlink", "accused.unlink",
    ]  # fmt: skip


def work():
    """One round of the worker, as its principal."""
    with system_access("matcher", "test") as matcher:
        return actions.compare_offices(by=matcher, now=timezone.now())


def test_what_was_built_on_a_link_is_undone_first_and_two_in_one_case_stay_two(ana, cases):
    with viewing_as(ana):
        one, two = add(cases[0], ana, "Rekha Mandal"), add(cases[1], ana, "Rekha Mondol")
        third = add(cases[1], ana, "Somebody Else")
        now = timezone.now()
        actions.answer_identity(one.pk, by=ana, now=now, other=two.pk, answer="same")
        with pytest.raises(IllegalMove, match="in the case already"):
            actions.answer_identity(one.pk, by=ana, now=now, other=third.pk, answer="same")
        link = PersonLink.objects.get()
        actions.undo_link(link.pk, by=ana, now=now, why="no")
        with pytest.raises(IllegalMove, match="undone already"):
            actions.undo_link(link.pk, by=ana, now=now, why="no")


def test_adding_somebody_as_the_same_person_can_be_undone_too(ana, cases):
    with viewing_as(ana):
        known = add(cases[0], ana, "Rekha Mandal")
        new = add(cases[1], ana, "Rekha Devi", same_as=known.pk)
        assert who(new.pk) == who(known.pk)
        actions.undo_link(PersonLink.objects.get().pk, by=ana, now=timezone.now(), why="two people")
        assert who(new.pk) != who(known.pk)
