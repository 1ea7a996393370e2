"""What is owed to people in care and is not done: a social worker, a look at safety, a task, a word.

One alert for each case and rule, however many people of the case wait: whoever takes it on sees them all.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from aftercare.models import Care, CareTask, Closure, Contact, SafetyCheck, Service
from aftercare.querysets import too_long
from aftercare.states import CARE_GOES_ON, SafeNow, ServiceKind, TaskKind, TaskStatus
from cases.states import RiskLevel
from notifications.actions.alerts import Opening, open_alerts
from notifications.models import Alert
from notifications.rules import To, Urgency
from survivors.models import Threat

SOON = timedelta(hours=4)  # before a first look at safety is due
PATIENCE = timedelta(hours=12)  # a look that an event asked for is late for so long before it knocks at night
LATE_BY = timedelta(days=1)  # other tasks may be a day late
TRIES, WITHIN = 3, timedelta(hours=24)
ROUTINE = "safety.look"
AT_LARGE = ("B3", "B4", "B10", "C2", "C3")
BY_TASK = ("P3", "P4", "P5", "P6")


def late_rows(rule: str) -> Q:
    """Which open tasks a rule is about."""
    own = Q(kind__in=(TaskKind.NAME_WORKER, TaskKind.FIRST_SAFETY))
    event = Q(kind=TaskKind.SAFETY_REVIEW) & ~Q(source=ROUTINE)
    return {
        "P3": Q(kind=TaskKind.NAME_WORKER),
        "P4": Q(kind=TaskKind.FIRST_SAFETY),
        "P5": event,
        "P6": ~own & ~event & ~Q(kind=TaskKind.PLAN_REVIEW),  # of which P2 speaks
    }[rule]


def from_when(rule: str, now: datetime) -> datetime:
    """Tasks due before this moment are the business of the rule."""
    return {"P4": now + SOON, "P6": now - LATE_BY}.get(rule, now)


@dataclass(frozen=True)
class Late:
    """The tasks of one case that one rule asks about, the oldest first."""

    rule: str
    tasks: Sequence[CareTask]
    now: datetime

    @property
    def first(self) -> CareTask:
        return self.tasks[0]

    @property
    def urgency(self) -> Urgency:
        """How hard it knocks: by how late it is, and how great the danger."""
        since = self.now - self.first.due_at
        if self.rule == "P4":
            late = [task for task in self.tasks if task.due_at < self.now]
            danger = any(task.care.risk == RiskLevel.HIGH for task in late)
            return Urgency.SAFETY if danger else Urgency.COURT if late else Urgency.CONFIRM
        if self.rule == "P5":
            return Urgency.SAFETY if since > PATIENCE else Urgency.COURT
        return Urgency.CONFIRM if self.rule == "P6" else Urgency.COURT

    @property
    def opening(self) -> Opening:
        people = (task.worker_id or task.care.worker_id for task in self.tasks)
        workers = {person for person in people if person is not None}
        title = "P4.late" if self.rule == "P4" and self.urgency != Urgency.CONFIRM else self.rule
        return Opening(
            self.rule, self.first.case, self.first, f"{self.rule}:{self.first.pk}:{self.urgency}",
            title=title, urgency=self.urgency, facts={"more": len(self.tasks) - 1},
            known={To.SW: sorted(workers)} if workers else {}, supersedes=(self.rule,),
        )  # fmt: skip


def open_care_watch(*, by: User, now: datetime) -> int:
    """Open what nobody has been told of yet; always the same few statements."""
    live = live_by_case()
    found = [*late_tasks(now, live), *silent_people(now, live), *closings(), *unreachable(now)]
    return len(open_alerts(found, by=by, now=now))


def live_by_case() -> dict[tuple[str, UUID], set[str]]:
    """(rule, case): how hard the alerts knock that are live."""
    found: dict[tuple[str, UUID], set[str]] = defaultdict(set)
    rows = Alert.objects.live().filter(rule__in=(*BY_TASK, "P7"))
    for rule, case, urgency in rows.values_list("rule", "case", "urgency"):
        found[rule, case].add(urgency)  # type: ignore[index]
    return found


def knocks_already(urgency: Urgency, live: set[str]) -> bool:
    """Is there an alert of the case that knocks as hard?"""
    order = list(Urgency)
    return any(order.index(Urgency(one)) <= order.index(urgency) for one in live)


def late_tasks(now: datetime, live: dict[tuple[str, UUID], set[str]]) -> Iterable[Opening]:
    rows = CareTask.objects.waiting().filter(due_at__lt=now + SOON).order_by("due_at", "pk")
    groups: dict[tuple[str, UUID], list[CareTask]] = defaultdict(list)
    for rule in BY_TASK:
        of_rule = rows.filter(late_rows(rule), due_at__lt=from_when(rule, now))
        for task in of_rule.select_related("case__office", "care"):
            groups[rule, task.case_id].append(task)  # type: ignore[index]
    for (rule, case), tasks in groups.items():
        late = Late(rule, tasks, now)
        if not knocks_already(late.urgency, live.get((rule, case), set())):
            yield late.opening


def silent_people(now: datetime, live: dict[tuple[str, UUID], set[str]]) -> Iterable[Opening]:
    """Nobody has reached them for longer than their risk allows."""
    groups: dict[UUID, list[Any]] = defaultdict(list)
    rows = Care.objects.silent(now).select_related("case__office").order_by("silent_since", "pk")
    for care in rows:
        groups[care.case_id].append(care)  # type: ignore[index]
    for case, cares in groups.items():
        danger = any(care.risk == RiskLevel.HIGH for care in cares)
        urgency = Urgency.COURT if danger else Urgency.CONFIRM
        if knocks_already(urgency, live.get(("P7", case), set())):
            continue
        first, workers = cares[0], {care.worker_id for care in cares} - {None}
        yield Opening(
            "P7", first.case, first, f"P7:{first.pk}:{first.silent_since:%Y%m%d}:{urgency}", urgency=urgency,
            facts={"more": len(cares) - 1}, known={To.SW: sorted(workers)} if workers else {},
            supersedes=("P7",),
        )  # fmt: skip


def closings() -> Iterable[Opening]:
    """Somebody asks that a care ends, and nobody has agreed or refused."""
    rows = Closure.objects.filter(decided_at=None).select_related("case__office", "care")
    for closure in rows.order_by("pk"):
        yield Opening("P8", closure.case, closure.care, f"P8:{closure.pk}")


def unreachable(now: datetime) -> Iterable[Opening]:
    """Three tries within a day reached nobody, while somebody dangerous may be at large."""
    danger = Alert.objects.live().filter(rule__in=AT_LARGE, case=OuterRef("case"))
    tries = Contact.objects.filter(Exists(danger), met_at__gte=now - WITHIN, care__result__in=CARE_GOES_ON)
    by_care: dict[UUID, list[Contact]] = defaultdict(list)
    for contact in tries.select_related("case__office", "care").order_by("met_at", "pk"):
        before = by_care[contact.care_id]  # type: ignore[index]
        before.clear() if contact.reached else before.append(contact)
    lost = {care: failed for care, failed in by_care.items() if len(failed) >= TRIES}
    there = Alert.objects.live().filter(rule="S3", subject_id__in=lost)
    known = set(there.values_list("subject_id", flat=True)) if lost else set()
    for care, failed in lost.items():
        if care not in known:
            first = failed[0]
            workers = [first.care.worker_id] if first.care.worker_id else []
            yield Opening(
                "S3", first.case, first.care, f"S3:{care}:{first.pk}",
                known={To.SW: workers} if workers else {},
            )  # fmt: skip


def answered_care(live: QuerySet, now: datetime) -> Iterable[QuerySet]:
    """The live alerts of care whose deed is done."""
    for rule in BY_TASK:
        rows = CareTask.objects.filter(late_rows(rule), case=OuterRef("case"), status=TaskStatus.OPEN)
        yield live.filter(~Exists(rows.filter(due_at__lt=from_when(rule, now))), rule=rule)
    silent = Care.objects.filter(case=OuterRef("case"), survivor__isnull=False, result__in=CARE_GOES_ON)
    yield live.filter(~Exists(silent.with_last_seen().filter(too_long(now))), rule="P7")
    undecided = Closure.objects.filter(care=OuterRef("subject_id"), decided_at=None)
    yield live.filter(~Exists(undecided), rule="P8")
    acted = Threat.objects.filter(acted_at__isnull=False)
    yield live.filter(rule="S1", subject_id__in=acted.values("pk"))
    since = {"care": OuterRef("subject_id"), "created_at__gte": OuterRef("opened_at")}
    reached = Contact.objects.filter(reached=True, **since)
    visited = Service.objects.filter(kind=ServiceKind.HOME_VISIT, **since)
    seen = SafetyCheck.objects.exclude(safe=SafeNow.UNSURE).filter(**since)
    over = Care.objects.filter(pk=OuterRef("subject_id")).exclude(result__in=CARE_GOES_ON)
    yield live.filter(Exists(reached) | Exists(visited) | Exists(seen) | Exists(over), rule="S3")


def unlooked() -> QuerySet:
    """Of an alert: people in care of its case at whose safety nobody has looked since it opened."""
    looked = SafetyCheck.objects.filter(care=OuterRef("pk"), looked_at__gte=OuterRef(OuterRef("opened_at")))
    rows = Care.objects.filter(case=OuterRef("case"), survivor__isnull=False, result__in=CARE_GOES_ON)
    return rows.filter(~Exists(looked))
