from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from cases.models import Case
from figures.catalogue import EXPECTED, FIGURES, Figure
from figures.rows import Row, within
from figures.snapshot import Snapshot
from figures.standing import RULES
from notifications.rules import NAMES
from reference.values import PartialDate, Quantity
from tests.factories import (
    AccusedMake,
    ArrestMake,
    AssessmentMake,
    AssignmentMake,
    AwardMake,
    BailOrderMake,
    CareMake,
    CaseLinkMake,
    CaseMake,
    ChargeMake,
    CustodyMake,
    EntitlementMake,
    HeadcountMake,
    HearingMake,
    LookoutMake,
    OperationMake,
    OperationSiteMake,
    PaymentMake,
    PlanMake,
    ProceedingMake,
    ReliefMake,
    ScoreMake,
    SurvivorMake,
    TrackChangeMake,
    VerdictMake,
)
from tests.people import on_case, person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 30)


def busy(office, **fields):
    """A case with something of everything."""
    case = CaseMake(office=office, **fields)
    operation = OperationMake(case=case, on="2026-03-10", people="4", arrested="1")
    OperationSiteMake(case=case, operation=operation, arrested="1")
    HeadcountMake(case=case, what="repatriated", on="2026-04", people="5~")
    survivor = SurvivorMake(case=case, testified=True)
    ReliefMake(case=case, survivor=survivor, operation=operation)
    accused = AccusedMake(case=case)
    ArrestMake(case=case, accused=accused, operation=operation)
    CustodyMake(case=case, accused=accused)
    ChargeMake(case=case, accused=accused, filed_on="2026-04-01")
    proceeding = ProceedingMake(case=case)
    BailOrderMake(
        case=case, accused=accused, proceeding=proceeding, status="GRANTED", decided_on="2026-05-01"
    )
    VerdictMake(case=case, accused=accused, on="2026-06-01", months="24")
    for on, outcome, reason in (("2026-05-02", "adjourned", "judge_absent"), ("2026-06-20", "held", "")):
        HearingMake(
            case=case, proceeding=proceeding, on=on, outcome=outcome, reason=reason, starts_at=None,
            wages_lost_low=10, wages_lost_high=10, wages_lost_currency="PHP",
        )  # fmt: skip
    award = AwardMake(case=case, payments_known=True)
    PaymentMake(case=case, award=award, on="2026-06-02")
    care = CareMake(case=case, survivor=survivor, result="restored", result_on="2026-06")
    PlanMake(case=case, care=care, review_on="2026-07-03")
    for position, on in enumerate(("2026-04-01", "2026-06-15"), 1):
        assessment = AssessmentMake(case=case, care=care, on=on, position=position)
        ScoreMake(case=case, assessment=assessment, value=position)
    EntitlementMake(case=case, care=care, granted_low=7, granted_high=7, granted_currency="PHP")
    CaseLinkMake(case=case)
    LookoutMake(case=case)
    TrackChangeMake(case=case, status="closed")
    return case


def shown(user, name, period=None, cases=None):
    with viewing_as(user):
        return FIGURES[name].value(cases or Case.objects.all(), TODAY, period)


def test_every_figure_has_a_name_a_definition_and_a_unit():
    for name, figure in FIGURES.items():
        assert name == figure.name
        assert str(figure.label)
        assert str(figure.definition).endswith(".")
        assert str(figure.unit)
    assert len(EXPECTED) == 41


def test_every_alert_of_the_format_has_a_rule_of_the_catalogue():
    assert set(NAMES) == set(RULES)


