"""A contact is logged in two presses, and silence is counted from it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare import actions
from aftercare.models import Care, CareTask, Contact, Service
from audit.models import Event
from cases.states import IllegalMove
from tests.factories import CareMake, ContactMake, HeadcountMake, SafetyCheckMake, ServiceMake, SurvivorMake

NOW = timezone.now()


def ago(**span):
    return NOW - timedelta(**span)


def test_two_answers_log_a_contact_and_lead_back_to_the_list(client, care, social_worker, read):
    client.force_login(social_worker)
    here = reverse("aftercare:people-list")
    page = client.get(here).content.decode()
    assert page.count('name="reached"') == 0, "she is nobody's yet"
    sent = {"way": "call", "reached": "yes", "next": here}
    answer = client.post(reverse("aftercare:contact-log", args=[care.pk]), sent)
    assert answer["Location"] == here
    (contact,) = read(social_worker, Contact)
    assert (contact.way, contact.reached, contact.safe, contact.by) == ("call", True, "", social_worker)
    event = Event.objects.get(verb="contact.log")
    assert event.detail == {"way": "call", "reached": True}
    away = client.post(
        reverse("aftercare:contact-log", args=[care.pk]), {**sent, "next": "https://elsewhere.example/"}
    )
    assert away["Location"] == reverse("aftercare:care-contact", args=[care.pk])


def test_a_visit_is_a_service_too_and_nobody_writes_it_twice(client, care, social_worker, read):
    client.force_login(social_worker)
    day = timezone.localdate() - timedelta(days=1)
    sent = {
        "way": "visit", "reached": "yes", "service": "home_visit", "on": day.isoformat(), "note": "Well",
    }  # fmt: skip
    assert client.post(reverse("aftercare:contact-log", args=[care.pk]), sent).status_code == 302
    (service,), (contact,) = read(social_worker, Service), read(social_worker, Contact)
    assert (service.kind, service.starts_on) == ("home_visit", day.isoformat())
    assert contact.met_at < timezone.now() - timedelta(hours=1)
    for wrong, sentence in (
        ({"reached": "no"}, "Nobody was reached, so nothing was done."),
        ({"on": (day + timedelta(days=3)).isoformat()}, "This moment has not come yet."),
        ({"reached": ""}, "This field is required."),
        ({"on": "1900-01-01"}, "This day lies long before the person came to us."),
    ):
        answer = client.post(reverse("aftercare:contact-log", args=[care.pk]), sent | wrong)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True), wrong
    assert len(read(social_worker, Contact)) == 1


def test_who_is_not_safe_is_looked_at_within_a_day(care, social_worker, read):
    with viewing_as(social_worker):
        actions.log_contact(
            care.pk, by=social_worker, now=NOW, way="through_somebody", reached=False, safe="no"
        )
    (task,) = read(social_worker, CareTask)
    assert (task.kind, task.source, task.due_at) == (
        "safety_review",
        "contact.log",
        NOW + timedelta(hours=24),
    )
    with viewing_as(social_worker), pytest.raises(IllegalMove, match="not by a press"):
        actions.move_task(task.pk, by=social_worker, now=NOW, status="done")


def test_silence_is_too_long_by_risk_and_only_what_reached_the_person_ends_it(case, social_worker):
    def silent_after(days, risk="", **fields):
        return CareMake(
            case=case, survivor=SurvivorMake(case=case), risk=risk, created_at=ago(days=days), **fields
        )

    high, medium, low, unknown = (
        silent_after(days, risk) for days, risk in ((11, "high"), (21, "medium"), (29, "low"), (31, ""))
    )
    met, tried, seen, served, ended, fresh = (silent_after(40) for _one in range(6))
    ContactMake(case=case, care=met, met_at=ago(days=2))
    ContactMake(case=case, care=tried, met_at=ago(days=2), reached=False)
    SafetyCheckMake(case=case, care=seen, looked_at=ago(days=3))
    ServiceMake(case=case, care=served, kind="home_visit", starts_on=f"{ago(days=4):%Y-%m-%d}")
    group = CareMake(case=case, survivor=None, headcount=HeadcountMake(case=case), created_at=ago(days=90))
    CareMake(case=case, survivor=SurvivorMake(case=case), result="restored", created_at=ago(days=90))
    ServiceMake(case=case, care=fresh, kind="cash", starts_on=f"{ago(days=1):%Y-%m-%d}")
    with viewing_as(social_worker):
        found = set(Care.objects.silent(NOW).values_list("pk", flat=True))
    assert found == {high.pk, medium.pk, unknown.pk, tried.pk, ended.pk, fresh.pk}
    assert found.isdisjoint({low.pk, group.pk})
