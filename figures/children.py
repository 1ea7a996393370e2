"""Was the person under 18 at relief? 18 is adult, whatever the source says."""

from datetime import date

from figures.rows import NOTHING, ONE
from reference.values import PartialDate, Quantity

ADULT = 18
PERHAPS = Quantity(NOTHING.low, ONE.high)
BEFORE_RELIEF = ("recruited", "first_exploited", "episode")
AFTER_RELIEF = ("statement", "verdict", "now")


def child_at_relief(survivor, ages, relief_on):
    """1 for a child, 0 for an adult or when nothing is known, 0..1 when what is known does not settle it.

    What speaks first decides: the age said to be at relief (of several, the one at that date, then a
    document, then one that is not an estimate, then the later); the date of birth with the date of relief;
    the flag `child`; an age at another moment, by its date or because that moment lies before or after any
    relief.
    """
    for answer in (
        _by_age_at_relief(ages, relief_on),
        by_birth(survivor.born, relief_on),
        _by_flag(survivor.child),
        _by_other_ages(ages, relief_on),
    ):
        if answer in (ONE, NOTHING):
            return answer
    undecided = [_by_age_at_relief(ages, relief_on), by_birth(survivor.born, relief_on)]
    return PERHAPS if PERHAPS in undecided else NOTHING


def _by_age_at_relief(ages, relief_on):
    here = [age for age in ages if age.at == "relief" and _same_time(age.on, relief_on)]
    if not here:
        return None
    return _minor(_years(max(reversed(here), key=_trust)))


def _trust(age):
    """How much one of several ages weighs; of equals the later one counts."""
    return bool(age.on), age.by == "document", not age.estimated


def _same_time(one, other):
    return not one or not other or (one.first <= other.last and other.first <= one.last)


def _years(age):
    """The age as a quantity of years."""
    if age.years:
        return Quantity.of(age.years)
    months = Quantity.of(age.months)
    return Quantity(*(None if end is None else end / 12 for end in (months.low, months.high)))


def _minor(years):
    if years.high is not None and years.high < ADULT:
        return ONE
    if years.low is not None and years.low >= ADULT:
        return NOTHING
    return PERHAPS


def by_birth(born, relief_on):
    """What the date of birth says; None when one of the two dates is missing."""
    if not born or not relief_on:
        return None
    return _minor_between(born.first, born.last, relief_on)


def _minor_between(first_birth, last_birth, relief_on):
    """From the two ends of what the birth and the relief can be."""
    if _birthday(first_birth, ADULT) > relief_on.last:
        return ONE
    if _birthday(last_birth, ADULT) <= relief_on.first:
        return NOTHING
    return PERHAPS


def _birthday(born, years):
    """The day on which somebody turns that old; born on a leap day, on 1 March of other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def _by_flag(child):
    return None if child is None else (ONE if child else NOTHING)


def _by_other_ages(ages, relief_on):
    answers = [_by_other_age(age, relief_on) for age in ages]
    settled = [answer for answer in answers if answer in (ONE, NOTHING)]
    return settled[-1] if settled else None


def _by_other_age(age, relief_on):
    years = _years(age)
    if age.on and relief_on and years.low is not None and years.high is not None:
        return _by_dated_age(years, age.on, relief_on)
    answer = _minor(years)
    if age.at in ("intake", "relief"):
        return answer
    if age.at in BEFORE_RELIEF and answer == NOTHING:
        return NOTHING
    if age.at in AFTER_RELIEF and answer == ONE:
        return ONE
    return None


def _by_dated_age(years, on: PartialDate, relief_on):
    """Somebody who was 13 on that day was born in the year that ended 13 years before it."""
    earliest = _years_before(on.first, int(years.high) + 1)
    latest = _years_before(on.last, int(years.low))
    return _minor_between(earliest, latest, relief_on)


def _years_before(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
