"""Take it, give it, close it by a word, and the page that shows all of it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from notifications.actions import acknowledge_alert, hand_over_alert
from notifications.models import Delivery, Endpoint, InboxItem
from tests.factories import AccusedMake, BailOrderMake, CaseMake, KinshipMake, SurvivorMake
from tests.notifications.conftest import alerts, fact, inbox, local, log_of, rows_of
from tests.people import on_case, person

NOW = local("2026-12-01T10:00")
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def that_morning():
    """The pages look at the clock of the machine, the sweep at that of the database: both say the same."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def granted(case, lawyer, sweep):
    """Bail was granted: U-S, and nobody has told the survivor."""
    SurvivorMake(case=case)
    fact("bail.grant", lawyer, BailOrderMake(case=case, status="GRANTED", decided_on="2026-12-01"))
    sweep(NOW)


def standing():
    (alert,) = alerts()
    return alert


def at(name, alert=None):
    return reverse(f"notifications:{name}", args=[(alert or standing()).pk])


def page(client, user, address, status=200):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, user, address, status=302, **data):
    client.force_login(user)
    answer = client.post(address, data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def test_given_to_somebody_it_stays_with_the_giver_until_she_says_yes(
    case, client, lawyer, colleague, legal_lead, granted, sweep
):
    address = at("alert-hand-over")
    text = page(client, lawyer, address)
    assert "Lena" in text
    assert "Curious" not in text, "only who may see the case stands in the list"
    post(client, lawyer, address, 422, to=colleague.pk)

    post(client, lawyer, address, to=legal_lead.pk)
    assert (standing().state, standing().acked_by, standing().handed_to) == ("acked", lawyer, legal_lead)
    assert inbox(legal_lead) == ["B3"]
    sweep(NOW + MINUTE)
    sweep(NOW + MINUTE)
    assert inbox(legal_lead) == ["B3", "B3.handed"]
    text = page(client, legal_lead, at("alert-detail"))
    assert "Bob wants to give this to you" in text
    post(client, colleague, at("alert-take-over"), 404)

    post(client, legal_lead, at("alert-take-over"))
    assert (standing().acked_by, standing().handed_to) == (legal_lead, None)
    assert log_of(standing()) == ["opened", "acked", "handed", "taken_over"]
    verbs = ["alert.hand_over", "alert.take_over"]
    assert list(Event.objects.filter(verb__in=verbs).order_by("pk").values_list("verb", flat=True)) == verbs


def test_declined_it_is_the_giver_s_who_hears_of_it(case, client, lawyer, legal_lead, granted, sweep):
    post(client, lawyer, at("alert-hand-over"), to=legal_lead.pk)
    sweep(NOW + MINUTE)
    post(client, legal_lead, at("alert-decline"))
    assert (standing().state, standing().acked_by, standing().handed_to) == ("acked", lawyer, None)
    sweep(NOW + 2 * MINUTE)
    assert inbox(lawyer)[-1] == "B3.declined"
    assert "it is still yours" in page(client, lawyer, reverse("notifications:inbox-list"))


def test_without_a_yes_in_time_everybody_is_asked_again(case, lawyer, legal_lead, granted, sweep):
    alert = standing()
    with viewing_as(lawyer):
        hand_over_alert(alert.pk, by=lawyer, to=legal_lead, now=NOW)
    sweep(NOW + 14 * MINUTE)
    assert standing().state == "acked"
    sweep(NOW + 15 * MINUTE)
    assert (standing().state, standing().handed_to, standing().acked_by) == ("open", None, None)
    assert log_of(standing())[-2:] == ["untaken", "escalated"]
    assert Event.objects.filter(verb="alert.reopen").count() == 1


def test_everything_on_my_hands_goes_to_one_colleague_who_may_see_it(
    case, office, client, lawyer, alice, legal_lead, granted, sweep
):
    """Alice is on one of the two cases; what she may not see stays where it is."""
    hidden = CaseMake(office=office, sensitivity=1)
    on_case(lawyer, hidden, Role.LAWYER)
    SurvivorMake(case=hidden)
    fact("bail.grant", lawyer, BailOrderMake(case=hidden, status="GRANTED", decided_on="2026-12-01"))
    sweep(NOW)
    address = reverse("notifications:alert-hand-over-all")
    assert "On your hands" in page(client, lawyer, address)
    post(client, lawyer, address, to=alice.pk)
    held = {alert.case_id: alert for alert in alerts()}
    assert held[case.pk].handed_to == alice
    assert (held[hidden.pk].handed_to, held[hidden.pk].state) == (None, "open")
    assert "stays with you" in page(client, lawyer, address)


def test_a_lawyer_closes_it_by_a_word_where_the_rule_lets_a_person(
    case, client, lawyer, social_worker, granted, sweep
):
    SurvivorMake(case=case, key="s1")
    AccusedMake(case=case, key="p1")
    fact("kinship.add", lawyer, KinshipMake(case=case, of="p1", who="s1"), of="p1", who="s1")
    sweep(NOW)
    bail, kin = (next(alert for alert in alerts() if alert.rule == rule) for rule in ("B3", "O6"))
    address = at("alert-dismiss", kin)
    post(client, social_worker, address, 403, ended="not_needed", why="x")
    post(client, lawyer, address, 422, ended="not_needed", why=" ")
    post(client, lawyer, address, ended="not_needed", why="They have not met for years.")
    kin = next(alert for alert in alerts() if alert.rule == "O6")
    assert (kin.state, kin.ended, kin.closed_by) == ("closed", "not_needed", lawyer)
    assert log_of(kin)[-1] == "dismissed"
    assert "They have not met for years." in page(client, lawyer, at("alert-detail", kin))
    (event,) = Event.objects.filter(verb="alert.dismiss")
    assert event.detail == {"rule": "O6", "why": "not_needed"}

    post(
        client, lawyer, at("alert-dismiss", bail), 422, ended="not_needed", why="The survivors need not know."
    )
    post(client, lawyer, at("alert-dismiss", bail), ended="mistake", why="The court granted no bail.")


def test_the_page_shows_who_was_told_by_which_channel_and_what_came_of_it(
    case, client, lawyer, legal_lead, social_worker, colleague, granted, sweep
):
    (item,) = rows_of(InboxItem, user=lawyer)
    with viewing_as(lawyer):
        phone = Endpoint(user=lawyer, kind="sms", verified_at=NOW)
        phone.seal_address("+639171234567")
        phone.save(force_insert=True)
        Delivery.objects.filter(item=item).update(state="delivered", accepted_at=NOW, delivered_at=NOW)
        Delivery.objects.create(
            user=lawyer,
            item=item,
            channel="sms",
            endpoint=phone,
            state="failed",
            code="ABCDE",
            expires_at=NOW,
        )

    def told(user):
        client.force_login(user)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(at("alert-detail"))
        return answer, len(asked)

    answer, few = told(social_worker)
    text = answer.content.decode()
    for word in ("Who was told", "E-mail", "arrived", "Text message", "failed", "When it is over"):
        assert word in text
    assert "9171234567" not in text
    sweep(NOW + 15 * MINUTE)
    sweep(NOW + 30 * MINUTE)
    on_case(person(Role.PARALEGAL, case.office), case, Role.PARALEGAL, backup=True)
    sweep(NOW + 60 * MINUTE)
    assert "told 3 times" in told(social_worker)[0].content.decode()
    assert told(social_worker)[1] == few
    assert told(colleague)[0].status_code == 404
    alert = standing()
    with viewing_as(colleague), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM alert_sending(%s)", [str(alert.pk)])
        assert cursor.fetchone() == (0,)


def test_the_code_of_a_message_opens_it_for_its_person_alone(case, client, lawyer, legal_lead, granted):
    cache.clear()
    (item,) = rows_of(InboxItem, user=lawyer)
    with viewing_as(lawyer):
        Delivery.objects.filter(item=item).update(code="QQQQQ")
    address = reverse("code-show", args=["qqqqq"])
    assert client.get(address).status_code == 302, "whoever has not signed in is asked to"
    for code in (address, reverse("code-show", args=["ZZZZZ"])):
        text = page(client, legal_lead, code, 404)
        assert "This reference leads nowhere" in text
        assert "Bail" not in text

    text = page(client, lawyer, address)
    assert "Bail granted" in text
    assert standing().state == "open", "scanners open links: looking takes nothing"
    post(client, lawyer, address)
    assert (standing().state, standing().acked_by) == ("acked", lawyer)
    assert "You have it" in page(client, lawyer, reverse("code-show", args=[item.code]))
    for _ in range(20):
        client.get(reverse("code-show", args=["ZZZZZ"]))
    page(client, lawyer, address, 404)
    cache.clear()


def test_two_people_and_a_given_alert(case, lawyer, legal_lead, social_worker, granted, sweep):
    """Whoever says "I have it" first has it; the other's yes changes nothing."""
    alert = standing()
    for user in (lawyer, legal_lead):
        with viewing_as(user):
            acknowledge_alert(alert.pk, by=user, now=NOW)
    assert standing().acked_by == lawyer
