"""One look at everything: what do the facts and the clock call for? Each step is a transaction of its own."""

import logging
import os
from datetime import timedelta

from django.db import connection
from django.db.models import Func

from notifications import actions, heartbeat
from notifications.actions.events import where_it_broke
from notifications.clock import as_reminders
from notifications.models import Beat
from prosecutions.actions.reckoning import reckon_stale

LOOP = "sweep"
SLACK = timedelta(hours=1)  # no request holds its transaction open for longer
ROUNDS = 25
ONE_AT_A_TIME = 0x5EE9
logger = logging.getLogger(__name__)


class DatabaseClock(Func):
    function = "clock_timestamp"


def sweep_once(*, at=None):
    """Run every step; the counts by name. A step that breaks stops no other, but spoils the beat."""
    if at is None:
        Beat.objects.update_or_create(loop=LOOP, defaults={"began_at": DatabaseClock(), "pid": os.getpid()})
    counts = {name: run_step(name, step, at) for name, step in STEPS.items()}
    if at is None and None not in counts.values():
        Beat.objects.filter(loop=LOOP).update(ok_at=DatabaseClock())
        heartbeat.beat()
    return counts


def run_step(name, step, at):
    """How many rows the step wrote; None when it broke."""
    done = 0
    try:
        for _round in range(ROUNDS):
            with as_reminders(f"sweep: {name}", at=at) as (principal, now):
                take_turn()
                more, wrote = step(by=principal, now=now)
                if wrote:
                    actions.brake_floods(by=principal, now=now)
            done += wrote
            if not more:
                break
    except Exception as broken:
        logger.error("sweep step %s broke: %s", name, where_it_broke(broken))
        return None
    return done


def take_turn():
    """One sweep at a time: a courtesy that saves work. That nothing comes twice rests on unique keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def events(*, by, now):
    ended = Beat.objects.filter(loop=LOOP).values_list("ok_at", flat=True).first()
    return actions.open_from_events(by=by, now=now, since=ended and ended - SLACK)


def reminders(*, by, now):
    return actions.owe_hearing_reminders(now=now)


def unrecorded(*, by, now):
    return False, actions.open_unrecorded(by=by, now=now)


def clashes(*, by, now):
    return False, actions.open_clashes(by=by, now=now)


def hearing_watch(*, by, now):
    return False, actions.open_hearing_watch(by=by, now=now)


def reviews(*, by, now):
    return False, actions.open_reviews(by=by, now=now)


def care_tasks(*, by, now):
    ended = Beat.objects.filter(loop=LOOP).values_list("ok_at", flat=True).first()
    made = actions.make_event_tasks(by=by, now=now, since=ended and ended - SLACK)
    return False, made + actions.make_hearing_tasks(by=by, now=now)


def care_rounds(*, by, now):
    return False, actions.make_round_tasks(by=by, now=now)


def care_watch(*, by, now):
    return False, actions.open_care_watch(by=by, now=now)


def clocks(*, by, now):
    return reckon_stale(now)


def deadlines(*, by, now):
    return False, actions.open_deadlines(by=by, now=now)


def releases(*, by, now):
    return False, actions.open_releases(by=by, now=now)


def unpaid(*, by, now):
    return False, actions.open_unpaid(by=by, now=now)


def bail_watch(*, by, now):
    return False, actions.open_bail_watch(by=by, now=now)


def lookouts(*, by, now):
    return False, actions.open_lookouts_over(by=by, now=now)


def answers(*, by, now):
    return False, actions.take_answers(by=by, now=now)


def receipts(*, by, now):
    return False, actions.apply_receipts(now=now)


def closing(*, by, now):
    return False, actions.close_alerts(by=by, now=now)


def handing(*, by, now):
    ended = Beat.objects.filter(loop=LOOP).values_list("ok_at", flat=True).first()
    told = actions.tell_of_handing(now=now, since=ended and ended - SLACK)
    return told, told


def reopening(*, by, now):
    reopened = actions.reopen_alerts(by=by, now=now)
    return reopened, reopened


def digests(*, by, now):
    return actions.owe_digests(now=now)


def ladders(*, by, now):
    climbed = actions.escalate_alerts(by=by, now=now)
    return climbed, climbed


def asked_for(*, by, now):
    return False, actions.obey_people(by=by, now=now)


def leavers(*, by, now):
    return False, actions.forget_endpoints(by=by, now=now)


def trials(*, by, now):
    return False, actions.try_the_pipe(by=by, now=now)


def watch(*, by, now):
    actions.keep_watch(by=by, now=now)
    return False, 0  # a look is no work


STEPS = {
    "events": events,
    "reminders": reminders,
    "unrecorded": unrecorded,
    "hearing_watch": hearing_watch,
    "clashes": clashes,
    "reviews": reviews,
    "care_tasks": care_tasks,
    "care_rounds": care_rounds,
    "care_watch": care_watch,
    "clocks": clocks,
    "deadlines": deadlines,
    "releases": releases,
    "unpaid": unpaid,
    "bail_watch": bail_watch,
    "lookouts": lookouts,
    "answers": answers,
    "receipts": receipts,
    "closing": closing,
    "handing": handing,
    "reopening": reopening,
    "ladders": ladders,
    "digests": digests,
    "asked_for": asked_for,
    "leavers": leavers,
    "trials": trials,
    "watch": watch,
}
