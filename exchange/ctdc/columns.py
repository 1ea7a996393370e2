"""The 27 columns, their values, and how files of other years spell them.

Three generations: until 2023 (`meansOfControl...`, one column for each means, Female and Male, countries with
two letters, -99 for what is not known); 2024 and 2025 (`means...`, `typeOf...`); 2026 (`sectorOf...`).
"""

import re
from functools import cache

from rigour.territories import get_territory

FLAG = "1"
GENDERS = ("Man", "Woman", "Trans/Transgender/NonConforming")
AGES = ("0--8", "09--17", "18--20", "21--23", "24--26", "27--29", "30--38", "39--47", "48+")
MONTHS = ("0--12 (0-1 yr)", "13--24 (1-2 yrs)", "25+ (2+ yrs)")
MEANS = (
    "meansDebtBondageEarnings", "meansThreats", "meansAbusePsyPhySex", "meansFalsePromises",
    "meansDrugsAlcohol", "meansDenyBasicNeeds", "meansExcessiveWorkHours", "meansWithholdDocs",
)  # fmt: skip
TYPES = ("isForcedLabour", "isSexualExploit", "isOtherExploit")
LABOUR = (
    "typeOfLabourAgriculture", "typeOfLabourConstruction", "typeOfLabourDomesticWork",
    "typeOfLabourHospitality",
)  # fmt: skip
SEX = ("typeOfSexProstitution", "typeOfSexPornography")
RECRUITERS = (
    "recruiterRelationIntimatePartner", "recruiterRelationFriend", "recruiterRelationFamily",
    "recruiterRelationOther",
)  # fmt: skip
# Shares are told within a group, of the rows of which at least one flag of it is known.
GROUPS = {"means": MEANS, "types": TYPES, "labour": LABOUR, "sex": SEX, "recruiters": RECRUITERS}
# By what somebody may be known to others: these together must fit at least k people.
KNOWN_BY = ("yearOfRegistration", "gender", "ageBroad", "citizenship", "CountryOfExploitation")
COLUMNS = (*KNOWN_BY, "traffickMonths", *MEANS, *TYPES, *LABOUR, *SEX, *RECRUITERS)
FLAGS = COLUMNS[6:]
YEAR = re.compile(r"^(19|20)\d\d$")
UNKNOWN = ("", "-99", "NULL", "NA", "nan", "0")

# Columns of the files until 2023, and the one of ours that any of them sets.
MERGED = {
    "meansOfControlDebtBondage": MEANS[0], "meansOfControlTakesEarnings": MEANS[0],
    "meansOfControlThreats": MEANS[1], "meansOfControlUsesChildren": MEANS[1],
    "meansOfControlThreatOfLawEnforcement": MEANS[1],
    "meansOfControlPsychologicalAbuse": MEANS[2], "meansOfControlPhysicalAbuse": MEANS[2],
    "meansOfControlSexualAbuse": MEANS[2],
    "meansOfControlFalsePromises": MEANS[3],
    "meansOfControlPsychoactiveSubstances": MEANS[4],
    "meansOfControlRestrictsFinancialAccess": MEANS[5], "meansOfControlRestrictsMovement": MEANS[5],
    "meansOfControlRestrictsMedicalCare": MEANS[5], "meansOfControlWithholdsNecessities": MEANS[5],
    "meansOfControlExcessiveWorkingHours": MEANS[6],
    "meansOfControlWithholdsDocuments": MEANS[7],
    "isForcedMarriage": TYPES[2], "isForcedMilitary": TYPES[2], "isOrganRemoval": TYPES[2],
}  # fmt: skip
# Other names of one of the 27.
RENAMED = {
    **{name.replace("typeOf", "sectorOf"): name for name in (*LABOUR, *SEX)},
    "meansWithholdDocuments": MEANS[7],
    "yearRegister": "yearOfRegistration",
    "countryOfExploitation": "CountryOfExploitation",
}
# Columns of older files that say nothing of the 27, or the same once more: read over, and told so.
LEFT_ASIDE = {
    "Datasource", "majorityStatus", "majorityStatusAtExploit", "majorityEntry", "meansOfControlOther",
    "meansOfControlNotSpecified", "meansOfControlConcatenated", "isSexAndLabour", "isSlaveryAndPractices",
    "typeOfExploitConcatenated", "typeOfLabourAquafarming", "typeOfLabourBegging",
    "typeOfLabourIllicitActivities", "typeOfLabourManufacturing", "typeOfLabourMiningOrDrilling",
    "typeOfLabourPeddling", "typeOfLabourTransportation", "typeOfLabourOther", "typeOfLabourNotSpecified",
    "typeOfLabourConcatenated", "typeOfSexRemoteInteractiveServices", "typeOfSexPrivateSexualServices",
    "typeOfSexConcatenated", "isAbduction", "RecruiterRelationship", "recruiterRelationUnknown",
}  # fmt: skip
GENERATIONS = (("until 2023", "meansOfControl"), ("2026", "sectorOf"))


def generation_of(header):
    """Which generation of files spells its columns so."""
    for name, mark in GENERATIONS:
        if any(column.startswith(mark) for column in header):
            return name
    return "2024"


def place_of(column):
    """The one of the 27 that a column of any generation is; None for what has no place among them."""
    name = column.strip().lstrip("\ufeff")
    return known_spellings().get(name.casefold())


@cache
def known_spellings():
    return {
        **{name.casefold(): name for name in COLUMNS},
        **{name.casefold(): place for name, place in {**RENAMED, **MERGED}.items()},
    }


def value_of(column, text):
    """The value as we keep it, '' when it is not known; ValueError when the codebook has no such value."""
    text = text.strip()
    if text in UNKNOWN:
        return ""
    if column in FLAGS:
        if text.casefold() not in ("1", "1.0", "true"):
            raise ValueError(text)
        return FLAG
    return READERS[column](text)


def year(text):
    text = text.removesuffix(".0")
    if not YEAR.match(text):
        raise ValueError(text)
    return text


def gender(text):
    found = {
        "man": 0, "male": 0, "woman": 1, "female": 1, "trans/transgender/nonconforming": 2, "transgender": 2,
        "trans": 2, "nonconforming": 2,
    }.get(text.casefold())  # fmt: skip
    if found is None:
        raise ValueError(text)
    return GENDERS[found]


def dashed(text):
    """A band with its dashes, spaces and leading noughts made alike."""
    return "".join(re.sub(r"[-–—]+", "-", text).casefold().split())


def band(bands):
    spellings = {dashed(one): one for one in bands} | {dashed(one.lstrip("0") or one): one for one in bands}

    def read(text):
        try:
            return spellings[dashed(text)]
        except KeyError as why:
            raise ValueError(text) from why

    return read


def country(text):
    """ISO 3166-1 alpha-3, from two letters or three. Serbia holds Kosovo, and China Tibet."""
    if not re.fullmatch(r"[A-Za-z]{2,3}", text):
        raise ValueError(text)
    found = alpha3(text.casefold())
    if not found:
        raise ValueError(text)
    return found


@cache
def alpha3(code):
    """Three letters for two or three; '' when nobody knows the country."""
    place = get_territory("rs" if code in ("xk", "xkx") else code)
    return (place.alpha3 or "").upper() if place else ""


READERS = {
    "yearOfRegistration": year,
    "gender": gender,
    "ageBroad": band(AGES),
    "citizenship": country,
    "CountryOfExploitation": country,
    "traffickMonths": band(MONTHS),
}
