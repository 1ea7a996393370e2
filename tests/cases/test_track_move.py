import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.scope import system_access, viewing_as
from audit.models import Event
from cases import gates
from cases.actions import move_track
from cases.models import Case, TrackChange
from cases.states import IllegalMove
from tests.factories import CaseMake
from tests.people import on_case


@pytest.fixture(autouse=True)
def no_gates(monkeypatch):
    """The gates of other apps are tested there."""
    monkeypatch.setattr(gates, "_gates", {})


def move(client, case, user, track="legal", **answers):
    client.force_login(user)
    return client.post(reverse("cases:track-move", args=[case.pk, track]), answers)


def again(case, user):
    with viewing_as(user):
        return Case.objects.get(pk=case.pk)


def rows(user, track="legal"):
    with viewing_as(user):
        changes = TrackChange.objects.filter(track=track).order_by("position")
        return list(changes.values_list("position", "status", "reason"))


def test_a_track_moves_and_its_history_and_trail_say_so(client, case, alice):
    assert move(client, case, alice, status="trial", on="2026-03-01").status_code == 302
    case = again(case, alice)
    assert (case.legal_status, case.aftercare_status, case.version) == ("trial", "in_care", 2)
    assert rows(alice) == [(1, "trial", "")]
    event = Event.objects.get()
    assert (event.verb, event.detail) == (
        "track.move",
        {"track": "legal", "was": "pre_trial", "now": "trial"},
    )


def test_the_tracks_close_on_their_own(client, case, alice, social_worker):
    facts = {"status": "closed", "reason": "convicted", "on": "2026-05-01", "note": "Judgment is final"}
    assert move(client, case, alice, **facts).status_code == 302
    case = again(case, alice)
    assert (case.legal_status, case.legal_closed_on, case.legal_reason) == (
        "closed",
        "2026-05-01",
        "convicted",
    )
    assert (case.legal_note, case.aftercare_status) == ("Judgment is final", "in_care")
    assert Event.objects.get().detail == {"track": "legal", "reason": "convicted"}
    assert move(client, case, social_worker, "aftercare", status="reintegration").status_code == 302
    assert again(case, alice).aftercare_status == "reintegration"


def test_a_closed_track_is_reopened_and_says_so(client, case, alice):
    move(client, case, alice, status="closed", reason="suspect_untraced", on="2026-05-01")
    assert move(client, case, alice, status="investigation", on="2026-06-01").status_code == 302
    case = again(case, alice)
    assert (case.legal_status, case.legal_closed_on, case.legal_reason) == ("investigation", "", "")
    assert rows(alice) == [(1, "closed", "suspect_untraced"), (2, "reopened", ""), (3, "investigation", "")]
    assert Event.objects.order_by("-id").first().detail == {"track": "legal", "now": "investigation"}
    assert Event.objects.order_by("-id").first().verb == "track.reopen"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"status": "enforcement"}, "Select a valid choice"),
        ({"status": "closed"}, "Say why the track is closed."),
        ({"status": "closed", "reason": "other"}, "what the other reason is"),
        ({"status": "closed", "reason": "restored"}, "Select a valid choice"),
        ({"status": "trial", "on": "2990"}, "This day has not come yet."),
        ({"status": "trial", "on": "1999-01"}, "before the track was opened"),
        ({}, "This field is required"),
    ],
)
def test_what_the_table_does_not_allow_is_told_in_words(client, case, alice, answers, sentence):
    response = move(client, case, alice, **answers)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert again(case, alice).legal_status == "pre_trial"
    assert rows(alice) == []


def test_a_shut_gate_stops_the_move_and_is_shown_before(client, case, alice):
    sentence = "Two charges have no outcome."
    gates.register_gate("legal", "closed", lambda found, by: sentence if found.pk == case.pk else None)
    page = client.get
    client.force_login(alice)
    assert sentence in page(reverse("cases:track-move", args=[case.pk, "legal"])).content.decode()
    response = move(client, case, alice, status="closed", reason="convicted")
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert move(client, case, alice, status="trial").status_code == 302


def test_a_gate_registered_twice_speaks_once(case, alice):
    def judge(_case, _by):
        return "No."

    gates.register_gate("legal", "closed", judge)
    gates.register_gate("legal", "closed", judge)
    assert gates.shut_gates(case, "legal", "closed", alice) == ["No."]
    assert gates.shut_gates(case, "aftercare", "closed", alice) == []


def test_gates_know_who_moves_and_bind_people_not_the_loader(case, alice, lawyer):
    gates.register_gate("legal", "trial", lambda _case, by: None if by == lawyer else "Ask Bob.")
    assert gates.shut_gates(case, "legal", "trial", alice) == ["Ask Bob."]
    assert gates.shut_gates(case, "legal", "trial", lawyer) == []
    with system_access("loader", "a test moves") as loader:
        assert gates.shut_gates(case, "legal", "trial", loader) == []


def test_a_track_that_never_started_starts_at_its_beginning(client, alice, office):
    case = CaseMake(office=office, aftercare_status="", legal_status="")
    on_case(alice, case, "caseworker")
    client.force_login(alice)
    page = client.get(reverse("cases:track-move", args=[case.pk, "legal"])).content.decode()
    assert "Not started yet" in page
    assert move(client, case, alice, status="trial").status_code == 422
    assert move(client, case, alice, status="intake").status_code == 302
    case = again(case, alice)
    assert (case.legal_status, case.legal_opened_on) == (
        "intake",
        timezone.localdate(timezone=_manila()).isoformat(),
    )


def _manila():
    from zoneinfo import ZoneInfo

    return ZoneInfo("Asia/Manila")


def test_a_track_cannot_start_in_the_middle(alice, office):
    case = CaseMake(office=office, legal_status="")
    on_case(alice, case, "caseworker")
    with viewing_as(alice), pytest.raises(IllegalMove, match="cannot start there"):
        move_track(case.pk, by=alice, now=timezone.now(), track="legal", status="trial")


def test_two_people_who_move_a_track_at_once_see_it(client, case, alice, lawyer):
    move(client, case, lawyer, status="trial", version=1)
    response = move(client, case, alice, status="relief", version=1)
    assert response.status_code == 422  # what she chose is no longer offered
    assert move(client, case, alice, status="judgment", version=1).status_code == 409


def test_each_track_needs_its_own_verb_and_the_case_to_be_known(client, case, social_worker, alice, charlie):
    assert move(client, case, social_worker, "legal", status="trial").status_code == 403
    assert move(client, case, alice, "aftercare", status="follow_up").status_code == 403
    assert move(client, case, charlie, "legal", status="trial").status_code == 404
    assert move(client, case, alice, "third", status="trial").status_code == 404
