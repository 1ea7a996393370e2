"""A real Celery worker on a real broker, killed without warning."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.conf import settings
from django.db.models import F

from accounts.roles import Role
from ijm_cases.celery import app
from notifications.clock import as_reminders
from notifications.models import Alert, AlertLog, Attempt, Beat, Delivery, Handled, InboxItem
from tests.factories import AccusedMake, BailOrderMake, CaseMake, OfficeMake
from tests.notifications.conftest import deliveries, fact, rows_of
from tests.people import on_case, person

FACTS = 25
PATIENCE = 90

pytestmark = pytest.mark.slow


class Worker:
    """The worker process of the deployment, on the database of this test and a queue of its own."""

    def __init__(self, roles, folder):
        self.queue = f"test-{roles['worker'].rpartition('/')[2]}"
        self.mails = folder / "mail"
        self.pids = set()
        self.environment = {
            **os.environ,
            "IJM_PROCESS": "worker",
            "IJM_EMBEDDED": "1",
            "IJM_DEV_DIR": str(folder),
            "DATABASE_URL_WORKER": roles["worker"],
            "REDIS_URL": settings.REDIS_URL,
        }

    def start(self):
        command = ["-q", "-A", "ijm_cases", "worker", "-c", "2", "-l", "WARNING", "-Q", self.queue]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", *command, "--without-gossip", "--without-mingle"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
        )
        self.pids.add(self.process.pid)

    def poke(self, *names):
        """As beat does."""
        for name in names:
            app.send_task(f"notifications.tasks.{name}", queue=self.queue, ignore_result=True)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def letters(self):
        return sorted(self.mails.glob("*.eml")) if self.mails.is_dir() else []


@pytest.fixture
def worker(committed, tmp_path):
    worker = Worker(committed, tmp_path)
    yield worker
    if worker.process.poll() is None:
        worker.kill()


@pytest.fixture
def facts(committed):
    """Five and twenty people let out on bail; a lawyer and a legal lead are to hear of each."""
    office = OfficeMake()
    case = CaseMake(office=office)
    lawyer = on_case(person(Role.LAWYER, office), case, Role.LAWYER)
    lead = person(Role.LEGAL_LEAD, office)
    for _number in range(FACTS):
        accused = AccusedMake(case=case)
        bail = BailOrderMake(case=case, accused=accused, status="GRANTED", decided_on="2026-12-01")
        fact("bail.grant", lawyer, bail, kind="pretrial")
    return {lawyer.pk, lead.pk}


def wait_for(condition, *, poke=None):
    """Look until it is so; poke now and then, as beat would."""
    end, last = time.monotonic() + PATIENCE, 0.0
    while not condition():
        assert time.monotonic() < end, "the worker did not get there in time"
        if poke and time.monotonic() - last > 2:
            poke()
            last = time.monotonic()
        time.sleep(0.2)


def leases_run_out():
    """What a minute would do."""
    with as_reminders("a test waits a minute") as _:
        leased = Delivery.objects.filter(lease_until__isnull=False)
        leased.update(lease_until=F("lease_until") - timedelta(minutes=2))


@pytest.fixture
def loop(committed, tmp_path):
    """The loop of the deployment, where there is no broker at all."""
    loop = Worker(committed, tmp_path)
    loop.environment["REDIS_URL"] = "redis://127.0.0.1:1/0"
    command = [sys.executable, "manage.py", "notify_loop"]
    loop.process = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=loop.environment, start_new_session=True
    )
    yield loop
    if loop.process.poll() is None:
        loop.kill()


def test_the_loop_needs_no_broker_says_that_it_lives_and_ends_well_when_told(loop, facts):
    wait_for(lambda: states()["accepted"] == 2 * FACTS)
    wait_for(lambda: {"sweep", "send", "send.mail"} <= set(Beat.objects.values_list("loop", flat=True)))

    loop.process.send_signal(signal.SIGTERM)

    assert loop.process.wait(40) == 0
    assert_everything_came_once(facts)
    assert len(loop.letters()) == 2 * FACTS
    assert states() == {"accepted": 2 * FACTS}


def states():
    return Counter(row.state for row in deliveries())


def test_a_worker_killed_mid_way_loses_nothing_and_tells_nobody_twice(worker, facts):
    worker.start()
    wait_for(lambda: rows_of(Alert), poke=lambda: worker.poke("sweep"))  # dies in or right after its sweep
    worker.kill()

    worker.start()
    wait_for(lambda: len(worker.letters()) >= 5, poke=lambda: worker.poke("sweep", "send"))
    worker.kill()  # among its mails
    sent = len(worker.letters())
    assert 0 < sent < 2 * FACTS
    leases_run_out()

    worker.start()
    wait_for(lambda: states()["accepted"] == 2 * FACTS, poke=lambda: worker.poke("sweep", "send"))

    assert_everything_came_once(facts)
    assert_copies_were_known_of(worker)
    assert_written_by_the_worker(worker)


def assert_everything_came_once(told):
    alerts, items = rows_of(Alert), rows_of(InboxItem)
    assert Handled.objects.filter(error="").count() == len(alerts) == FACTS
    assert len({alert.subject_id for alert in alerts}) == FACTS
    assert Counter(item.user_id for item in items) == dict.fromkeys(told, FACTS)
    assert {len(group) for group in by_alert(items).values()} == {2}
    assert Counter(row.kind for row in rows_of(AlertLog)) == {"opened": FACTS}
    assert len(deliveries()) == 2 * FACTS


def by_alert(items):
    groups = {}
    for item in items:
        groups.setdefault(item.alert_id, set()).add(item.user_id)
    return groups


def assert_copies_were_known_of(worker):
    """Each message went out; what went out twice had been written down as perhaps sent."""
    numbers = Counter(message_from_bytes(path.read_bytes())["Message-ID"] for path in worker.letters())
    rows = {f"<{row.message}@": row for row in deliveries()}
    assert len(numbers) == len(rows) == 2 * FACTS
    for number, copies in numbers.items():
        row = rows[number.rpartition("@")[0] + "@"]
        assert copies <= 1 + row.unknowns
    assert len(rows_of(Attempt)) == 2 * FACTS + sum(row.unknowns for row in rows.values())


def assert_written_by_the_worker(worker):
    """Not by this process: the rows carry the number of whoever wrote them."""
    pids = {row.created_by_pid for row in [*rows_of(Alert), *rows_of(InboxItem)]}
    pids |= {row.pid for row in rows_of(AlertLog)} | {row.pid for row in rows_of(Attempt)}
    assert os.getpid() not in pids
    assert all(pid > 1 for pid in pids)
