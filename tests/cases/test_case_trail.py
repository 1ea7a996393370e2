import re
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scope import viewing_as
from audit.actions import record
from cases import actions
from cases.trail import WORDS
from dashboards.trail import MORE_WORDS
from tests.factories import CaseMake, SurvivorMake


def trail(client, case, user):
    client.force_login(user)
    return client.get(reverse("cases:case-trail", args=[case.pk]))


def test_every_verb_of_the_notes_for_developers_has_words():
    notes = (Path(settings.BASE_DIR) / "DEVELOPERS.md").read_text()
    table = notes[notes.index("## Events") :]
    verbs = set()
    for row in re.findall(r"^\| \w+ \| (.+) \|$", table, re.M):
        verbs |= {part.split()[0] for part in row.split(" · ") if "." in part}
    assert verbs
    assert verbs - WORDS.keys() - MORE_WORDS.keys() == set()


def test_the_trail_names_colleagues_and_says_what_they_did(client, case, alice, legal_lead, colleague):
    now = timezone.now()
    with viewing_as(legal_lead):
        actions.assign(case.pk, by=legal_lead, now=now, user=colleague, role="lawyer")
        actions.move_track(case.pk, by=legal_lead, now=now, track="legal", status="trial", on="2026-03")
        actions.seal_case(case.pk, by=legal_lead, now=now, sensitivity=1)
    page = trail(client, case, legal_lead).content.decode()
    assert "Lena named somebody on the team" in page
    assert "Curious · Lawyer" in page
    assert "Legal · Pre-trial → Trial" in page
    assert "Team and the leads of the office → Team only" in page


def test_opening_a_survivor_stands_in_the_trail_by_her_code(client, case, alice, legal_lead):
    survivor = SurvivorMake(case=case, pseudonym="Maya")
    client.force_login(alice)
    client.get(reverse("survivors:survivor-detail", args=[survivor.pk]))
    page = trail(client, case, legal_lead).content.decode()
    assert "Alice opened the record of a survivor" in page
    assert survivor.code in page
    assert "Maya" not in page


def test_what_happened_in_other_cases_does_not_leak(client, case, legal_lead, other_office):
    record("note.add", by=legal_lead, subject=CaseMake(office=other_office), case_id=None)
    assert "Nothing has happened yet" in trail(client, case, legal_lead).content.decode()


def test_history_brought_over_is_marked_and_unknown_verbs_stay(client, case, alice, legal_lead):
    record("case.open", by=alice, subject=case, case_id=case.pk, origin="import")
    record("moon.land", by=alice, subject=case, case_id=case.pk)
    page = trail(client, case, legal_lead).content.decode()
    assert "Brought over" in page
    assert "moon.land" in page


def test_three_events_cost_as_many_queries_as_one(client, case, alice, legal_lead):
    record("note.add", by=alice, subject=case, case_id=case.pk)
    trail(client, case, legal_lead)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("cases:case-trail", args=[case.pk]))
    record("note.add", by=legal_lead, subject=case, case_id=case.pk)
    record("note.add", by=alice, subject=case, case_id=case.pk)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("cases:case-trail", args=[case.pk]))
    assert len(one) == len(three)
