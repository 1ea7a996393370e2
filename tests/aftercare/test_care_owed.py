"""The page of what a person is owed, its presses, and the list of who waits longest."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftercare.models import Entitlement, EntitlementPaper
from aftercare.states import CareResult
from audit.models import Event
from tests.factories import (
    AwardMake,
    AwardShareMake,
    CareMake,
    CaseMake,
    EntitlementMake,
    EpisodeMake,
    PaymentMake,
    ReliefMake,
    SurvivorMake,
)

pytestmark = pytest.mark.django_db
CERTIFICATE = "The release certificate is missing."


@pytest.fixture
def office(office):
    """The office of the tests, in India."""
    office.country, office.currency, office.time_zone = "IN", "INR", "Asia/Kolkata"
    office.save()
    return office


@pytest.fixture
def case(office):
    return CaseMake(office=office, casework_type="bonded_labour")


@pytest.fixture
def survivor(case):
    person = SurvivorMake(case=case, key="s1", pseudonym="Maya", gender="Feminine", child=True)
    EpisodeMake(case=case, survivor=person, kinds=["ForcedLabour"])
    ReliefMake(case=case, survivor=person, on="2026-03-10")
    return person


def page(client, user, care):
    client.force_login(user)
    response = client.get(reverse("aftercare:care-owed", args=[care.pk]))
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def press(client, name, row, **facts):
    return client.post(reverse(f"aftercare:{name}", args=[row.pk]), facts)


def test_from_the_law_to_the_money_in_a_few_presses(client, care, social_worker, read):
    first = page(client, social_worker, care)
    assert CERTIFICATE in first
    assert "Because of: bonded labour, a child at relief." in first
    assert "₹" in first or "200,000 INR" in first
    assert "30,000 INR" in first
    assert press(client, "entitlement-start", care, code="IN-BL-REHAB-2L").status_code == 302
    row = read(social_worker, Entitlement)[0]
    assert (row.scheme, row.country, row.level, row.status, row.centre_status) == (
        "Rehabilitation for women and children", "IN", "state", "not_applied", "not_applied",
    )  # fmt: skip
    papers = read(social_worker, EntitlementPaper)
    assert sorted((paper.kind, paper.state) for paper in papers) == [
        ("bank_account", "missing"),
        ("release_certificate", "missing"),
    ]
    # A second press on the same changes nothing.
    assert press(client, "entitlement-start", care, code="IN-BL-REHAB-2L").status_code == 302
    assert len(read(social_worker, Entitlement)) == 1

    assert press(client, "paper-move", care, kind="release_certificate", state="here").status_code == 302
    assert CERTIFICATE not in page(client, social_worker, care)
    facts = {"status": "applied", "on": "2026-04-01", "version": row.version}
    assert press(client, "entitlement-move", row, **facts).status_code == 302
    stale = press(client, "entitlement-move", row, **facts | {"on": "2026-04-02"})
    assert stale.status_code == 409
    refused = press(client, "entitlement-move", row, status="paid", on="2026-05-01")
    assert "Say how much the person received." in refused.content.decode()
    press(client, "entitlement-move", row, status="granted", on="2026-05", amount="200,000")
    press(client, "entitlement-centre", row, status="refused", on="2026-06-01")
    after = page(client, social_worker, care)
    assert ("State: Granted" in after, "Centre: Refused" in after) == (True, True)
    row = read(social_worker, Entitlement, row.pk)
    assert (row.granted_low, row.granted_currency, row.applied_on, row.centre_on) == (
        200000, "INR", "2026-04-01", "2026-06-01",
    )  # fmt: skip
    told = Event.objects.exclude(verb__startswith="access").order_by("id").values_list("verb", "detail")
    assert list(told) == [
        ("entitlement.start", {"code": "IN-BL-REHAB-2L"}),
        ("paper.move", {"kind": "release_certificate", "state": "here"}),
        ("entitlement.move", {"status": "applied", "side": "own"}),
        ("entitlement.move", {"status": "granted", "side": "own"}),
        ("entitlement.move", {"status": "refused", "side": "centre"}),
    ]


def test_everything_that_applies_is_begun_at_once_and_a_paper_serves_all(client, care, social_worker, read):
    page(client, social_worker, care)
    codes = "IN-BL-REHAB-2L,IN-SCST-RELIEF,IN-LEGAL-AID"
    assert press(client, "entitlement-start", care, codes=codes).status_code == 302
    assert {row.law_code for row in read(social_worker, Entitlement)} == set(codes.split(","))
    press(client, "paper-move", care, kind="bank_account", state="here")
    # A benefit that is begun later finds the paper that is here.
    press(client, "entitlement-start", care, code="IN-BL-REHAB-3L")
    later = [row for row in read(social_worker, EntitlementPaper) if row.kind == "bank_account"]
    assert [row.state for row in later] == ["here", "here"]
    wrong = press(client, "entitlement-start", care, code="PH-AICS")
    assert wrong.status_code == 422
    assert "The law of this country does not have this benefit." in wrong.content.decode()
    unknown = press(client, "paper-move", care, kind="disability", state="here")
    assert "No benefit that was begun wants this paper." in unknown.content.decode()
    assert press(client, "paper-move", care, kind="magic", state="here").status_code == 400


def test_what_does_not_apply_says_why_and_comes_back(client, care, social_worker, read):
    page(client, social_worker, care)
    assert press(client, "entitlement-aside", care, code="IN-BL-DEBT", reason="").status_code == 422
    facts = {"code": "IN-BL-DEBT", "reason": "No debt was ever named."}
    assert press(client, "entitlement-aside", care, **facts).status_code == 302
    (row,) = read(social_worker, Entitlement)
    assert "No debt was ever named." in page(client, social_worker, care)
    assert press(client, "entitlement-move", row, status="applied", on="2026-04-01").status_code == 422
    press(client, "entitlement-start", care, code="IN-BL-DEBT")
    assert read(social_worker, Entitlement, row.pk).not_due == ""
    verbs = Event.objects.values_list("verb", flat=True)
    assert {"entitlement.aside", "entitlement.start"} <= set(verbs)


def test_compensation_stands_beside_it_for_those_who_may_see_the_accused(
    client, case, care, survivor, social_worker, safeguarding_lead
):
    other = SurvivorMake(case=case, pseudonym="Somebody else")
    award = AwardMake(
        case=case, ordered_on="2026-05-04", each_low=50000, each_high=50000, each_currency="INR",
        by="Special Court",
    )  # fmt: skip
    for person in (survivor, other):
        AwardShareMake(case=case, award=award, survivor=person)
    PaymentMake(case=case, award=award, survivor=survivor, amount_low=20000, amount_high=20000,
                amount_currency="INR")  # fmt: skip
    text = page(client, social_worker, care)
    assert ("Special Court" in text, "₹20,000" in text, "₹30,000" in text) == (True, True, True)
    assert "Somebody else" not in text


def test_outside_the_need_to_know_there_is_no_such_page(client, care, lawyer, charlie, alice):
    row = EntitlementMake(case=care.case, care=care, law_code="IN-BL-DEBT")
    client.force_login(lawyer)  # sees the case, not the care
    assert client.get(reverse("aftercare:care-owed", args=[care.pk])).status_code == 403
    assert client.get(reverse("aftercare:owed-list")).status_code == 403
    client.force_login(charlie)
    for name, of in (("care-owed", care), ("entitlement-move", row), ("entitlement-centre", row)):
        assert client.get(reverse(f"aftercare:{name}", args=[of.pk])).status_code == 404, name
    for name in ("entitlement-start", "paper-move", "entitlement-aside"):
        assert press(client, name, care, code="IN-BL-DEBT").status_code == 404, name
    client.force_login(alice)  # reads, does not write
    assert press(client, "entitlement-start", care, code="IN-BL-DEBT").status_code == 403


def test_who_waits_longest_stands_first_at_the_same_price_for_many(
    client, office, case, care, social_worker, charlie
):
    def owe(number):
        for one in range(number):
            person = SurvivorMake(case=case, gender="Feminine", child=False)
            ReliefMake(case=case, survivor=person, on="2026-02-01")
            of = CareMake(case=case, survivor=person, result=CareResult.IN_CARE)
            if one % 2:
                EntitlementMake(case=case, care=of, law_code="IN-BL-REHAB-2L", by="District Magistrate",
                                level="state", status="applied", applied_on="2026-04-01")  # fmt: skip

    EntitlementMake(
        case=case,
        care=care,
        law_code="IN-VCS-STATE",
        by="Legal Services",
        level="state",
        status="applied",
        applied_on="2026-01-05",
        scheme="Waits longest",
    )
    EntitlementMake(case=case, care=care, scheme="Over", status="paid", applied_on="2020")
    owe(2)
    client.force_login(social_worker)
    address = reverse("aftercare:owed-list")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    few, text = cost(), client.get(address).content.decode()
    assert text.index("Waits longest") < text.index("Assistance fund")
    assert ">Over<" not in text
    assert "Nothing begun yet" in text
    assert re.search(r"District Magistrate</a>\s*<p[^>]*>[^<]*1 waits", text)
    narrowed = client.get(address, {"authority": "District Magistrate"}).content.decode()
    assert ("Waits longest" in narrowed, "Assistance fund" in narrowed) == (False, True)
    owe(14)
    assert cost() == few
    client.force_login(charlie)
    assert "Waits longest" not in client.get(address).content.decode()
