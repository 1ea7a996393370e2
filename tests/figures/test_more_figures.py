"""The figures that reports ask for beyond those of a case file, each with what it must leave out."""

from datetime import date

import pytest

from accounts.scope import system_access
from cases.models import Case
from figures.catalogue import FIGURES
from figures.snapshot import Snapshot
from reference.values import Quantity
from tests.factories import (
    AccusedMake,
    AgencyMake,
    AppealMake,
    ArrestMake,
    AssessmentMake,
    BailConditionMake,
    BailOrderMake,
    CareMake,
    CaseMake,
    CustodyMake,
    OperationMake,
    ServiceMake,
    SurvivorMake,
    VerdictMake,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 30)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def counted():
    """What a figure comes to, of all cases."""

    def count(name, period=None):
        with system_access("loader", "a test looks"):
            return FIGURES[name].value(Snapshot(Case.objects.all(), TODAY), period=period)

    return count


@pytest.fixture
def parts():
    """The codes and dates of the rows of a figure."""

    def found(name):
        with system_access("loader", "a test looks"):
            rows = FIGURES[name].rows(Snapshot(Case.objects.all(), TODAY))
        return sorted((row.code, str(row.on)) for row in rows)

    return found


def test_restrained_is_who_was_kept_from_harm_once_by_the_first_restraint(office, counted, parts):
    case = CaseMake(office=office)

    def somebody():
        return AccusedMake(case=case)

    held = somebody()
    CustodyMake(case=case, accused=held, starts_on="2026-03-01", ends_on="2026-03-20")
    VerdictMake(case=case, accused=held, on="2026-05-01", months="24")
    BailOrderMake(case=case, accused=somebody(), status="REFUSED", decided_on="2026-04-02")
    VerdictMake(case=case, accused=somebody(), on="2025-05-01", months="24")
    barred = BailOrderMake(case=case, accused=somebody(), status="GRANTED", decided_on="2026-02-03")
    BailConditionMake(case=case, bail=barred, kind="no_contact")
    reporting = BailOrderMake(case=case, accused=somebody(), status="GRANTED", decided_on="2026-02-03")
    BailConditionMake(case=case, bail=reporting, kind="reporting")
    ArrestMake(case=case, accused=somebody(), on="2026-01-05")
    VerdictMake(case=case, accused=somebody(), on="2026-05-01", months="24", suspended=True)
    CustodyMake(case=case, accused=somebody(), starts_on="2026-12-01")
    CustodyMake(case=case, accused=AccusedMake(case=case, standing="mentioned"), starts_on="2026-03-01")
    assert parts("people_restrained") == [
        ("bail_refused", "2026-04-02"), ("barred", "2026-02-03"), ("convicted", "2025-05-01"),
        ("custody", "2026-03-01"),
    ]  # fmt: skip
    assert counted("people_restrained", YEAR) == Quantity.of(3)


def test_acquitted_overturned_and_the_rate_of_verdicts(office, counted, parts):
    case = CaseMake(office=office)
    free, fallen, both, open_still = (AccusedMake(case=case) for _number in range(4))
    VerdictMake(case=case, accused=free, on="2026-02-01", result="acquitted", months="")
    VerdictMake(case=case, accused=fallen, on="2025-02-01", months="24")
    AppealMake(
        case=case, accused=fallen, by="accused", filed_on="2025-03-01", outcome="allowed",
        decided_on="2026-04-01", months="",
    )  # fmt: skip
    VerdictMake(case=case, accused=both, on="2026-02-01", result="acquitted", months="")
    VerdictMake(case=case, accused=both, on="2026-03-01", months="12", position=2)
    VerdictMake(case=case, accused=open_still, on="2026-08-01", result="acquitted", months="")
    assert counted("accused_acquitted") == Quantity.of(1)
    assert parts("convictions_overturned") == [("", "2026-04-01")]
    assert parts("conviction_rate") == [("acquitted", "2026-02-01"), ("convicted", "2026-03-01")]
    assert counted("conviction_rate") == Quantity.of(50)


