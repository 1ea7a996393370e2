"""What the people of a case demand before its legal track goes on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from cases.gates import shut_gates
from cases.models import Case
from tests.factories import CaseMake, ConsentMake, OperationMake, ReliefMake, RiskNoteMake, SurvivorMake
from tests.people import on_case


@pytest.fixture
def case(office):
    return CaseMake(office=office, legal_status="investigation")


@pytest.fixture
def move(client, case, alice):
    def go(status):
        client.force_login(alice)
        answer = client.post(reverse("cases:track-move", args=[case.pk, "legal"]), {"status": status})
        return "" if answer.status_code == 302 else answer.content.decode()

    return go


@pytest.fixture
def shut(case, alice):
    """The sentences at a gate, now."""

    def ask(status):
        with viewing_as(alice):
            return shut_gates(Case.objects.get(pk=case.pk), "legal", status, alice)

    return ask


def given(name, user):
    return {f"{name}_at": timezone.now(), f"{name}_by": user}


def test_no_relief_without_an_operation_that_is_approved_and_safe(case, move, shut, alice, director):
    assert "No operation is planned" in move("relief")
    OperationMake(case=case, status="cancelled", outcome="", insiders=[alice], **given("approved", director))
    assert "No operation is planned" in shut("relief")[0]
    OperationMake(case=case, key="o0", status="planned", outcome="")  # Alice may not know of it
    assert "No operation is planned" in shut("relief")[0]
    known = {"case": case, "status": "planned", "outcome": "", "insiders": [alice]}
    OperationMake(key="o1", **known)
    assert shut("relief") == [
        "o1 has neither an approved plan nor a safeguarding check. The legal lead, the safeguarding lead or"
        " the office director can give both."
    ]
    OperationMake(key="o2", **known, **given("safeguarded", director))
    assert "The plan of o2 is not approved." in shut("relief")[0]
    assert "The plan of o2 is not approved." in move("relief")
    ready = {**given("approved", director), **given("safeguarded", director)}
    OperationMake(**ready)  # of another case
    assert shut("relief")
    OperationMake(case=case, key="o3", **ready)
    assert move("relief") == ""


def test_a_plan_without_the_safeguarding_check_is_not_enough(case, shut, alice, director):
    known = {"case": case, "status": "planned", "outcome": "", "insiders": [alice]}
    OperationMake(key="o1", **known, **given("approved", director))
    assert "The safeguarding check of o1 is missing." in shut("relief")[0]


def test_a_relief_by_another_road_needs_no_operation(case, move, shut):
    ReliefMake(case=case, how="operation")
    ReliefMake(how="own_escape")  # of another case
    assert shut("relief")
    ReliefMake(case=case, how="own_escape")
    assert move("relief") == ""


def test_no_prosecution_without_a_consent_and_a_risk_note(case, move, shut):
    survivor = SurvivorMake(case=case)
    SurvivorMake(case=case)
    said = move("pre_trial")
    assert "No survivor on record agrees to legal support at present." in said
    assert "The risk of this case has not been assessed." in said
    ConsentMake(case=case, survivor=survivor, purpose="services")
    ConsentMake(purpose="legal_support")  # of another case
    assert len(shut("pre_trial")) == 2
    ConsentMake(case=case, survivor=survivor, purpose="legal_support")
    RiskNoteMake()  # of another case
    assert shut("pre_trial") == [
        "The risk of this case has not been assessed. Anybody on its team who writes notes can do it."
    ]
    RiskNoteMake(case=case)
    assert move("pre_trial") == ""


def day(days):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


@pytest.mark.parametrize(
    ("facts", "opens"),
    [
        ({"until": day(5)}, True),
        ({"until": str(timezone.now().year)}, True),
        ({"until": day(-5)}, False),
        ({"withdrawn_on": day(-5)}, False),
        ({"given": False}, False),
    ],
)
def test_a_consent_counts_while_it_holds(case, shut, facts, opens):
    RiskNoteMake(case=case)
    SurvivorMake(case=case)
    ConsentMake(case=case, purpose="legal_support", **facts)
    assert (shut("pre_trial") == []) is opens


def test_who_refuses_later_is_heard(case, shut):
    RiskNoteMake(case=case)
    survivor = SurvivorMake(case=case)
    yes = ConsentMake(case=case, survivor=survivor, purpose="legal_support")
    ConsentMake(case=case, survivor=survivor, purpose="legal_support", to="a2", given=False)
    assert shut("pre_trial") == []
    later = yes.created_at + timedelta(days=1)
    ConsentMake(case=case, survivor=survivor, purpose="legal_support", given=False, created_at=later)
    assert "Every survivor on record has refused" in shut("pre_trial")[0]


def test_when_all_have_refused_the_gate_stays_shut(case, move, shut):
    RiskNoteMake(case=case)
    one, two = SurvivorMake(case=case), SurvivorMake(case=case)
    ConsentMake(case=case, survivor=one, purpose="legal_support", given=False)
    assert "No survivor on record agrees" in shut("pre_trial")[0]
    ConsentMake(case=case, survivor=two, purpose="legal_support", withdrawn_on="2026-05")
    assert "Every survivor on record has refused legal support" in move("pre_trial")


def test_a_case_without_survivors_on_record_needs_only_the_risk_note(case, shut):
    assert len(shut("pre_trial")) == 1
    RiskNoteMake(case=case)
    assert shut("pre_trial") == []


@pytest.mark.parametrize(("status", "gated"), [("closed", True), ("pre_trial", False), ("appeal", False)])
def test_trial_asks_only_those_who_come_from_outside_the_court(office, alice, status, gated):
    case = CaseMake(office=office, legal_status=status)
    on_case(alice, case, "caseworker")
    SurvivorMake(case=case)
    with viewing_as(alice):
        assert len(shut_gates(case, "legal", "trial", alice)) == (2 if gated else 0)


def test_the_page_of_the_move_says_beforehand_what_is_missing(client, case, alice):
    client.force_login(alice)
    page = client.get(reverse("cases:track-move", args=[case.pk, "legal"])).content.decode()
    assert "Moves that are not open yet" in page
    assert "No operation is planned" in page
    assert "The risk of this case has not been assessed." in page
