"""Notes of therapy: sealed, and read by those who work in therapy alone."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from aftercare.actions import add_therapy
from aftercare.models import TherapyNote
from audit.models import Event
from cases.models import Case
from cases.states import IllegalMove
from reference.values import PartialDate

WORDS = "She dreamt of the canary again."


@pytest.fixture
def note(care, social_worker):
    with viewing_as(social_worker):
        facts = {"on": PartialDate("2026-03-10"), "kind": "individual", "text": WORDS}
        return add_therapy(care.pk, by=social_worker, now=timezone.now(), **facts)


def address(name, row):
    return reverse(f"aftercare:{name}", args=[row.pk])


def seen_by(user):
    """(as the manager counts them, as a raw statement does)."""
    with viewing_as(type(user).objects.get(pk=user.pk)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM aftercare_therapynote")
        return TherapyNote.objects.count(), cursor.fetchone()[0]


def test_both_locks_show_a_note_to_those_who_work_in_therapy(
    note, social_worker, safeguarding_lead, alice, lawyer, legal_lead, director, charlie
):
    for person in (social_worker, safeguarding_lead):
        assert seen_by(person) == (1, 1)
    for person in (alice, lawyer, legal_lead, director, charlie):
        assert seen_by(person) == (0, 0)


def test_a_session_is_written_down_and_each_reading_too(client, care, case, social_worker, alice):
    before = case.touched_at
    client.force_login(social_worker)
    assert client.get(address("therapy-add", care)).status_code == 200
    sent = {"on": "2026-03-10", "kind": "group", "text": WORDS}
    assert client.post(address("therapy-add", care), sent)["Location"] == care.get_absolute_url()
    page = client.get(care.get_absolute_url()).content.decode()
    assert "Group" in page
    assert WORDS not in page
    with viewing_as(social_worker):
        kept = TherapyNote.objects.get()
        assert str(kept.text) == "sealed"
        assert Case.objects.get(pk=case.pk).touched_at == before
    assert WORDS in client.get(address("therapy-detail", kept)).content.decode()
    verbs = [event.verb for event in Event.objects.filter(subject_id=str(kept.pk)).order_by("id")]
    assert verbs == ["therapy.add", "therapy.open"]
    assert Event.objects.get(verb="therapy.open").detail == {"survivor": str(care.survivor_id)}


def test_the_column_holds_no_word_of_it(note, social_worker):
    with viewing_as(social_worker), connection.cursor() as cursor:
        cursor.execute("SELECT text FROM aftercare_therapynote")
        assert b"canary" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("who", ["alice", "director", "lawyer", "charlie", "legal_lead"])
def test_to_everybody_else_there_is_no_note(client, note, care, case, who, request):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get(address("therapy-detail", note)).status_code == 404
    inside = 404 if who == "charlie" else 403
    assert client.get(address("therapy-add", care)).status_code == inside
    assert client.post(address("therapy-add", care), {"text": "x"}).status_code == inside
    pages = [care.get_absolute_url(), reverse("desk:case-page", args=[case.pk])]
    pages += [reverse("cases:case-trail", args=[case.pk]), care.survivor.get_absolute_url()]
    for page in pages:
        text = client.get(page).content.decode()
        assert [
            word for word in ('id="therapy"', "therapy note", "canary", str(note.pk)) if word in text
        ] == []
    assert not Event.objects.filter(verb="therapy.open").exists()


def test_a_lead_of_therapy_reads_of_it_in_the_trail(client, note, case, safeguarding_lead):
    client.force_login(safeguarding_lead)
    assert "wrote a therapy note" in client.get(reverse("cases:case-trail", args=[case.pk])).content.decode()


def test_it_stands_in_no_timeline_and_is_not_found(client, note, case, social_worker):
    client.force_login(social_worker)
    assert "herapy" not in client.get(reverse("desk:case-page", args=[case.pk])).content.decode()
    found = client.post(reverse("desk:search"), {"q": "dreamt"}).content.decode()
    assert str(note.pk) not in found


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"on": "2990-01-01", "kind": "group", "text": "x"}, "This day has not come yet."),
        ({"on": "2026-03-10", "kind": "group", "text": ""}, "This field is required"),
        ({"on": "2026-03-10", "kind": "seance", "text": "x"}, "Select a valid choice"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_saved(client, care, social_worker, facts, sentence):
    client.force_login(social_worker)
    answer = client.post(address("therapy-add", care), facts)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert seen_by(social_worker) == (0, 0)


def test_nobody_writes_one_past_the_screen(care, alice):
    facts = {"on": PartialDate("2026-03-10"), "kind": "individual", "text": "x"}
    with viewing_as(alice), pytest.raises(IllegalMove, match="work in therapy"):
        add_therapy(care.pk, by=alice, now=timezone.now(), **facts)


def test_the_database_shows_the_events_of_a_note_to_those_who_may_read_it(
    note, social_worker, safeguarding_lead, director
):
    for person, seen in ((social_worker, 1), (safeguarding_lead, 1), (director, 0)):
        with viewing_as(person):
            assert Event.objects.filter(verb="therapy.add").count() == seen
