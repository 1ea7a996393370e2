import pytest

from accounts.scope import system_access
from casefiles.loading import gather, load_all
from cases.models import Case
from tests.casefiles.written import HEAD, write

pytestmark = pytest.mark.django_db


def faults_of(path, office=None):
    [outcome] = load_all(gather([path]), office=office)
    with system_access("loader", "a test looks"):
        assert not Case.objects.exists(), "a file with a fault leaves nothing behind"
    return [(fault.path, fault.reason) for fault in outcome.file.faults]


IN_THE_TEXT = {
    "not YAML": ("x: [1", "line", "is not YAML"),
    "a key twice": ("venues:\n  v1: {kind: bar}\n  v1: {kind: bar}", "line", "the key v1 stands twice"),
    "an alias": ("notes: [{text: &a long}, {text: *a}]", "line", "uses the alias *a"),
    "a tag": ("notes: [{text: !!python/name:os.system x}]", "line", "uses the tag"),
    "a number as key": ("venues: {1: {kind: bar}}", "line", "a key must be text: 1"),
    "a NUL": ('notes: [{text: "a\\0b"}]', "notes.1.text", "cannot be stored"),
    "two documents": ("---\nformat: x", "line", "is not YAML"),
    "no field of the format": ("venue: {}", "venue", "did you mean venues?"),
    "far from any field": ("zzz: 1", "zzz", "here it knows format"),
    "a code that is none": ("venues: {v1: {kind: barr}}", "venues.v1.kind", "did you mean bar?"),
    "nothing behind a field": ("notes:", "notes", "is empty; leave it out"),
    "an empty list": ("notes: []", "notes", "is an empty list"),
    "an empty text": ("notes: [{text: ''}]", "notes.1.text", "is empty"),
    "a missing field": ("notes: [{date: '2017'}]", "notes.1.text", "is missing"),
    "text where yes or no is wanted": (
        "agencies: {a: {name: A, kind: ngo, partner: yes}}",
        "agencies.a.partner",
        "must be true or false",
    ),
    "a number where text is wanted": ("notes: [{text: 370}]", "notes.1.text", "put it in quotes"),
    "not a date": ("notes: [{text: a, date: 3 May}]", "notes.1.date", "is not a date: write 2017"),
    "not a moment": (
        "proceedings: {t1: {hearings: [{at: 9 am}]}}",
        "proceedings.t1.hearings.1.at",
        "2017-03-10 09:30",
    ),
    "not a day of the calendar": (
        "notes: [{text: a, date: '2019-02-29'}]",
        "notes.1.date",
        "not a day of the calendar",
    ),
    "the year nought": ("notes: [{text: a, date: '0000'}]", "notes.1.date", "not a day of the calendar"),
    "a relative date in a file that is no demo": (
        "notes: [{text: a, date: -3d}]",
        "notes.1.date",
        "demo: true",
    ),
    "not a quantity": (
        "headcounts: {h1: {label: a, what: found, people: many}}",
        "headcounts.h1.people",
        "is not a number, or what is known of one",
    ),
    "a range that runs backwards": (
        "headcounts: {h1: {label: a, what: found, people: 9..3}}",
        "headcounts.h1.people",
        "9..3 runs backwards",
    ),
    "not money": ("routes: {r1: {legs: [{price: 5}]}}", "routes.r1.legs.1.price", "must be text"),
    "money of no currency": (
        "routes: {r1: {legs: [{price: 5 XQQ}]}}",
        "routes.r1.legs.1.price",
        "XQQ is not a currency",
    ),
    "money that runs backwards": (
        "routes: {r1: {legs: [{price: 9..5 USD}]}}",
        "routes.r1.legs.1.price",
        "runs backwards",
    ),
    "too much money": (
        "routes: {r1: {legs: [{price: 999999999999999 USD}]}}",
        "routes.r1.legs.1.price",
        "more money than can be stored",
    ),
    "money without a currency": (
        "routes: {r1: {legs: [{price: '5'}]}}",
        "routes.r1.legs.1.price",
        "is not an amount with its currency",
    ),
    "not a country": (
        "agencies: {a: {name: A, kind: ngo, country: Ghana}}",
        "agencies.a.country",
        "is not a country code",
    ),
    "not a key": ("agencies: {Police: {name: A, kind: ngo}}", "agencies", "is not a key"),
    "neither name nor label": (
        "survivors: {s1: {gender: Feminine}}",
        "survivors.s1",
        "needs at least one of: pseudonym, label",
    ),
    "an operation without an outcome": (
        "operations: {o1: {status: done}}",
        "operations.o1",
        "needs an outcome",
    ),
    "a score out of range": (
        "survivors: {s1: {label: a}}\naftercare: {s1: {assessments: [{date: '2017', scores: {safety: 5}}]}}",
        "aftercare.s1.assessments.1.scores.safety",
        "is not a score",
    ),
    "below the least": (
        "operations: {o1: {outcome: success, attempt: 0}}",
        "operations.o1.attempt",
        "0 is less than 1",
    ),
    "above the most": (
        "expect: {score_change: {s1: {safety: 4}}}\nsurvivors: {s1: {label: a}}",
        "expect.score_change.s1.safety",
        "4 is more than 3",
    ),
    "the same twice": (
        "survivors: {s1: {label: a, nationality: [PH, PH]}}",
        "survivors.s1.nationality",
        'says "PH" more than once',
    ),
    "an empty group": ("survivors: {s1: {label: a, witness: {}}}", "survivors.s1.witness", "says nothing"),
    "a currency key": ("expect: {fines: {pesos: 1}}", "expect.fines.pesos", "is not a currency code"),
    "a key of nothing": (
        "venues: {v1: {kind: bar, run_by: [p1]}}",
        "venues.v1.run_by.1",
        "nothing in this file has the key p1",
    ),
    "a key of another kind": (
        "venues: {v1: {kind: bar}}\nsurvivors: {s1: {label: a, relief: [{how: operation, operation: v1}]}}",
        "survivors.s1.relief.1.operation",
        "v1 is the key of another kind of thing (venue)",
    ),
    "one key for two things": (
        "venues: {x: {kind: bar}}\nnetworks: {x: {name: A}}",
        "networks.x",
        "already stands for something else: venue",
    ),
    "us as a key": ("agencies: {us: {name: A, kind: ngo}}", "agencies.us", "us is reserved"),
    "an agency nobody knows": (
        "investigations: {i1: {led_by: nbi}}",
        "investigations.i1.led_by",
        "nothing in this file has the key nbi",
    ),
    "a word that looks like a key": (
        "lookouts: [{to_office: atlantis}]",
        "lookouts.1.to_office",
        "must be the key of office",
    ),
    "a link to itself": ("links: [{kind: other, case: TST-100}]", "links.1.case", "links the case to itself"),
    "a circle of attempts": (
        "operations:\n  o1: {outcome: failed, follows: o2}\n  o2: {outcome: failed, follows: o1}",
        "operations.o1.follows",
        "leads back",
    ),
    "one's own relative": (
        "survivors: {s1: {label: a, family: [{is: sister, who: s1}]}}",
        "survivors.s1.family.1.who",
        "the same person",
    ),
    "custody that ends before it begins": (
        "perpetrators: {p1: {label: a, custody: [{kind: remand, from: '2019-02', to: '2019-01'}]}}",
        "perpetrators.p1.custody.1.to",
        "runs backwards",
    ),
    "a charge that is not there": (
        "perpetrators: {p1: {label: a, charges: [{offence: x}], verdicts: "
        "[{result: convicted, charges: [2]}]}}",
        "perpetrators.p1.verdicts.1.charges.1",
        "there is no charge 2; the list has 1",
    ),
    "two live bails": (
        "perpetrators: {p1: {label: a, bail: [{kind: pretrial, decision: granted}, "
        "{kind: pretrial, decision: granted, breaches: [{what: ran}]}]}}",
        "perpetrators.p1.bail.2",
        "second bail of the kind pretrial",
    ),
    "one ref for two": (
        "perpetrators:\n  p1: {label: a, ref: R}\n  p2: {label: b, ref: R}",
        "perpetrators.p2.ref",
        "is the ref of p1 already",
    ),
    "care of nobody": ("aftercare: {s9: {note: x}}", "aftercare.s9", "key of a survivor or head-count"),
    "figures of nobody": ("expect: {custody_days: {p7: 1}}", "expect.custody_days.p7", "has the key p7"),
    "a reason without a delay": (
        "proceedings: {t1: {hearings: [{at: '2019', outcome: held, reason: other}]}}",
        "proceedings.t1.hearings.1.reason",
        "was not put off",
    ),
    "a payment to somebody else": (
        "survivors: {s1: {label: a}, s2: {label: b}}\ncompensation: [{for: [s1], "
        "each: 5 PHP, payments: [{to: s2, amount: 1 PHP}]}]",
        "compensation.1.payments.1.to",
        "not for them",
    ),
    "words longer than there is room": (
        f"survivors: {{s1: {{label: {'a' * 1001}}}}}",
        "survivors.s1.label",
        "at most 1000 characters",
    ),
    "a ref longer than there is room": (
        f"perpetrators: {{p1: {{label: a, ref: {'R' * 1001}}}}}",
        "perpetrators.p1.ref",
        "longer than 1000",
    ),
    "a number beyond its column": (
        "operations: {o1: {outcome: success, attempt: 99999}}",
        "operations.o1.attempt",
        "less than or equal to 32767",
    ),
    "a companion that is not there": (
        "expect: {with: [nowhere.yaml]}",
        "expect.with",
        "nowhere.yaml is not in the same folder",
    ),
    "a companion elsewhere": ("expect: {with: [../other.yaml]}", "expect.with", "in the same folder"),
}


