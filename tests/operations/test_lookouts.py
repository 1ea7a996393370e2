"""A lookout: the office that is asked reads its card and nothing of the case, and only while it watches."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.states import IllegalMove
from operations import actions
from operations.models import Lookout, LookoutCard, LookoutName, LookoutReading, LookoutReply, LookoutSheet
from reference import sealed
from tests.factories import CaseMake, DutyMake, OfficeMake, SurvivorMake
from tests.people import on_case, person

SECRETS = ("CEB-SECRET-77", "Operation Lantern", "her brother sold", "Maya the pseudonym", "Maria Santos")
FACTS = {"age_band": "teen", "sex": "female", "looks": "Scar over the left eye", "places": "Osu market"}


@pytest.fixture
def hidden(office):
    """A sealed case with all that must not leak."""
    case = CaseMake(office=office, sensitivity=2, number=SECRETS[0], title=SECRETS[1])
    SurvivorMake(case=case, key="s1", pseudonym=SECRETS[3])
    return case


@pytest.fixture
def sender(hidden):
    return on_case(person(Role.CASEWORKER, hidden.office, name="Alice"), hidden, Role.CASEWORKER)


@pytest.fixture
def watcher(other_office):
    return person(Role.INVESTIGATOR, other_office, name="Yaw")


def send(by, case, **asked):
    with viewing_as(by):
        return actions.send_lookout(
            case.pk, by=by, now=timezone.now(), why=SECRETS[2], about=["s1"], **FACTS, **asked
        )


@pytest.fixture
def card(sender, hidden, other_office):
    return LookoutCard._base_manager.get(lookout=send(sender, hidden, to_office=other_office))


def page(client, user, name, *args, **data):
    client.force_login(user)
    return client.get(reverse(f"operations:{name}", args=args), data)


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows_by_sql(user, table):
    """What the second lock alone lets through."""
    with viewing_as(user), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608, a name of ours
        return cursor.fetchone()[0]


TABLES = (
    "operations_lookoutcard", "operations_lookoutsheet", "operations_lookoutreading",
    "operations_lookoutreply", "operations_lookout", "cases_case",
)  # fmt: skip


def test_the_office_asked_reads_the_card_and_nothing_of_the_case(client, hidden, card, watcher, sender):
    answer = page(client, watcher, "card-detail", card.pk)
    listed = page(client, watcher, "card-list")

    assert answer.status_code == listed.status_code == 200
    assert "Scar over the left eye" in text(answer)
    assert "Osu market" in text(listed)
    for shown in (answer.content.decode(), listed.content.decode()):
        leaked = [secret for secret in (*SECRETS, str(hidden.pk), str(card.lookout_id)) if secret in shown]
        assert leaked == []
    assert [rows_by_sql(watcher, table) for table in TABLES] == [1, 1, 1, 0, 0, 0]
    assert page(client, watcher, "lookout-detail", card.lookout_id).status_code == 404


def test_only_those_who_watch_there_read_it(client, card, other_office, office, watcher):
    third = OfficeMake(key="lima", name="Lima")
    on_duty = person(Role.LAWYER, other_office)
    DutyMake(office=other_office, user=on_duty)
    lead = person(Role.LEGAL_LEAD, other_office)
    outside = [
        person(Role.SOCIAL_WORKER, other_office), person(Role.REGIONAL_DIRECTOR, other_office),
        person(Role.ADMINISTRATOR), person(Role.INVESTIGATOR, third), person(Role.OFFICE_DIRECTOR, office),
        person(Role.GLOBAL_DIRECTOR),
    ]  # fmt: skip

    assert [page(client, who, "card-detail", card.pk).status_code for who in (on_duty, lead)] == [200, 200]
    assert {page(client, who, "card-detail", card.pk).status_code for who in outside} == {404}
    assert {rows_by_sql(who, table) for who in outside for table in TABLES[:4]} == {0}


def test_the_sender_sees_who_read_it_first_and_when(client, card, watcher, sender):
    for _twice in range(2):
        page(client, watcher, "card-detail", card.pk)
    page(client, sender, "card-detail", card.pk)  # her own look is no receipt

    seen = text(page(client, sender, "lookout-detail", card.lookout_id))
    assert re.search(r"Yaw read it first", seen)
    assert LookoutReading._base_manager.count() == 1
    assert Event.objects.filter(verb="lookout.open").count() == 1


def test_an_answer_comes_back_and_a_sighting_says_where(client, card, watcher, sender):
    client.force_login(watcher)
    address = reverse("operations:card-reply", args=[card.pk])
    vague = client.post(address, {"answer": "sighting"})
    assert vague.status_code == 422
    assert "place" in vague.context["form"].errors
    told = {"answer": "sighting", "seen_on": "2026-11-20", "place": "Osu, by the bank"}
    assert client.post(address, told).status_code == 302

    assert "Osu, by the bank" in text(page(client, sender, "lookout-detail", card.lookout_id))
    (event,) = Event.objects.filter(verb="lookout.reply")
    assert event.detail == {"answer": "sighting", "office": card.office_id}
    client.force_login(sender)
    assert client.post(address, {"answer": "watching"}).status_code == 422


@pytest.mark.parametrize("how", ["closed", "over"])
def test_once_it_is_over_the_facts_are_gone_for_them(client, card, watcher, sender, how):
    with viewing_as(watcher):
        actions.reply_to_card(
            card.pk, by=watcher, now=timezone.now(), answer="sighting", place="Osu, by the bank"
        )
    if how == "closed":
        with viewing_as(sender):
            actions.close_lookout(card.lookout_id, by=sender, now=timezone.now(), result="found_here")
    else:
        past = timezone.now() - timedelta(days=1)
        LookoutCard._base_manager.update(renewed_at=past - timedelta(days=14), expires_at=past)

    shown = text(page(client, watcher, "card-detail", card.pk))
    assert "Closed on" in shown
    assert "Scar" not in shown
    assert "by the bank" not in shown
    assert "Osu" not in text(page(client, watcher, "card-list"))
    assert [rows_by_sql(watcher, table) for table in TABLES[:4]] == [1, 0, 0, 0]
    with viewing_as(watcher):
        assert not LookoutSheet.objects.exists()
        assert not LookoutReply.objects.exists()
        with pytest.raises(IllegalMove, match="over"):
            actions.reply_to_card(card.pk, by=watcher, now=timezone.now(), answer="watching")
    assert "Scar over the left eye" in text(page(client, sender, "lookout-detail", card.lookout_id))


def test_a_watch_that_ran_out_goes_on_with_a_reason(client, card, sender, watcher):
    past = timezone.now() - timedelta(days=1)
    LookoutCard._base_manager.update(renewed_at=past - timedelta(days=14), expires_at=past)
    client.force_login(sender)
    address = reverse("operations:lookout-renew", args=[card.lookout_id])
    assert client.post(address, {"days": "91", "reason": "x"}).status_code == 422
    assert client.post(address, {"days": "10", "reason": ""}).status_code == 422
    assert client.post(address, {"days": "10", "reason": "Her phone was on in Osu"}).status_code == 302

    assert "Scar" in text(page(client, watcher, "card-detail", card.pk))
    assert "Her phone was on" not in text(page(client, watcher, "card-detail", card.pk))


def test_a_name_waits_for_a_second_person_and_is_told_to_nobody_before(
    client, hidden, sender, other_office, watcher
):
    approver = on_case(person(Role.SAFEGUARDING_LEAD, hidden.office), hidden, Role.SAFEGUARDING_LEAD)
    lookout = send(
        sender, hidden, to_office=other_office, name=SECRETS[4], name_reason="Hospitals ask for it"
    )
    card = LookoutCard._base_manager.get(lookout=lookout)
    assert SECRETS[4] not in page(client, watcher, "card-detail", card.pk).content.decode()
    assert rows_by_sql(watcher, "operations_lookoutname") == 0
    assert sealed.rewraps()["names in lookouts"]() == 0  # under the master key in use already
    address = reverse("operations:lookout-decide", args=[lookout.pk])
    client.force_login(sender)
    assert client.post(address, {"agreed": "true"}).status_code == 403
    client.force_login(approver)
    assert SECRETS[4] in client.get(address).content.decode()
    assert client.post(address, {"agreed": "true"}).status_code == 302

    assert SECRETS[4] in page(client, watcher, "card-detail", card.pk).content.decode()
    with viewing_as(sender):
        actions.close_lookout(lookout.pk, by=sender, now=timezone.now(), result="found_elsewhere")
    assert SECRETS[4] not in page(client, watcher, "card-detail", card.pk).content.decode()
    assert bytes(LookoutName._base_manager.get().name) == b""


def test_what_may_not_be_asked_or_told(sender, hidden, other_office, office):
    lawyer = on_case(person(Role.INVESTIGATOR, office), hidden, Role.INVESTIGATOR)
    for asked, field in (
        ({}, "to_office"),
        ({"to_office": office}, "to_office"),
        ({"to_office": other_office, "to_agency": "police"}, "to_office"),
        ({"to_office": other_office, "days": 91}, "days"),
        ({"to_office": other_office, "risk": f"see {SECRETS[0].lower()}"}, "risk"),
        ({"to_office": other_office, "name": "Maria"}, "name_reason"),
        ({"to_agency": "police", "name": "Maria", "name_reason": "x"}, "name"),
    ):
        with pytest.raises(IllegalMove) as why:
            send(sender, hidden, **asked)
        assert why.value.field == field
    with pytest.raises(IllegalMove) as why:
        send(lawyer, hidden, to_office=other_office, name="Maria", name_reason="x")
    assert why.value.field == "name"


def test_several_offices_are_asked_by_one_form(client, sender, hidden, other_office):
    third = OfficeMake(key="lima", name="Lima")
    client.force_login(sender)
    address = reverse("operations:lookout-send", args=[hidden.pk])
    answers = {"to_office": other_office.pk, "also_offices": [other_office.pk, third.pk], "looks": "Tall"}
    answers |= {"keep_away": "on", "days": "30"}
    assert client.get(address).status_code == 200
    assert client.post(address, answers).status_code == 302

    with viewing_as(sender):
        lookout = Lookout.objects.get()
        assert set(lookout.cards.values_list("office__name", flat=True)) == {"Accra", "Lima"}
        assert lookout.sheet.keep_away


def test_the_list_costs_the_same_for_many(client, card, sender, hidden, other_office, watcher):
    page(client, watcher, "card-list")
    with connection.execute_wrapper(few := Counting()):
        page(client, watcher, "card-list")
    for _more in range(3):
        send(sender, hidden, to_office=other_office)
    with connection.execute_wrapper(many := Counting()):
        assert len(page(client, watcher, "card-list").context["page"].rows) == 4
    assert many.count == few.count


class Counting:
    """How many statements were sent."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, *args):
        self.count += 1
        return execute(*args)
