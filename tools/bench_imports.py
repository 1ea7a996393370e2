# ruff: noqa: T201
"""50,000 rows of cases, as many of people and of hearings, through the whole of an import: check, load, undo.

As the worker does it, on a database of its own with every lock, from XLSX files. Prints rows a second and the
memory at its highest, and fails above five minutes for a file or where memory grows with the rows. Run by
`ROWS=50000 .venv/bin/python -m devservices test -- python tools/bench_imports.py`.
"""

import io
import os
import random
import sys
import tempfile
import threading
import time
import uuid

ROWS = int(os.environ.get("ROWS", "50000"))
MINUTES = 5
MOST_GROWTH = 1.6  # memory at its highest beside that of a tenth of the rows
TYPES = ("csec", "osec", "bonded_labour", "sex_trafficking", "other")
FIRST = ("Maria", "Jose", "Ana", "Luz", "Ramon", "Grace", "Dara", "Sokha", "Ravi", "Kofi", "Ama", "Jun")
LAST = ("Santos", "Reyes", "Cruz", "Sok", "Chan", "Kumar", "Das", "Mensah", "Boateng", "Garcia", "Mendoza")


def cases(count):
    yield ["Case number", "Title", "Type", "Date opened", "Status", "Country"]
    for n in range(count):
        year = 2000 + n % 20
        day = f"03/{n % 12 + 1:02d}/{year}"
        yield [f"OLD-{year}-{n:06d}", "Blue house", TYPES[n % 5], day, "trial", "PH"]


def people(count):
    yield [
        "Case number", "Part", "Full name", "Pseudonym", "Sex", "DOB", "Rescue date", "How relieved", "Phone",
    ]  # fmt: skip
    for n in range(count):
        number = f"OLD-{2000 + n % 20}-{n:06d}"
        name = f"{random.choice(FIRST)} {random.choice(LAST)} {random.choice(LAST)} {n % 997}"  # noqa: S311
        if n % 3:
            phone = f"0917 {n % 900 + 100} {n % 9000 + 1000}"
            yield [number, "victim", name, f"Lily {n}", "F", "2001-05", "02/04/2014", "operation", phone]
        else:
            yield [number, "suspect", name, "", "M", "", "", "", ""]


def hearings(count):
    yield ["Case number", "Court", "Docket", "Date", "Time", "Purpose", "Outcome"]
    for n in range(count):
        number = f"OLD-{2000 + n // 2 % 20}-{n // 2:06d}"
        day = f"{n % 27 + 1:02d}/04/2019"
        yield [number, f"RTC {n // 2 % 60}", f"CBU-{n // 2}", day, "8:30", "bail", "held"]


def book(rows):
    """A spreadsheet as bytes."""
    from openpyxl import Workbook  # noqa: PLC0415

    made, out = Workbook(write_only=True), io.BytesIO()
    sheet = made.create_sheet("Register")
    for row in rows:
        sheet.append(row)
    made.save(out)
    return out.getvalue()


class Watch:
    """The memory of this process at its highest, while something is done."""

    def __enter__(self):
        import psutil  # noqa: PLC0415

        self.process, self.highest, self.over = psutil.Process(), 0, False
        self.thread = threading.Thread(target=self.look, daemon=True)
        self.thread.start()
        self.began, self.worked = time.perf_counter(), time.process_time()
        return self

    def look(self):
        while not self.over:
            self.highest = max(self.highest, self.process.memory_info().rss / 2**20)
            time.sleep(0.2)

    def __exit__(self, *_why):
        self.seconds = time.perf_counter() - self.began
        self.cpu = time.process_time() - self.worked
        self.over = True
        self.thread.join()


