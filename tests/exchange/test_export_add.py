"""Asking for a file, its making with the eyes of whoever asked, taking it, and its end."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Membership
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.models import Event
from cases.states import IllegalMove
from exchange import actions
from exchange.building import build_waiting, claim_next, destroy_expired
from exchange.models import Export
from exchange.rewrapping import rewrap_exports
from exchange.states import ExportState
from exchange.tasks import destroy_exports, make_exports
from reference import sealed
from tests.exchange.conftest import latest, taken
from tests.factories import CaseMake, HearingMake, MembershipMake
from tests.people import person

ADD = reverse("exchange:export-add")
LIST = reverse("exchange:export-list")


def detail(export):
    return reverse("exchange:export-detail", args=[export.pk])


def rows_of(content):
    """The table of a CSV file, below its notes."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return rows[rows.index([]) + 2 :]


def request_as(user, **facts):
    facts = {"kind": "cases", "form": "csv", "purpose": "casework", "why": "Count", "rows": 1, **facts}
    with viewing_as(user):
        return actions.request_export(by=user, now=timezone.now(), **facts)


def test_a_list_holds_what_whoever_asked_may_see(asked, client, case, director, other_office):
    hidden = CaseMake(office=other_office, number="ACC-2026-0001")
    sealed = CaseMake(office=case.office, number="CEB-2026-0099", sensitivity=2)
    export = asked(director)
    assert export.status == ExportState.READY
    content = taken(client, export)
    assert [row[0] for row in rows_of(content)] == [case.number]
    assert hidden.number.encode() not in content
    assert sealed.number.encode() not in content
    assert b"Harbour Road" not in content  # titles are free text and stay inside
    assert (export.rows, export.size, export.sha256) == (1, len(content), hashlib.sha256(content).hexdigest())


def test_the_notes_say_what_of_which_records_for_whom_and_by_whom(asked, client, case, director):
    export = asked(director, form="xlsx", purpose="court", receiver="RTC 10", legal_status="pre_trial")
    book = load_workbook(io.BytesIO(taken(client, export)))
    assert book.sheetnames == ["List", "Notes"]
    notes = {row[0].value: row[1].value for row in book["Notes"].iter_rows()}
    assert notes["Code of this copy"] == export.code
    assert notes["Made for"] == "RTC 10"
    assert notes["Asked for by"] == "Dina"
    assert notes["Legal track"] == "Pre-trial"
    assert notes["Rows"] == 1
    assert notes["Purpose"] == "A court or prosecutor · Yearly count"


def test_hearings_between_two_days(asked, client, case, director):
    for day in ("2026-03-01", "2026-03", "2026-05-01"):
        HearingMake(case=case, on=day, starts_at=None, local_time=None)
    export = asked(director, kind="hearings", first="2026-03-10", last="2026-03-31")
    assert [row[5] for row in rows_of(taken(client, export))] == ["2026-03"]
    assert export.filters == {"first": "2026-03-10", "last": "2026-03-31"}


def test_a_file_is_taken_under_a_neutral_name_and_written_down(asked, client, director, case):
    export = asked(director)
    response = client.post(reverse("exchange:export-download", args=[export.pk]))
    assert response["Content-Disposition"] == f'attachment; filename="export-{export.code}.csv"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["export.request", "export.make", "export.download"]
    event = Event.objects.get(verb="export.download")
    assert (event.actor_id, event.detail) == (director.pk, {"sha256": export.sha256, "rows": 1})
    assert latest(director).downloads == 1


def test_the_file_lies_sealed_on_the_disk(asked, client, case, director, settings):
    export = asked(director)
    with default_storage.open(export.file) as stored:
        sealed = stored.read()
    assert case.number.encode() not in sealed
    assert case.number.encode() in taken(client, export)
    assert "export" not in export.file.split("/")[-1]
    files = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert all(case.number.encode() not in path.read_bytes() for path in files)


def test_nobody_else_can_take_it(asked, client, signed_in, case, director, legal_lead, alice, charlie):
    export = asked(director)
    address = reverse("exchange:export-download", args=[export.pk])
    assert signed_in(legal_lead).post(address).status_code == 403  # of the office, but not hers
    assert signed_in(alice).post(address).status_code == 404
    assert signed_in(charlie).post(address).status_code == 404
    assert client.get(detail(export)).status_code == 404
    with viewing_as(legal_lead), pytest.raises(IllegalMove, match="Only whoever asked"):
        actions.download_export(export.pk, by=legal_lead, now=timezone.now())


