"""Whether the survivors were told: the deed that closes the alerts of people who are out."""

import pytest
from django.urls import reverse

from accounts.scope import viewing_as
from cases.states import IllegalMove
from notifications import actions
from notifications.actions.telling import Answer
from notifications.models import Telling
from tests.factories import BailOrderMake, CaseMake, SurvivorMake
from tests.notifications.conftest import alerts, fact, local, rows_of

NOW = local("2026-12-01T10:00")


@pytest.fixture
def released(case, lawyer, social_worker, sweep):
    """Out on bail; the case has two survivors and a child of one of them."""
    two = [SurvivorMake(case=case, pseudonym=name) for name in ("Asha", "Mina")]
    SurvivorMake(case=case, pseudonym="Asha's child", dependant=True)
    bail = BailOrderMake(case=case)
    fact("bail.release", lawyer, bail)
    sweep(NOW)
    (alert,) = alerts(rule="B4")
    return alert, two


def tell(alert, by, answers):
    with viewing_as(by):
        return actions.tell_survivors(alert.pk, by=by, now=NOW, answers=answers)


def test_it_closes_once_it_is_said_of_every_survivor_and_not_before(released, social_worker, sweep):
    alert, (asha, mina) = released
    tell(alert, social_worker, {asha.pk: Answer("told", "in_person")})
    sweep(NOW)
    (now,) = alerts(rule="B4")
    assert (now.state, now.acked_by_id) == ("acked", social_worker.pk), "whoever tells them has the alert"

    tell(alert, social_worker, {mina.pk: Answer("not_told", reason="She asked never to hear of him")})
    sweep(NOW)
    assert [row.state for row in alerts(rule="B4")] == ["closed"]


def test_taking_it_on_alone_closes_nothing(released, lawyer, sweep):
    alert, _two = released
    with viewing_as(lawyer):
        actions.acknowledge_alert(alert.pk, by=lawyer, now=NOW)
    sweep(NOW)
    assert [row.state for row in alerts(rule="B4")] == ["acked"]


def test_not_telling_needs_a_reason_and_nothing_is_half_saved(client, released, social_worker):
    alert, (asha, mina) = released
    client.force_login(social_worker)
    address = reverse("notifications:alert-tell", args=[alert.pk])
    sent = {f"told_{asha.pk}": "told", f"told_{mina.pk}": "not_told"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "Say why she was not told." in answer.content.decode()
    assert rows_of(Telling) == []

    answer = client.post(address, sent | {f"reason_{mina.pk}": "Too ill this week"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Too ill this week" in page
    assert "Asha&#x27;s child" not in page


def test_survivors_of_another_case_and_other_alerts_are_refused(released, social_worker):
    alert, _two = released
    stranger = SurvivorMake(case=CaseMake(office=alert.office))
    with pytest.raises(IllegalMove):
        tell(alert, social_worker, {stranger.pk: Answer("told")})
    with viewing_as(social_worker), pytest.raises(IllegalMove):
        actions.tell_survivors(
            alert.pk, by=social_worker, now=NOW, answers={released[1][0].pk: Answer("not_told", reason=" ")}
        )
