# ruff: noqa: S608, T201
"""100,000 messages handed to a sender that does nothing, beside one Celery task a row with one INSERT.

Both by a real worker of two processes, a real broker and a real PostgreSQL with every lock, in one run.
The messages are those of the reminders that a sweep owes (tools/bench_owing.py): first ordinary ones, which
travel together, then each as an urgent message of its own. Run by `make bench` on a database of its own.
"""

import os
import subprocess
import sys
import time
import uuid

import psutil
import psycopg2

MESSAGES = int(os.environ.get("MESSAGES", "100000"))
FEW = MESSAGES // 10
TASKS = int(os.environ.get("TASKS", "6000"))
BUDGET, GROWTH = 20.0, 1.3
PATIENCE = 600
QUEUE = os.environ.get("BENCH_QUEUE", "")
ROW = "INSERT INTO bench_row (n) VALUES (%s)"

if QUEUE:  # in the worker: its mail goes nowhere, and it knows the task that is compared with
    import django
    from django.conf import settings

    django.setup()
    from celery import shared_task
    from django.db import connection

    from ijm_cases.celery import app
    from notifications.channels import ROOMS
    from notifications.channels.channel import Channel, Handed
    from notifications.states import Kind, Outcome

    class Nowhere(Channel):
        """Takes everything at once and does nothing with it."""

        kind = Kind.MAIL
        together = 1000

        def ready(self):
            return True

        def hand_over(self, outgoing):
            return Handed(Outcome.ACCEPTED)

    ROOMS.known[Kind.MAIL] = Nowhere()

    @shared_task(name="bench.one_row")
    def one_row(n):
        with connection.cursor() as run:
            run.execute(ROW, [n])

    assert app.conf.broker_url == settings.REDIS_URL  # noqa: S101


def worker(roles, queue):
    """A worker as it is deployed, on this database and a queue of its own."""
    environment = os.environ | {
        "IJM_PROCESS": "worker", "DATABASE_URL_WORKER": roles["worker"], "BENCH_QUEUE": queue,
        "PYTHONWARNINGS": "ignore",
    }  # fmt: skip
    command = ["-q", "-A", "tools.bench_sending", "worker", "-c", "2", "-l", "ERROR", "-Q", queue]
    return subprocess.Popen(
        [sys.executable, "-m", "celery", *command, "--without-gossip", "--without-mingle"], env=environment
    )


class Watcher:
    """Asks the database how far it is, and the system how much the worker holds."""

    def __init__(self, owner, process):
        self.owner, self.process, self.held = owner, psutil.Process(process.pid), 0

    def ask(self, question):
        with self.owner.cursor() as run:
            run.execute(question)
            return run.fetchone()[0]

    def until(self, question, wanted, poke=lambda: None):
        """Seconds until the answer is what is wanted."""
        began = last = time.perf_counter()
        poke()
        while self.ask(question) != wanted:
            family = [self.process, *self.process.children(recursive=True)]
            self.held = max(self.held, sum(member.memory_info().rss for member in family) / 2**20)
            if time.perf_counter() - last > 1:
                poke()
                last = time.perf_counter()
            if time.perf_counter() - began > PATIENCE:
                raise SystemExit(f"not within {PATIENCE} seconds: {question}")
            time.sleep(0.05)
        return time.perf_counter() - began


LEFT = (
    "SELECT count(*) FROM notifications_delivery WHERE state IN ('queued', 'claimed', 'sending', 'unknown')"
)


def queue_again(owner, how_many, *, urgent):
    """So many messages wait from now on, the rest is far away."""
    with owner.cursor() as run:
        run.execute("TRUNCATE notifications_attempt")
        run.execute(
            "UPDATE notifications_delivery d SET"
            " state = CASE WHEN n.n <= %s THEN 'queued' ELSE 'suppressed' END,"
            " next_at = CASE WHEN n.n <= %s THEN now() - interval '1 minute' END, accepted_at = NULL,"
            " expires_at = now() + interval '1 day', priority = %s, message = NULL, attempts = 0"
            " FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM notifications_delivery) n"
            " WHERE n.id = d.id",
            [how_many, how_many, 0 if urgent else 5],
        )
        run.execute("VACUUM ANALYZE notifications_delivery")
        run.execute("VACUUM ANALYZE notifications_attempt")


def one_by_one(app, queue, watcher):
    """Rows a second of one task for each row."""

    def publish():
        if not publish.done:
            publish.done = True
            for n in range(TASKS):
                app.send_task("bench.one_row", args=[n], queue=queue, ignore_result=True)

    publish.done = False
    return TASKS / watcher.until("SELECT count(*) FROM bench_row", TASKS, publish)


def sent(app, queue, watcher, owner, how_many, *, urgent):
    """(messages a second, megabytes held) of the product's own sending."""
    queue_again(owner, how_many, urgent=urgent)
    watcher.held = 0

    def poke():
        app.send_task("notifications.tasks.send", queue=queue, ignore_result=True, expires=30)

    return how_many / watcher.until(LEFT, 0, poke), watcher.held


def judge(owner, roles):
    from ijm_cases.celery import app  # noqa: PLC0415

    queue = f"bench-{uuid.uuid4().hex[:8]}"
    with owner.cursor() as run:
        run.execute("CREATE TABLE bench_row (n int)")
        run.execute("GRANT SELECT, INSERT ON bench_row TO PUBLIC")
        for table in ("notifications_delivery", "notifications_attempt", "notifications_inboxitem"):
            run.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    process = worker(roles, queue)
    try:
        watcher = Watcher(owner, process)
        sent(app, queue, watcher, owner, 1000, urgent=True)  # warm
        floor = one_by_one(app, queue, watcher)
        print(f"one Celery task for each row, with one INSERT: {floor:,.0f} a second")
        return report(floor, {
            urgent: [sent(app, queue, watcher, owner, n, urgent=urgent) for n in (FEW, MESSAGES)]
            for urgent in (False, True)
        })  # fmt: skip
    finally:
        process.terminate()
        process.wait(60)


def report(floor, found):
    worst = 0
    for urgent, ((_rate, few), (rate, many)) in found.items():
        name = "urgent, one by one" if urgent else "reminders, together"
        fast, flat = urgent or rate >= BUDGET * floor, many <= GROWTH * few
        worst |= not (fast and flat)
        print(
            f"{MESSAGES:,} {name:20} {rate:8,.0f} a second  x {rate / floor:5.1f}"
            f"  {'' if urgent else f'(at least {BUDGET}) '}{'' if fast else 'TOO SLOW '}"
            f"memory {few:.0f} MB at {FEW:,}, {many:.0f} MB at {MESSAGES:,} {'' if flat else 'GROWS'}"
        )
    return int(worst)


def main():
    import django  # noqa: PLC0415

    from devservices.provision import drop, provision  # noqa: PLC0415
    from tools import bench_owing  # noqa: PLC0415

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
        bench_owing.fill(owner)
        settings.CONTEXT_KEY = settings.CONTEXT_KEYS["worker"]
        connections["default"].close()
        connections["default"].settings_dict.update(database(roles["worker"]))
        bench_owing.swept(bench_owing.BEFORE)
        bench_owing.swept(bench_owing.DUE)
        return judge(owner, roles)
    finally:
        connections["default"].close()
        drop(os.environ["DATABASE_URL"], name)


if __name__ == "__main__":
    sys.exit(main())