def through(user, office, kind, plain, count):
    """One file from beginning to end: (seconds of the check and of the load, memory, the batch)."""
    from django.utils import timezone  # noqa: PLC0415

    from accounts.scope import viewing_as  # noqa: PLC0415
    from exchange import actions  # noqa: PLC0415
    from exchange.incoming.running import work_waiting  # noqa: PLC0415
    from exchange.models import Batch  # noqa: PLC0415

    with viewing_as(user):
        batch = actions.add_batch(
            office.pk, by=user, now=timezone.now(), kind=kind, plain=plain, name="old.xlsx"
        )
        named = {int(place): name for place, name in batch.mapping["columns"].items()}
        actions.map_columns(batch.pk, by=user, now=timezone.now(), named=named)
    with Watch() as check:
        work_waiting()
    with viewing_as(user):
        actions.load_batch(batch.pk, by=user, now=timezone.now(), leave_alike=False)
    with Watch() as load:
        work_waiting()
    with viewing_as(user):
        batch = Batch.objects.get(pk=batch.pk)
    assert (batch.status, batch.done) == ("loaded", count), (batch.status, batch.done)  # noqa: S101
    print(
        f"{kind:9} {count:7,} rows: checked in {check.seconds:6.1f} s, loaded in {load.seconds:6.1f} s,"
        f" {count / (check.seconds + load.seconds):6.0f} rows a second,"
        f" our own CPU {check.cpu + load.cpu:.0f} s, memory {max(check.highest, load.highest):4.0f} MB"
    )
    return check.seconds + load.seconds, max(check.highest, load.highest), batch


def taken_back(user, batch):
    from django.utils import timezone  # noqa: PLC0415

    from accounts.scope import viewing_as  # noqa: PLC0415
    from exchange import actions  # noqa: PLC0415
    from exchange.incoming.running import work_waiting  # noqa: PLC0415
    from exchange.models import Batch  # noqa: PLC0415

    with viewing_as(user):
        actions.undo_batch(batch.pk, by=user, now=timezone.now())
    with Watch() as undo:
        work_waiting()
    with viewing_as(user):
        batch = Batch.objects.get(pk=batch.pk)
    print(f"{batch.kind:9} taken back in {undo.seconds:6.1f} s: {batch.status}, {batch.stayed} stayed")
    assert batch.status == "undone", batch.status  # noqa: S101


def judge():
    """Every kind, small and large; what is above the budgets."""
    from accounts.models import Membership, Office, User  # noqa: PLC0415

    office = Office.objects.create(
        key="cebu", name="Cebu", country="PH", time_zone="Asia/Manila", currency="PHP"
    )
    user = User.objects.create(email="lead@example.org", name="Lead")
    Membership.objects.create(user=user, office=office, role="office_director")
    user = User.objects.get(pk=user.pk)
    bad, batches = [], []
    for kind, rows in (("cases", cases), ("people", people), ("hearings", hearings)):
        _seconds, small, few = through(user, office, kind, book(rows(ROWS // 10)), ROWS // 10)
        taken_back(user, few)
        seconds, large, batch = through(user, office, kind, book(rows(ROWS)), ROWS)
        batches.append(batch)
        if seconds * 50_000 / ROWS > MINUTES * 60:
            bad.append(f"{kind}: {seconds:.0f} s")
        if large > small * MOST_GROWTH:
            bad.append(f"{kind}: memory grows from {small:.0f} to {large:.0f} MB")
        if kind == "cases" and ROWS >= 10_000:
            analyse()
    for batch in reversed(batches):
        taken_back(user, batch)
    for line in bad:
        print("TOO MUCH", line)
    return bool(bad)


def analyse():
    """As autovacuum does in a database that runs."""
    import psycopg2  # noqa: PLC0415

    owner = psycopg2.connect(os.environ["DATABASE_URL_OWNER"])
    owner.autocommit = True
    owner.cursor().execute("ANALYZE")
    owner.close()


def main():
    """On a database that is dropped at the end."""
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
        settings.CONTEXT_KEY = settings.CONTEXT_KEYS["worker"]
        connections["default"].close()
        connections["default"].settings_dict.update(database(roles["worker"]))
        with tempfile.TemporaryDirectory() as files:
            settings.MEDIA_ROOT = files
            return judge()
    finally:
        connections["default"].close()
        drop(os.environ["DATABASE_URL"], name)


if __name__ == "__main__":
    sys.exit(main())
