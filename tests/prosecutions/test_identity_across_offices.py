"""Hit or no hit between two offices: each learns that there is a match and whom to ask, and nothing else."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from audit.models import Event
from prosecutions import actions
from prosecutions.models import Accused, MatchPair, MatchSide
from tests.factories import AccusedMake, ArrestMake, CaseMake, OperationMake, PerpetratorMake
from tests.people import on_case, person


@pytest.fixture
def two(office, other_office):
    """(case, lawyer) of each office."""
    found = []
    for home, name in ((office, "Cora"), (other_office, "Afia")):
        case = CaseMake(office=home, legal_status="trial")
        found.append((case, on_case(person(Role.LAWYER, home, name=name), case, Role.LAWYER)))
    return found


def work():
    with system_access("matcher", "test") as matcher:
        return actions.compare_offices(by=matcher, now=timezone.now())


def sides(user):
    with viewing_as(user):
        return list(MatchSide.objects.select_related("ask", "other_office", "accused").order_by("pk"))


def answer(user, word):
    with viewing_as(user):
        side = MatchSide.objects.get(state="open")
        actions.answer_match(side.pk, by=user, now=timezone.now(), answer=word)


def people():
    return set(Accused._base_manager.values_list("perpetrator", flat=True))


@pytest.fixture
def match(two):
    (ours, cora), (theirs, afia) = two
    AccusedMake(case=ours, name="Jonalyn Dimaculangan")
    AccusedMake(case=theirs, name="Honalyn Dimakulangan")
    while work():
        pass
    return cora, afia


def test_both_sides_are_told_once_of_their_own_person_the_other_office_and_whom_to_ask(match):
    cora, afia = match
    for me, her in ((cora, afia), (afia, cora)):
        (side,) = sides(me)
        assert (side.ask, side.state, side.answer) == (her, "open", "")
        with viewing_as(me):
            assert list(Accused.objects.all()) == [side.accused]
    found = Event.objects.filter(verb="match.find")
    assert [event.detail for event in found] == [{}, {}]
    with viewing_as(cora):
        assert not MatchPair.objects.exists()  # lock 1
        assert not MatchPair._base_manager.exists()  # lock 2
        assert Accused.objects.count() == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            MatchPair._base_manager.create(one=AccusedMake(), two=AccusedMake(), score=1)
    assert work() == 0
    assert MatchSide._base_manager.count() == 2


def test_when_both_say_the_same_they_become_one_and_either_can_take_it_back(match):
    cora, afia = match
    answer(cora, "same")
    work()
    assert len(people()) == 2
    answer(afia, "same")
    while work():
        pass
    assert len(people()) == 1
    assert [side.state for side in (*sides(cora), *sides(afia))] == ["confirmed", "confirmed"]
    with viewing_as(afia):
        (mine,) = Accused.objects.all()
        link = mine.person_links.first()
    assert link is not None  # the younger record moved: hers
    with viewing_as(afia):
        actions.undo_link(link.pk, by=afia, now=timezone.now(), why="Her sister")
    while work():
        pass
    assert len(people()) == 2
    assert [side.state for side in (*sides(cora), *sides(afia))] == ["different", "different"]


def test_one_no_ends_the_match_for_both_and_nobody_is_asked_again(match):
    cora, afia = match
    answer(afia, "different")
    work()
    with viewing_as(cora):
        row = Accused.objects.get()
        actions.edit_accused(row.pk, by=cora, now=timezone.now(), name=row.name, aliases=["Jona"])
    work()
    assert [side.state for side in (*sides(cora), *sides(afia))] == ["different", "different"]


def test_whoever_has_not_been_arrested_gives_no_hit_to_others_but_hears_of_them(two):
    """A suspect of a raid to come: the other office must not learn of her by asking for her name."""
    (ours, cora), (theirs, afia) = two
    planned = AccusedMake(case=ours, name="Jonalyn Dimaculangan")
    OperationMake(case=ours, status="planned", outcome="")
    known = AccusedMake(case=theirs, name="Honalyn Dimakulangan", standing="suspect")
    ArrestMake(case=theirs, accused=known)
    work()
    assert sides(afia) == []
    assert [side.ask for side in sides(cora)] == [afia]
    ArrestMake(case=ours, accused=planned)
    work()
    assert [side.ask for side in sides(afia)] == [cora]


def test_a_sealed_case_names_only_somebody_who_is_named_on_it_and_tells_only_her_team(two, other_office):
    (ours, cora), (theirs, afia) = two
    lead = person(Role.LEGAL_LEAD, other_office, name="Lead")
    type(theirs)._base_manager.filter(pk=theirs.pk).update(sensitivity=2)
    AccusedMake(case=ours, name="Jonalyn Dimaculangan")
    AccusedMake(case=theirs, name="Honalyn Dimakulangan")
    with viewing_as(afia):
        afia.case_assignments.update(ended_at=timezone.now())
    work()
    assert sides(cora) == []  # nobody is named who could be asked: no hit
    worker = on_case(person(Role.SOCIAL_WORKER, other_office, name="Sena"), theirs, Role.SOCIAL_WORKER)
    work()
    assert [side.ask for side in sides(cora)] == [worker]
    assert len(sides(worker)) == 1
    assert sides(lead) == []


def test_how_many_the_other_office_has_is_not_told(two, other_office):
    (ours, cora), (theirs, _afia) = two
    AccusedMake(case=ours, name="Jonalyn Dimaculangan")
    human = PerpetratorMake()
    for case in (theirs, CaseMake(office=other_office, legal_status="trial")):
        on_case(person(Role.LAWYER, other_office), case, Role.LAWYER)
        AccusedMake(case=case, perpetrator=human, name="Honalyn Dimakulangan")
    AccusedMake(case=theirs, name="Jonalin Dimaculangan")
    while work():
        pass
    assert len(sides(cora)) == 1
    answer(cora, "different")
    while work():
        pass
    states = [side.state for side in sides(cora)]
    assert sorted(states) == [
        "different",
        "open",
    ]  # the next human being, one at a time; never the same again


def test_the_search_past_the_policies_finds_no_more_than_they_would_show(match):
    """The function that uses the index, asked by itself as somebody of one office."""
    cora, afia = match
    for user in (cora, afia):
        with viewing_as(user), connection.cursor() as cursor:
            cursor.execute(
                "SELECT accused_with_keys(ARRAY['1:tmklnkn', '1:snln', '1:nln', '1:hnln']::varchar[], 9)"
            )
            found = {pk for (pk,) in cursor.fetchall()}
            cursor.execute("SELECT accused_with_keys((SELECT array_agg(k) FROM (SELECT unnest(keys) k"
                           " FROM prosecutions_nameform) f)::varchar[], 9)")  # fmt: skip
            found |= {pk for (pk,) in cursor.fetchall()}
            assert found == set(Accused.objects.values_list("pk", flat=True))
            assert len(found) == 1
