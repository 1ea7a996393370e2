"""Facts made through the actions, a clock that moves, and words to look at what came of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg2
import pytest
from django.db import connection

from accounts.roles import Role
from accounts.scope import viewing_as
from audit.actions import record
from notifications.clock import as_reminders, move_clock
from notifications.invariants import broken
from notifications.models import Alert, AlertLog, Delivery, InboxItem
from notifications.sending import send_due
from notifications.sweeping import STEPS, sweep_once
from tests.factories import HearingMake
from tests.people import on_case, person

MANILA = ZoneInfo("Asia/Manila")


@pytest.fixture
def clock(db):
    """Set the clock of the database for the rest of the test."""
    yield lambda moment: move_clock(moment)
    if not connection.needs_rollback:
        move_clock("")


@pytest.fixture
def sweep(clock):
    """Sweep as of a moment; a step that breaks fails the test."""

    def run(at=None):
        if at is not None:
            clock(at)
        counts = sweep_once()
        assert None not in counts.values(), counts
        return counts

    return run


# Promises that a test may break on purpose, by the clock it moves or the rows it makes by hand; a test that
# breaks another one says which: @pytest.mark.breaks("I5").
NOT_IN_TESTS = {"I1", "I8", "I10", "I11", "I17"}


@pytest.fixture(autouse=True)
def promises_hold(request):
    """What must hold of alerts at any moment holds when a test ends."""
    if "db" not in request.fixturenames or "committed" in request.fixturenames:
        yield
        return
    request.getfixturevalue("clock")  # still stands where the test left it when we look
    yield
    excused = {name for mark in request.node.iter_markers("breaks") for name in mark.args}
    if connection.needs_rollback:
        return
    with as_reminders("a test ends") as (_principal, now):
        assert broken(now, but=NOT_IN_TESTS | excused) == {}


@pytest.fixture(autouse=True)
def one_rule_at_a_time(request, monkeypatch):
    """Most hearings of these tests are confirmed by nobody: H7 would speak into every inbox."""
    if "hearing_watch" not in request.module.__name__:
        monkeypatch.setitem(STEPS, "hearing_watch", lambda *, by, now: (False, 0))
    if "test_care_" not in request.module.__name__:  # people in care of most of these are never reached
        for step in ("care_rounds", "care_watch"):
            monkeypatch.setitem(STEPS, step, lambda *, by, now: (False, 0))
    if "choices" not in request.module.__name__:  # the list of the day comes in the mornings of most of these
        monkeypatch.setitem(STEPS, "digests", lambda *, by, now: (False, 0))
    if "itself" not in request.module.__name__:  # the watch over the watchers speaks where nothing is sent
        monkeypatch.setitem(STEPS, "watch", lambda *, by, now: (False, 0))
        monkeypatch.setitem(STEPS, "trials", lambda *, by, now: (False, 0))


@pytest.fixture
def tick(sweep):
    """Sweep and send as of a moment."""

    def run(at=None):
        sweep(at)
        return send_due()

    return run


def local(text, zone=MANILA):
    """A moment on the wall clock of an office."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def hearing_at(case, text, zone=MANILA, *, on_record="2026-01-01T09:00", **fields):
    """A hearing on that wall-clock time, on record since long before."""
    begins = local(text, zone)
    fields.setdefault("local_time", begins.time())
    return HearingMake(
        case=case, starts_at=begins, on=f"{begins:%Y-%m-%d}", scheduled_at=local(on_record, zone), **fields
    )


def fact(verb, by, subject, **detail):
    """Write an event as an action would."""
    with viewing_as(by):
        return record(verb, by=by, subject=subject, **detail)


def inbox(user, **filters):
    """What stands in the person's inbox, as (title code, key)."""
    with as_reminders("a test looks") as _:
        rows = InboxItem.objects.filter(user=user, **filters).order_by("created_at", "key")
        return list(rows.values_list("title_code", flat=True))


def rows_of(model, **filters):
    with as_reminders("a test looks") as _:
        return list(model.objects.filter(**filters).order_by("created_at", "pk"))


def alerts(**filters):
    return rows_of(Alert, **filters)


def deliveries(**filters):
    return rows_of(Delivery, **filters)


def log_of(alert):
    with as_reminders("a test looks") as _:
        return list(
            AlertLog.objects.filter(alert=alert).order_by("created_at", "pk").values_list("kind", flat=True)
        )


@pytest.fixture
def team(case, office, lawyer, social_worker, legal_lead, safeguarding_lead, director):
    """One person of each role of the catalogue."""
    return {
        "LAW": lawyer,
        "SW": social_worker,
        "LD": legal_lead,
        "SG": safeguarding_lead,
        "FOD": director,
        "PAR": on_case(person(Role.PARALEGAL, office), case, Role.PARALEGAL),
        "INV": on_case(person(Role.INVESTIGATOR, office), case, Role.INVESTIGATOR),
    }


def reached(team, code):
    """The roles that have this title in their inbox."""
    return {role for role, user in team.items() if code in inbox(user)}


def opened():
    return [(alert.rule, alert.urgency) for alert in alerts()]


KEPT_TABLES = {"django_migrations", "django_content_type", "auth_permission"} | {
    f"law_{table}"  # `migrate` loads them, and they refer to nothing that is wiped
    for table in (
        "jurisdiction", "statute", "offence", "courttier", "courtstage", "hearingtype", "clockrule", "reason",
        "entitlement", "identifier", "commoncode",
    )
}  # fmt: skip


@pytest.fixture
def committed(database_roles, django_db_setup, django_db_blocker):
    """What the test writes is really there for other processes; the owner wipes it away afterwards."""
    with django_db_blocker.unblock():
        try:
            yield database_roles
        finally:
            connection.close()
            wipe(database_roles["owner"])
            connection.close()


def wipe(owner_url):
    """Empty every table but those that a migration fills."""
    owner = psycopg2.connect(owner_url)
    with owner, owner.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted({name for (name,) in cursor.fetchall()} - KEPT_TABLES)
        # What is written once, and never emptied by anybody.
        kept = [name for name in tables if name.startswith(("audit_", "figures_month"))]
        for name in kept:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        # The system principals keep their ids: the second lock knows them by these.
        cursor.execute(
            "CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM accounts_user WHERE principal <> ''"
        )
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("INSERT INTO accounts_user SELECT * FROM kept")
        for name in kept:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    owner.close()
