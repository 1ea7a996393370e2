# ruff: noqa: S608, S101, T201
"""What the second lock costs at a million cases, through the driver, in one run.

Against the same need-to-know rule in the WHERE, sent by a role that may read past row-level security. Prints
medians and ratios and fails above the budgets. Run by `make bench-locks` on a database of its own.
"""

import os
import statistics
import sys
import time
import uuid

import psycopg2
from psycopg2 import sql

CASES = int(os.environ.get("CASES", "1000000"))
OFFICES, USERS, ROUNDS = 40, 1000, int(os.environ.get("ROUNDS", "60"))
BUDGETS = {"record": 2.0, "office list": 1.3, "count": 1.3}


def fill(owner):
    """Offices, people, cases (75 % open, 23 % team, 2 % sealed), about 220 namings a person."""
    with owner.cursor() as run:
        run.execute("SELECT setseed(0.42)")
        run.execute(
            "INSERT INTO accounts_office (key, name, alias, city, country, region, time_zone, currency, "
            "languages, note) SELECT 'o' || i, 'Office ' || i, 'Desk', '', 'PH', '', "
            "'Asia/Manila', 'PHP', '{}', '' "
            "FROM generate_series(1, %s) i",
            [OFFICES],
        )
        copy_like(run, "accounts_user", USER_VALUES, USERS)
        run.execute(
            "INSERT INTO accounts_membership (user_id, office_id, role, started_at) "
            "SELECT u.id, o.id, CASE WHEN random() < 0.3 THEN 'legal_lead' ELSE 'lawyer' END, now() FROM ("
            "SELECT id, row_number() OVER (ORDER BY email) n FROM accounts_user WHERE principal = '') u JOIN "
            "(SELECT id, row_number() OVER (ORDER BY id) n FROM accounts_office) o ON o.n = 1 + u.n %% %s",
            [OFFICES],
        )
        copy_like(run, "cases_case", CASE_VALUES, CASES)
        copy_like(run, "cases_assignment", ASSIGNMENT_VALUES, USERS * 220)
        run.execute("ALTER TABLE cases_case FORCE ROW LEVEL SECURITY")
        run.execute("ALTER TABLE cases_assignment FORCE ROW LEVEL SECURITY")
        run.execute("VACUUM ANALYZE cases_case")
        run.execute("VACUUM ANALYZE cases_assignment")
        run.execute("ANALYZE")


CASE_VALUES = {
    "id": "gen_random_uuid()",
    "number": "'N-' || i",
    "office_id": "(SELECT min(id) FROM accounts_office) + (i % {offices})",
    "sensitivity": "CASE WHEN random() < 0.75 THEN 0 WHEN random() < 0.92 THEN 1 ELSE 2 END",
    "casework_type": "'osec'",
    "touched_at": "now() - i * interval '1 minute'",
}
USER_VALUES = {
    "id": "gen_random_uuid()",
    "email": "'p' || i || '@x.example'",
    "is_active": "true",
}
ASSIGNMENT_VALUES = {
    "id": "gen_random_uuid()",
    "case_id": "picked.id",
    "office_id": "picked.office_id",
    "sensitivity": "picked.sensitivity",
    "user_id": "who.id",
    "role": "'lawyer'",
    "kind": "'team'",
}


def copy_like(run, table, values, how_many):
    """Rows with these values and the plainest ones elsewhere; triggers rest meanwhile."""
    run.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    run.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    run.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s AND is_nullable = 'NO'",
        [table],
    )
    plain = {"text": "''", "ARRAY": "'{}'", "boolean": "false", "timestamp with time zone": "now()"}
    columns = {}
    for name, kind in run.fetchall():
        columns[name] = values.get(name) or plain.get(kind, "''" if "char" in kind else "1")
    source = f"generate_series(1, {how_many}) i"
    if table == "cases_assignment":
        source += (
            " JOIN (SELECT id, office_id, sensitivity, row_number() OVER () n FROM cases_case) picked"
            f" ON picked.n = 1 + (i::bigint * 7919) % {CASES}"
            " JOIN (SELECT id, row_number() OVER (ORDER BY email) n FROM accounts_user"
            " WHERE principal = '') who"
            f" ON who.n = 1 + i % {USERS}"
        )
    names, words = ", ".join(columns), ", ".join(columns.values()).replace("{offices}", str(OFFICES))
    run.execute(f"INSERT INTO {table} ({names}) SELECT {words} FROM {source}")
    run.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


