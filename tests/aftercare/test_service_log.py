import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from aftercare.models import CareMilestone, Entitlement, Service
from audit.models import Event
from tests.factories import EntitlementMake


def post(client, user, name, *args, **facts):
    client.force_login(user)
    return client.post(reverse(f"aftercare:{name}", args=[row.pk for row in args]), facts)


def test_logs_a_service_from_two_answers(client, care, social_worker, read):
    response = post(client, social_worker, "service-log", care, kind="home_visit", starts_on="2026-06-01")
    assert response["Location"] == reverse("aftercare:care-detail", args=[care.pk])
    (service,) = read(social_worker, Service)
    assert (service.kind, service.starts_on, service.ends_on) == ("home_visit", "2026-06-01", "")
    event = Event.objects.get()
    assert (event.verb, event.detail) == ("service.log", {"kind": "home_visit"})


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"kind": ""}, "This field is required."),
        ({"starts_on": "2040"}, "This day has not come yet."),
        ({"ends_on": "2026-05"}, "It began later than this day."),
    ],
)
def test_a_service_that_cannot_be_is_refused(client, care, social_worker, read, facts, sentence):
    facts = {"kind": "medical", "starts_on": "2026-06-01", **facts}
    response = post(client, social_worker, "service-log", care, **facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert read(social_worker, Service) == []


def test_a_double_click_logs_one_service(client, care, social_worker, read):
    facts = {"kind": "medical", "starts_on": "2026-06-01", "idempotency_key": str(uuid.uuid4())}
    for _ in range(2):
        assert post(client, social_worker, "service-log", care, **facts).status_code == 302
    assert len(read(social_worker, Service)) == 1


def test_an_entitlement_is_in_the_money_of_the_office_unless_it_says_otherwise(
    client, care, social_worker, read
):
    response = post(
        client, social_worker, "entitlement-set", care, scheme="State fund", status="granted",
        granted="30,000", granted_on="2026-05", paid="3000..8000 USD", authority="The district",
    )  # fmt: skip
    assert response.status_code == 302
    (row,) = read(social_worker, Entitlement)
    assert (row.granted_low, row.granted_high, row.granted_currency) == (
        Decimal(30000),
        Decimal(30000),
        "PHP",
    )
    assert (row.paid_low, row.paid_high, row.paid_currency) == (Decimal(3000), Decimal(8000), "USD")
    assert (row.by, row.status, row.granted_on) == ("The district", "granted", "2026-05")
    assert Event.objects.get().verb == "entitlement.set"


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"granted": "a lot"}, "Write the amount with its currency, for example 30000 INR."),
        ({"status": ""}, "This field is required."),
        ({"paid_on": "2040"}, "This day has not come yet."),
    ],
)
def test_an_entitlement_that_cannot_be_is_refused(client, care, social_worker, read, facts, sentence):
    facts = {"scheme": "State fund", "status": "paid", **facts}
    response = post(client, social_worker, "entitlement-set", care, **facts)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert read(social_worker, Entitlement) == []


def test_an_entitlement_is_changed_and_two_people_see_both_versions(
    client, case, care, social_worker, director, read
):
    row = EntitlementMake(
        case=case, care=care, granted_low=3000, granted_high=8000, granted_currency="USD", by="a1"
    )
    client.force_login(social_worker)
    page = client.get(reverse("aftercare:entitlement-set", args=[care.pk, row.pk])).content.decode()
    assert 'value="3000..8000 USD"' in page
    facts = {"scheme": "The same fund", "status": "paid", "paid": "8000 USD", "version": 1}
    assert post(client, social_worker, "entitlement-set", care, row, **facts).status_code == 302
    after = read(social_worker, Entitlement, row.pk)
    assert (after.scheme, after.paid_low, after.granted_low, after.version) == (
        "The same fund",
        8000,
        None,
        2,
    )
    assert post(client, director, "entitlement-set", care, row, **facts).status_code == 409


def test_an_entitlement_of_somebody_else_is_not_there(client, care, social_worker):
    other = EntitlementMake()
    assert post(client, social_worker, "entitlement-set", care, other, scheme="x").status_code == 404


def test_a_milestone_is_remembered(client, care, social_worker, read):
    facts = {"what": "started_work", "on": "2026-07", "note": "In a bakery"}
    assert post(client, social_worker, "milestone-reach", care, **facts).status_code == 302
    (step,) = read(social_worker, CareMilestone)
    assert (step.what, step.on, step.note) == ("started_work", "2026-07", "In a bakery")
    assert Event.objects.get().verb == "milestone.reach"
    assert post(client, social_worker, "milestone-reach", care, what="other", on="2050").status_code == 422
