# ruff: noqa: S608, T201
"""What it costs to owe 100,000 hearing reminders at once, beside a bare INSERT ... SELECT of the same rows.

One sweep plans the hearings, another finds who is to be told and writes inboxes and messages; then the very
rows it wrote are put into the same tables, with the same indexes, as the same role, by two statements that
know them already. Both in turn, in one run, on a database of its own (`make bench`, `make bench-owing`).
"""

import os
import resource
import statistics
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta

import psycopg2

REMINDERS = int(os.environ.get("REMINDERS", "100000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
TEAM = ("lawyer", "paralegal", "paralegal", "paralegal")  # whoever goes, and those who hear of it besides
OFFICES, PEOPLE, AWAY, BUDGET = 40, 1000, 10, 3.0
CASES = REMINDERS // len(TEAM)
HEARD = datetime(2027, 3, 11, 1, 0, tzinfo=UTC)
BEFORE, DUE = HEARD - timedelta(days=10), HEARD - timedelta(days=7) + timedelta(hours=9)
TABLES = ("notifications_inboxitem", "notifications_delivery")

NUMBERED = "(SELECT id, row_number() OVER (ORDER BY {by}) - 1 AS n FROM {table}{where}) {name}"
WHO = NUMBERED.format(by="email", table="accounts_user", where=" WHERE principal = ''", name="who")
OFFICE = NUMBERED.format(by="id", table="accounts_office", where="", name="o")
CASE = (
    "(SELECT id, office_id, row_number() OVER (ORDER BY number) - 1 AS n FROM cases_case) c "
    "JOIN prosecutions_proceeding p ON p.case_id = c.id"
)
BEGINS = f"'{HEARD.isoformat()}'::timestamptz + (c.n % 8) * interval '1 hour'"
ROWS = {
    "accounts_office": (
        "generate_series(1, {OFFICES}) i",
        {"key": "'o' || i", "name": "'Office ' || i", "alias": "'Desk'", "country": "'PH'",
         "time_zone": "'Asia/Manila'", "currency": "'PHP'"},
    ),
    "accounts_user": (
        "generate_series(1, {PEOPLE}) i",
        {"id": "gen_random_uuid()", "email": "'p' || i || '@x.example'", "is_active": "true"},
    ),
    "accounts_membership": (
        f"{WHO} JOIN {OFFICE} ON o.n = who.n % {{OFFICES}}",
        {"user_id": "who.id", "office_id": "o.id", "role": "'lawyer'"},
    ),
    "accounts_absence": (
        f"{WHO} WHERE who.n < {{AWAY}}",
        {"person_id": "who.id", "named_by_id": "who.id", "starts_at": "'2027-01-01'",
         "until": "'2028-01-01'"},
    ),
    "cases_case": (
        f"generate_series(1, {{CASES}}) i JOIN {OFFICE} ON o.n = i % {{OFFICES}}",
        {"id": "gen_random_uuid()", "number": "'N-' || i", "office_id": "o.id", "sensitivity": "i % 3",
         "casework_type": "'osec'"},
    ),
    "prosecutions_proceeding": (
        "cases_case c",
        {"id": "gen_random_uuid()", "case_id": "c.id", "office_id": "c.office_id",
         "sensitivity": "c.sensitivity", "key": "'v1'"},
    ),
    "prosecutions_hearing": (
        f"{CASE} JOIN {WHO} ON who.n = (c.n * 4) % {{PEOPLE}}",
        {"id": "gen_random_uuid()", "case_id": "c.id", "office_id": "c.office_id",
         "sensitivity": "p.sensitivity", "proceeding_id": "p.id", "on": "'2027-03-11'", "starts_at": BEGINS,
         "local_time": f"(({BEGINS}) AT TIME ZONE 'Asia/Manila')::time", "who_goes_id": "who.id",
         "scheduled_at": "'2027-01-01'"},
    ),
    "cases_assignment": (
        f"{CASE} JOIN unnest(ARRAY{list(TEAM)}) WITH ORDINALITY t (role, k) ON true "
        f"JOIN {WHO} ON who.n = (c.n * 4 + t.k - 1) % {{PEOPLE}}",
        {"id": "gen_random_uuid()", "case_id": "c.id", "office_id": "c.office_id",
         "sensitivity": "p.sensitivity", "user_id": "who.id", "role": "t.role", "kind": "'team'"},
    ),
}  # fmt: skip
PLAIN = {"text": "''", "ARRAY": "'{}'", "boolean": "false", "timestamp with time zone": "now()"}


def fill(owner):
    """Offices, people, cases with a team of four, and one hearing for each, all heard on one day."""
    numbers = {"OFFICES": OFFICES, "PEOPLE": PEOPLE, "AWAY": AWAY, "CASES": CASES}
    with owner.cursor() as run:
        for table, (source, values) in ROWS.items():
            run.execute(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' "
                "AND table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO'",
                [table],
            )
            columns = {
                name: PLAIN.get(kind, "''" if "char" in kind else "1") for name, kind in run.fetchall()
            }
            columns |= values
            names = ", ".join(f'"{name}"' for name in columns)
            run.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            run.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            words = ", ".join(columns.values())
            run.execute(f"INSERT INTO {table} ({names}) SELECT {words} FROM {source.format(**numbers)}")
            run.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        run.execute("ANALYZE")


def swept(at):
    """(seconds, rows written) of the step of the sweep that owes reminders, as it runs in the product."""
    from notifications.sweeping import STEPS, run_step  # noqa: PLC0415

    began = time.perf_counter()
    rows = run_step("reminders", STEPS["reminders"], at)
    return time.perf_counter() - began, rows


def bare():
    """Seconds of two statements that put the same rows into the same tables, as the same role."""
    from django.db import connection  # noqa: PLC0415

    from notifications.clock import as_reminders  # noqa: PLC0415

    began = time.perf_counter()
    with as_reminders("bench"), connection.cursor() as run:
        for table in TABLES:
            run.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
    return time.perf_counter() - began


def empty(owner, *, keep):
    """Take the rows out again, and put them by the first time."""
    with owner.cursor() as run:
        for table in TABLES:
            run.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            if keep:
                run.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
                run.execute(f"GRANT SELECT ON kept_{table} TO PUBLIC")
                run.execute(f"ANALYZE kept_{table}")
        run.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        run.execute("ALTER TABLE notifications_reminder NO FORCE ROW LEVEL SECURITY")
        run.execute(
            "UPDATE notifications_reminder SET state = 'planned', fired_at = NULL WHERE state = 'fired'"
        )
        run.execute("VACUUM ANALYZE notifications_reminder")


def peak():
    """Megabytes that this process has ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def judge(owner):
    """Both in turn; the worst of what is over the budget."""
    planned, _rows = swept(BEFORE)
    first, rows = swept(DUE)
    held = peak()
    empty(owner, keep=True)
    print(
        f"{CASES:,} hearings planned in {planned:.1f} s; {rows:,} reminders and as many messages owed at once"
    )
    ours, theirs = [], []
    for _round in range(ROUNDS):
        theirs.append(bare())
        empty(owner, keep=False)
        ours.append(swept(DUE)[0])
        again = swept(DUE)
        empty(owner, keep=False)
    spent, floor = statistics.median([first, *ours]), statistics.median(theirs)
    fine = spent <= BUDGET * floor
    print(
        f"owing {spent:6.2f} s   bare INSERT ... SELECT {floor:6.2f} s   x {spent / floor:.2f} "
        f"(at most {BUDGET}) {'' if fine else 'TOO SLOW'}"
    )
    print(f"looking again, with nothing new: {again[0]:.2f} s, {again[1]} rows")
    print(f"memory of the sweep: {held:.0f} MB after the first round, {peak():.0f} MB after the last")
    return int(not fine)


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
    from django.db import connections  # noqa: PLC0415

    from ijm_cases.settings import database  # noqa: PLC0415

    try:
        call_command("migrate", verbosity=0)
        owner = psycopg2.connect(roles["owner"])
        owner.autocommit = True
        fill(owner)
        settings.CONTEXT_KEY = settings.CONTEXT_KEYS["worker"]
        connections["default"].close()
        connections["default"].settings_dict.update(database(roles["worker"]))
        return judge(owner)
    finally:
        connections["default"].close()
        drop(os.environ["DATABASE_URL"], name)


if __name__ == "__main__":
    sys.exit(main())
