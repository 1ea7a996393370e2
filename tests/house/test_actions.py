"""Verbs: who did it, when, typed, recorded, with named fields, and nothing of the web or the broker."""

import ast
from operator import itemgetter

from tests.each import each
from tests.house.walk import calls, functions, is_actions, modules

# Verbs that leave no trace, each with the reason.
UNRECORDED = {
    "record_apart": "is the audit's own second door",
    "record_many": "is `record` itself, for many records at once",
    "read_item": "having read one's own alert is nobody else's business; taking it on is recorded",
    "log": "writes the alert's own step, which is kept for good, for verbs that record",
    "trail": "writes the trail for the verbs of alerts",
    "break_glass": "the database records it with the act itself (cases/policies.py)",
    "raise_again": "does what ask_again has recorded",
    "write_rows": "writes the rows of a move that move_track records",
}
FORBIDDEN_IMPORTS = (
    "django.http",
    "django.shortcuts",
    "django.core.mail",
    "celery",
    "django.contrib.messages",
)

FILES = [(path, tree) for path, tree in modules() if is_actions(path)]
VERBS = [
    (path, tree, verb)
    for path, tree in FILES
    for verb in tree.body
    if isinstance(verb, ast.FunctionDef)
    and not verb.name.startswith(("_", "check_"))
    and any(argument.arg == "by" for argument in verb.args.kwonlyargs)
    and (path, verb.name) != ("audit/actions.py", "record")
]


def called(row):
    path, _tree, verb = row
    return f"{path}:{verb.name}"


def test_there_are_verbs_to_look_at():
    assert len(VERBS) > 20


@each(*VERBS, ids=called)
def test_every_verb_records_what_was_done(path, tree, verb):
    names = {name for _path, _tree, other in VERBS for name in [other.name]}
    recording = {f.name for f in functions(tree) if "record" in calls(f)} | names
    done = set(calls(verb)) - {verb.name}
    assert "record" in done or done & recording or verb.name in UNRECORDED, f"{verb.name} leaves no trace"


@each(*VERBS, ids=called)
def test_every_verb_has_typed_arguments_and_result(path, tree, verb):
    arguments = [*verb.args.posonlyargs, *verb.args.args, *verb.args.kwonlyargs]
    assert [a.arg for a in arguments if a.annotation is None] == []
    assert verb.returns is not None


@each(*FILES, ids=itemgetter(0))
def test_a_save_names_its_fields(path, tree):
    bare = [
        call.lineno
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "save"
        and not {"update_fields", "force_insert", "save"} & {keyword.arg for keyword in call.keywords}
    ]
    assert bare == []


@each(*FILES, ids=itemgetter(0))
def test_a_verb_knows_no_request_no_mail_and_no_broker(path, tree):
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    imported += [name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names]
    assert [name for name in imported if name.startswith(FORBIDDEN_IMPORTS)] == []
