from datetime import UTC, datetime

import pytest
from django.apps import apps

from accounts.models import Office
from accounts.roles import SYSTEM_PRINCIPALS, Role
from accounts.scope import system_access, viewing_as
from audit.actions import record
from audit.models import Event
from casefiles.loading import gather, load_all
from cases.models import Assignment, Case
from prosecutions.models import Accused, Hearing, Perpetrator
from survivors.models import Survivor
from tests.casefiles.written import HEAD, write
from tests.factories import ArrestMake, CaseMake, ChargeMake, SurvivorMake
from tests.people import person

pytestmark = pytest.mark.django_db

STORY = """
survivors:
  s1: {pseudonym: Maya, child: true, ages: [{years: 15, at: relief}]}
perpetrators:
  p1: {label: the owner, ref: REF-1, arrests: [{date: "2019"}], bail: [{kind: pretrial, decision: granted}]}
proceedings:
  t1: {kind: criminal_trial, accused: [p1], hearings: [{at: "2019-05-02 09:00"}, {at: "2019-06-02"}]}
"""


def load(path, now=None, office=None):
    [outcome] = load_all(gather([path]), office=office, now=now)
    return outcome


def everything():
    """Every row of every case, with all its fields."""
    with system_access("loader", "a test looks"):
        return {
            (model._meta.label, row["id"]): row
            for model in apps.get_models()
            if getattr(model, "case_bearing", False) and model._meta.app_label in SYSTEM_PRINCIPALS["loader"]
            for row in model.objects.values()
        }


def test_the_same_file_again_changes_nothing_not_even_a_version(tmp_path):
    path = write(tmp_path, STORY)
    assert load(path).state == "loaded"
    before, events = everything(), Event.objects.count()
    assert load(path).state == "unchanged"
    assert (everything(), Event.objects.count()) == (before, events)


def test_a_file_that_differs_only_in_spelling_changes_no_record(tmp_path):
    load(write(tmp_path, STORY))
    before = everything()
    outcome = load(write(tmp_path, STORY + "notes: [{text: New.}]\n"))
    assert (outcome.state, outcome.changes.created, outcome.changes.updated) == ("updated", 1, 0)
    after = everything()
    changed = {key for key in before if before[key] != after[key]}
    assert {label for label, _pk in changed} == {"cases.Case"}


def test_a_changed_file_changes_its_records_in_place(tmp_path):
    load(write(tmp_path, STORY))
    before = {key: row["version"] for key, row in everything().items() if "version" in row}
    load(write(tmp_path, STORY.replace("Maya", "Mara").replace("2019-05-02 09:00", "2019-05-03 10:00")))
    with system_access("loader", "a test looks"):
        assert Survivor.objects.get().pseudonym == "Mara"
        hearing = Hearing.objects.get(position=1)
        assert (hearing.on, hearing.schedule_version) == ("2019-05-03", 2)
        assert hearing.starts_at == datetime(2019, 5, 3, 2, 0, tzinfo=UTC)
    after = {key: row["version"] for key, row in everything().items() if "version" in row}
    grown = {label for (label, _pk), version in after.items() if version > before[(label, _pk)]}
    assert grown == {"survivors.Survivor", "prosecutions.Hearing"}


def test_what_people_added_is_never_touched(tmp_path, office):
    path = write(tmp_path, STORY)
    load(path)
    with system_access("loader", "a test looks"):
        case, accused = Case.objects.get(), Accused.objects.get()
    by_hand = [SurvivorMake(case=case, key="s7"), ArrestMake(case=case, accused=accused, on="2020")]
    before = everything()
    load(write(tmp_path, STORY.replace('"2019"', '"2018"')))
    after = everything()
    for row in by_hand:
        key = (row._meta.label, row.pk)
        assert after[key] == before[key]


def test_what_people_changed_stays_as_they_left_it_and_is_told(tmp_path, alice):
    load(write(tmp_path, STORY))
    with system_access("loader", "a test acts"):
        hearing = Hearing.objects.get(position=1)
        Hearing.objects.filter(pk=hearing.pk).update(outcome="held")
    with viewing_as(alice):
        record("hearing.record", by=alice, subject=hearing, outcome="held")
        record("survivor.open", by=alice, subject=hearing, case_id=hearing.case_id)
    changed = STORY.replace('{at: "2019-05-02 09:00"}', '{at: "2019-05-02 09:00", outcome: vacated}')
    outcome = load(write(tmp_path, changed.replace("Maya", "Mara")))
    assert outcome.changes.left == ["proceedings.t1.hearings.1"]
    with system_access("loader", "a test looks"):
        assert Hearing.objects.get(position=1).outcome == "held"
        assert Survivor.objects.get().pseudonym == "Mara"


def test_a_case_that_people_moved_keeps_its_tracks(tmp_path, alice):
    load(write(tmp_path, "sources: [a]\n"))
    with system_access("loader", "a test acts"):
        case = Case.objects.get(number="TST-100")
        Case.objects.update(legal_status="trial")
    with viewing_as(alice):
        record("track.move", by=alice, subject=case, case_id=case.pk, track="legal", was="", now="trial")
    head = HEAD.replace("title: A case", "title: Another, legal: {status: intake}").replace("01-31", "02-29")
    load(write(tmp_path, "sources: [b]\n", head=head))
    with system_access("loader", "a test looks"):
        case = Case.objects.get(number="TST-100")
        assert (case.title, case.legal_status, case.as_of, case.sources) == (
            "A case", "trial", "2020-02-29", ["b"],
        )  # fmt: skip


