"""The clocks of a case, laid down anew from what is on record: after every verb, and by the sweep."""

import json
import logging
import traceback
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

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
    proceedings = list(Proceeding.objects.filter(case=case).select_related("known_court__tier"))
    law = law_of(case, proceedings)
    rows = list(Clock.objects.filter(case=case).select_related("rule")) if law.rules else []
    changed = 0
    if law.rules:
        reckoner = Reckoner(records_of(case, proceedings, now), law)
        changed = lay_down(case, reckoner, rows, now)
    remember(case)
    return changed


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


def law_of(case: Case, proceedings: Iterable[Proceeding]) -> Law:
    """The rules of the country of the case and of its courts."""
    countries = {row.known_court.jurisdiction_id for row in proceedings if row.known_court}
    wanted = countries | {case.country or case.office.country}
    return Law(list(ClockRule.objects.filter(jurisdiction__in=wanted).order_by("code", "valid_from")))


def records_of(case: Case, proceedings: Iterable[Proceeding], now: datetime) -> Records:
    """Everything that clocks follow from: as many statements for a large case as for a small one."""

    def all_of(model: Any, *along: str) -> Any:
        rows = model.objects.filter(case=case).order_by("created_at", "pk")
        return rows.select_related(*along) if along else rows

    parties: dict[Any, list[Any]] = {row.pk: [] for row in proceedings}
    for party in all_of(Party):
        parties[party.proceeding_id].append(party.accused_id)
    majority = Jurisdiction.objects.filter(country=case.country or case.office.country)
    return Records(
        case, now,
        accused={row.pk: row for row in all_of(Accused).counted()},
        survivors={row.pk: row for row in all_of(Survivor).filter(dependant=False)},
        proceedings={row.pk: row for row in proceedings},
        parties=parties,
        arrests=list(all_of(Arrest)),
        custodies=list(all_of(Custody)),
        charges=list(all_of(Charge, "known_offence__statute")),
        hearings=list(all_of(Hearing).exclude(outcome="")),
        verdicts=list(all_of(Verdict)),
        appeals=list(all_of(Appeal)),
        bails=list(all_of(BailOrder)),
        reliefs=list(all_of(Relief)),
        events=list(all_of(CourtEvent)),
        majority=majority.values_list("age_of_majority", flat=True).first() or 18,
    )  # fmt: skip


def lay_down(case: Case, reckoner: Reckoner, rows: list[Clock], now: datetime) -> int:
    """Bring the rows to what is owed, in two statements at most."""
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
    Clock.objects.bulk_create(new)
    if changed:
        Clock.objects.bulk_update(changed, [*REWORKED, "version"])
    return len(new) + len(changed)


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


def remember(case: Case, law: str | None = None) -> None:
    """Which state of the case the clocks follow from; the sweep adds which state of the law."""
    fields = ["touched_at"] if law is None else ["touched_at", "law"]
    row = Reckoning(case=case, touched_at=case.touched_at, law=law or "")
    Reckoning.objects.bulk_create([row], update_conflicts=True, unique_fields=["case"], update_fields=fields)


def reckon_stale(now: datetime) -> tuple[bool, int]:
    """Cases that somebody touched, or whose law changed, since their clocks were worked out.

    (is there more, rows changed). One case that breaks stops no other and is tried again later.
    """
    law = state_of_law()
    cases = list(stale(law, now)[:AT_A_TIME])
    changed = 0
    for case in cases:
        try:
            with transaction.atomic():
                changed += reckon_clocks(case, now)
                remember(case, law)
        except Exception as broken:
            logger.error("clocks of case %s broke: %s", case.pk, where(broken))
            remember(case, BROKEN + law)
    return len(cases) == AT_A_TIME, changed


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
