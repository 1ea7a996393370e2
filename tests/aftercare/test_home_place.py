"""Moving to a home of the office: the family at once, the rules of the home, consent, and the last place."""

import uuid
from datetime import timedelta
from threading import Barrier, Thread

import psycopg2
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from psycopg2 import sql

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import place_people
from aftercare.actions.placements import AgainstRules
from aftercare.models import Home, Placement
from audit.models import Event
from reference.values import PartialDate
from tests.factories import (
    AccusedMake,
    CareMake,
    CaseMake,
    HomeMake,
    KinshipMake,
    OfficeMake,
    PlacementMake,
    SurvivorMake,
)
from tests.people import on_case, person


@pytest.fixture
def family(case):
    """Two sisters of eleven and fourteen, in the care of one case."""
    girls = {"case": case, "gender": "Feminine", "child": True}
    cares = [
        CareMake(case=case, survivor=SurvivorMake(key=key, pseudonym=name, **girls))
        for key, name in (("s1", "Maya"), ("s2", "Tala"))
    ]
    KinshipMake(case=case, of="s1", who="s2", relation="sister")
    return cares


def place(client, user, care, home, whole=False, **facts):
    client.force_login(user)
    address = reverse("aftercare:home-place", args=[care.pk, home.pk]) + ("?family=1" if whole else "")
    return client.post(address, {"starts_on": "2026-05-01", "knowing": "", **facts})


def stays(user):
    with viewing_as(type(user).objects.get(pk=user.pk)):
        rows = Placement.objects.filter(ends_on="").order_by("care__survivor__key")
        return [(row.care.survivor.key, row.home_id, row.placed_with, row.consent_by) for row in rows]


def test_a_family_moves_at_once_and_each_stay_says_with_whom_and_who_agreed(
    client, case, family, social_worker
):
    home = HomeMake(office=case.office, siblings_together=True, family_consent="for_children", capacity=2)
    KinshipMake(case=case, of="s1", who="", relation="aunt")
    PlacementMake(case=case, care=family[0], kind="hospital", starts_on="2026-04-01")
    page = place(client, social_worker, family[0], home, whole=True)
    assert page.status_code == 422
    assert "must agree: say who did" in page.content.decode()
    facts = {"agreed_by": "kin-aunt", "left_why": "planned"}
    assert place(client, social_worker, family[0], home, whole=True, **facts).status_code == 302
    assert stays(social_worker) == [("s1", home.pk, ["s2"], "Aunt"), ("s2", home.pk, ["s1"], "Aunt")]
    events = Event.objects.order_by("id").values_list("verb", "detail")
    started = {"kind": "ngo_shelter", "against": []}
    assert list(events) == [
        ("placement.end", {}), ("placement.start", started), ("placement.start", started)
    ]  # fmt: skip
    with viewing_as(social_worker):
        assert Placement.objects.get(kind="hospital").ended_why == "planned"
        assert Home.objects.with_taken().get(pk=home.pk).taken == 2
    history = client.get(reverse("aftercare:care-homes", args=[family[0].pk])).content.decode()
    for words in (home.called, "Tala", "Agreed: Aunt", "30 days", "As planned"):
        assert words in history


def test_who_is_accused_or_close_to_the_accused_agrees_to_nothing(client, case, family, social_worker):
    home = HomeMake(office=case.office, family_consent="always")
    AccusedMake(case=case, key="p1", name="Rosa Quill")
    KinshipMake(case=case, of="s1", who="p1", relation="mother")
    KinshipMake(case=case, of="s1", who="", relation="father")
    client.force_login(social_worker)
    page = client.get(reverse("aftercare:home-place", args=[family[0].pk, home.pk])).content.decode()
    assert "not asked: Mother (P-1)" in page
    assert 'value="kin-mother"' not in page
    assert 'value="kin-father"' not in page
    why = {"against": "They are sisters, but the other home is full", "knowing": "siblings"}
    for said in ("Rosa Quill", "her mother", "the father, by telephone"):
        answer = place(client, social_worker, family[0], home, agreed_by="other", consent_by=said, **why)
        assert answer.status_code == 422, said
        assert "agrees to nothing" in answer.content.decode()
    assert stays(social_worker) == []
    said = {"agreed_by": "authority", "consent_by": "Ms Reyes", **why}
    assert place(client, social_worker, family[0], home, **said).status_code == 302
    assert stays(social_worker)[0][3] == "Child protection authority or ministry, Ms Reyes"


