"""The second person: names always, and what is about many people."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.states import IllegalMove
from exchange import actions
from exchange.building import build_waiting
from exchange.models import Export
from exchange.states import ExportState
from tests.exchange.conftest import latest, taken
from tests.factories import CaseMake, OfficeMake
from tests.people import person


@pytest.fixture
def few(settings, office):
    """More cases than one person alone may take."""
    settings.EXPORT_APPROVAL_ABOVE = 2
    return [CaseMake(office=office) for _case in range(3)]


PAGES = {
    "detail": "exchange:export-detail",
    "approve": "exchange:export-approve",
    "refuse": "exchange:export-refuse",
}


def page(export, verb="detail"):
    return reverse(PAGES[verb], args=[export.pk])


def test_a_large_list_waits_for_somebody_else(few, asked, client, signed_in, director, legal_lead):
    export = asked(director)
    assert (export.status, export.rows) == (ExportState.WAITING, 3)
    assert build_waiting() == 0
    assert "Somebody else who may export" in client.get(page(export)).content.decode()
    assert client.post(page(export, "approve")).status_code == 422  # not by herself
    client = signed_in(legal_lead)
    assert export.code in client.get(reverse("exchange:export-list")).content.decode()
    assert "Dina asked for 3 rows" in client.get(page(export)).content.decode()
    assert "Should this file be made?" in client.get(page(export, "approve")).content.decode()
    assert client.post(page(export, "approve")).status_code == 302
    assert build_waiting() == 1
    signed_in(director)
    ready = latest(director)
    assert (ready.status, ready.approved_by_id) == (ExportState.READY, legal_lead.pk)
    assert b'"Approved by","Lena"' in taken(client, ready)
    assert Event.objects.get(verb="export.approve").actor_id == legal_lead.pk


def test_a_second_person_may_say_no(few, asked, client, signed_in, director, legal_lead):
    export = asked(director)
    client = signed_in(legal_lead)
    assert "Refuse this file?" in client.get(page(export, "refuse")).content.decode()
    assert client.post(page(export, "refuse")).status_code == 302
    assert client.post(page(export, "approve")).status_code == 422
    assert latest(director).status == ExportState.REFUSED
    assert Event.objects.get(verb="export.refuse").actor_id == legal_lead.pk


def test_only_somebody_of_the_office_decides(few, asked, signed_in, director, alice, other_office):
    export = asked(director)
    elsewhere = person(Role.OFFICE_DIRECTOR, other_office)
    world = person(Role.GLOBAL_DIRECTOR)
    assert signed_in(elsewhere).post(page(export, "approve")).status_code == 404
    assert signed_in(alice).post(page(export, "approve")).status_code == 404
    assert signed_in(world).post(page(export, "approve")).status_code == 404


def test_what_grew_since_it_was_approved_waits_again(few, office, asked, director, legal_lead):
    export = asked(director)
    with viewing_as(legal_lead):
        actions.approve_export(export.pk, by=legal_lead, now=timezone.now())
    CaseMake(office=office)
    assert build_waiting() == 0
    again = latest(director)
    assert (again.status, again.rows, again.approved_by_id) == (ExportState.WAITING, 4, None)


def test_what_grew_over_the_limit_before_it_was_made_waits(settings, office, case, director):
    settings.EXPORT_APPROVAL_ABOVE = 1
    with viewing_as(director):
        actions.request_export(
            by=director, now=timezone.now(), kind="cases", form="csv", purpose="casework", why="x", rows=1
        )
    CaseMake(office=office)
    build_waiting()
    assert latest(director).status == ExportState.WAITING


def test_whoever_may_not_open_names_does_not_approve_them(case, director, office):
    regional = person(Role.REGIONAL_DIRECTOR, office)
    with viewing_as(director):
        export = actions.request_export(
            by=director, now=timezone.now(), kind="identities", form="csv", purpose="court",
            receiver="RTC 10", why="Hearing", rows=1,
        )  # fmt: skip
    assert export.status == ExportState.WAITING
    with viewing_as(regional), pytest.raises(IllegalMove, match="does not let you see"):
        actions.approve_export(export.pk, by=regional, now=timezone.now())


def test_the_database_itself_wants_a_second_person_for_names(case, director):
    with viewing_as(director):
        export = actions.request_export(
            by=director, now=timezone.now(), kind="identities", form="csv", purpose="court",
            receiver="RTC 10", why="Hearing", rows=1,
        )  # fmt: skip
        with pytest.raises(IntegrityError, match="export_identities_approved"), transaction.atomic():
            Export.objects.filter(pk=export.pk).update(status="queued")
        with pytest.raises(IntegrityError, match="export_approved_by_somebody_else"), transaction.atomic():
            Export.objects.filter(pk=export.pk).update(approved_by=director, approved_at=timezone.now())


def test_a_global_director_asks_through_an_office_that_can_look(case, office):
    OfficeMake(name="Aaa")
    world = person(Role.GLOBAL_DIRECTOR)
    with viewing_as(world):
        export = actions.request_export(
            by=world, now=timezone.now(), kind="cases", form="csv", purpose="supervision", why="x", rows=1,
            office=office,
        )  # fmt: skip
    assert export.office_id == office.pk


def test_whoever_is_of_no_office_and_sees_none_exports_nothing(case, auditor):
    with viewing_as(auditor), pytest.raises(IllegalMove):
        actions.request_export(
            by=auditor, now=timezone.now(), kind="cases", form="csv", purpose="casework", why="x", rows=1
        )


def test_a_stranger_to_the_office_decides_nothing(few, asked, director, legal_lead, colleague):
    export = asked(director)
    with viewing_as(legal_lead):
        for act in (actions.approve_export, actions.refuse_export, actions.cancel_export):
            with pytest.raises(IllegalMove):
                act(export.pk, by=colleague, now=timezone.now())
