"""The homes of an office: who reads them, who keeps them, and who learns where they stand."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import add_home
from aftercare.models import Home, HomeAddress
from aftercare.rewrapping import rewrap_addresses
from audit.models import Event
from reference import sealed
from tests.factories import CareMake, CaseMake, HeadcountMake, HomeMake, MembershipMake, PlacementMake
from tests.people import just_confirmed, on_case, person

ADDRESS = "7 Marigold Lane\nQuezon"


@pytest.fixture
def home(office, safeguarding_lead):
    with viewing_as(safeguarding_lead):
        return add_home(office.pk, by=safeguarding_lead, now=timezone.now(), called="Blue door",
                        kind="ngo_shelter", capacity=6, address=ADDRESS)  # fmt: skip


PAGES = {
    "list": "aftercare:home-list", "add": "aftercare:home-add", "detail": "aftercare:home-detail",
    "edit": "aftercare:home-edit", "close": "aftercare:home-close", "where": "aftercare:home-where",
}  # fmt: skip


def url(name, home=None):
    return reverse(PAGES[name], args=[home.pk] if home else [])


def facts(**more):
    return {
        "called": "Blue door",
        "kind": "ngo_shelter",
        "takes": "anybody",
        "family_consent": "none",
        **more,
    }


def test_a_lead_adds_changes_closes_and_opens_a_home_and_its_name_does_not_tell_where_it_is(
    client, safeguarding_lead, office
):
    client.force_login(safeguarding_lead)
    told = client.post(url("add"), facts(called="Marigold house", address=ADDRESS))
    assert told.status_code == 422
    assert "This tells where the home is: “marigold” stands in its address." in told.content.decode()
    backwards = client.post(url("add"), facts(youngest="18", oldest="12", capacity="0"))
    assert backwards.status_code == 422
    given = facts(capacity="6", languages="Tagalog, Cebuano", step_free="no", address=ADDRESS)
    assert client.post(url("add"), given).status_code == 302
    with viewing_as(safeguarding_lead):
        home = Home.objects.get()
        assert (home.languages, home.step_free, home.office_id) == (["Tagalog", "Cebuano"], False, office.pk)
        kept = HomeAddress.objects.get()
        assert b"Marigold" not in bytes(kept.place)
    assert client.post(url("add"), facts()).status_code == 422  # called so already
    page = client.get(url("edit", home)).content.decode()
    assert 'value="Tagalog, Cebuano"' in page
    assert "Marigold" not in page
    assert client.post(url("edit", home), facts(called="Red door", version="1")).status_code == 302
    assert client.post(url("edit", home), facts(called="Green door", version="1")).status_code == 409
    assert client.post(url("close", home), {"closed_on": "2026-05-01", "version": "2"}).status_code == 302
    assert "1 May 2026" in client.get(url("list")).content.decode()
    assert client.post(url("close", home), {"closed_on": "", "version": "3"}).status_code == 302
    with viewing_as(safeguarding_lead):
        assert HomeAddress.objects.get().open_place() == ADDRESS  # an empty answer keeps it
        assert Home.objects.get().closed_on is None
    verbs = Event.objects.exclude(verb__startswith="sign").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["home.add", "home.edit", "home.close", "home.close"]


def test_who_reads_the_homes_and_who_keeps_them(
    client, home, social_worker, alice, lawyer, charlie, director, administrator, other_office
):
    regional = person(Role.REGIONAL_DIRECTOR, home.office)
    stranger = person(Role.SAFEGUARDING_LEAD, other_office)
    pages = ("list", "detail", "edit", "where")
    expected = {
        director: (200, 200, 200, 200), social_worker: (200, 200, 403, 200), alice: (200, 200, 403, 403),
        regional: (200, 200, 403, 403), lawyer: (403, 404, 404, 404), administrator: (403, 404, 404, 404),
        charlie: (200, 404, 404, 404), stranger: (200, 404, 404, 404),
    }  # fmt: skip
    for who, statuses in expected.items():
        just_confirmed(client, who)
        got = tuple(client.get(url(name, None if name == "list" else home)).status_code for name in pages)
        assert got == statuses, who.name
        assert ("Blue door" in client.get(url("list")).content.decode()) == (statuses[1] == 200)
    assert not Event.objects.filter(verb="home.where").exists()


def test_where_it_stands_is_shown_only_when_asked_for_and_that_it_was_is_written_down(
    client, home, social_worker, monkeypatch
):
    just_confirmed(client, social_worker)
    asked = client.get(url("where", home)).content.decode()
    assert "Marigold" not in asked + client.get(url("detail", home)).content.decode()
    shown = client.post(url("where", home)).content.decode()
    assert "7 Marigold Lane<br>Quezon" in shown
    event = Event.objects.get(verb="home.where")
    assert (event.actor_id, event.subject_id, event.detail) == (social_worker.pk, str(home.pk), {})

    def refuse(*args, **kwargs):
        raise RuntimeError("the audit is full")

    monkeypatch.setattr("aftercare.actions.homes.record", refuse)
    client.raise_request_exception = False
    answer = client.post(url("where", home))
    assert answer.status_code == 500
    assert "Marigold" not in answer.content.decode()


def test_people_of_cases_that_one_does_not_see_count_and_nothing_else_of_them_is_told(
    client, case, home, social_worker
):
    hidden = CaseMake(office=home.office, sensitivity=2)
    group = CareMake(case=hidden, survivor=None, headcount=HeadcountMake(case=hidden, people="3..5"))
    PlacementMake(case=hidden, care=group, home=home, note="Hidden words")
    PlacementMake(case=hidden, care=CareMake(case=hidden), home=home, ends_on="2026-04-01")
    PlacementMake(case=case, care=CareMake(case=case, survivor__pseudonym="Maya"), home=home)
    client.force_login(social_worker)
    with CaptureQueriesContext(connection) as one:
        assert "2 of 6 free" in client.get(url("list")).content.decode()
    for _ in range(5):
        HomeMake(office=home.office)
    with CaptureQueriesContext(connection) as many:
        client.get(url("list"))
    assert len(many) == len(one)
    page = client.get(url("detail", home)).content.decode()
    assert "Maya" in page
    assert "3 more live here, of cases that you do not see." in page
    for word in (hidden.number, "Hidden words", group.headcount.label):
        assert word not in page


def test_a_guest_on_the_case_learns_that_somebody_stays_there_and_not_where(client, case, home, other_office):
    guest = on_case(person(Role.SOCIAL_WORKER, other_office), case, Role.SOCIAL_WORKER)
    care = CareMake(case=case)
    stay = PlacementMake(case=case, care=care, home=home, kind="ngo_shelter")
    just_confirmed(client, guest)
    history = client.get(reverse("aftercare:care-homes", args=[care.pk])).content.decode()
    opened = client.post(reverse("aftercare:shelter-open", args=[stay.pk])).content.decode()
    assert "NGO shelter" in history
    assert "is for its own office alone" in opened
    assert [word for word in ("Blue door", "Marigold") if word in history + opened] == []


def test_nobody_is_put_into_a_home_of_another_office_even_by_hand(case, home, other_office):
    stay = PlacementMake(case=case, care=CareMake(case=case), home=home)
    elsewhere = HomeMake(office=other_office)
    lead = person(Role.SAFEGUARDING_LEAD, home.office)
    MembershipMake(user=lead, office=other_office, role=Role.SAFEGUARDING_LEAD)
    moved = "UPDATE aftercare_placement SET home_id = %s WHERE id = %s"
    assert refusal_of(lead, moved, elsewhere.pk, stay.pk) == "42501"
    assert refusal_of(lead, moved, home.pk, stay.pk) == "done"


def ask(user, sql, *values):
    """What raw SQL gets past the application, as this person."""
    with viewing_as(user), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def refusal_of(user, sql, *values):
    """The code with which the database refuses; the transaction of the test goes on."""
    before = transaction.savepoint()
    try:
        ask(user, sql, *values)
    except DatabaseError as why:
        return why.__cause__.pgcode
    finally:
        transaction.savepoint_rollback(before)
    return "done"


def test_the_second_lock_of_homes_addresses_and_counts(
    case, home, social_worker, alice, lawyer, charlie, director, other_office
):
    PlacementMake(case=case, care=CareMake(case=case), home=home)
    stranger = person(Role.SAFEGUARDING_LEAD, other_office)
    homes, places = "SELECT called FROM aftercare_home", "SELECT home_id FROM aftercare_homeaddress"
    expected = {
        social_worker: (1, 1, 1), director: (1, 1, 1), alice: (1, 0, 1), lawyer: (0, 0, 0),
        charlie: (0, 0, 0), stranger: (0, 0, 0),
    }  # fmt: skip
    for who, (names, addresses, taken) in expected.items():
        assert (len(ask(who, homes)), len(ask(who, places))) == (names, addresses), who.name
        assert ask(who, "SELECT home_taken(%s)", home.pk) == [(taken,)]
    MembershipMake(user=director, office=other_office, role=Role.SAFEGUARDING_LEAD)
    steps = (
        ("UPDATE aftercare_home SET capacity = 99 WHERE id = %s", social_worker),
        ("UPDATE aftercare_homeaddress SET place = 'x' WHERE home_id = %s", social_worker),
        (
            "UPDATE aftercare_home SET office_id = (SELECT id FROM accounts_office WHERE key = 'accra')"
            " WHERE id = %s",
            director,
        ),
    )
    for sql, who in steps:
        assert refusal_of(who, sql, home.pk) == "42501", sql
    assert ask(stranger, "UPDATE aftercare_home SET capacity = 99 WHERE id = %s", home.pk) == 0


def test_a_new_master_key_wraps_the_addresses_anew(home, safeguarding_lead, monkeypatch):
    ring = sealed.ring().with_new_master()
    monkeypatch.setattr(sealed, "ring", lambda: ring)
    assert rewrap_addresses() == 1
    assert rewrap_addresses() == 0
    with viewing_as(safeguarding_lead):
        assert HomeAddress.objects.get().open_place() == ADDRESS


def test_whoever_opened_the_home_while_she_lived_there_stands_on_her_page_of_who_looked(
    client, case, home, social_worker, safeguarding_lead
):
    care = CareMake(case=case)
    elsewhere = CareMake(case=case)
    PlacementMake(case=case, care=care, home=home, starts_on="2026-01-01")
    PlacementMake(case=case, care=elsewhere, home=home, starts_on="2026-01-01", ends_on="2026-02-01")
    just_confirmed(client, social_worker)
    client.post(url("where", home))
    client.force_login(safeguarding_lead)
    pages = [
        client.get(reverse("dashboards:survivor-trail", args=[one.survivor_id])).content.decode()
        for one in (care, elsewhere)
    ]
    assert ["saw the address of where you stay" in page for page in pages] == [True, False]
    assert social_worker.name in pages[0]
