"""What is known of a survivor: ages, what happened, the roads out, family, statements."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import check_order, touch
from cases.clock import today_in
from cases.keys import keys_of
from cases.models import Case
from cases.states import IllegalMove
from operations.models import Operation
from operations.states import OperationStatus
from reference.values import PartialDate, Quantity
from survivors.actions.people import lock_survivor
from survivors.models import Age, Episode, Kinship, Relief, Statement, Survivor
from survivors.states import AgeMoment, ReliefRoad

ADULT = 18
EPISODE = {
    "kinds", "sex", "industry", "apps", "venues", "recruited", "promise", "recruiter", "relationship",
    "control", "hours_per_day", "quota", "conditions", "started", "ended", "months", "years", "prevented",
    "born_into", "note",
}  # fmt: skip


def next_position(rows: object) -> int:
    """The place after the last row of this person."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1  # type: ignore[attr-defined]


def check_past(case: Case, day: str, now: datetime, field: str) -> None:
    """What is recorded as having happened lies in the past."""
    if day and PartialDate(day).first > today_in(case.office, now):
        raise IllegalMove(_("This day has not come yet."), field=field)


def is_child(years: str, months: str) -> bool | None:
    """Under 18 as far as the age tells; None when it does not."""
    if not years:
        return True if months else None
    known = Quantity.of(years)
    if known.high is not None and known.high < ADULT:
        return True
    return False if known.low is not None and known.low >= ADULT else None


def add_age(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    at: str,
    years: str = "",
    months: str = "",
    on: str = "",
    said_by: str = "",
    estimated: bool | None = None,
    note: str = "",
) -> Age:
    """How old she was at a moment, and who said so."""
    survivor = lock_survivor(survivor_id)
    if not years and not months:
        raise IllegalMove(_("Give the age in years, or in months for a small child."), field="years")
    age = Age.objects.create(
        case=survivor.case, survivor=survivor, position=next_position(survivor.ages), at=at, years=years,
        months=months, on=on, by=said_by, estimated=estimated, note=note,
    )  # fmt: skip
    if at == AgeMoment.RELIEF and survivor.child is None:
        survivor.child = is_child(years, months)
        survivor.save(update_fields=["child"])
    record("age.add", by=by, subject=survivor, at=now)
    touch(survivor.case, now)
    return age


def add_episode(
    survivor_id: UUID, *, by: User, now: datetime, traffickers: Sequence[str] = (), **facts: object
) -> Episode:
    """One spell of exploitation, in the words of HTCDS."""
    survivor = lock_survivor(survivor_id)
    if not facts.keys() <= EPISODE:
        raise TypeError(f"not facts of an episode: {sorted(facts.keys() - EPISODE)}")
    if not facts.get("kinds"):
        raise IllegalMove(_("Say what kind of exploitation it was."), field="kinds")
    check_order(str(facts.get("started", "")), str(facts.get("ended", "")), "ended")
    episode = Episode.objects.create(
        case=survivor.case, survivor=survivor, position=next_position(survivor.episodes),
        by=list(traffickers), **facts,
    )  # fmt: skip
    record("episode.add", by=by, subject=survivor, at=now)
    touch(survivor.case, now)
    return episode


def add_relief(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    how: str,
    on: str = "",
    operation: Operation | None = None,
    brought_out_by: str = "",
    note: str = "",
) -> Relief:
    """How it ended; by an operation of this case, or another road."""
    survivor = lock_survivor(survivor_id)
    check_operation(survivor, how, operation)
    day = on or (operation.on if operation else "")
    check_past(survivor.case, day, now, "on")
    relief = Relief.objects.create(
        case=survivor.case, survivor=survivor, position=next_position(survivor.reliefs), how=how, on=day,
        operation=operation, by=brought_out_by, note=note,
    )  # fmt: skip
    put_in_order(survivor)
    record(
        "relief.add", by=by, subject=survivor, at=now, how=how, operation=operation.pk if operation else ""
    )
    touch(survivor.case, now)
    return relief