def test_a_record_that_left_the_file_is_a_fault_because_nothing_is_deleted(tmp_path):
    load(write(tmp_path, STORY))
    before = everything()
    fewer = STORY.replace(', {at: "2019-06-02"}', "")
    assert "no longer in the file" in load(write(tmp_path, fewer)).file.faults[0].reason
    none = STORY[: STORY.index("proceedings")]
    reasons = [fault.reason for fault in load(write(tmp_path, none)).file.faults]
    assert len(reasons) == 4
    assert everything() == before


def test_a_key_that_people_gave_away_meanwhile_is_a_fault(tmp_path):
    load(write(tmp_path, STORY))
    with system_access("loader", "a test looks"):
        case = Case.objects.get()
    SurvivorMake(case=case, key="s2")
    outcome = load(write(tmp_path, STORY.replace("perpetrators:", "  s2: {label: new}\nperpetrators:")))
    assert [(fault.path, "another key" in fault.reason) for fault in outcome.file.faults] == [
        ("survivors.s2", True)
    ]


def test_a_position_that_people_took_is_a_fault_in_words(tmp_path):
    charges = STORY.replace("ref: REF-1", "ref: REF-1, charges: [{offence: a}]")
    load(write(tmp_path, charges))
    with system_access("loader", "a test looks"):
        accused = Accused.objects.select_related("case").get()
    ChargeMake(case=accused.case, accused=accused, position=2)
    outcome = load(write(tmp_path, charges.replace("{offence: a}", "{offence: a}, {offence: b}")))
    assert "charge_in_order" in outcome.file.faults[0].reason
    assert outcome.state == "refused"


def test_a_case_opened_here_is_not_replaced_by_a_file(tmp_path):
    CaseMake(number="TST-100")
    [fault] = load(write(tmp_path)).file.faults
    assert (fault.path, "opened in the system" in fault.reason) == ("case.number", True)


def test_relative_dates_count_from_the_day_of_first_loading_in_the_office(tmp_path):
    head = HEAD.replace('as_of: "2020-01-31"', 'demo: true\nas_of: "+0d"').replace("manila", "bolivia")
    path = write(tmp_path, "notes: [{text: a, date: -1d}]\n", head=head)
    load(path, now=datetime(2026, 5, 1, 2, 0, tzinfo=UTC))  # the evening before, in La Paz
    with system_access("loader", "a test looks"):
        case = Case.objects.get()
        assert (str(case.loaded_on), case.as_of, case.notes.get().on) == (
            "2026-04-30", "2026-04-30", "2026-04-29",
        )  # fmt: skip
    assert load(path, now=datetime(2026, 6, 1, tzinfo=UTC)).state == "unchanged"
    path = write(tmp_path, "notes: [{text: a, date: -2d}]\n", head=head)
    load(path, now=datetime(2026, 6, 1, tzinfo=UTC))
    with system_access("loader", "a test looks"):
        assert (str(case.loaded_on), case.notes.get().on) == ("2026-04-30", "2026-04-28")


def test_one_human_being_stays_one_across_files(tmp_path):
    load(write(tmp_path, STORY))
    load(write(tmp_path, STORY.replace("s1:", "s4:"), head=HEAD.replace("TST-100", "TST-101")))
    with system_access("loader", "a test looks"):
        assert Perpetrator.objects.get().ref == "REF-1"
        assert Accused.objects.count() == 2


def test_somebody_without_a_ref_may_get_one_later(tmp_path):
    load(write(tmp_path, STORY.replace("ref: REF-1, ", "")))
    with system_access("loader", "a test looks"):
        before = Perpetrator.objects.get()
    load(write(tmp_path, STORY))
    with system_access("loader", "a test looks"):
        assert Perpetrator.objects.values_list("pk", "ref").get() == (before.pk, "REF-1")
    load(write(tmp_path, STORY.replace("REF-1", "REF-2")))
    with system_access("loader", "a test looks"):
        assert Accused.objects.get().perpetrator.ref == "REF-2"
        assert set(Perpetrator.objects.values_list("ref", flat=True)) == {"REF-1", "REF-2"}


def test_a_sealed_case_is_open_to_the_director_and_the_safeguarding_lead_of_the_office(
    tmp_path, other_office
):
    sealed = HEAD.replace("type: csec", "type: csec, sealed: true")
    first = load(write(tmp_path, head=sealed))
    assert "nobody is named on it" in first.notices[0]
    office = Office.objects.get(key="manila")
    director, lead = person(Role.OFFICE_DIRECTOR, office), person(Role.SAFEGUARDING_LEAD, office)
    others = [
        person(Role.LEGAL_LEAD, office),
        person(Role.GLOBAL_DIRECTOR),
        person(Role.OFFICE_DIRECTOR, other_office),
    ]
    outcome = load(write(tmp_path, "sources: [x]\n", head=sealed))
    assert outcome.notices == []
    for user, seen in [(director, 1), (lead, 1), *((other, 0) for other in others)]:
        with viewing_as(user):
            assert Case.objects.count() == seen
    with system_access("loader", "a test acts"):
        Assignment.objects.filter(user=lead).update(ended_at=datetime(2026, 1, 1, tzinfo=UTC))
    load(write(tmp_path, "sources: [y]\n", head=sealed))
    with viewing_as(lead):
        assert Case.objects.count() == 0


def test_history_leaves_nothing_in_the_trail_that_an_alert_follows(tmp_path):
    load(write(tmp_path, STORY))
    load(write(tmp_path, STORY.replace("Maya", "Mara")))
    assert set(Event.objects.values_list("verb", "origin")) == {("case.load", "import")}
    assert not Event.objects.live().exists()
    [one, two] = Event.objects.order_by("id")
    assert set(two.detail) == {"digest", "as_of"}
    assert one.detail["digest"] != two.detail["digest"]
