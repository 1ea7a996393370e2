"""What each role sees of one case: no line, tag, choice or number of a part for which it holds no verb."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.actions import log_service
from audit.models import Event
from notifications.actions.alerts import Opening, open_alerts
from notifications.models import Alert
from reference.values import PartialDate
from tests.factories import CareMake, MissingPersonMake, OperationMake, PlanMake, SurvivorMake
from tests.people import on_case, person


@pytest.fixture
def investigator(case):
    return on_case(person("investigator", case.office, name="Ines"), case, "investigator")


@pytest.fixture
def paralegal(case):
    return on_case(person("paralegal", case.office, name="Paul"), case, "paralegal")


@pytest.fixture
def survivor(case):
    return SurvivorMake(case=case, key="s1", pseudonym="Maya")


@pytest.fixture
def care(case, survivor, social_worker):
    care = CareMake(case=case, survivor=survivor, next_review_on="2026-01-02", note="canary-care")
    PlanMake(care=care, case=case, note="canary-plan")
    with viewing_as(social_worker):
        facts = {"kind": "counselling", "starts_on": PartialDate("2026-03-11"), "note": "canary-service"}
        log_service(care.pk, by=social_worker, now=timezone.now(), **facts)
    return care


@pytest.fixture
def operation(case, survivor):
    operation = OperationMake(case=case, key="o7", on="2026-02-11", purpose="search", note="canary-raid")
    MissingPersonMake(case=case, operation=operation, survivor=survivor)
    return operation


def pages_of(client, user, case, survivor):
    """What the person reads of the case wherever she may go."""
    client.force_login(user)
    found = {}
    for url in (
        reverse("desk:home"),
        reverse("desk:case-page", args=[case.pk]),
        reverse("cases:case-trail", args=[case.pk]),
        survivor.get_absolute_url(),
        reverse("survivors:survivor-miss", args=[survivor.pk]),
        reverse("survivors:relief-add", args=[survivor.pk]),
        reverse("prosecutions:accused-list") + f"?case={case.pk}",
        reverse("notifications:inbox-list"),
    ):
        found[url] = client.get(url).content.decode()
    return found


@pytest.mark.parametrize("who", ["investigator", "paralegal", "lawyer", "legal_lead"])
def test_who_does_not_hold_aftercare_reads_nothing_of_it(client, case, survivor, care, who, request):
    user = request.getfixturevalue(who)
    for url, page in pages_of(client, user, case, survivor).items():
        seen = [
            word for word in ("canary", "Care plan", "Counselling", "service", str(care.pk)) if word in page
        ]
        assert seen == [], url
        assert "aftercare/care" not in page


def test_who_does_not_hold_operations_reads_of_the_road_out_and_no_more(
    client, case, survivor, operation, social_worker
):
    for url, page in pages_of(client, social_worker, case, survivor).items():
        words = ("canary", "Search", "February 2026", str(operation.get_absolute_url()), "/operations/")
        assert [word for word in words if word in page.replace('type="search"', "")] in ([], ["Search"]), url
        assert "11 Feb" not in page


def test_an_alert_about_aftercare_is_closed_to_those_who_were_not_told(
    client, case, care, lawyer, social_worker, legal_lead, as_reminders_do
):
    alert = as_reminders_do(Opening("P2", case, care, "P2:test"))
    client.force_login(lawyer)
    assert client.get(reverse("notifications:alert-detail", args=[alert.pk])).status_code == 403
    assert client.post(reverse("notifications:alert-acknowledge", args=[alert.pk])).status_code == 403
    client.force_login(social_worker)
    assert client.get(reverse("notifications:alert-detail", args=[alert.pk])).status_code == 200
    with viewing_as(legal_lead):
        Alert.objects.update(step=1)
    client.force_login(legal_lead)
    assert str(alert.pk) not in client.get(reverse("desk:home")).content.decode()


def test_no_alert_opens_about_a_plan(case, alice, as_reminders_do):
    for status in ("planned", "cancelled"):
        plan = OperationMake(case=case, status=status, outcome="", insiders=[alice])
        assert as_reminders_do(Opening("O1", case, plan, f"O1:{plan.pk}")) is None
    assert not Event.objects.filter(verb="alert.open").exists()


@pytest.fixture
def as_reminders_do(db):
    """Open an alert as the sweep would; None when it opens none."""
    from accounts.scope import system_access  # noqa: PLC0415

    def opened(opening):
        with system_access("reminders", "a test opens an alert") as by:
            return next(iter(open_alerts([opening], by=by, now=timezone.now())), None)

    return opened