def put_in_order(survivor: Survivor) -> None:
    """The last road out counts, so they stand by their dates and not by the hour they were written down."""
    roads = sorted(
        survivor.reliefs.order_by("position"),
        key=lambda road: (PartialDate(road.on).first if road.on else date.max, road.position),
    )
    for position, road in enumerate(roads, 1):
        if road.position != position:
            road.position = position
            road.save(update_fields=["position"])


def check_operation(survivor: Survivor, how: str, operation: Operation | None) -> None:
    """A relief by operation names one of this case that took place; other roads name none."""
    if operation is None:
        return
    if how != ReliefRoad.OPERATION:
        raise IllegalMove(_("The road out was no operation, so do not choose one."), field="operation")
    if operation.case_id != survivor.case_id:
        raise IllegalMove(_("This operation belongs to another case."), field="operation")
    if operation.status != OperationStatus.DONE:
        raise IllegalMove(_("Record the outcome of the operation first."), field="operation")


def recapture_survivor(
    relief_id: UUID, *, by: User, now: datetime, on: str = "", how: str = "", traffickers: Sequence[str] = (),
    note: str = "",
) -> Relief:  # fmt: skip
    """She was taken back: this relief did not hold, and counts no more."""
    found = Relief.objects.select_for_update(of=("self",)).select_related("case__office", "survivor")
    relief = found.get(pk=relief_id)
    if relief.recaptured:
        raise IllegalMove(_("This is recorded already."))
    check_order(relief.on, on, "on")
    check_past(relief.case, on, now, "on")
    relief.recaptured, relief.recaptured_on, relief.recaptured_how = True, on, how
    relief.recaptured_by, relief.recaptured_note = list(traffickers), note
    relief.version += 1
    names = ["recaptured", "recaptured_on", "recaptured_how", "recaptured_by", "recaptured_note", "version"]
    relief.save(update_fields=names)
    record("survivor.recapture", by=by, subject=relief.survivor, case_id=relief.case_id, at=now)
    touch(relief.case, now)
    return relief


def add_kinship(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    relation: str,
    who: str = "",
    role: str = "",
    note: str = "",
) -> Kinship:
    """Who is the mother of this person: somebody of the case by key, or a relative without a record."""
    survivor = lock_survivor(survivor_id)
    if who == survivor.key:
        raise IllegalMove(_("Nobody is a relative of herself."), field="who")
    if who and who not in dict(keys_of(survivor.case, by, "survivor", "accused")):
        raise IllegalMove(_("Nobody in this case has this key."), field="who")
    same = Kinship.objects.filter(case=survivor.case, of=survivor.key, who=who, relation=relation)
    if who and same.exists():
        raise IllegalMove(_("This is recorded already."), field="who")
    tie = Kinship.objects.create(
        case=survivor.case, of=survivor.key, who=who, relation=relation, role=role, note=note
    )
    record("kinship.add", by=by, subject=tie, at=now, of=survivor.key, who=who, relation=relation)
    touch(survivor.case, now)
    return tie


def add_statement(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    result: str,
    on: str = "",
    taken_by: str = "",
    language: str = "",
    names: Sequence[str] = (),
    presence: str = "",
    note: str = "",
) -> Statement:
    """One more round of interview."""
    survivor = lock_survivor(survivor_id)
    check_past(survivor.case, on, now, "on")
    rounds = survivor.statements.aggregate(last=Max("round"))["last"] or 0
    statement = Statement.objects.create(
        case=survivor.case, survivor=survivor, round=rounds + 1, result=result, on=on, by=taken_by,
        language=language, names=list(names), presence=presence, note=note,
    )  # fmt: skip
    record("statement.add", by=by, subject=survivor, at=now)
    touch(survivor.case, now)
    return statement
