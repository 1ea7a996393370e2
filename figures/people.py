"""People found, freed and exploited. They meet in buckets: each operation, each head-count without an
operation, and all other roads. In a bucket the figure is the higher of head-count and records; buckets are
added.

Readings of the rules:

- A survivor sits in the bucket of the last relief that held: its operation, else its head-count (which counts
  with its operation), else a head-count that `includes` her; else she took another road. A relief in an
  operation that is not named belongs to the case's only operation, if there is just one.
- Somebody who never came out is in no bucket: she is not found, but she may have been exploited. Somebody
  taken back after every relief was found, and is not free.
- One head-count says several things: its `people`, or what adds up to them. The numbers of the sites of one
  operation are added. `tally` and `expected` are not final and count nowhere.
- A head-count without an operation stands for people who came to light unless it speaks of people merely
  trapped or recruited, or of something else; with an operation, "they were found" in it.
- `relieved` says how many were freed. When a head-count leaves it out, the whole group is, if the group was
  relieved, intercepted, repatriated or returned home.
"""

from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.utils.translation import gettext_lazy as _

from figures.children import PERHAPS, by_birth, child_at_relief
from figures.rows import NOTHING, happened
from operations.models import Counts
from reference.sealed_fields import keys_in_hand
from reference.values import Quantity

CAME_TO_LIGHT = ("found", "relieved", "intercepted", "repatriated", "returned_home")
FREED = ("relieved", "intercepted", "repatriated", "returned_home")
OPERATION, HEADCOUNT, ROAD = "operations.Operation", "operations.Headcount", "survivors.Relief"
WORDS = {
    OPERATION: _("Operation"),
    HEADCOUNT: _("Head-count"),
    ROAD: _("Another road out"),
    "": _("Not found yet"),
}


@dataclass
class Person:
    """A survivor with a record, as far as counting goes."""

    survivor: Any
    relief: Any
    freed: bool
    child: Quantity
    exploited: bool


@dataclass
class Bucket:
    """People counted together: head-counts and records of the same crowd."""

    model: str
    record: Any
    on: Any
    counts: list = field(default_factory=list)
    people: list = field(default_factory=list)
    found: bool = True

    def figure(self, name, records):
        """The higher of what the head-counts say and of the records."""
        said = [count[name] for count in self.counts if count[name] is not None]
        return reduce(Quantity.higher, said, records)


def found(snapshot):
    return _rows(snapshot, "people", lambda bucket: _number(len(bucket.people)))


def relieved(snapshot):
    return _rows(snapshot, "relieved", _freed)


def relieved_by_operation(snapshot):
    return [row for row in relieved(snapshot) if row.model == OPERATION or row.code == "operation"]


def exploited(snapshot):
    """Themselves made to work or sold, found or not; `prevented` spells and dependants do not count."""
    return _rows(
        snapshot, "exploited", lambda bucket: _number(sum(p.exploited for p in bucket.people)), everybody=True
    )


def children_found(snapshot):
    return _rows(
        snapshot, "children", lambda bucket: sum((person.child for person in bucket.people), NOTHING)
    )


def children_exploited(snapshot):
    return _rows(snapshot, "children_exploited", _children_exploited)


def repatriated(snapshot):
    """Every head-count of people brought home counts, with or without an operation."""
    return [
        snapshot.row(group, HEADCOUNT, WORDS[HEADCOUNT], amount=people)
        for group in snapshot.table("headcounts")
        if group.what == "repatriated" and happened(group.on, snapshot.as_of)
        if (people := _said(group)["people"]) is not None
    ]


def registered(snapshot):
    """Dependants included; dated by the last road out, else by the opening of the case."""
    roads = {person.survivor.id: person.relief for person in _everybody(snapshot)}
    return [
        snapshot.row(
            survivor,
            "survivors.Survivor",
            _("Survivor"),
            on=(roads[survivor.id].on if roads[survivor.id] else "")
            or snapshot.by_case[survivor.case_id].opened_on,
        )
        for survivor in snapshot.table("survivors")
    ]


