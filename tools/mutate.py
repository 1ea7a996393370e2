# ruff: noqa: T201
"""Break the two locks on purpose, one place at a time, and see whether a test notices.

    PYTHONPATH=. DJANGO_SETTINGS_MODULE=ijm_cases.settings SECONDS=360 \
        .venv/bin/python -m devservices test -- python tools/mutate.py

One database is migrated once; each mutant is a forked process in which one function's code, one reach or one
condition of the SQL is another. Prints the survivors. The order is shuffled by SEED, so that a run cut short
by SECONDS is a fair sample; ONLY names the mutants to try (a part of their line). Why not mutmut: it migrates
a database of its own for each mutant, and knows no SQL.
"""

import ast
import copy
import gc
import importlib
import os
import random
import re
import sys
import time
import types
from pathlib import Path

FILES = ("accounts/scope.py", "accounts/access.py", "accounts/roles.py", "cases/querysets.py")
TESTS = (
    "tests/cases/test_need_to_know.py",
    "tests/accounts/test_second_lock.py",
    "tests/matrix/test_lock_alone.py",
    "tests/accounts/test_verbs_of_an_office.py",
    "tests/matrix/test_access_machine.py",
)
ARRANGING = "00000000-0000-0000-0000-000000000000"
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
LOOKUPS = {"__lt": "__lte", "__lte": "__lt", "__gt": "__gte", "__gte": "__gt"}
NARROWING = {"filter", "exclude", "get", "Q"}


# --- Python: every way of breaking one expression