def test_asking_and_taking_need_a_fresh_word(client, case, director, asked):
    client.force_login(director)
    assert "reauthenticate" in client.get(ADD)["Location"]
    assert client.post(ADD, {"kind": "cases"}).status_code == 422
    assert not Event.objects.filter(verb="export.request").exists()
    export = asked(director)
    client.logout()
    client.force_login(director)
    assert client.post(reverse("exchange:export-download", args=[export.pk])).status_code == 422
    assert latest(director).downloads == 0


def test_whoever_may_not_export_is_refused(signed_in, case, alice, lawyer, administrator):
    for user in (alice, lawyer, administrator):
        assert signed_in(user).get(ADD).status_code == 403
        assert signed_in(user).get(LIST).status_code == 403


def test_a_form_that_is_not_whole_is_shown_again(signed_in, director):
    client = signed_in(director)
    asked = {"kind": "hearings", "form": "csv", "purpose": "court", "why": "x"}
    page = client.post(ADD, {**asked, "first": "2026-04-01", "last": "2026-03-01"})
    assert page.status_code == 422
    assert "Say who receives the file." in page.content.decode()
    assert "This lies before the first day." in page.content.decode()
    page = client.post(
        ADD, {"kind": "cases", "form": "csv", "purpose": "casework", "receiver": "UNODC", "why": "x"}
    )
    assert page.status_code == 422, "made by the rules for ourselves, it would go to somebody else"
    assert "our own use has no receiver" in page.content.decode()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"kind": "summary"}, "not made of this"),
        ({"form": "pdf"}, "not made of this"),
        ({"purpose": "court", "receiver": " "}, "Say who receives"),
        ({"kind": "identities"}, "Names leave only for a purpose"),
    ],
)
def test_what_cannot_be_asked_for_is_told_in_words(case, director, facts, sentence):
    with pytest.raises(IllegalMove, match=sentence):
        request_as(director, **facts)


def test_a_role_exports_only_what_it_may_see(case, safeguarding_lead, office):
    auditor_and_lead = person(Role.REGIONAL_DIRECTOR, office)
    with pytest.raises(IllegalMove, match="does not let you see"):
        request_as(auditor_and_lead, kind="identities", purpose="court", receiver="RTC 10")
    assert request_as(safeguarding_lead, kind="survivors").status == ExportState.QUEUED


def test_a_day_has_its_budget(case, director, settings):
    settings.EXPORT_DAILY_ROWS, settings.EXPORT_DAILY_FILES = 30, 3
    request_as(director, rows=20)
    with pytest.raises(IllegalMove, match="hold 11 rows; within this day you may still take 10"):
        request_as(director, rows=11)
    request_as(director, rows=5)
    request_as(director, rows=5)
    with pytest.raises(IllegalMove, match="as many files as anybody may"):
        request_as(director, rows=0)
    with viewing_as(director):
        Export.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert request_as(director, rows=30)


def test_what_was_cancelled_before_it_was_made_costs_nothing(case, director, settings):
    settings.EXPORT_DAILY_FILES = 1
    export = request_as(director)
    with viewing_as(director):
        actions.cancel_export(export.pk, by=director, now=timezone.now())
    assert request_as(director)


def test_it_is_destroyed_on_its_day(
    asked, client, case, director, django_capture_on_commit_callbacks, settings
):
    export = asked(director)
    assert default_storage.exists(export.file)
    later = timezone.now() + timedelta(hours=settings.EXPORT_LIVES_HOURS, minutes=1)
    assert destroy_expired(timezone.now()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert destroy_expired(later) == 1
    assert not default_storage.exists(export.file)
    gone = latest(director)
    assert (gone.status, gone.file, bytes(gone.file_key)) == (ExportState.EXPIRED, "", b"")
    assert gone.sha256  # what it was stays known
    assert Event.objects.get(verb="export.expire").subject_id == str(export.pk)
    response = client.post(reverse("exchange:export-download", args=[export.pk]))
    assert response["Location"] == detail(export)
    assert "There is no file any more." in client.get(detail(export)).content.decode()
    make_exports()
    destroy_exports()


def test_its_hour_counts_even_before_anybody_swept(asked, case, director):
    export = asked(director)
    late = export.expires_at + timedelta(seconds=1)
    with viewing_as(director), pytest.raises(IllegalMove, match="has expired"):
        actions.download_export(export.pk, by=director, now=late)


def test_a_cancelled_file_is_destroyed(asked, client, case, director, django_capture_on_commit_callbacks):
    export = asked(director)
    address = reverse("exchange:export-cancel", args=[export.pk])
    assert "Cancel this file?" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address)["Location"] == detail(export)
    assert not default_storage.exists(export.file)
    assert latest(director).status == ExportState.CANCELLED
    assert client.post(address).status_code == 422
    assert Event.objects.filter(verb="export.cancel").count() == 1