def test_against_a_rule_it_takes_a_reason_that_stays_with_the_stay(client, case, family, social_worker):
    home = HomeMake(office=case.office, takes="men_and_boys", youngest=18, capacity=1)
    client.force_login(social_worker)
    address = reverse("aftercare:home-place", args=[family[0].pk, home.pk])
    page = client.get(address)
    assert "It takes men and boys; not Maya." in page.content.decode()
    known = page.context["form"].initial["knowing"]
    assert set(known.split()) == {"gender", "age", "siblings"}
    silent = place(client, social_worker, family[0], home, knowing=known)
    assert silent.status_code == 422
    assert "Give a reason" in silent.content.decode()
    blind = place(client, social_worker, family[0], home, knowing="gender", against="One night only")
    assert blind.status_code == 422
    key = {"idempotency_key": str(uuid.uuid4())}
    for _click in range(2):
        done = place(client, social_worker, family[0], home, knowing=known, against="One night only", **key)
        assert done.status_code == 302
    with viewing_as(social_worker):
        assert Placement.objects.get().against == "One night only"
    assert Event.objects.get(verb="placement.start").detail["against"] == ["age", "gender", "siblings"]


def test_a_closed_home_a_home_of_another_office_and_another_case_are_refused(
    client, case, family, social_worker, other_office
):
    closed = HomeMake(office=case.office, closed_on=timezone.now().date() - timedelta(days=1))
    elsewhere = HomeMake(office=other_office)
    for home in (closed, elsewhere):
        assert place(client, social_worker, family[0], home).status_code == 404
    mine = on_case(social_worker, CaseMake(office=case.office), Role.SOCIAL_WORKER)
    other = CareMake(case=CaseMake(office=case.office), survivor__gender="Feminine")
    assert place(client, mine, other, HomeMake(office=case.office)).status_code == 404
    assert stays(social_worker) == []


@pytest.fixture
def committed(database_roles, django_db_setup, django_db_blocker):
    """A home with one place and two people of two cases, really saved; the owner clears up afterwards."""
    with django_db_blocker.unblock():
        office = OfficeMake(key="race")
        home = HomeMake(office=office, capacity=1)
        movers = []
        for _ in range(2):
            care = CareMake(case=CaseMake(office=office), survivor__gender="Feminine")
            worker = on_case(person(Role.SOCIAL_WORKER, office), care.case, Role.SOCIAL_WORKER)
            movers.append((worker, care))
        yield home, movers
        connection.close()
    clear_up(database_roles["owner"], office.pk, [worker.pk for worker, _care in movers])


OF_OFFICE = (
    "aftercare_placement", "aftercare_care", "aftercare_home", "survivors_survivor", "cases_assignment",
    "cases_casekey", "cases_case",
)  # fmt: skip


def clear_up(owner_address, office, people):
    """Remove what the test has really saved; only the owner may."""
    whose = [str(pk) for pk in people]
    owner = psycopg2.connect(owner_address)
    with owner, owner.cursor() as cursor:
        for table in OF_OFFICE:
            cursor.execute(
                sql.SQL("DELETE FROM {} WHERE office_id = %s").format(sql.Identifier(table)), [office]
            )
        for table in ("accounts_membership", "mfa_authenticator"):
            wiped = sql.SQL("DELETE FROM {} WHERE user_id = ANY(%s::uuid[])").format(sql.Identifier(table))
            cursor.execute(wiped, [whose])
        cursor.execute("DELETE FROM accounts_user WHERE id = ANY(%s::uuid[])", [whose])
        cursor.execute("DELETE FROM accounts_office WHERE id = %s", [office])
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER refuse_emptying")
        cursor.execute("TRUNCATE audit_event")
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER refuse_emptying")
    owner.close()


def test_two_who_choose_the_last_place_at_the_same_moment_do_not_both_get_it(committed):
    home, movers = committed
    gate, refused, broken = Barrier(2), [], []

    def move(worker, care):
        try:
            gate.wait()
            with viewing_as(worker):
                place_people(
                    [care.pk], by=worker, now=timezone.now(), home_id=home.pk,
                    starts_on=PartialDate("2026-05-01"), against="A reason for another rule", knowing=["age"],
                )  # fmt: skip
        except AgainstRules as why:
            refused.append(why.rules)
        except Exception as why:
            broken.append(why)
        finally:
            connection.close()

    threads = [Thread(target=move, args=one) for one in movers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert refused == [["full"]]
