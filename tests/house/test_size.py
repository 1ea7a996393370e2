"""Small files, short functions, honest names, and no way around the two locks."""

import ast
from operator import itemgetter

from tests.each import each
from tests.house.walk import ROOT, functions, modules

LINES, FUNCTION_LINES = 400, 30
BANNED = {
    "utils", "helpers", "common", "core", "misc", "base", "manager", "managers", "service", "services",
    "data", "info", "handle", "process",
}  # fmt: skip

# What is longer than the house allows, each with the reason.
LONG_FILES = {
    "tests/factories.py": "one factory for each model, all in one place by rule 10",
    "ijm_cases/settings.py": "every setting in one file, by HOUSE 7.10",
}
LONG_FUNCTIONS = {}
ODD_NAMES = {
    "api/base.py": "named so in HOUSE 7.4",
    "devservices/services.py": "the services it starts: PostgreSQL and Valkey",
    "aftercare/actions/services.py": "a service is what a survivor receives",
    "aftercare/views/services.py": "a service is what a survivor receives",
}
# Who may look past the scoped manager, each with the reason.
PAST_THE_SCOPE = {
    "cases/querysets.py": "the rule itself: the scoped manager would ask it again",
    "prosecutions/querysets.py": "the rule of people across cases, written with the rule of cases",
    "notifications/querysets.py": "the rule of alerts and of one's own inbox",
    "operations/querysets.py": "the rule of the circle: the scoped manager would ask it again",
}
# Who may write SQL by hand, each with the reason.
RAW_SQL = {
    "cases/sealing_migration.py": "migrations see tables of their own time, and seal what stood in clear",
    "prosecutions/proposals.py": "the search by keys of sound is a function of the database",
    "prosecutions/tasks.py": "asks the database what time it is",
    "audit/actions.py": "the second door and the erasure are functions of the database",
    "audit/management/commands/audit_head.py": "the sealer's role reads four columns and nothing else",
    "audit/management/commands/seal_audit.py": "the sealer's role reads four columns and nothing else",
    "audit/management/commands/verify_audit.py": "every digest is made anew from what really lies there",
    "accounts/gate.py": "the catalogue of the database, no rows",
    "accounts/rights.py": "functions, triggers and rights of the database",
    "accounts/scope.py": "tells the database who looks",
    "desk/management/commands/make_data.py": "made-up rows go in by COPY, where nothing is real",
    "desk/management/commands/bench.py": "asks the server for its process and its version",
    "desk/measuring/server.py": "counts the cases of a database to measure on, whoever may see them",
    "exchange/incoming/claims.py": "what a batch made is noted and deleted by functions of the database",
    "figures/adjournment_sums.py": "windows over hearings, over the statement of the scoped queryset",
    "figures/recounting.py": "what was counted is written by one function of the database",
    "figures/rollup_checks.py": "sums are compared with their rows in one statement",
    "figures/rollup_waiting.py": "the statements of the scoped querysets, put together into one",
    "ijm_cases/backups/database.py": "counts what was backed up; signs in as the backup or the owner",
    "ijm_cases/health.py": "answers without a viewer, from a table without cases",
    "notifications/actions/planning.py": "thousands of hearings are planned in one statement",
    "notifications/actions/reminding.py": "a hundred thousand reminders find their people in one statement",
    "notifications/actions/dead_letters.py": "what failed is buried in one statement, past its case",
    "notifications/actions/outside.py": "a hundred thousand messages are made in one statement",
    "notifications/actions/claiming.py": "who goes next, fair over offices and people, is one statement",
    "notifications/actions/delivery.py": "the attempts of a whole batch are written in one statement",
    "notifications/actions/finishing.py": "how a whole batch ended is written in one statement",
    "notifications/actions/unsure.py": "which other ways are left is one statement",
    "notifications/clock.py": "the clock of the database",
    "notifications/told.py": "who was told of a date is a function of the database",
    "notifications/invariants.py": "what must hold is asked of the tables, past the code that it watches",
    "notifications/proof.py": "who was told by which channel is a function of the database",
    "notifications/querysets.py": "the age of the sweep, from a table without cases",
    "rights/actions/erasing.py": "the erasure is a function of the database",
    "notifications/sweeping.py": "the lock that lets one sweep run at a time",
}

FILES = modules()
NAMES = [path for path, _tree in FILES]


def everything():
    """Ours and the tests', with what must be short in all of them."""
    tests = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "tests").rglob("*.py"))]
    return [*NAMES, *tests]


@each(*everything())
def test_no_file_is_long(path):
    lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
    assert lines <= LINES or path in LONG_FILES, f"{path} has {lines} lines"


def test_what_is_excused_is_still_long():
    for path in LONG_FILES:
        assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) > LINES


def length(function):
    """Lines of what it does, without the signature (one line for each fact) and the docstring."""
    first = function.body[1] if ast.get_docstring(function) and function.body[1:] else function.body[0]
    return function.end_lineno - first.lineno + 1


@each(*FILES, ids=itemgetter(0))
def test_no_function_is_long(path, tree):
    lines = {f"{path}:{function.name}": length(function) for function in functions(tree)}
    long = {name: n for name, n in lines.items() if n > FUNCTION_LINES and name not in LONG_FUNCTIONS}
    assert long == {}


@each(*NAMES)
def test_no_module_hides_behind_a_name_that_says_nothing(path):
    words = path.removesuffix(".py").split("/")
    assert not set(words) & BANNED or path in ODD_NAMES


@each(*FILES, ids=itemgetter(0))
def test_no_signal_steers_anything(path, tree):
    decorators = [d for f in functions(tree) for d in f.decorator_list]
    called = [d.func if isinstance(d, ast.Call) else d for d in decorators]
    assert "receiver" not in [getattr(name, "id", getattr(name, "attr", "")) for name in called]
    connected = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "connect"]
    assert [n for n in connected if "signal" in ast.unparse(n)] == []


@each(*FILES, ids=itemgetter(0))
def test_nobody_looks_past_the_scope(path, tree):
    past = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr == "_base_manager"]
    assert not past or path in PAST_THE_SCOPE


@each(*FILES, ids=itemgetter(0))
def test_no_sql_by_hand_where_cases_are_read(path, tree):
    raw = [
        n.attr
        for n in ast.walk(tree)
        if isinstance(n, ast.Attribute) and n.attr in ("cursor", "raw", "RawSQL")
    ]
    assert not raw or path in RAW_SQL or path.startswith("devservices/")


@each(*FILES, ids=itemgetter(0))
def test_no_page_form_or_endpoint_takes_the_system_s_eyes(path, tree):
    parts = path.removesuffix(".py").split("/")
    if "management" in parts or not (
        parts[0] in ("api", "desk", "dashboards") or set(parts) & {"views", "forms"}
    ):
        return
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    names |= {n.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for n in node.names}
    assert not names & {"system_access", "viewing_as"}, f"{path} looks with other eyes"
