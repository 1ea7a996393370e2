"""How the machinery of alerts is: measured once a minute, kept as a reading, told to anybody who asks.

Readings hold counts and ages only. Pages and the monitor outside look at the newest one and at the beats;
both tables are open, so that the answer does not need the eyes of anybody.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Max, Min, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from notifications.invariants import broken
from notifications.models import Alert, Attempt, Beat, Brake, DeadLetter, Delivery, Line, Reading, Trial
from notifications.querysets import HELD
from notifications.states import DUE_DELIVERY, LIVE_ALERT, AlertState, DeliveryState, Outcome

SWEEP = "sweep"
DIFFER = "figures differ"  # no loop: stands there since a comparison found a difference, until one finds none
# Seconds for which each loop may be silent; a loop that has never run here is not missed.
SILENT = {SWEEP: 120, "send": 300}
SILENT_LOOP = 300
WATCHED_FOR = timedelta(days=2)  # a loop that was taken out of service is forgotten after that
URGENT, NORMAL = 120, 900  # seconds that a message may wait when it is due
UP_TO = 1  # priorities of what is urgent
UNSEEN = 300  # seconds after which the watch itself is missed
DAY = timedelta(days=1)


def measure(now: datetime) -> dict:
    """Everything that the watch page shows, as numbers; reads as the reminders principal."""
    return {
        "loops": loops(),
        "channels": channels(now),
        "lines": lines(now),
        "day": day(now),
        "offices": offices(now),
        "promises": broken(now),
        "dead": DeadLetter.objects.waiting().count(),
        "brakes": Brake.objects.on().count(),
        "trials_failed": Trial.objects.filter(failed_at__gt=now - DAY, passed_at=None).count(),
        "held": Beat.objects.held().exists(),
        "differ": Beat.objects.filter(loop=DIFFER).exists(),
    }


def loops() -> dict[str, dict]:
    """Each loop: for how many seconds it has not ended well, and for how many it may."""
    now = timezone.now()  # beats are written with the true time, whatever a test lets the sweep believe
    recent = Beat.objects.exclude(loop__in=[HELD, DIFFER]).filter(ok_at__gt=now - WATCHED_FOR)
    return {
        loop: {"age": seconds(now - ok_at), "may": SILENT.get(loop, SILENT_LOOP)}
        for loop, ok_at in sorted(recent.values_list("loop", "ok_at"))
        if ok_at
    }


def seconds(span: timedelta) -> int:
    return max(int(span.total_seconds()), 0)


def channels(now: datetime) -> dict[str, dict]:
    """Each channel: what waits, and how long the oldest urgent and the oldest other message has been due."""
    waits = Delivery.objects.filter(state__in=DUE_DELIVERY, next_at__isnull=False)
    due, urgent = Q(next_at__lte=now), Q(priority__lte=UP_TO)
    rows = waits.values("channel").order_by("channel").annotate(
        waiting=Count("pk"), due=Count("pk", filter=due),
        urgent_since=Min("next_at", filter=due & urgent), normal_since=Min("next_at", filter=due & ~urgent),
    )  # fmt: skip
    return {
        row["channel"]: {
            "waiting": row["waiting"], "due": row["due"],
            "urgent": seconds(now - row["urgent_since"]) if row["urgent_since"] else 0,
            "normal": seconds(now - row["normal_since"]) if row["normal_since"] else 0,
        }
        for row in rows
    }  # fmt: skip


def lines(now: datetime) -> dict[str, dict]:
    """The lines of channels whose provider fails, since when and how often."""
    return {
        line.channel: {
            "failures": line.failures, "error": line.error,
            "since": line.ok_at.isoformat() if line.ok_at else "",
        }
        for line in Line.objects.filter(failures__gt=0).order_by("channel")
    }  # fmt: skip


def day(now: datetime) -> dict[str, int]:
    """What was tried within a day, and how it ended."""
    tries = Attempt.objects.filter(started_at__gt=now - DAY)
    how = {outcome.value: Count("pk", filter=Q(outcome=outcome)) for outcome in Outcome}
    counted = tries.aggregate(tries=Count("pk"), **how)
    recent = Delivery.objects.filter(created_at__gt=now - DAY)
    states = {
        "delivered": Count("pk", filter=Q(state=DeliveryState.DELIVERED)),
        "failed": Count("pk", filter=Q(state=DeliveryState.FAILED)),
        "unclear": Coalesce(Sum("unknowns"), 0),
    }
    twice = tries.filter(outcome=Outcome.ACCEPTED).values("delivery").annotate(n=Count("pk")).filter(n__gt=1)
    return {**counted, **recent.aggregate(messages=Count("pk"), **states), "twice": twice.count()}


def offices(now: datetime) -> dict[str, dict]:
    """Each office: open alerts that nobody has, the oldest of them, and messages that wait or failed."""
    found: dict[str, dict] = {}
    alerts = Alert.objects.filter(state__in=LIVE_ALERT).exclude(ladder=[]).values("office").order_by("office")
    free = Q(state=AlertState.OPEN)
    for row in alerts.annotate(
        open=Count("pk", filter=free), taken=Count("pk", filter=~free), since=Min("opened_at", filter=free)
    ):
        age = seconds(now - row["since"]) if row["since"] else 0
        found[str(row["office"])] = {"open": row["open"], "taken": row["taken"], "oldest": age}
    messages = Delivery.objects.filter(created_at__gt=now - DAY).values(office=F("item__office"))
    for sent in messages.order_by("office").annotate(
        waiting=Count("pk", filter=Q(state__in=DUE_DELIVERY)),
        failed=Count("pk", filter=Q(state=DeliveryState.FAILED)), last=Max("accepted_at"),
    ):  # fmt: skip
        last = sent["last"].isoformat() if sent["last"] else ""
        told = {"waiting": sent["waiting"], "failed": sent["failed"], "last": last}
        found.setdefault(str(sent["office"]), {"open": 0, "taken": 0, "oldest": 0}).update(told)
    return found


def troubles(figures: dict, before: dict) -> list[str]:
    """What is wrong, as codes: late:LOOP, waits:urgent, waits:normal, promise:NAME, trial,
    figures.

    A loop is late, and a promise broken by some row, when the reading before said so too: what was on its way
    at that moment is no trouble, nor is the first minute after the whole system was down.
    """
    was = before.get("loops", {})
    late = [loop for loop, row in figures["loops"].items() if row["age"] > row["may"]]
    found = [f"late:{loop}" for loop in late if loop in was and was[loop]["age"] > was[loop]["may"]]
    waiting = figures["channels"].values()
    if any(row["urgent"] > URGENT for row in waiting):
        found.append("waits:urgent")
    if any(row["normal"] > NORMAL for row in waiting):
        found.append("waits:normal")
    seen = before.get("promises", {})
    standing = (name for name, ids in figures["promises"].items() if set(ids) & set(seen.get(name, ())))
    found += [f"promise:{name}" for name in standing]
    if figures["trials_failed"]:
        found.append("trial")
    if figures.get("differ"):
        found.append("figures")
    return found


def state() -> dict:
    """For a monitor outside: a word and a few ages, and nothing that tells of anybody or anything.

    ok, or: silent (the watch or the sweep has stopped), late (messages wait too long), broken (a promise does
    not hold or the test of the morning did not arrive), held (nothing leaves since a restore), new (nothing
    has run here yet).
    """
    now, reading = timezone.now(), Reading.objects.newest()
    swept = Beat.objects.filter(loop=SWEEP).values_list("ok_at", flat=True).first()
    ages = {
        "sweep_age_seconds": seconds(now - swept) if swept else None,
        "watch_age_seconds": seconds(now - reading.at) if reading else None,
    }
    waiting = (reading.figures if reading else {}).get("channels", {}).values()
    for kind in ("urgent", "normal"):
        ages[f"oldest_{kind}_seconds"] = max((row[kind] for row in waiting), default=0)
    return {"word": word_of(ages, reading.troubles if reading else [], Beat.objects.held().exists()), **ages}


def word_of(ages: dict, found: list[str], held: bool) -> str:
    swept, watched = ages["sweep_age_seconds"], ages["watch_age_seconds"]
    if swept is None or watched is None:
        return "new"
    if swept > SILENT[SWEEP] or watched > UNSEEN or any(code.startswith("late:") for code in found):
        return "silent"
    if held:
        return "held"
    if any(code.startswith("waits:") for code in found):
        return "late"
    return "broken" if found else "ok"


def pulse() -> dict[str, Subquery]:
    """What `late` must know, to be asked along with something else: every page does."""
    newest = Reading.objects.filter(pk__isnull=False).order_by("-at", "-pk")
    return {
        "swept": Subquery(Beat.objects.filter(loop=SWEEP).values("ok_at")[:1]),
        "watched": Subquery(newest.values("at")[:1]),
        "found": Subquery(newest.values("troubles")[:1]),
    }


def late(swept: datetime | None, watched: datetime | None, found: list[str] | None) -> bool:
    """Should everybody be told on every page to look for herself?"""
    if swept is None:
        return False
    now = timezone.now()
    silent = now - swept > timedelta(seconds=SILENT[SWEEP])
    unseen = watched is not None and now - watched > timedelta(seconds=UNSEEN)
    return silent or unseen or any(code not in ("trial", "figures") for code in found or ())


def keep_until() -> timedelta:
    """How long readings are kept."""
    return timedelta(days=getattr(settings, "READINGS_KEPT_DAYS", 2))