def test_progress_is_shown_without_script_and_with_it(signed_in, case, director):
    export = request_as(director)
    client = signed_in(director)
    page = client.get(detail(export)).content.decode()
    assert "0 % is done." in page
    assert "Look again" in page
    piece = client.get(detail(export), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="status").content.decode()
    assert 'id="status"' in piece
    assert "<html" not in piece
    build_waiting()
    assert "Take the file" in client.get(detail(export)).content.decode()
    piece = client.get(detail(export), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="status")
    assert piece["HX-Refresh"] == "true"


def test_an_export_cancelled_while_it_is_made_is_not_made(case, director, monkeypatch):
    export = request_as(director)
    key, user = claim_next(timezone.now())
    assert (key, user) == (export.pk, director.pk)
    assert claim_next(timezone.now()) is None  # nobody makes it twice at once
    with viewing_as(director):
        actions.cancel_export(export.pk, by=director, now=timezone.now())
    assert build_waiting() == 0
    assert latest(director).file == ""


def test_a_worker_that_died_leaves_it_to_the_next(case, director):
    request_as(director)
    claim_next(timezone.now() - timedelta(minutes=6))
    assert build_waiting() == 1
    assert latest(director).status == ExportState.READY


def test_whoever_lost_the_right_meanwhile_gets_nothing(case, director):
    request_as(director)
    Membership.objects.filter(user=director).update(ended_at=timezone.now())
    MembershipMake(user=director, office=case.office, role=Role.LAWYER)
    assert build_waiting() == 0
    with viewing_as(director):
        assert Export.objects.get().status == ExportState.FAILED


def test_a_file_that_breaks_leaves_nothing_behind(case, director, monkeypatch, settings, caplog):
    def broken(*_args, **_facts):
        raise ValueError("Maria Santos")

    request_as(director)
    monkeypatch.setattr("exchange.building.record", broken)
    assert build_waiting() == 0
    assert latest(director).status == ExportState.FAILED
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert "Maria" not in caplog.text


def test_a_file_lost_from_the_disk_leads_back_to_its_page(asked, client, case, director):
    export = asked(director)
    default_storage.delete(export.file)
    assert client.post(reverse("exchange:export-download", args=[export.pk]))["Location"] == detail(export)


def test_the_list_shows_mine_and_what_is_left_today(asked, client, case, director, legal_lead, signed_in):
    signed_in(director)
    assert "No file yet" in client.get(LIST).content.decode()
    export = asked(director)
    page = client.get(LIST).content.decode()
    assert export.code in page
    assert "9 files, 1999 rows" in page
    assert export.code not in signed_in(legal_lead).get(LIST).content.decode()


def test_a_list_in_many_steps_is_whole_and_in_order(asked, client, office, director, monkeypatch):
    monkeypatch.setattr("exchange.building.STEP", 2)
    numbers = sorted(CaseMake(office=office).number for _case in range(5))
    export = asked(director)
    assert [row[0] for row in rows_of(taken(client, export))] == numbers
    assert (export.rows, export.percent) == (5, 100)


def test_the_trail_holds_no_words(asked, case, director):
    asked(director, why="About Maria Santos", purpose="court", receiver="Attorney Cruz")
    details = json.dumps(list(Event.objects.values_list("detail", flat=True)))
    assert "Maria" not in details
    assert "Cruz" not in details


def test_the_key_of_a_kept_file_follows_the_master_key(asked, client, case, director, settings, tmp_path):
    ring = tmp_path / "ring.json"
    ring.write_text(sealed.ring().written())
    settings.SEALING_KEYS_FILE = str(ring)
    export = asked(director)
    sealed.keep(sealed.ring().with_new_master())
    assert "exports" in sealed.rewraps()
    assert (rewrap_exports(), rewrap_exports()) == (1, 0)
    assert sealed.number_in(bytes(latest(director).file_key)) == sealed.ring().current
    sealed.keep(sealed.ring().without_old_masters())
    assert case.number.encode() in taken(client, export)


def test_under_duress_the_day_is_simply_spent(case, director):
    director.under_duress = True
    with pytest.raises(IllegalMove, match="as many files as anybody may"):
        request_as(director)
