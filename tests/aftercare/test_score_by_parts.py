"""Scoring by the parts of an instrument, and a second rating by somebody who has not seen the first."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from aftercare.models import Assessment, CareTask, Instrument, PartScore, Score, SecondRating
from aftercare.states import Domain
from audit.models import Event
from tests.factories import AgeMake, AssessmentMake, PlacementMake, arranging
from tests.people import on_case, person

SAFE = {"part_no_harm": "2", "part_no_threats": "3", "part_keeps_safe": "unknown"}


@pytest.fixture
def ratna(case):
    """A second social worker of the same case."""
    return on_case(person(Role.SOCIAL_WORKER, case.office, name="Ratna"), case, Role.SOCIAL_WORKER)


def score(client, user, care, **facts):
    client.force_login(user)
    others = dict.fromkeys(set(Domain.values) - {"safety"}, "unknown")
    facts = {"on": "2026-05-20", "reason": "intake", "setting": "her aunt's home", **others, **facts}
    return client.post(reverse("aftercare:assessment-score", args=[care.pk]), facts)


def page(client, user, name, pk):
    client.force_login(user)
    return " ".join(client.get(reverse(name, args=[pk])).content.decode().split())


def test_a_domain_is_the_average_of_its_known_parts_and_hidden_when_too_little_is_known(
    client, care, social_worker, read
):
    answer = score(
        client, social_worker, care, **SAFE, why_no_harm="Visit on Monday",
        part_copes="4", part_behaviour="unknown", part_no_self_harm="unknown",
    )  # fmt: skip
    assert answer.status_code == 302
    (assessment,) = read(social_worker, Assessment)
    assert (assessment.assessor, assessment.instrument.code) == (social_worker, "six-domains")
    assert {(row.domain, row.value) for row in read(social_worker, Score)} == {("safety", Decimal("2.5"))}
    kept = {row.part.code: (row.value, row.evidence) for row in read(social_worker, PartScore)}
    assert kept == {
        "no_harm": (2, "Visit on Monday"), "no_threats": (3, ""), "keeps_safe": (None, ""),
        "copes": (4, ""), "behaviour": (None, ""), "no_self_harm": (None, ""),
    }  # fmt: skip
    text = page(client, social_worker, "aftercare:assessment-score", care.pk)
    last = re.findall(r'name="part_(\w+)" value="(\w+)"(?:(?!name=).)*?\(last time\)', text)
    assert last == [
        ("no_harm", "2"), ("no_threats", "3"), ("keeps_safe", "unknown"),
        ("copes", "4"), ("behaviour", "unknown"), ("no_self_harm", "unknown"),
    ]  # fmt: skip
    assert "Scored 2.50 on 20 May 2026 (2 3)" in text


def test_a_domain_that_was_begun_wants_all_of_its_parts(client, care, social_worker, read):
    answer = score(client, social_worker, care, part_no_harm="2")
    assert answer.status_code == 422
    assert answer.content.decode().count("Choose a step, or “Not enough information”.") >= 2
    assert read(social_worker, Assessment) == []


def test_children_and_adults_are_asked_their_own_parts_and_in_a_shelter_the_home_to_return_to(
    client, case, survivor, care, social_worker
):
    text = page(client, social_worker, "aftercare:assessment-score", care.pk)
    assert "part_schooling" in text
    assert "part_means_to_earn" in text
    with arranging():
        AgeMake(case=case, survivor=survivor, years="12", on="2026-06-01", at="intake")
        PlacementMake(case=case, care=care, kind="ngo_shelter")
    text = page(client, social_worker, "aftercare:assessment-score", care.pk)
    assert "part_schooling" in text
    assert "part_means_to_earn" not in text
    assert score(client, social_worker, care, setting="", **SAFE).status_code == 422


def test_an_event_makes_a_scoring_due_and_the_scoring_settles_it(client, case, care, social_worker, read):
    yesterday = timezone.now() - timedelta(days=1)
    with arranging():
        AssessmentMake(case=case, care=care, on=timezone.now().date().isoformat())
        facts = {"office": case.office, "sensitivity": case.sensitivity}
        CareTask._base_manager.create(
            case=case, care=care, kind="rescore", due_at=yesterday, source="bail.grant", **facts
        )
    text = page(client, social_worker, "aftercare:assessment-score", care.pk)
    assert "because the accused may be out on bail" in text
    assert '<option value="special" selected>' in text
    assert "because the accused may be out on bail" in page(
        client, social_worker, "aftercare:care-detail", care.pk
    )
    client.force_login(social_worker)
    assert "because the accused may be out on bail" in client.get(
        reverse("aftercare:care-list")
    ).content.decode()  # fmt: skip
    assert score(client, social_worker, care, reason="special", **SAFE).status_code == 302
    assert [task.status for task in read(social_worker, CareTask)] == ["done"]


def test_a_second_rater_does_not_see_the_first_scores_and_then_both_are_compared(
    client, care, social_worker, ratna, read
):
    score(client, social_worker, care, **SAFE, why_no_harm="CANARY")
    (assessment,) = read(social_worker, Assessment)
    add = reverse("aftercare:rating-add", args=[assessment.pk])
    assert "You scored this one yourself." in page(
        client, social_worker, "aftercare:rating-add", assessment.pk
    )
    assert client.post(add, {"part_no_harm": "4"}).status_code == 422
    text = page(client, ratna, "aftercare:rating-add", assessment.pk)
    assert "CANARY" not in text
    assert "checked" not in text
    given = {"part_no_harm": "4", "part_no_threats": "3", "part_keeps_safe": "2"}
    assert client.post(add, given).status_code == 302
    (rating,) = read(ratna, SecondRating)
    assert rating.scores == {"no_harm": 4, "no_threats": 3, "keeps_safe": 2}
    text = page(client, ratna, "aftercare:rating-detail", assessment.pk)
    assert "The same step in 1 of 2 parts that both could score (50 %)." in text
    assert "1 part is two steps or more apart." in text
    assert "The same step in 1 of 2 parts (50 %)." in page(client, ratna, "aftercare:care-road", care.pk)
    assert client.post(add, given).status_code == 422
    assert [row.value for row in read(ratna, Score)] == [Decimal("2.5")]
    assert Event.objects.filter(verb="assessment.rate").count() == 1


def test_without_an_instrument_in_use_the_domains_are_scored_as_a_whole(client, care, social_worker):
    Instrument.objects.update(in_use=False)
    assert "part_no_harm" not in page(client, social_worker, "aftercare:assessment-score", care.pk)
    assert score(client, social_worker, care, safety="3").status_code == 302


def looks(read, user):
    rows = [task for task in read(user, CareTask) if task.kind == "safety_review"]
    return [(task.source, task.status, task.due_at) for task in rows]


def test_the_lowest_step_of_safety_asks_for_a_look_within_a_day_and_only_once(
    client, care, social_worker, read
):
    today = timezone.localdate().isoformat()
    said = {**SAFE, "part_no_harm": "1", "on": today}
    assert score(client, social_worker, care, **{**said, "on": "2026-01-20"}).status_code == 302
    assert looks(read, social_worker) == [], "a scoring of long ago does not say how somebody is now"
    assert score(client, social_worker, care, **{**SAFE, "on": today}).status_code == 302
    assert looks(read, social_worker) == []
    before = timezone.now()
    assert score(client, social_worker, care, **said).status_code == 302
    ((source, status, due),) = looks(read, social_worker)
    assert (source, status) == ("assessment.score", "open")
    assert timedelta(hours=23) < due - before < timedelta(hours=25)
    assert "Nothing waits." not in page(client, social_worker, "aftercare:care-detail", care.pk)
    assert score(client, social_worker, care, **said).status_code == 302
    assert len(looks(read, social_worker)) == 1, "one look is asked for already"


def test_a_domain_of_safety_scored_lowest_as_a_whole_asks_for_a_look_too(client, care, social_worker, read):
    score(client, social_worker, care, safety="1", on=timezone.localdate().isoformat())
    assert [source for source, _status, _due in looks(read, social_worker)] == ["assessment.score"]