@pytest.mark.parametrize(("text", "path", "reason"), IN_THE_TEXT.values(), ids=IN_THE_TEXT.keys())
def test_every_fault_says_where_and_why(tmp_path, text, path, reason):
    faults = faults_of(write(tmp_path, text))
    assert any(where.startswith(path) and reason in why for where, why in faults), faults


def test_all_faults_are_told_at_once(tmp_path):
    text = "venues: {v1: {kind: barr, run_by: [p9]}}\nnotes: [{text: a, date: '2019-02-31'}]\nlinks: 5\n"
    assert len(faults_of(write(tmp_path, text))) == 4


def test_a_case_of_the_wrong_shape_is_told_and_nothing_breaks(tmp_path):
    heads = {
        "case: 5": "must be a group of fields",
        "case: {number: tst, office: Manila, type: csec, title: A}": "is not a case number",
        "case: {number: TST-1, type: csec, title: A, office: nowhere}": "there is no office nowhere",
        "case: {number: TST-1, type: csec, title: A}": "say which one loads it with --office",
        f"case: {{number: TST-1, office: manila, type: csec, title: {'a' * 1001}}}": "at most 1000",
    }
    for case, reason in heads.items():
        head = f"format: ijm-case-file/1\nas_of: '2017'\n{case}\n"
        assert any(reason in why for _where, why in faults_of(write(tmp_path, head=head))), case


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"- a\n- b\n", "is not a case file"),
        (b"\xff\xfe\x00a", "is not a text file"),
        (b"[" * 3000, "is nested too deeply"),
        (b"a: " + b"x" * (8 * 1024 * 1024), "is larger than 8 MB"),
        (b"format: ijm-case-file/2\nas_of: '2017'\n", "must be ijm-case-file/1"),
    ],
)
def test_what_is_no_case_file_at_all_is_told(tmp_path, content, reason):
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    assert any(reason in why for _where, why in faults_of(path))


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert "cannot be opened" in faults_of(tmp_path / "none.yaml")[0][1]