def broken(node):
    """What could stand in place of this expression or statement, each with a word for it."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield "flip", changed(node, ops=[COMPARED[type(node.ops[0])](), *node.ops[1:]])
    if isinstance(node, ast.BoolOp):
        yield "and/or", changed(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for place in range(len(node.values)):
            rest = node.values[:place] + node.values[place + 1 :]
            yield f"drop {place}", rest[0] if len(rest) == 1 else changed(node, values=rest)
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        yield "&/|", changed(node, op=ast.BitOr() if isinstance(node.op, ast.BitAnd) else ast.BitAnd())
        yield from (("left alone", node.left), ("right alone", node.right))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        yield "no not", node.operand
    if isinstance(node, (ast.If, ast.IfExp)):
        yield "if not", changed(node, test=ast.UnaryOp(op=ast.Not(), operand=node.test))
    if isinstance(node, ast.Call):
        yield from broken_call(node)
    if isinstance(node, (ast.Raise, ast.Expr)) and not isinstance(getattr(node, "value", None), ast.Constant):
        yield "nothing", ast.Pass()


def broken_call(node):
    """A condition of a query left out, or asked at the other side of its edge."""
    if getattr(node.func, "attr", getattr(node.func, "id", "")) not in NARROWING:
        return
    for place, word in enumerate(node.keywords):
        rest = node.keywords[:place] + node.keywords[place + 1 :]
        if rest or node.args or getattr(node.func, "attr", "") == "filter":
            yield f"drop {word.arg}", changed(node, keywords=rest)
        for ending, other in LOOKUPS.items():
            if word.arg and word.arg.endswith(ending):
                edge = ast.keyword(arg=word.arg.removesuffix(ending) + other, value=word.value)
                yield f"edge {word.arg}", changed(node, keywords=[*rest, edge])


def changed(node, **fields):
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return ast.copy_location(other, node)


class Put(ast.NodeTransformer):
    """The tree with one node replaced by another."""

    def __init__(self, wanted, other):
        self.wanted, self.other = wanted, other

    def visit(self, node):
        if node is self.wanted:
            return ast.copy_location(copy.copy(self.other), node)
        return super().visit(node)


def python_mutants():
    """(line to print, what to do in the forked process)."""
    for path in FILES:
        source = Path(path).read_text(encoding="utf-8")
        for node in [node for node in ast.walk(ast.parse(source)) if hasattr(node, "lineno")]:
            for place, (word, _other) in enumerate(broken(node)):
                text = " ".join((ast.get_source_segment(source, node) or "").split())[:90]
                yield f"{path}:{node.lineno} [{word}] {text}", swapper(path, source, node, place)


def swapper(path, source, node, place):
    where = (type(node), node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)

    def put_in():
        tree = ast.parse(source)
        for found in ast.walk(tree):
            if hasattr(found, "lineno") and where == (
                type(found), found.lineno, found.col_offset, found.end_lineno, found.end_col_offset
            ):  # fmt: skip
                other = list(broken(found))[place][1]
                Put(found, other).visit(tree)
                break
        return swap_codes(path, compile(ast.fix_missing_locations(tree), path, "exec"))

    return put_in


def swap_codes(path, module_code):
    """Give each living function of the file its new code; how many differ."""
    fresh = dict(codes(module_code))
    count = 0
    for one in gc.get_objects():  # asked for its type alone: a lazy object would wake up
        if type(one) is types.FunctionType and one.__code__.co_filename.endswith("/" + path):
            code = fresh.get(one.__code__.co_qualname)
            same = code is None or code.co_freevars != one.__code__.co_freevars
            if same or told(code) == told(one.__code__):
                continue
            one.__code__ = code.replace(co_filename=one.__code__.co_filename)
            count += 1
    return count


def codes(code):
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield inner.co_qualname, inner
            yield from codes(inner)


def told(code):
    """What a function does, whatever file it says it is of."""
    inner = [told(one) if isinstance(one, types.CodeType) else repr(one) for one in code.co_consts]
    return code.co_code, code.co_names, code.co_varnames, tuple(inner)


def reach_mutants():
    """A role that reaches further, or less far, than it should."""
    roles = importlib.import_module("accounts.roles")
    order = list(roles.Reach)
    for role, reach in roles.ROLE_REACH.items():
        for other in (order[order.index(reach) - 1], order[(order.index(reach) + 1) % len(order)]):
            line = f"accounts/roles.py ROLE_REACH {role.value}: {reach.value} -> {other.value}"
            yield line, putter(role, other)


def putter(role, other):
    def put_in():
        roles, querysets = map(importlib.import_module, ("accounts.roles", "cases.querysets"))
        roles.ROLE_REACH[role] = other
        querysets.SEEING[:] = roles.roles_reaching("assigned", "office", "everywhere")
        return "whole"

    return put_in


# --- SQL: conditions left out, edges moved

# The edges of the clock are left alone: no test can stand on a microsecond.
FLIPS = ((" < 2", " <= 2"), (" < extract", " > extract"), (" <> ", " = "))


def sql_mutants():
    """Of every function and every rule in accounts/policies.py."""
    policies = importlib.import_module("accounts.policies")
    named = re.compile(r"CREATE OR REPLACE FUNCTION (\w+)")
    starts = [(found.start(), found.group(1)) for found in named.finditer(policies.FUNCTIONS)]
    for begin, end, word in broken_sql(policies.FUNCTIONS):
        function = next(name for start, name in reversed(starts) if start <= begin)
        line = policies.FUNCTIONS[:begin].count("\n")
        was = (
            " ".join(policies.FUNCTIONS[begin:end].split())
            or policies.FUNCTIONS[begin - 30 : end + 30].strip()
        )
        text = policies.FUNCTIONS[:begin] + word + policies.FUNCTIONS[end:]
        yield f"policies.py {function}+{line} {was[:90]} -> {word.strip()}", sql_putter("FUNCTIONS", text)
    for name in ("NAMED", "OPEN_TO_ME"):
        text = getattr(policies, name)
        yield f"policies.py {name} -> true", sql_putter(name, "true", whole="whole")
        yield f"policies.py {name} -> false", sql_putter(name, "false", whole="whole")
    yield (
        "policies.py OPEN_TO_ME without sensitivity",
        sql_putter(
            "OPEN_TO_ME", policies.OPEN_TO_ME.replace("sensitivity <= {ceiling} AND ", ""), whole="whole"
        ),
    )
    yield (
        "policies.py OPEN_TO_ME without office",
        sql_putter("OPEN_TO_ME", "(sensitivity <= {ceiling})", whole="whole"),
    )
    yield "policies.py SOMEBODY_LOOKS -> true", sql_putter("SOMEBODY_LOOKS", "true", whole="whole")
    for table, rule in policies.EXTRA_INSERTS.items():
        for part in rule.split(" AND "):
            rest = rule.replace(part, "true")
            yield f"policies.py EXTRA_INSERTS {table} without {part}", insert_putter(table, rest)


def sql_putter(name, text, whole="functions"):
    def put_in():
        setattr(importlib.import_module("accounts.policies"), name, text)
        return whole

    return put_in


def insert_putter(table, text):
    def put_in():
        importlib.import_module("accounts.policies").EXTRA_INSERTS[table] = text
        return "whole"

    return put_in


def broken_sql(text):
    """(begin, end, other text) of each condition and comparison."""
    bare = re.sub(r"--[^\n]*", lambda found: " " * len(found.group()), text)
    for found in re.finditer(r"(?<!CREATE )\b(AND|OR|WHERE)\s", bare):
        end = end_of_condition(bare, found.end())
        if bare[found.end() : end].strip():
            yield found.end(), end, "false " if found.group(1) == "OR" else "true "
    for was, other in FLIPS:
        for found in re.finditer(re.escape(was), bare):
            yield found.start(), found.end(), other
    for found in re.finditer(r"\bNOT (?=[a-zE'])", bare):
        if not bare[: found.start()].endswith("IS "):
            yield found.start(), found.end(), ""


STOPS = re.compile(r"\s(AND|OR|WHERE|UNION|THEN|GROUP)\b|;|\sFOR\s|\n\s+JOIN\b|\n\$\$|\nEND")


def end_of_condition(text, begin):
    """Where a condition ends: at the next word of its own depth, or where its bracket closes."""
    depth = 0
    for place in range(begin, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth < 0 or (depth == 0 and STOPS.match(text, place)):
            return place
    return len(text)


# --- the run


def child(roles, put_in, log):
    """One forked process with one mutant in it; ends with what pytest said."""
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 1)
    os.dup2(1, 2)
    provision = importlib.import_module("devservices.provision")
    provision.provision, provision.drop = (lambda *_all: roles), (lambda *_all: None)
    again = put_in() if put_in else "migrate"
    if put_in and not again:
        os._exit(99)  # nothing changed: no mutant
    if put_in:
        importlib.import_module("django.core.management").call_command = lambda *_all, **_more: None
        lay_down_less(again)
    import pytest  # noqa: PLC0415
    from hypothesis import Phase, settings  # noqa: PLC0415

    settings.register_profile("first", phases=[Phase.generate])  # the first finding is enough
    settings.load_profile("first")
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    os._exit(pytest.main([*quiet, *TESTS]))


def lay_down_less(again):
    """The database stands already: only functions are laid down anew, and rules where they differ."""
    rights = importlib.import_module("accounts.rights")
    lay_down = rights.lay_down

    def again_of(**more):
        from django.db import connection  # noqa: PLC0415

        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM private.principal_app WHERE user_id = %s", [ARRANGING])
            if again != "whole":
                rights.lay_functions(cursor)
        if again == "whole":
            lay_down(**more)

    rights.lay_down = again_of


def attempt(roles, put_in, log, patience):
    """What became of it, and the seconds it took."""
    began, pid = time.monotonic(), os.fork()
    if not pid:
        try:
            child(roles, put_in, log)
        except BaseException as why:  # noqa: BLE001
            print(repr(why), flush=True)
            os._exit(98)
    while time.monotonic() - began < patience:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return {0: "survived", 98: "broken", 99: "no mutant"}.get(
                code, "killed"
            ), time.monotonic() - began
        time.sleep(0.05)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return "slow", time.monotonic() - began


def main():
    import django  # noqa: PLC0415

    django.setup()
    importlib.import_module("ijm_cases.urls")  # what views are guarded by lives from here on
    provision = importlib.import_module("devservices.provision")
    roles = provision.provision(os.environ["DATABASE_URL"], "test_mutants")
    log = Path(os.environ.get("MUTANTS_LOG", "/tmp/mutants"))  # noqa: S108
    log.mkdir(exist_ok=True)
    said, took = attempt(roles, None, log / "0", 900)
    print(f"without a mutant: {said} in {took:.0f} s", flush=True)
    if said != "survived":
        sys.exit(1)
    mutants = [*sql_mutants(), *reach_mutants(), *python_mutants()]
    mutants = [one for one in mutants if os.environ.get("ONLY", "") in one[0]]
    random.Random(int(os.environ.get("SEED", "1"))).shuffle(mutants)  # noqa: S311
    until = time.monotonic() + float(os.environ.get("SECONDS", "360"))
    counts = dict.fromkeys(("killed", "survived", "slow", "broken", "no mutant"), 0)
    for place, (line, put_in) in enumerate(mutants, 1):
        if time.monotonic() > until:
            break
        said, took = attempt(roles, put_in, log / str(place), 120)
        counts[said] += 1
        print(f"{place:4} {said:10} {took:5.1f} s  {line}", flush=True)
    print(f"of {len(mutants)}: {counts}")


if __name__ == "__main__":
    main()
