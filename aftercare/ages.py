"""How old somebody is today, as far as it is known: between two numbers of years."""

from datetime import date

from reference.values import PartialDate, Quantity
from survivors.states import AgeMoment

ADULT = 18
Range = tuple[int | None, int | None]
UNKNOWN: Range = (None, None)
HALF_A_YEAR = 183  # days
ON_THE_WAY_IN = (AgeMoment.RELIEF, AgeMoment.INTAKE)
SINCE = (AgeMoment.RELIEF, AgeMoment.INTAKE, AgeMoment.STATEMENT, AgeMoment.VERDICT, AgeMoment.NOW)


def age_today(survivor, today: date, came: date | None = None) -> Range:
    """Youngest and oldest that a person can be: by a dated age, else the year of birth, else the flag.

    An age said when she came, without a date of its own, is of the day on which she came to us. The sealed
    day of birth is not opened for this.
    """
    dated = [(age, on) for age in survivor.ages.all() if (on := day_of(age, survivor, came))]
    if dated:
        newest, on = max(dated, key=lambda pair: (not pair[0].estimated, pair[1].last, pair[0].position))
        return grown(years_of(newest), on, today)
    if survivor.birth_year:
        born = PartialDate(survivor.birth_year)
        slack = 0 if len(survivor.birth_year) == len("2010") else 1
        return today.year - born.last.year - 1 - slack, today.year - born.first.year + slack
    undated = [age for age in survivor.ages.all() if age.at in SINCE]
    if undated:
        return years_of(undated[-1])[0], None
    return (None, ADULT - 1) if survivor.child and fresh(survivor, today) else UNKNOWN


def day_of(age, survivor, came: date | None) -> PartialDate | None:
    """The day of which an age speaks, as far as it can be told."""
    if age.on:
        return PartialDate(age.on)
    if age.at not in ON_THE_WAY_IN:
        return None
    if came:
        return PartialDate(came)
    return None if survivor.case.loaded_on else PartialDate(age.created_at.date())


def fresh(survivor, today: date) -> bool:
    """The flag speaks of the day of relief: it holds for the months in which we came to know her."""
    return (today - survivor.created_at.date()).days < HALF_A_YEAR


def years_of(age) -> Range:
    """The years that a record of an age says."""
    if age.years:
        said = Quantity.of(age.years)
        return whole(said.low), whole(said.high)
    said = Quantity.of(age.months)
    low, high = (None if end is None else int(end) // 12 for end in (said.low, said.high))
    return low, high


def whole(number) -> int | None:
    return None if number is None else int(number)


def grown(years: Range, on: PartialDate, today: date) -> Range:
    """So many years on that day are how many today."""
    low, high = years
    since_last, since_first = full_years(on.last, today), full_years(on.first, today)
    return (
        None if low is None else low + max(since_last, 0),
        None if high is None else high + max(since_first, 0) + (0 if on.last >= today else 1),
    )


def full_years(day: date, today: date) -> int:
    """The years that have gone round between two days."""
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


def may_be_child(age: Range) -> bool:
    """Nothing that is known says eighteen or more."""
    return age[0] is None or age[0] < ADULT