def testified(snapshot):
    return [
        snapshot.row(survivor, "survivors.Survivor", _("Survivor heard in court"), on=survivor.testified_on)
        for survivor in snapshot.table("survivors")
        if (survivor.testified or (survivor.testified is None and survivor.testified_on))
        and happened(survivor.testified_on, snapshot.as_of)
    ]


def _rows(snapshot, name, of_records, *, everybody=False):
    rows = []
    for bucket in snapshot.once(buckets):
        if not bucket.found and not everybody:
            continue
        amount = bucket.figure(name, of_records(bucket))
        if amount != NOTHING:
            code = "operation" if bucket.people and bucket.model == ROAD and _in_operation(bucket) else ""
            rows.append(
                snapshot.row(
                    bucket.record, bucket.model, WORDS[bucket.model], on=bucket.on, amount=amount, code=code
                )
            )
    return rows


def _in_operation(bucket):
    return bucket.people[0].relief is not None and bucket.people[0].relief.how == "operation"


def _number(count):
    return Quantity.of(count)


def _freed(bucket):
    return _number(sum(person.freed for person in bucket.people))


def _children_exploited(bucket):
    return sum((person.child for person in bucket.people if person.exploited), NOTHING)


def buckets(snapshot):
    """Every bucket of every case of the snapshot."""
    operations = {op.id: op for op in snapshot.table("operations") if happened(op.on, snapshot.as_of)}
    groups = [group for group in snapshot.table("headcounts") if happened(group.on, snapshot.as_of)]
    made = {op.id: Bucket(OPERATION, op, op.on, _of_operation(op, snapshot)) for op in operations.values()}
    for group in groups:
        if group.operation_id in made:
            made[group.operation_id].counts.append(_of_group(group))
        elif group.operation_id is None:
            made[group.id] = Bucket(HEADCOUNT, group, group.on, [_of_group(group)])
    loose = []
    for person in _everybody(snapshot):
        place = _place(person, made, snapshot)
        if place is None:
            loose.append(_alone(person))
        else:
            made[place].people.append(person)
    return [*made.values(), *loose]


def _alone(person):
    """Somebody of the other roads, or who never came out."""
    if person.relief is None:
        return Bucket("", person.survivor, "", people=[person], found=False)
    return Bucket(ROAD, person.relief, person.relief.on, people=[person])


def _place(person, made, snapshot):
    """The operation or head-count with which a person counts; None for other roads."""
    road = person.relief
    if road is not None:
        if road.operation_id in made:
            return road.operation_id
        if (place := _place_of_group(road.headcount_id, made, snapshot)) is not None:
            return place
    for group in snapshot.once(_groups_of).get(person.survivor.id, ()):
        if (place := _place_of_group(group, made, snapshot)) is not None:
            return place
    if road is not None and road.how == "operation" and road.operation_id is None:
        alone = [key for key, b in made.items() if b.model == OPERATION and b.record.case_id == road.case_id]
        return alone[0] if len(alone) == 1 else None
    return None


def _place_of_group(group_id, made, snapshot):
    if group_id in made:
        return group_id
    group = snapshot.once(_groups_by_id).get(group_id)
    return group.operation_id if group is not None and group.operation_id in made else None


def _groups_by_id(snapshot):
    return {group.id: group for group in snapshot.table("headcounts")}


def _groups_of(snapshot):
    groups = {}
    for member in snapshot.table("headcount_members"):
        groups.setdefault(member.survivor_id, []).append(member.headcount_id)
    return groups


def _everybody(snapshot):
    return snapshot.once(_people)


def _people(snapshot):
    ages, spells = snapshot.grouped("ages", "survivor_id"), snapshot.grouped("episodes", "survivor_id")
    births = snapshot.once(_births)
    return [
        _person(snapshot, survivor._replace(born=births[survivor.id]), ages.get(survivor.id, ()), spells)
        for survivor in snapshot.table("survivors")
    ]


