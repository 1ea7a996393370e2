"""A match between offices, and an arrest of somebody who may be known there: each hears of its own file."""

from django.utils import timezone

from accounts.roles import Role
from accounts.scope import system_access, viewing_as
from prosecutions import actions
from prosecutions.models import MatchSide
from tests.factories import AccusedMake, CaseMake
from tests.notifications.conftest import alerts, inbox
from tests.people import on_case, person


def work():
    with system_access("matcher", "test") as matcher:
        while actions.compare_offices(by=matcher, now=timezone.now()):
            pass


def test_both_offices_hear_of_a_match_of_an_arrest_and_of_the_arrest_of_a_confirmed_person(
    case, lawyer, other_office, sweep, client
):
    case.legal_status = "trial"
    case.save(update_fields=["legal_status"])
    away = CaseMake(office=other_office, legal_status="trial", title="The other road")
    afia = on_case(person(Role.LAWYER, other_office, name="Afia"), away, Role.LAWYER)
    ours = AccusedMake(case=case, name="Jonalyn Dimaculangan")
    AccusedMake(case=away, name="Honalyn Dimakulangan")
    work()
    sweep()
    assert inbox(lawyer) == inbox(afia) == ["B9.match"]
    assert {alert.urgency for alert in alerts()} == {"N-A"}

    with viewing_as(lawyer):
        actions.record_arrest(ours.pk, by=lawyer, now=timezone.now(), on="2026-03-01")
    sweep()
    sweep()
    assert inbox(lawyer) == ["B9.match", "B9.possible"]
    assert inbox(afia) == ["B9.match", "B9.maybe"]
    client.force_login(afia)
    for alert in alerts(case=away):
        page = client.get(f"/notifications/alerts/{alert.pk}/").content.decode()
        assert "Honalyn" in page
        for hidden in ("Jonalyn", case.number, case.title, str(case.pk), str(ours.pk)):
            assert hidden not in page

    for user in (lawyer, afia):
        with viewing_as(user):
            side = MatchSide.objects.get()
            actions.answer_match(side.pk, by=user, now=timezone.now(), answer="same")
    work()
    sweep()
    states = [alert.state for alert in alerts() if alert.facts.get("side")]
    assert states == ["closed"] * 4  # the answer is the deed
    before = len(inbox(afia))
    with viewing_as(lawyer):
        actions.record_arrest(ours.pk, by=lawyer, now=timezone.now(), on="2026-03-02")
    sweep()
    assert inbox(afia)[before:] == ["B9.elsewhere"]
    assert inbox(lawyer)[-1] == "B9"
