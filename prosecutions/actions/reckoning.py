"""The clocks of a case, laid down anew from what is on record: after every verb, and by the sweep."""

import json
import logging
import traceback
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cases.models import Case
from law.models import ClockRule, Jurisdiction
from prosecutions.models import (
    Accused,
    Appeal,
    Arrest,
    BailOrder,
    Charge,
    Clock,
    CourtEvent,
    Custody,
    Hearing,
    Party,
    Proceeding,
    Verdict,
)
from prosecutions.models.clocks import Reckoning
from prosecutions.reckoning.owing import Law, Owed, Reckoner, state_of
from prosecutions.reckoning.records import Records
from prosecutions.states import ClockState
from survivors.models import Relief, Survivor

# A clock that had passed for so long when it was first worked out belongs to history and wakes nobody.
HISTORY = timedelta(days=30)
AT_A_TIME = 40
ROWS_AT_A_TIME = 200
TRY_AGAIN = timedelta(minutes=10)
BROKEN = "!"
REWORKED = (
    "began_on", "began_at", "source", "source_id", "due_on", "due_at", "other_due_on", "latest_on", "doubts",
    "state", "ended_on", "ended_by",
)  # fmt: skip
logger = logging.getLogger(__name__)


def reckon_clocks(case: Case, now: datetime) -> int:
    """Lay down the clocks that the records call for; how many rows changed. Harmless to repeat.

    What a person extended or set aside stays so. The caller holds the row of the case.
    """
    changed = reckon_together([case], now)
    remember([case])
    return changed


def reckon_together(cases: Sequence[Case], now: datetime) -> int:
    """The same for several cases, in as many statements as for one."""
    proceedings = by_case(Proceeding.objects.select_related("known_court__tier"), cases)
    laws = laws_of(cases, proceedings)
    ruled = [case for case in cases if laws[case.pk].rules]
    if not ruled:
        return 0
    there = by_case(Clock.objects.select_related("rule"), ruled)
    new, changed = [], []
    for records in records_of(ruled, proceedings, now):
        case = records.case
        fresh_rows, moved = lay_down(case, Reckoner(records, laws[case.pk]), there[case.pk], now)
        new += fresh_rows
        changed += moved
    Clock.objects.bulk_create(new)
    if changed:
        Clock.objects.bulk_update(changed, [*REWORKED, "version"], batch_size=ROWS_AT_A_TIME)
    return len(new) + len(changed)


def reckon_after(case: Case, now: datetime) -> None:
    """At the end of a verb. A fact is never refused because of a clock: what breaks is tried by the sweep."""
    try:
        with transaction.atomic():
            reckon_clocks(case, now)
    except Exception as broken:
        logger.error("clocks of case %s broke: %s", case.pk, where(broken))


def where(broken: Exception) -> str:
    """For the log: the class and the lines of code, never a value."""
    return "\n".join([type(broken).__name__, *traceback.format_tb(broken.__traceback__)[-4:]])


def by_case(rows: Any, cases: Sequence[Case]) -> dict[UUID, list[Any]]:
    """The rows of these cases, in the order in which they came."""
    found: dict[UUID, list[Any]] = {case.pk: [] for case in cases}
    for row in rows.filter(case__in=cases).order_by("created_at", "pk"):
        found[row.case_id].append(row)
    return found


def laws_of(cases: Sequence[Case], proceedings: dict[UUID, list[Proceeding]]) -> dict[UUID, Law]:
    """The rules of the country of each case and of its courts."""
    wanted = {
        case.pk: {home_of(case)}
        | {row.known_court.jurisdiction_id for row in proceedings[case.pk] if row.known_court}
        for case in cases
    }
    rows = ClockRule.objects.filter(jurisdiction__in=set().union(*wanted.values()))
    rules = list(rows.order_by("code", "valid_from"))
    return {
        pk: Law([rule for rule in rules if rule.jurisdiction_id in countries])
        for pk, countries in wanted.items()
    }


def home_of(case: Case) -> str:
    return case.country or case.office.country


def records_of(
    cases: Sequence[Case], proceedings: dict[UUID, list[Proceeding]], now: datetime
) -> Iterable[Records]:
    """Everything that clocks follow from: as many statements for many large cases as for a small one."""
    lists = {name: by_case(rows, cases) for name, rows in listed().items()}
    accused = by_case(Accused.objects.counted(), cases)
    survivors = by_case(Survivor.objects.filter(dependant=False), cases)
    parties = by_case(Party.objects.all(), cases)
    majority = dict(Jurisdiction.objects.values_list("country", "age_of_majority"))
    for case in cases:
        stand: dict[UUID, list[UUID]] = {row.pk: [] for row in proceedings[case.pk]}
        for party in parties[case.pk]:
            stand[party.proceeding_id].append(party.accused_id)
        yield Records(
            case, now,
            accused={row.pk: row for row in accused[case.pk]},
            survivors={row.pk: row for row in survivors[case.pk]},
            proceedings={row.pk: row for row in proceedings[case.pk]},
            parties=stand,
            majority=majority.get(home_of(case)) or 18,
            **{name: rows[case.pk] for name, rows in lists.items()},
        )  # fmt: skip


def listed() -> dict[str, Any]:
    """What the records take as it comes, by its name there."""
    return {
        "arrests": Arrest.objects.all(),
        "custodies": Custody.objects.all(),
        "charges": Charge.objects.select_related("known_offence__statute"),
        "hearings": Hearing.objects.exclude(outcome=""),
        "verdicts": Verdict.objects.all(),
        "appeals": Appeal.objects.all(),
        "bails": BailOrder.objects.all(),
        "reliefs": Relief.objects.all(),
        "events": CourtEvent.objects.all(),
    }


