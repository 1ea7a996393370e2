from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Office
from accounts.scope import system_access, viewing_as
from audit.actions import record
from casefiles.loading import gather
from cases.models import Case, CaseLink, Note
from figures import querysets
from tests.casefiles.written import HEAD, write

pytestmark = pytest.mark.django_db

EXPECTING = """
operations:
  o1: {date: "2019-01-01", outcome: success, counts: {people: 3}}
proceedings: {t1: {hearings: [{at: "2019-01-01", outcome: held}, {at: "2019-01-02", outcome: adjourned}]}}
expect: {people_found: 3.0, hearings_total: 2, adjournment_rate: 50, fines: {}, alerts: []}
"""


def run(*paths, **options):
    """(exit code, what was said, what was complained of)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("load_case_files", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def numbers():
    with system_access("loader", "a test looks"):
        return sorted(Case.objects.values_list("number", flat=True))


def head(number, office="manila"):
    return HEAD.replace("TST-100", number).replace("manila", office)


def test_a_folder_is_loaded_with_everything_below_it(tmp_path):
    (tmp_path / "deeper").mkdir()
    write(tmp_path, name="b.yaml", head=head("TST-2"))
    write(tmp_path, name="a.yml", head=head("TST-1"))
    write(tmp_path / "deeper", name="c.yaml", head=head("TST-3"))
    (tmp_path / "readme.txt").write_text("no case file")
    code, out, _err = run(tmp_path)
    assert code == 0
    assert numbers() == ["TST-1", "TST-2", "TST-3"]
    assert [line.split(":")[0].rsplit("/", 1)[1] for line in out.splitlines()] == [
        "a.yml",
        "b.yaml",
        "c.yaml",
    ]


def test_one_bad_file_does_not_stop_the_others_and_the_command_says_so(tmp_path):
    write(tmp_path, name="a.yaml", head=head("TST-1"))
    write(tmp_path, "venues: {v1: {kind: barr}}", name="b.yaml", head=head("TST-2"))
    write(tmp_path, name="c.yaml", head=head("TST-3"))
    code, out, err = run(tmp_path)
    assert code == 1
    assert numbers() == ["TST-1", "TST-3"]
    assert f"{tmp_path / 'b.yaml'}: venues.v1.kind: " in err
    assert "b.yaml: refused" in out


def test_an_empty_folder_is_no_success(tmp_path):
    code, _out, err = run(tmp_path)
    assert (code, "no case file" in err) == (1, True)


def test_two_files_of_one_number_are_not_loaded_over_each_other(tmp_path):
    write(tmp_path, name="a.yaml")
    write(tmp_path, "sources: [other]", name="b.yaml")
    code, _out, err = run(tmp_path)
    assert (code, "b.yaml: case.number: has the case number of" in err) == (1, True)


def test_a_dry_run_keeps_nothing_and_still_tells_everything(tmp_path):
    write(tmp_path, EXPECTING, name="a.yaml", head=head("TST-1", "ghana"))
    code, out, err = run(tmp_path, dry_run=True, check=True)
    assert (code, err, numbers()) == (0, "", [])
    assert "loaded" in out
    assert "5 figures checked, 0 differ." in out
    assert not Office.objects.filter(key="ghana").exists()


def test_a_dry_run_of_a_bad_file_ends_with_one(tmp_path):
    write(tmp_path, "links: 1", name="a.yaml", head=head("TST-1"))
    write(tmp_path, name="b.yaml", head=head("TST-2"))
    assert run(tmp_path, dry_run=True)[0] == 1
    assert numbers() == []


def test_a_file_the_database_refuses_in_a_dry_run_does_not_spoil_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr("casefiles.loading.saving.check_fits", lambda *args: None)
    write(tmp_path, "operations: {o1: {outcome: success, attempt: 99999}}", name="a.yaml", head=head("TST-1"))
    write(tmp_path, name="b.yaml", head=head("TST-2"))
    code, out, err = run(tmp_path, dry_run=True)
    assert code == 1
    assert "the database refused it" in err
    assert "b.yaml: loaded" in out


def test_a_file_without_an_office_is_loaded_by_the_office_that_is_named(tmp_path):
    write(tmp_path, head=HEAD.replace("office: manila, ", ""))
    assert run(tmp_path, office="cebu")[0] == 0
    with system_access("loader", "a test looks"):
        assert Case.objects.get().office.time_zone == "Asia/Manila"


def test_an_office_of_the_system_serves_though_no_list_names_it(tmp_path, office):
    office.key = "atlantis"
    office.save()
    write(
        tmp_path,
        "lookouts: [{to_office: ghana}, {to_office: the team in the north}]",
        head=head("TST-1", "atlantis"),
    )
    assert run(tmp_path)[0] == 0
    assert Office.objects.filter(key="ghana").exists()


def test_what_a_file_needs_is_loaded_first_and_a_circle_ends(tmp_path):
    write(tmp_path, "expect: {with: [b.yaml]}", name="a.yaml", head=head("TST-1"))
    write(tmp_path, "expect: {with: [a.yaml, c.yaml]}", name="b.yaml", head=head("TST-2"))
    write(tmp_path, name="c.yaml", head=head("TST-3"))
    assert [file.path.name for file in gather([tmp_path / "a.yaml"])] == ["c.yaml", "b.yaml", "a.yaml"]
    assert run(tmp_path / "a.yaml")[0] == 0
    assert numbers() == ["TST-1", "TST-2", "TST-3"]


def test_a_link_to_a_case_that_is_not_here_yet_works_by_its_number(tmp_path):
    write(tmp_path, "links: [{kind: split_from, case: TST-2}]", name="a.yaml", head=head("TST-1"))
    assert run(tmp_path)[0] == 0
    with system_access("loader", "a test looks"):
        assert CaseLink.objects.get().number == "TST-2"


def test_the_check_shows_what_was_expected_and_what_came(tmp_path):
    write(tmp_path, EXPECTING.replace("people_found: 3.0", "people_found: 4"))
    code, out, _err = run(tmp_path, check=True)
    assert code == 1
    assert [cell.strip() for cell in out.splitlines()[2].split("|")] == [
        "case.yaml", "people_found", "4", "3", "NO",
    ]  # fmt: skip
    assert "5 figures checked, 1 differ." in out


def test_the_check_fails_when_a_queryset_of_the_dashboard_is_broken(tmp_path, monkeypatch):
    write(tmp_path, EXPECTING)
    assert run(tmp_path, check=True)[0] == 0
    right = querysets.hearings
    monkeypatch.setattr(querysets, "hearings", lambda snapshot: right(snapshot).exclude(outcome="adjourned"))
    code, out, _err = run(tmp_path, check=True)
    assert code == 1
    wrong = {line.split("|")[1].strip() for line in out.splitlines() if line.endswith("NO")}
    assert wrong == {"hearings_total", "adjournment_rate"}


@pytest.mark.parametrize(
    "wrong",
    [
        "people_found: 3~", "people_found: '3..'", "hearings_total: 1", "adjournment_rate: 50.1",
        "fines: {PHP: 1}", "alerts: [bail_granted]", "custody_days: {p1: 3}", "prior_cases: {p1: 1}",
        "score_change: {s1: {}}", "longest_sentence_months: 1", "adjournment_rate: 50~",
    ],
)  # fmt: skip
def test_the_check_sees_every_kind_of_difference(tmp_path, wrong):
    people = "perpetrators: {p1: {label: a}}\nsurvivors: {s1: {label: a}}\n"
    expecting = EXPECTING[: EXPECTING.index("expect")] + people
    write(tmp_path, expecting + f"expect: {{{wrong}}}")
    assert run(tmp_path, check=True)[0] == 1


def test_what_comes_to_the_same_is_the_same(tmp_path):
    text = EXPECTING[: EXPECTING.index("expect")]
    same = "expect: {people_found: '3..3', people_repatriated: '..0', life_sentences: 0, fines: {PHP: 0}}"
    write(tmp_path, text + same)
    assert run(tmp_path, check=True)[0] == 0


def test_what_people_changed_and_a_sealed_case_without_people_are_told(tmp_path, alice):
    sealed = HEAD.replace("type: csec", "type: csec, sealed: true")
    write(tmp_path, "notes: [{text: a}]", head=sealed)
    code, out, _err = run(tmp_path)
    assert (code, "nobody is named on it" in out) == (0, True)
    with system_access("loader", "a test looks"):
        note = Note.objects.get()
    with viewing_as(alice):
        record("note.edit", by=alice, subject=note)
    write(tmp_path, "notes: [{text: b}, {text: c}]", head=sealed)
    code, out, _err = run(tmp_path)
    assert "case.yaml: updated (+1 ~0)" in out
    assert "notes.1: was changed here since and stays so" in out
