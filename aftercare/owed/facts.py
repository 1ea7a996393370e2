"""The few facts of a person on which benefits depend, as far as they are on record."""

from dataclasses import dataclass

from cases.states import CaseworkType
from reference.values import PartialDate, Quantity
from survivors.states import AgeMoment

# The law says labour trafficking where the record of a case says trafficked labour.
SAME_WORK = {CaseworkType.TRAFFICKED_LABOUR.value: "labour_trafficking"}
MAJORITY = 18
UNKNOWN_GENDER = ("", "NonSpecifiedUnknown")


@dataclass(frozen=True)
class Facts:
    """Of one person, or of a group where most of it is not known. None or empty: not on record."""

    country: str
    casework: str
    day: PartialDate | str = ""  # of the relief, or of the arrival
    child: bool | None = None
    gender: str = ""
    exploitation: frozenset | None = None
    nationality: tuple = ()
    dependant: bool = False


# What of the person tells.
FACTS = ("survivor__ages", "survivor__episodes", "survivor__reliefs")


def with_facts(cares):
    """The query of cares with what `facts_of` reads, in as many queries for one as for many."""
    rows = cares.select_related("case", "office", "survivor", "headcount")
    return rows.prefetch_related(*FACTS)


def facts_of(care, majority=MAJORITY):
    """The facts of the care that `with_facts` has read."""
    case = care.case
    known = {
        "country": case.country or care.office.country,
        "casework": SAME_WORK.get(case.casework_type, case.casework_type),
    }
    if care.survivor is None:
        group = care.headcount
        kinds = frozenset(group.exploitation) or None
        known |= {"exploitation": kinds, "nationality": tuple(group.nationality)}
        return Facts(**known, day=group.on or arrival_of(care))
    person = care.survivor
    day = relief_of(person) or arrival_of(care)
    kinds = frozenset(kind for episode in person.episodes.all() for kind in episode.kinds)
    return Facts(
        **known,
        day=day,
        child=child_at(person, day, majority),
        gender="" if person.gender in UNKNOWN_GENDER else person.gender,
        exploitation=kinds or None,
        nationality=tuple(person.nationality),
        dependant=person.dependant,
    )


def relief_of(person):
    """The day of the last relief whose day is known."""
    days = [relief.on for relief in person.reliefs.all() if relief.on]
    return max(days, key=lambda day: day.first, default="")


def arrival_of(care):
    return PartialDate(care.arrived_at.date()) if care.arrived_at else ""


def child_at(person, day, majority):
    """Was the person a child at relief? What was written of it, else by an age or the year of birth."""
    if person.child is not None:
        return person.child
    for age in person.ages.all():
        if age.at in (AgeMoment.RELIEF, AgeMoment.INTAKE) and age.years:
            said = younger(age.years, majority)
            if said is not None:
                return said
    born = person.birth_year and PartialDate(person.birth_year)
    if born and day and not born.parts[3]:
        years = PartialDate(day).parts[0] - born.parts[0]
        # In the year of the birthday itself the two cannot be told apart.
        return None if years == majority else years < majority
    return None


def younger(years, majority):
    """Is this age, of which perhaps only a range is known, below the age of majority?"""
    known = Quantity.of(years)
    slack = 1 if known.about else 0
    if known.high is not None and known.high + slack < majority:
        return True
    if known.low is not None and known.low - slack >= majority:
        return False
    return None
