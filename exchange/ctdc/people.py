"""One survivor as a row of the 27 columns, from what the HTCDS already says of her."""

from datetime import date

from exchange.ctdc.columns import (
    AGES,
    COLUMNS,
    FLAG,
    GENDERS,
    LABOUR,
    MEANS,
    MONTHS,
    RECRUITERS,
    SEX,
    TYPES,
    alpha3,
)
from operations.states import VenueKind
from reference.values import PartialDate, Quantity
from survivors.states import AgeMoment, Control, Exploitation, Gender, Industry, Recruiter, SexualExploitation

GENDER = {
    Gender.MASCULINE: GENDERS[0],
    Gender.FEMININE: GENDERS[1],
    Gender.TRANSGENDER_FEMININE: GENDERS[2],
    Gender.TRANSGENDER_MASCULINE: GENDERS[2],
    Gender.NON_CONFORMING: GENDERS[2],
}
CONTROL = {
    Control.DEBT_BONDAGE: MEANS[0], Control.TAKES_EARNINGS: MEANS[0],
    Control.PHYSICAL_THREATS: MEANS[1], Control.THREATS_LAW_ENFORCEMENT: MEANS[1],
    Control.THREATENS_CHILDREN_FAMILY: MEANS[1],
    Control.PSYCHOLOGICAL_ABUSE: MEANS[2], Control.PHYSICAL_ABUSE: MEANS[2], Control.SEXUAL_ABUSE: MEANS[2],
    Control.FALSE_PROMISES: MEANS[3], Control.PSYCHOACTIVE_SUBSTANCE: MEANS[4],
    Control.RESTRICTS_FINANCIAL_ACCESS: MEANS[5], Control.RESTRICTS_MEDICAL_CARE: MEANS[5],
    Control.RESTRICTS_MOVEMENT: MEANS[5], Control.WITHHOLDS_NECESSITIES: MEANS[5],
    Control.EXCESSIVE_WORKING_HOURS: MEANS[6], Control.WITHHOLDS_DOCUMENTS: MEANS[7],
}  # fmt: skip
TYPE = {
    Exploitation.FORCED_LABOUR: TYPES[0], Exploitation.CHILD_LABOUR: TYPES[0],
    Exploitation.SERVITUDE: TYPES[0],
    Exploitation.FORCED_BEGGING: TYPES[0], Exploitation.SEXUAL_EXPLOITATION: TYPES[1],
}  # fmt: skip
INDUSTRY = {
    Industry.AGRICULTURE_FORESTRY_AND_FISHING: LABOUR[0],
    Industry.CONSTRUCTION: LABOUR[1],
    Industry.ACTIVITIES_OF_HOUSEHOLDS_AS_EMPLOYERS: LABOUR[2],
    Industry.ACCOMMODATION_AND_FOOD_SERVICE_ACTIVITIES: LABOUR[3],
}
SEXUAL = {SexualExploitation.PROSTITUTION: SEX[0], SexualExploitation.PORNOGRAPHY: SEX[1]}
# The standard's three relations are too coarse for the four columns; ours are not.
RECRUITER = {
    Recruiter.INTIMATE_PARTNER: RECRUITERS[0], Recruiter.FRIEND_OR_ACQUAINTANCE: RECRUITERS[1],
    Recruiter.FAMILY_OR_GUARDIAN: RECRUITERS[2], Recruiter.OTHER: RECRUITERS[3],
}  # fmt: skip
# Fishing is in the same section of ISIC as farming, but not in the column.
ON_WATER = {VenueKind.FISHING_BOAT, VenueKind.SHIP, VenueKind.LAKE, VenueKind.PORT}
# Ages at relief or before are not older than at registration; a later one is not used.
EARLIER = (AgeMoment.RECRUITED, AgeMoment.FIRST_EXPLOITED, AgeMoment.EPISODE, AgeMoment.RELIEF)
ENDS = (8, 17, 20, 23, 26, 29, 38, 47)


def row_of(survivor, *, ages, episodes, venues) -> tuple[str, ...]:
    """27 texts. `venues`: {key: venue} of the case; the case must come with the survivor."""
    registered = year_of(survivor.case)
    found = dict.fromkeys(COLUMNS, "")
    found["yearOfRegistration"] = str(registered or "")
    found["gender"] = GENDER.get(survivor.gender, "")
    found["ageBroad"] = band_of(age_at(survivor, ages, registered))
    found["citizenship"] = alpha3(survivor.nationality[0].casefold()) if survivor.nationality else ""
    places = [venues[key] for one in episodes for key in one.venues if key in venues]
    found["CountryOfExploitation"] = country_of(survivor, places)
    found["traffickMonths"] = months_band(sum_of(months_of(one) for one in episodes))
    for flag in flags_of([one for one in episodes if not one.prevented], places):
        found[flag] = FLAG
    return tuple(found.values())


def year_of(case):
    """The year in which we registered her: when the case was opened."""
    return PartialDate(case.opened_on).first.year if case.opened_on else None


def age_at(survivor, ages, year):
    """Whole years at registration as far as they are known to one number; None otherwise."""
    if survivor.birth_year and year:
        born = Quantity.of(str(survivor.birth_year))
        return year - int(born.low) if born.exact else None
    for moment in reversed(EARLIER):
        for one in ages:
            if one.at == moment and one.years and Quantity.of(one.years).low is not None:
                return int(Quantity.of(one.years).low)
    return None


def band_of(age):
    if age is None or age < 0:
        return ""
    return next((band for end, band in zip(ENDS, AGES, strict=False) if age <= end), AGES[-1])


def country_of(survivor, places):
    """Where it took place as far as one country is known; else the country in which the case is worked."""
    countries = {place.country for place in places if place.country}
    code = countries.pop() if len(countries) == 1 else "" if countries else survivor.case.country
    return alpha3(code.casefold()) if code else ""


def months_of(episode):
    """How many months one spell lasted; None where nobody knows."""
    if episode.months and Quantity.of(episode.months).low is not None:
        return float(Quantity.of(episode.months).low)
    if episode.years and Quantity.of(episode.years).low is not None:
        return float(Quantity.of(episode.years).low) * 12
    if episode.started and episode.ended:
        return apart(PartialDate(episode.started).first, PartialDate(episode.ended).last)
    return None


def apart(first: date, last: date):
    return max(0.0, (last - first).days / 30.44)


def sum_of(spells):
    known = [months for months in spells if months is not None]
    return sum(known) if known else None


def months_band(months):
    if months is None:
        return ""
    return MONTHS[0] if months <= 12 else MONTHS[1] if months <= 24 else MONTHS[2]


def flags_of(episodes, places):
    """The flags of all her spells together; what was prevented sets none."""
    on_water = any(place.kind in ON_WATER for place in places)
    for one in episodes:
        yield from (CONTROL[code] for code in one.control if code in CONTROL)
        yield from (TYPE.get(code, TYPES[2]) for code in one.kinds)
        yield from (SEXUAL[code] for code in one.sex if code in SEXUAL)
        industry = INDUSTRY.get(one.industry)
        if industry and not (industry == LABOUR[0] and on_water):
            yield industry
        if one.recruiter in RECRUITER:
            yield RECRUITER[one.recruiter]