def _births(snapshot):
    """When each was born: the year, and the sealed date where the year does not settle who was a child.

    It is opened to be counted with, and shown nowhere.
    """
    born = {survivor.id: survivor.birth_year for survivor in snapshot.table("survivors")}
    undecided = [
        survivor
        for survivor in snapshot.table("survivors")
        if survivor.born and by_birth(survivor.birth_year, relieved_on(snapshot, survivor)) == PERHAPS
    ]
    with keys_in_hand({survivor.case_id for survivor in undecided}):
        return born | {one.id: one.born.of(one.case_id, one.id).open() for one in undecided}


def _roads(snapshot, survivor):
    """The roads she took until that day, and those of them that held."""
    roads = snapshot.grouped_once("reliefs", "survivor_id").get(survivor.id, ())
    taken = [road for road in roads if happened(road.on, snapshot.as_of)]
    return taken, [road for road in taken if not _taken_back(road, snapshot.as_of)]


def relieved_on(snapshot, survivor):
    """The date of the last road out that held, else of the last one taken."""
    taken, held = _roads(snapshot, survivor)
    return _date_of((held or taken or [None])[-1], snapshot)


def _person(snapshot, survivor, ages, spells):
    taken, held = _roads(snapshot, survivor)
    return Person(
        survivor,
        (held or taken or [None])[-1],
        freed=bool(held),
        child=child_at_relief(survivor, ages, relieved_on(snapshot, survivor)),
        exploited=not survivor.dependant
        and any(not spell.prevented for spell in spells.get(survivor.id, ())),
    )


def _taken_back(road, day):
    return road.recaptured and happened(road.recaptured_on, day)


def _date_of(road, snapshot):
    """The date of a relief: its own, else that of its operation or head-count."""
    if road is None:
        return ""
    if road.on:
        return road.on
    dates = {op.id: op.on for op in snapshot.table("operations")}
    group = snapshot.once(_groups_by_id).get(road.headcount_id)
    return dates.get(road.operation_id) or (group.on if group is not None else "")


def _of_operation(operation, snapshot):
    """The final count, and the counts of its sites added up."""
    said = [_said(operation, operation.relieved)]
    at_sites = [_said(site) for site in snapshot.once(_sites).get(operation.id, ())]
    if at_sites:
        said.append({name: _added(site[name] for site in at_sites) for name in at_sites[0]})
    return said


def _sites(snapshot):
    return snapshot.grouped("sites", "operation_id")


def _of_group(group):
    said = _said(group, group.relieved)
    if said["relieved"] is None and group.what in FREED:
        said["relieved"] = said["people"]
    if group.operation_id is None and group.what not in CAME_TO_LIGHT:
        said |= {"people": said["relieved"], "children": None, "children_exploited": None}
    return said


def _said(record, relieved=""):
    """What one head-count says, with what follows from it: people from their parts, children from girls and
    boys.
    """
    number = {name: _quantity(getattr(record, name)) for name in Counts.NUMBERS}
    freed = _quantity(relieved)
    children = _first(number["children"], _added((number["girls"], number["boys"])), _rest(number))
    adults = _first(number["adults"], _added((number["women"], number["men"])))
    people = _first(number["people"], _highest([_added((adults, children)), number["exploited"]]))
    return {
        "people": _highest([people, freed]),
        "relieved": freed,
        "children": _first(children, number["children_exploited"]),
        "exploited": _first(number["exploited"], number["children_exploited"]),
        "children_exploited": number["children_exploited"],
    }


def _quantity(text):
    return Quantity.of(text) if text else None


def _first(*numbers):
    """The first that is said at all."""
    return next((number for number in numbers if number is not None), None)


def _added(numbers):
    """The sum of those that are said; None when none is."""
    said = [number for number in numbers if number is not None]
    return sum(said, NOTHING) if said else None


def _highest(numbers):
    said = [number for number in numbers if number is not None]
    return reduce(Quantity.higher, said) if said else None


def _rest(number):
    """The children of a group whose people and adults are known exactly."""
    people, adults = number["people"], number["adults"]
    if people is None or adults is None or not people.exact or not adults.exact or people.low < adults.low:
        return None
    return Quantity(people.low - adults.low, people.low - adults.low)