RULE = """(sensitivity = 0 AND office_id IN (
    SELECT m.office_id FROM accounts_membership m WHERE m.user_id = %(me)s AND m.ended_at IS NULL
       AND m.role IN ('legal_lead', 'safeguarding_lead', 'office_director', 'regional_director')
    UNION ALL SELECT d.office_id FROM accounts_duty d JOIN accounts_office o ON o.id = d.office_id
     WHERE d.user_id = %(me)s AND d.days @> (app_now() AT TIME ZONE o.time_zone)::date)
  OR id IN (SELECT a.case_id FROM cases_assignment a WHERE a.user_id = %(me)s AND a.ended_at IS NULL
       AND (a.until IS NULL OR a.until > app_now())))"""
QUESTIONS = {
    "record": "SELECT * FROM cases_case WHERE id = %(case)s",
    "office list": (
        "SELECT * FROM cases_case WHERE office_id = %(office)s ORDER BY touched_at DESC, id LIMIT 50"
    ),
    "count": "SELECT count(*) FROM cases_case WHERE office_id = %(office)s",
}


def asked(connection, question, facts, *, locked):
    """Milliseconds of one transaction: begin, say who looks where that is needed, ask, commit."""
    from accounts import signing  # noqa: PLC0415

    began = time.perf_counter()
    with connection.cursor() as run:
        run.execute("BEGIN")
        if locked:
            word = signing.signed_word(facts["me"], connection.info.backend_pid)
            run.execute("SELECT begin_principal(%s)", [word])
            run.execute(question, facts)
        else:
            glue = " AND " if "WHERE" in question else " WHERE "
            head, *tail = question.split(" ORDER BY ")
            run.execute(" ORDER BY ".join([head + glue + RULE, *tail]), facts)
        rows = run.fetchall()
        run.execute("COMMIT")
    return (time.perf_counter() - began) * 1000, rows


def compare(web, past, people):
    """{question: (median with the lock, with the rule in the WHERE)}, interleaved, answers compared."""
    spent = {name: ([], []) for name in QUESTIONS}
    for turn in range(ROUNDS):
        facts = people[turn % len(people)]
        for name, question in QUESTIONS.items():
            order = ((web, True, 0), (past, False, 1))
            found = {}
            for connection, locked, place in order if turn % 2 else order[::-1]:
                taken, rows = asked(connection, question, facts, locked=locked)
                spent[name][place].append(taken)
                found[locked] = rows
            assert found[True] == found[False], f"the two disagree: {name} for {facts['me']}"
    return {name: (statistics.median(one), statistics.median(two)) for name, (one, two) in spent.items()}


def sample(past):
    """Some people of both kinds, each with an office of hers and a case that she may see."""
    with past.cursor() as run:
        run.execute(
            "SELECT u.id, m.office_id, "
            "(SELECT a.case_id FROM cases_assignment a WHERE a.user_id = u.id LIMIT 1) "
            "FROM accounts_user u JOIN accounts_membership m ON m.user_id = u.id ORDER BY u.email LIMIT 30"
        )
        people = [{"me": str(me), "office": office, "case": str(case)} for me, office, case in run.fetchall()]
    past.commit()
    return people


def main():
    import django  # noqa: PLC0415

    from devservices.provision import drop, provision  # noqa: PLC0415

    name = f"bench_{uuid.uuid4().hex[:8]}"
    roles = provision(os.environ["DATABASE_URL"], name)
    os.environ |= {f"DATABASE_URL_{role.upper()}": url for role, url in roles.items()}
    os.environ["IJM_PROCESS"] = "owner"
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    try:
        call_command("migrate", verbosity=0)
        settings.CONTEXT_KEY = settings.CONTEXT_KEYS["web"]
        owner = psycopg2.connect(roles["owner"])
        owner.autocommit = True
        fill(owner)
        return judge(psycopg2.connect(roles["web"]), psycopg2.connect(roles["backup"]))
    finally:
        drop(os.environ["DATABASE_URL"], name)


def judge(web, past):
    for connection in (web, past):
        connection.autocommit = True
    with past.cursor() as run:
        run.execute(sql.SQL("SELECT count(*) FROM cases_case"))
        print(f"{run.fetchone()[0]:,} cases; medians of {ROUNDS} interleaved rounds, ms")
    people = sample(past)
    compare(web, past, people[:3])  # warm
    worst = 0
    for name, (locked, unlocked) in compare(web, past, people).items():
        ratio = locked / unlocked
        fine = ratio <= BUDGETS[name]
        worst |= not fine
        print(
            f"{name:12} {locked:8.2f} with the lock {unlocked:8.2f} with the rule in the WHERE  "
            f"x {ratio:.2f}  (at most {BUDGETS[name]}) {'' if fine else 'TOO SLOW'}"
        )
    return int(worst)


if __name__ == "__main__":
    sys.exit(main())
