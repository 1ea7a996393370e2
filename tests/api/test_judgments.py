"""What comes after the verdict, through the API."""

from datetime import timedelta

from django.utils import timezone

from accounts.roles import Role
from tests.factories import (
    AccusedMake,
    AwardMake,
    AwardShareMake,
    BailOrderMake,
    CaseMake,
    HearingMake,
    PaymentMake,
    ProceedingMake,
    ReleaseMake,
    SentencePartMake,
    VerdictMake,
)
from tests.people import person


def test_a_judgment_is_read_with_the_parts_that_stand(api, case, lawyer, other_office):
    verdict = VerdictMake(case=case, months="132")
    SentencePartMake(case=case, verdict=verdict, position=2, months="12", runs="consecutive")
    SentencePartMake(case=case, verdict=verdict, position=1, months="120")
    SentencePartMake(case=case, verdict=verdict, position=1, months="7", stands=False)
    VerdictMake(case=CaseMake(office=other_office))
    (row,) = api(lawyer).listed("verdicts/", accused=str(verdict.accused_id))
    assert [(part["months"], part["runs"]) for part in row["parts"]] == [("120", ""), ("12", "consecutive")]
    assert len(api(lawyer).listed("verdicts/")) == 1


def test_days_of_release_are_asked_for_by_their_date(api, case, lawyer):
    for day in ("2027-01-01", "2028-01-01"):
        ReleaseMake(case=case, accused=AccusedMake(case=case), release_on=day, earliest_on=day)
    (row,) = api(lawyer).listed("releases/", release_to="2027-06-01")
    assert (row["release_on"], row["latest_on"], row["state"]) == ("2027-01-01", None, "dated")


def test_an_award_shows_three_numbers_and_whom_they_are_for_only_to_those_who_see_survivors(
    api, case, lawyer, office
):
    share = AwardShareMake(case=case, amount_low=300, amount_high=500, amount_currency="PHP")
    award = share.award
    AwardShareMake(case=case, award=award)
    PaymentMake(case=case, award=award, amount_low=200, amount_high=200)
    PaymentMake(case=case, award=award, kind="deposited", amount_low=900, amount_high=900)
    AwardMake(case=CaseMake(office=office, sensitivity=1))
    (row,) = api(lawyer).listed("awards/")
    (line,) = row["ledger"]
    assert line["ordered"] == {"low": "1300.00", "high": "1500.00"}
    assert (line["received"]["low"], line["deposited"]["low"]) == ("200.00", "900.00")
    assert line["due"] == {"low": "1100.00", "high": "1300.00"}
    assert {one["survivor"] for one in row["shares"]} == {
        str(pk) for pk in (share.survivor_id, row["shares"][1]["survivor"])
    }
    assert api(person(Role.ADMINISTRATOR)).get("awards/").status_code == 403


def test_an_application_without_a_proceeding_gets_one_when_it_is_granted(api, case, lawyer):
    order, proceeding = BailOrderMake(case=case, proceeding=None), ProceedingMake(case=case)
    strange = ProceedingMake(case=CaseMake(office=case.office))
    client, address = api(lawyer), f"bail-orders/{order.pk}/grant/"
    wrong = client.post(address, decided_on="2026-09-10", proceeding=str(strange.pk))
    assert (wrong.status_code, list(wrong.json()["errors"])) == (404, ["proceeding"])
    granted = client.post(address, decided_on="2026-09-10", proceeding=str(proceeding.pk))
    assert (granted.status_code, granted.json()["proceeding"]) == (200, str(proceeding.pk))


def test_an_outcome_recorded_in_error_is_taken_back(api, case, lawyer):
    hearing = HearingMake(case=case, starts_at=timezone.now() - timedelta(hours=1))
    client = api(lawyer)
    address = f"hearings/{hearing.pk}/"
    assert client.post(f"{address}correct/", reason="x").status_code == 422
    assert client.post(f"{address}record/", outcome="held").status_code == 200
    assert client.post(f"{address}correct/").status_code == 400
    taken = client.post(f"{address}correct/", reason="Wrong hearing.")
    assert (taken.status_code, taken.json()["outcome"]) == (200, "")
