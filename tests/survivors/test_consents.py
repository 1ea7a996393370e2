"""Whose word counts, and who is told what: the one place that files, referrals and stories ask."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.scope import viewing_as
from cases.states import IllegalMove
from survivors import actions
from survivors.consents import answers, reasons_against
from survivors.models import Consent, Survivor
from survivors.states import LeftOut
from tests.factories import AccusedMake, AgeMake, AgencyMake, ConsentMake, KinshipMake, SurvivorMake

THIS_YEAR = timezone.now().year


@pytest.fixture
def child(case):
    return SurvivorMake(case=case, key="s1", child=True)


def why_not(alice, survivor, receiver="Open Door", **asked):
    with viewing_as(alice):
        people = Survivor.objects.filter(pk=survivor.pk).for_list()
        asked = {"purpose": "share_with_agency", "receiver": receiver, **asked}
        return reasons_against(people, now=timezone.now(), **asked).get(survivor.pk, "")


def agree(alice, survivor, **facts):
    with viewing_as(alice):
        facts = {"purpose": "share_with_agency", "given": True, **facts}
        return actions.add_consent(survivor.pk, by=alice, now=timezone.now(), **facts)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"giver": "guardian", "assent": True}, ""),
        ({"giver": "ministry"}, ""),
        ({"giver": "self"}, LeftOut.TOO_YOUNG),
        ({"giver": "parent"}, LeftOut.NOT_ENTITLED),  # unnamed, of a family with an accused in it
        ({"giver": "parent", "giver_key": "p1"}, LeftOut.NOT_ENTITLED),  # the mother is accused herself
        ({"giver": "guardian", "giver_key": "p1"}, LeftOut.NOT_ENTITLED),
        ({"giver": "parent", "giver_key": "s7"}, LeftOut.NOT_ENTITLED),  # the wife of an accused
        ({"giver": "parent", "giver_key": "s8"}, ""),  # an aunt close to nobody accused
        ({}, ""),  # from before it was asked who gave it
    ],
)
def test_whoever_is_accused_or_close_to_somebody_accused_answers_for_nobody(
    case, alice, child, facts, reason
):
    AccusedMake(case=case, key="p1")
    AccusedMake(case=case, key="p3", standing="mentioned")
    KinshipMake(case=case, of="s1", who="p1", relation="mother")
    KinshipMake(case=case, of="p1", who="s7", relation="spouse")
    KinshipMake(case=case, of="s1", who="s8", relation="aunt")
    KinshipMake(case=case, of="s8", who="p3", relation="spouse")  # mentioned is not accused
    KinshipMake(case=case, of="s8", who="p1", relation="neighbour")
    ConsentMake(case=case, survivor=child, purpose="share_with_agency", **facts)
    assert why_not(alice, child) == reason
    if reason:
        with pytest.raises(IllegalMove):
            agree(alice, child, **{"assent": True, **facts})
    elif facts:
        assert agree(alice, child, **{"assent": True, **facts}).given


@pytest.mark.parametrize(
    ("known", "child_now"),
    [
        ({"birth_year": str(THIS_YEAR - 15)}, True),
        ({"birth_year": str(THIS_YEAR - 18)}, False),  # in the year of the birthday her own word counts
        ({"birth_year": str(THIS_YEAR - 30)}, False),
        ({"child": True}, True),
        ({"child": None}, False),
    ],
)
def test_a_child_is_one_until_it_is_known_better(case, alice, known, child_now):
    survivor = SurvivorMake(case=case, **{"child": True, **known})
    ConsentMake(case=case, survivor=survivor, purpose="share_with_agency", giver="self")
    assert why_not(alice, survivor) == (LeftOut.TOO_YOUNG if child_now else "")


def test_an_age_of_ten_years_ago_makes_her_of_age_today(case, alice, child):
    ConsentMake(case=case, survivor=child, purpose="share_with_agency", giver="self")
    AgeMake(case=case, survivor=child, years="14", on=f"{THIS_YEAR - 2}-01")
    assert why_not(alice, child) == LeftOut.TOO_YOUNG
    older = SurvivorMake(case=case, child=True)
    ConsentMake(case=case, survivor=older, purpose="share_with_agency", giver="self")
    AgeMake(case=case, survivor=older, years="14", on=f"{THIS_YEAR - 10}-01")
    assert why_not(alice, older) == ""


def test_a_child_who_says_no_is_not_overruled(case, alice, child):
    for facts, field in (
        ({"giver": "guardian", "assent": False}, "assent"),
        ({"giver": "guardian"}, "assent"),  # nobody asked her
        ({"assent": True}, "giver"),
        ({"giver": "self", "assent": True}, "giver"),
    ):
        with pytest.raises(IllegalMove) as refused:
            agree(alice, child, **facts)
        assert refused.value.field == field
    AgeMake(case=case, survivor=child, years="3", on=str(THIS_YEAR))
    assert agree(alice, child, giver="guardian").assent is None  # too young to be asked
    with pytest.raises(IntegrityError, match="consent_never_against_the_child"), transaction.atomic():
        ConsentMake(case=case, survivor=child, assent=False)
    ConsentMake(case=case, survivor=child, given=False, assent=False)


def test_a_consent_is_for_one_receiver_or_for_all(case, alice):
    survivor = SurvivorMake(case=case)
    AgencyMake(case=case, key="a1", name="Open Door")
    agree(alice, survivor, to="a1", what=["pseudonym"])
    assert why_not(alice, survivor, "another") == LeftOut.OTHER_RECEIVER
    assert why_not(alice, survivor, "", key="a1") == ""
    agree(alice, survivor, receiver=" Hope  Clinic ", what=["health"])
    assert why_not(alice, survivor, "hope clinic") == ""
    assert why_not(alice, survivor, "hope clinic", what=["identity"]) == LeftOut.LESS
    with pytest.raises(IllegalMove):
        agree(alice, survivor, to="a9")
    with pytest.raises(IllegalMove):
        agree(alice, survivor, to="a1", receiver="Hope")
    with pytest.raises(IntegrityError, match="consent_for_one_receiver_or_all"), transaction.atomic():
        ConsentMake(case=case, survivor=survivor, to="a1", receiver="Hope")
    with pytest.raises(IntegrityError, match="consent_of_herself_names_nobody_else"), transaction.atomic():
        ConsentMake(case=case, survivor=survivor, giver="self", giver_key="p1")


def test_a_consent_that_does_not_say_tells_nothing_that_leads_to_her(case, alice):
    survivor = SurvivorMake(case=case)
    ConsentMake(case=case, survivor=survivor, purpose="share_with_agency")
    with viewing_as(alice):
        people = Survivor.objects.filter(pk=survivor.pk)
        (answer,) = answers(people, purpose="share_with_agency", now=timezone.now()).values()
    assert answer.told == ("pseudonym", "age", "needs")


def test_many_people_cost_as_many_questions_as_one(case, alice):
    def questions():
        with viewing_as(alice), CaptureQueriesContext(connection) as asked:
            reasons_against(Survivor.objects.for_list(), purpose="services", now=timezone.now())
        return len(asked)

    ConsentMake(case=case, giver="parent")
    questions()
    one = questions()
    for _more in range(3):
        ConsentMake(case=case, giver="parent")
    assert questions() == one


def test_a_consent_of_another_case_is_none_here(case, alice, charlie):
    stranger = ConsentMake(purpose="share_with_agency")
    with viewing_as(alice):
        assert not Consent.objects.filter(pk=stranger.pk).exists()
        with pytest.raises(Survivor.DoesNotExist):
            actions.add_consent(
                stranger.survivor_id, by=alice, now=timezone.now(), purpose="services", given=True
            )