def lay_down(
    case: Case, reckoner: Reckoner, rows: list[Clock], now: datetime
) -> tuple[list[Clock], list[Clock]]:
    """Bring the rows to what is owed: (new rows, rows that changed), saved by the caller."""
    owed = {each.key: each for each in reckoner.owed()}
    there = {key_of(row): row for row in rows}
    new, changed = [], []
    for key, each in owed.items():
        row = there.pop(key, None) or moved_row(each, there, owed)
        if row is None:
            new.append(fresh(case, each, now))
        elif bring(row, each, reckoner):
            changed.append(row)
    for row in there.values():
        if bring(row, reckoner.again(row), reckoner) if row.by_hand else drop(row):
            changed.append(row)
    return new, changed


def key_of(row: Clock) -> Any:
    return (row.rule_id, row.accused_id, row.survivor_id, row.proceeding_id, row.began_on)


def moved_row(owed: Owed, there: dict[Any, Clock], wanted: dict[Any, Owed]) -> Clock | None:
    """The row of the same record whose date was corrected: it moves along and keeps what people did to it."""
    for key, row in there.items():
        same = key[:4] == owed.key[:4] and row.source_id == owed.source_id and owed.source_id is not None
        if same and key not in wanted and not row.by_hand:
            return there.pop(key)
    return None


def fresh(case: Case, owed: Owed, now: datetime) -> Clock:
    row = Clock(
        case=case, rule=owed.rule, accused_id=owed.whose.accused, survivor_id=owed.whose.survivor,
        proceeding_id=owed.whose.proceeding, **facts_of(owed),
    )  # fmt: skip
    row.quiet = row.due_at is not None and row.due_at < now - HISTORY
    return row


def facts_of(owed: Owed) -> dict[str, Any]:
    """The row as it should stand while nobody has touched it."""
    stop = owed.stop
    return {
        "began_on": owed.start.first,
        "began_at": owed.start.moment,
        "source": owed.source,
        "source_id": owed.source_id,
        "due_on": owed.end.on,
        "due_at": owed.end.at,
        "other_due_on": owed.end.other_on,
        "latest_on": owed.end.latest_on,
        "doubts": list(dict.fromkeys([*owed.doubts, *(stop.doubts if stop else ())])),
        "state": state_of(owed),
        "ended_on": stop.on if stop else None,
        "ended_by": stop.by if stop else "",
    }


def bring(row: Clock, owed: Owed, reckoner: Reckoner) -> bool:
    """Make the row what is owed, but for what a person did; did anything change?"""
    if row.extended_until:
        owed = reckoner.moved(owed, row.extended_until)
    facts = facts_of(owed)
    if row.by_hand:
        facts |= {"source": row.source, "source_id": row.source_id}
    if row.state == ClockState.SET_ASIDE:
        facts |= {"state": row.state, "ended_on": row.ended_on, "ended_by": row.ended_by}
    return put_on(row, facts)


def drop(row: Clock) -> bool:
    """Nothing on record calls for it any longer. What a person set aside stays as it is."""
    if row.state == ClockState.SET_ASIDE:
        return False
    return put_on(row, {"state": ClockState.OVER, "ended_on": None, "ended_by": ""})


def put_on(row: Clock, facts: dict[str, Any]) -> bool:
    differing = {name: value for name, value in facts.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    row.version += bool(differing)
    return bool(differing)


def remember(cases: Iterable[Case], law: str | None = None) -> None:
    """Which state of each case the clocks follow from; the sweep adds which state of the law."""
    fields = ["touched_at"] if law is None else ["touched_at", "law"]
    rows = [Reckoning(case=case, touched_at=case.touched_at, law=law or "") for case in cases]
    Reckoning.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case"], update_fields=fields)


def reckon_stale(now: datetime) -> tuple[bool, int]:
    """Cases that somebody touched, or whose law changed, since their clocks were worked out.

    (is there more, rows changed). All together; where one breaks, each alone, so that it stops no other.
    """
    law = state_of_law()
    cases = list(stale(law, now)[:AT_A_TIME])
    if not cases:
        return False, 0
    try:
        with transaction.atomic():
            changed = reckon_together(cases, now)
            remember(cases, law)
    except Exception:
        changed = sum(reckon_alone(case, law, now) for case in cases)
    return len(cases) == AT_A_TIME, changed


def reckon_alone(case: Case, law: str, now: datetime) -> int:
    """One case of the sweep; one that breaks is tried again later."""
    try:
        with transaction.atomic():
            changed = reckon_together([case], now)
            remember([case], law)
    except Exception as broken:
        logger.error("clocks of case %s broke: %s", case.pk, where(broken))
        remember([case], BROKEN + law)
        return 0
    return changed


def stale(law: str, now: datetime) -> Any:
    known = Reckoning.objects.filter(case=OuterRef("pk"), touched_at=OuterRef("touched_at"))
    settled = Q(law=law) | Q(law=BROKEN + law, updated_at__gt=now - TRY_AGAIN)
    rows = Case.objects.filter(~Exists(known.filter(settled))).select_related("office").order_by("pk")
    return rows.select_for_update(of=("self",), no_key=True, skip_locked=True)


def state_of_law() -> str:
    """Changes with every change of a rule, and with what starts it."""
    facts = ClockRule.objects.order_by("pk").values_list("pk", "version", "about", "starts_when")
    text = json.dumps([[str(pk), *rest] for pk, *rest in facts], sort_keys=True)
    return sha256(text.encode()).hexdigest()[:32]
