"""The table of events in DEVELOPERS.md says what is recorded, no more and no less."""

import ast
import re
from importlib import import_module

from cases.trail import WORDS
from dashboards.trail import MORE_WORDS
from notifications.actions.facts import CALLS_FOR
from tests.each import each
from tests.house.walk import APPS, ROOT, modules

NOTES = (ROOT / "DEVELOPERS.md").read_text(encoding="utf-8")
# What `record` takes beside the detail.
ABOUT = {"by", "subject", "subjects", "subject_id", "case_id", "origin", "at"}
# What `trail` writes for each of its alerts.
TRAIL = {"rule", "step"}
# Written by functions of the database, with the act itself: {(app, verb): fields of the detail}.
BY_THE_DATABASE = {("cases", "case.break_glass"): {"role", "until"}, ("cases", "emergency.miss"): set()}
# Who may make an event by hand: `record`, and `trail` that does the same for many alerts at once.
HANDS = {"audit/actions.py", "notifications/actions/alerts.py"}


def table():
    """Of the notes: {(app, verb): fields of the detail}."""
    listed = {}
    for app, cells in re.findall(r"^\| (\w+) \| (.+) \|$", NOTES[NOTES.index("## Events") :], re.M):
        if app in APPS:
            for verb, fields in re.findall(r"([a-z]+\.[a-z_]+)(?: \[([^]]+)\])?", cells):
                listed[app, verb] = set(filter(None, fields.split(", ")))
    return listed


def recording_calls():
    """Every call that records: (path, call)."""
    return [
        (path, call)
        for path, tree in modules()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and name_of(call) in ("record", "record_apart", "record_many", "trail")
    ]


def name_of(call):
    """What is called: `record` in record(...) and in actions.record(...)."""
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def recorded():
    """Of the code: {(app, verb): fields of the detail, of all the calls together}."""
    found = {key: set(fields) for key, fields in BY_THE_DATABASE.items()}
    for path, call in recording_calls():
        fields = {keyword.arg for keyword in call.keywords} - ABOUT
        verb = ast.literal_eval(call.args[0])
        found.setdefault((path.split("/")[0], verb), set()).update(
            TRAIL if name_of(call) == "trail" else fields
        )
    return found


def test_there_are_verbs_in_both():
    assert table()["prosecutions", "bail.grant"] == recorded()["prosecutions", "bail.grant"] == {"kind"}


def test_the_database_writes_what_is_said_of_it():
    for app, verb in BY_THE_DATABASE:
        assert f"'{verb}'" in import_module(f"{app}.policies").FUNCTIONS


def test_the_table_lists_every_verb_that_is_recorded_and_no_other():
    assert sorted(table()) == sorted(recorded())


def test_the_table_lists_the_detail_of_every_verb():
    code, notes = recorded(), table()
    assert {key: notes[key] for key in notes if key in code} == {
        key: code[key] for key in code if key in notes
    }


def test_nobody_writes_an_event_past_record():
    writing = {
        path
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and re.match(r"Event(\(|\.objects\.(bulk_)?create\()", ast.unparse(node))
    }
    assert writing == HANDS


def test_alerts_listen_only_to_what_is_recorded():
    assert CALLS_FOR.keys() - {verb for _app, verb in recorded()} == set()


@each(*sorted({verb for _app, verb in recorded()}))
def test_every_verb_has_words_for_those_who_read_the_trail(verb):
    assert verb in WORDS or verb in MORE_WORDS
