"""Lookouts knock where they should: at the offices that are asked, then back at the team of the case."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from notifications.models import InboxItem
from operations import actions
from operations.models import LookoutCard
from tests.factories import OfficeMake
from tests.notifications.conftest import alerts, inbox, log_of, reached, rows_of
from tests.people import on_case, person


@pytest.fixture
def asked(case, team, other_office):
    """Two offices are asked; each has one who watches."""
    third = OfficeMake(key="lima", name="Lima")
    watchers = [person(Role.INVESTIGATOR, office) for office in (other_office, third)]
    with viewing_as(team["INV"]):
        lookout = actions.send_lookout(
            case.pk, by=team["INV"], now=timezone.now(), to_office=other_office, also_offices=[third],
            looks="Scar over the left eye",
        )  # fmt: skip
    cards = {card.office_id: card for card in LookoutCard._base_manager.filter(lookout=lookout)}
    return [(who, cards[who.memberships.get().office_id]) for who in watchers]


def reply(who, card, answer, **more):
    with viewing_as(who):
        actions.reply_to_card(card.pk, by=who, now=timezone.now(), answer=answer, **more)


def live(rule):
    return [alert for alert in alerts(rule=rule) if alert.state in ("open", "acked")]


def test_each_office_is_asked_apart_and_its_answer_ends_its_own_alert(client, case, team, asked, sweep):
    sweep()
    (here, card), (there, _other) = asked
    assert inbox(here) == inbox(there) == ["O4.asked"]
    client.force_login(here)
    (item,) = rows_of(InboxItem, user=here)
    page = client.get(reverse("notifications:inbox-show", args=[item.pk])).content.decode()
    assert reverse("operations:card-detail", args=[card.pk]) in page
    assert case.number not in page
    assert len(live("O4")) == 2

    reply(here, card, "not_here")
    sweep()

    assert len(live("O4")) == 1
    (told,) = alerts(rule="O7")
    assert (told.urgency, told.ladder) == ("N", [])
    assert reached(team, "O7") == {"LAW", "SW", "PAR", "INV"}
    assert inbox(here) == ["O4.asked"]


def test_a_sighting_is_a_matter_of_safety_until_somebody_has_it(client, team, asked, sweep):
    who, card = asked[0]
    reply(who, card, "sighting", place="Osu, by the bank")
    sweep()

    (seen,) = alerts(rule="O7")
    assert (seen.urgency, seen.facts["reply"]) == ("U-S", "sighting")
    assert reached(team, "O7.sighting") == {"LAW", "SW", "PAR", "INV"}
    client.force_login(team["LAW"])
    assert client.post(reverse("notifications:alert-acknowledge", args=[seen.pk])).status_code == 302
    sweep()
    assert live("O7") == []


def test_a_watch_that_ran_out_asks_its_team_until_it_goes_on_or_is_closed(team, asked, sweep):
    past = timezone.now() - timedelta(hours=1)
    LookoutCard._base_manager.update(renewed_at=past - timedelta(days=14), expires_at=past)
    sweep()
    sweep()

    (over,) = alerts(rule="O7")
    assert (over.urgency, over.state) == ("N-A", "open")
    assert reached(team, "O7.over") == {"LAW", "SW", "PAR", "INV"}
    assert live("O4") == []
    with viewing_as(team["INV"]):
        lookout = over.subject_id
        actions.renew_lookout(lookout, by=team["INV"], now=timezone.now(), days=7, reason="Her phone was on")
    sweep()
    assert live("O7") == []


def test_a_name_knocks_at_safeguarding_alone(case, office, team, other_office, sweep):
    alice = on_case(person(Role.CASEWORKER, office), case, Role.CASEWORKER)
    with viewing_as(alice):
        lookout = actions.send_lookout(
            case.pk, by=alice, now=timezone.now(), to_office=other_office, name="Maria", name_reason="x"
        )
    person(Role.OFFICE_DIRECTOR, other_office)
    sweep()
    assert reached(team, "O8") == {"SG"}
    (waits,) = alerts(rule="O8")
    with viewing_as(team["SG"]):
        actions.decide_name(lookout.pk, by=team["SG"], now=timezone.now(), agreed=False)
    sweep()
    assert live("O8") == []
    assert log_of(waits) == ["opened", "closed"]