def test_text_that_yaml_would_turn_into_something_else_stays_text(tmp_path):
    text = "agencies: {no: {name: 012, kind: police, country: NO}}\nnotes: [{text: on, date: 2017-03-10}]"
    [outcome] = load_all(gather([write(tmp_path, text)]), office=None)
    assert outcome.file.faults == []
    with system_access("loader", "a test looks"):
        case = Case.objects.get()
        assert case.agencies.values_list("key", "name", "country").get() == ("no", "012", "NO")
        assert case.notes.values_list("text", "on").get() == ("on", "2017-03-10")


def test_a_range_of_relative_dates_that_runs_backwards_is_told_once_they_are_days(tmp_path):
    head = HEAD.replace("as_of", "demo: true\nas_of")
    text = "perpetrators: {p1: {label: a, custody: [{kind: remand, from: -3d, to: -5d}]}}"
    assert any("runs backwards" in why for _where, why in faults_of(write(tmp_path, text, head=head)))


def test_the_demo_that_lies_far_back_is_loaded(tmp_path):
    head = HEAD.replace("as_of", "demo: true\nas_of")
    [outcome] = load_all(
        gather([write(tmp_path, "notes: [{text: a, date: -9999d}]", head=head)]), office=None
    )
    assert outcome.state == "loaded"