def test_the_reading_costs_the_same_for_one_case_and_for_three(office):
    user = person(Role.OFFICE_DIRECTOR, office)

    def cost():
        with (
            viewing_as(user),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            seen = Snapshot(Case.objects.all(), TODAY)
            for figure in FIGURES.values():
                figure.value(seen)
        return len(queries)

    busy(office)
    cost()  # who she is need not be asked again
    one = cost()
    busy(office)
    busy(office)
    assert cost() == one


def test_nobody_counts_what_she_may_not_see(office, other_office):
    mine = busy(office)
    busy(office, sensitivity=2)
    busy(other_office)
    caseworker = on_case(person(Role.CASEWORKER, office), mine, Role.CASEWORKER)
    director, everywhere = person(Role.OFFICE_DIRECTOR, office), person(Role.GLOBAL_DIRECTOR)
    stranger = person(Role.CASEWORKER, office)
    for name, each in (("people_found", 4), ("hearings_total", 2), ("accused_convicted", 1)):
        extra = Quantity.of("5~") if name == "people_found" else Quantity.of(0)
        one = Quantity.of(each) + extra
        assert shown(caseworker, name) == one
        assert shown(director, name) == one
        assert shown(everywhere, name) == one + one
        assert shown(stranger, name) == Quantity.of(0)


def test_a_case_of_another_office_adds_nothing_to_earlier_cases(office, other_office):
    earlier = CaseMake(office=other_office, opened_on="2020-01-01")
    known = AccusedMake(case=earlier)
    mine = CaseMake(office=office)
    AccusedMake(case=mine, perpetrator=known.perpetrator, key="p1")
    CaseLinkMake(case=earlier, number=mine.number, outside="")
    director, everywhere = person(Role.OFFICE_DIRECTOR, office), person(Role.GLOBAL_DIRECTOR)
    for user, number in ((director, 0), (everywhere, 1)):
        with viewing_as(user):
            cases = Case.objects.filter(pk=mine.pk)
            assert FIGURES["prior_cases"].value(cases, TODAY) == {(mine.number, "p1"): Quantity.of(number)}
            assert FIGURES["linked_cases"].value(cases, TODAY) == Quantity.of(number)


def test_the_rows_of_a_figure_add_up_to_its_value_and_carry_no_name(office):
    busy(office)
    with system_access("loader", "a test looks"):
        for name in EXPECTED:
            figure = FIGURES[name]
            rows = figure.rows(Case.objects.all(), TODAY)
            assert (figure.fold or type(figure).value) is not None
            if figure.kind == "quantity" and figure.fold is None:
                assert figure.value(Case.objects.all(), TODAY) == sum(
                    (r.amount for r in rows), Quantity.of(0)
                )
            for row in rows:
                assert "Maya" not in str(row)
                assert "Salonga" not in str(row)
                assert str(row.what)


def test_a_period_counts_what_lies_wholly_in_it(office):
    busy(office)
    user = person(Role.OFFICE_DIRECTOR, office)
    may, june = (date(2026, 5, 1), date(2026, 5, 31)), (date(2026, 6, 1), date(2026, 6, 30))
    year = (date(2026, 1, 1), date(2026, 12, 31))
    for name, in_may, in_june, in_year in (
        ("hearings_total", 1, 1, 2),
        ("hearings_adjourned", 1, 0, 1),
        ("accused_on_bail", 1, 0, 1),
        ("accused_convicted", 0, 1, 1),
        ("survivors_restored", 0, 1, 1),
        ("people_found", 0, 0, "9~"),
        ("survivors_testified", 0, 0, 0),
        ("assessments_total", 0, 1, 2),
    ):
        found = [shown(user, name, period) for period in (may, june, year)]
        assert found == [Quantity.of(number) for number in (in_may, in_june, in_year)], name
    assert shown(user, "adjournment_rate", june) == Quantity.of(0)
    assert shown(user, "adjournment_rate", (date(2020, 1, 1), date(2020, 1, 2))) is None
    assert shown(user, "wages_lost", may) == {"PHP": Quantity.of(10)}
    assert shown(user, "longest_sentence_months", may) is None


def test_a_vague_date_is_in_a_period_only_as_a_whole():
    period = (date(2026, 3, 1), date(2026, 3, 31))
    assert within(PartialDate("2026-03"), period)
    assert within("", None)
    assert not within("", period)
    assert not within(PartialDate("2026"), period)
    assert not within(PartialDate("2026-04"), period)


def test_why_hearings_are_put_off_and_who_asked(office):
    case = busy(office)
    with system_access("loader", "a test arranges"):
        proceeding = case.proceedings.get()
    for reason, asked_by in (("", ""), ("judge_absent", "court"), ("file_missing", "court")):
        HearingMake(
            case=case, proceeding=proceeding, on="2026-06-01", outcome="adjourned", reason=reason,
            asked_by=asked_by,
        )  # fmt: skip
    user = person(Role.OFFICE_DIRECTOR, office)
    assert [(code, str(n)) for code, n in shown(user, "adjournments_by_reason").items()] == [
        ("judge_absent", "2"), ("file_missing", "1"), ("unknown", "1"),
    ]  # fmt: skip
    assert shown(user, "adjournments_by_asker") == {"court": Quantity.of(2), "unknown": Quantity.of(2)}


def test_the_caseload_counts_open_cases_once_and_leaves_stand_ins_out(office):
    worker, other = person(Role.CASEWORKER, office), person(Role.LAWYER, office)
    open_case = CaseMake(office=office)
    half = CaseMake(office=office, legal_status="closed")
    closed = CaseMake(office=office, legal_status="closed", aftercare_status="closed")
    never_begun = CaseMake(office=office, legal_status="closed", aftercare_status="")
    for case in (open_case, half, closed, never_begun):
        on_case(worker, case, Role.CASEWORKER)
    on_case(worker, open_case, Role.LAWYER)
    AssignmentMake(case=open_case, user=other, role=Role.LAWYER, backup=True)
    director = person(Role.OFFICE_DIRECTOR, office)
    assert shown(director, "caseload") == {str(worker.pk): Quantity.of(2)}
    assert shown(director, "cases_open") == Quantity.of(2)


def test_reviews_due_are_those_that_passed_or_come_within_a_week(office):
    case = CaseMake(office=office)
    care = CareMake(case=case, next_review_on="2026-06-29")
    for review_on, reviewed_on in (("2026-07-07", ""), ("2026-07-08", ""), ("2026-06-01", "2026-06-02")):
        PlanMake(case=case, care=care, review_on=review_on, reviewed_on=reviewed_on)
    director = person(Role.OFFICE_DIRECTOR, office)
    assert shown(director, "reviews_due") == {"overdue": Quantity.of(1), "soon": Quantity.of(1)}


def test_a_snapshot_is_shared_and_a_queryset_is_read_afresh(office):
    case = busy(office)
    with system_access("loader", "a test looks"):
        seen = Snapshot(Case.objects.all(), TODAY)
        assert FIGURES["hearings_total"].value(seen) == Quantity.of(2)
        HearingMake(case=case, proceeding=case.proceedings.get(), on="2026-06-02")
        assert FIGURES["hearings_total"].value(seen) == Quantity.of(2)
        assert FIGURES["hearings_total"].value(Case.objects.all(), TODAY) == Quantity.of(3)


def test_a_figure_is_nothing_but_its_rows():
    row = Row(None, "A", "x", None, "p1", "", "what", code="held")
    figure = Figure("name", "label", "definition.", "unit", lambda snapshot: [row, row])
    assert figure.value(_Nothing()) == Quantity.of(2)


class _Nothing(Snapshot):
    def __init__(self):
        pass