def test_in_aftercare_is_whose_care_goes_on_family_apart(office, counted, parts):
    case = CaseMake(office=office, aftercare_opened_on="2026-01-02")
    CareMake(case=case, survivor=SurvivorMake(case=case))
    CareMake(case=case, survivor=SurvivorMake(case=case, dependant=True), result="reintegrated")
    CareMake(case=case, survivor=SurvivorMake(case=case), result="restored", result_on="2026-03")
    CareMake(case=case, survivor=SurvivorMake(case=case), result="restored", result_on="2026-09")
    closed = CaseMake(office=office, aftercare_status="closed", aftercare_closed_on="2026-03-01")
    CareMake(case=closed, survivor=SurvivorMake(case=closed))
    assert parts("survivors_in_aftercare") == [
        ("family", "2026-01-02"), ("survivor", "2026-01-02"), ("survivor", "2026-01-02"),
    ]  # fmt: skip
    assert counted("survivors_in_aftercare") == Quantity.of(3)


def test_assessed_again_and_what_services_cost(office, counted, parts):
    case = CaseMake(office=office)
    once, twice = (CareMake(case=case, survivor=SurvivorMake(case=case)) for _number in range(2))
    AssessmentMake(case=case, care=once, on="2026-01-01")
    for position, on in enumerate(("2026-01-01", "2026-05-05", "2026-06-06", "2026-07-07"), 1):
        AssessmentMake(case=case, care=twice, on=on, position=position)
    assert parts("survivors_reassessed") == [("", "2026-05-05")]
    costs = ((10, "PHP", "2026-02-01"), (5, "PHP", "2025-02-01"), (7, "USD", ""), (9, "USD", "2027"))
    for cost, money, on in costs:
        ServiceMake(case=case, care=once, kind="medical", cost=cost, cost_currency=money, starts_on=on)
    ServiceMake(case=case, care=once, kind="medical", cost=None, cost_currency="", starts_on="2026-02-01")
    assert counted("service_costs") == {"PHP": Quantity.of(15), "USD": Quantity.of(7)}
    assert counted("service_costs", YEAR) == {"PHP": Quantity.of(10)}


def test_cases_opened_and_closed_and_partners_who_were_trained_before(office, counted, parts):
    both = {"legal_status": "closed", "aftercare_status": "closed", "legal_closed_on": "2026-02-01"}
    CaseMake(office=office, opened_on="2024-01-01", aftercare_closed_on="2026-03-01", **both)
    CaseMake(office=office, opened_on="2026-01-01", aftercare_closed_on="", **both)
    case = CaseMake(office=office, opened_on="2026-05-01")
    assert counted("cases_opened", YEAR) == Quantity.of(2)
    assert parts("cases_closed") == [("", ""), ("", "2026-03-01")]
    with system_access("loader", "a test looks"):
        open_then = FIGURES["cases_open"].rows(Snapshot(Case.objects.all(), date(2026, 2, 15)))
    assert [str(row.on) for row in open_then] == ["2024-01-01"], (
        "not closed yet; the other was not opened yet"
    )
    assert counted("cases_open") == Quantity.of(1)
    CareMake(case=case)
    with system_access("loader", "a test looks"):
        before = FIGURES["survivors_in_aftercare"].rows(Snapshot(Case.objects.all(), date(2026, 4, 30)))
    assert before == [], "nobody was in care in a case that was not opened"
    assert counted("survivors_in_aftercare") == Quantity.of(1)
    AgencyMake(case=case, key="a1", trained_on="2026-01")
    AgencyMake(case=case, key="a2", trained_on="2026-06")
    for led_by, people in (("a1", "7"), ("a2", "30"), ("us", "100"), ("", "200")):
        OperationMake(case=case, on="2026-06-05", led_by=led_by, people=people, relieved=people)
    assert counted("relieved_by_partners") == Quantity.of(7)
