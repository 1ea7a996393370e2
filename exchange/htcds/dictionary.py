"""The standard as data: 84 fields, their values, and the columns of the official sheet."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DATA = Path(__file__).parent / "data"
# The entities in the order of the standard.
ENTITIES = {
    "org": "Organization", "prs": "Person", "vic": "Person - Victim Context",
    "per": "Person - Perpetrator Context", "cas": "Case", "cco": "Case Comment",
    "hte": "Historic Trafficking Events", "spl": "Support Plan", "con": "Consent",
}  # fmt: skip
# Our own columns: random keys that say which rows belong together, and nothing else.
KEYS = {
    "org": ("x_record", "x_case"), "prs": ("x_person",), "vic": ("x_person", "x_case"),
    "per": ("x_person", "x_case"), "cas": ("x_case", "x_person", "x_record"),
    "cco": ("x_person", "x_case", "x_record"), "hte": ("x_person", "x_case", "x_record", "x_place"),
    "spl": ("x_person", "x_case", "x_record"), "con": ("x_person", "x_case"),
}  # fmt: skip
TRUE, FALSE = "true", "false"


def plainly(text):
    """A value or a label as it is compared: letters and digits alone, whatever the capitals and accents."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", str(text)).casefold())


@dataclass(frozen=True)
class Field:
    """One of the 84 rows of the standard."""

    name: str
    label: str
    section: str
    core: bool
    deprecated: bool
    type: str
    codes: str
    values: tuple[tuple[str, str], ...]

    @property
    def entity(self):
        return self.name.split("_")[0]

    @property
    def several(self):
        """May it hold several values at once?"""
        return self.type == "Multiselect Picklist"

    @property
    def listed(self):
        """Does the standard itself list its values?"""
        return bool(self.values)

    @property
    def text(self):
        """Words that somebody wrote."""
        return self.type in ("Text", "Long Text")

    @cached_property
    def labels(self):
        return dict(self.values)

    @cached_property
    def by_word(self):
        """{name or label, compared plainly: value}; spellings that are about add to it."""
        found = {plainly(label): value for value, label in self.values}
        found |= {plainly(value): value for value, _label in self.values}
        return found | {plainly(word): value for word, value in ALSO_SPELT.get(self.name, {}).items()}

    def value_of(self, word):
        """The value of the standard that this name or label means; None when none does."""
        return self.by_word.get(plainly(word))


# Spellings that are about: the definitions, older forms and everyday words.
ALSO_SPELT = {
    "vic_RelationshipToTrafficker": {"Unacquainted": "Unaquainted"},
    "prs_Gender": {
        "Female": "Feminine", "Woman": "Feminine", "Male": "Masculine", "Man": "Masculine",
        "Unknown": "NonSpecifiedUnknown", "Not specified": "NonSpecifiedUnknown",
    },
    "vic_ForcedLabourIndustry": {},
}  # fmt: skip


def _fields():
    kept = json.loads((DATA / "fields.json").read_text(encoding="utf-8"))["fields"]
    for row in kept:
        values = tuple((value, label.strip()) for value, label in row.pop("values"))
        if row["name"] == "vic_ForcedLabourIndustry":
            for value, _label in values:
                words = ALSO_SPELT["vic_ForcedLabourIndustry"]
                words[value[0]] = words[value[2:]] = value
        yield Field(values=values, **row)


FIELDS = {field.name: field for field in _fields()}
OF_ENTITY = {prefix: [field for field in FIELDS.values() if field.entity == prefix] for prefix in ENTITIES}
# The five columns 14-18 of the official sheet: named in one order, labelled in another. People type by label.
MAILING = ("prs_MailingStreet", "prs_MailingCity", "prs_MailingState", "prs_MailingPostalCode",
           "prs_MailingCountry")  # fmt: skip
# The sheet: its 38 columns are the core fields that are not deprecated, in the order of its labels.
FLAT = (
    "cas_CaseOwner", "prs_Salutation", "prs_FirstName", "prs_SecondName", "con_Consent", "prs_Birthdate",
    "prs_Gender", "prs_Citizenship", "prs_Title", "prs_Email", "prs_HomePhone", "prs_MobilePhone", *MAILING,
    "vic_TraffickingStatus", "vic_TraffickingStatusDecisionMakingOrg", "vic_MethodOfRecruitment",
    "vic_LocationOfRecruitment", "vic_MethodsOfControl", "vic_TypeOfExploitation", "vic_ForcedLabourIndustry",
    "vic_TypeOfSexExploitation", "vic_LocationOfExploitation", "cas_Status", "cas_ReferringOrganisation",
    "cas_IncomingReferralDate", "cas_ReferringPrimaryCaseWorker", "cas_ReasonForIncomingReferral",
    "cas_IncomingReferralDetails", "cas_ReferredOrganisation", "cas_ReferredPrimaryCaseWorker",
    "cas_ReasonForOutgoingReferral", "cas_OutgoingReferralDate", "cas_OutgoingReferralDetails",
    "cas_ReasonForCaseClosure",
)  # fmt: skip


def _countries():
    return json.loads((DATA / "countries.json").read_text(encoding="utf-8"))["countries"]


def _languages():
    return json.loads((DATA / "languages.json").read_text(encoding="utf-8"))["languages"]


COUNTRY_NAMES = {two: name for two, _three, name in _countries()}
ALPHA_3 = {two: three for two, three, _name in _countries()}
_COUNTRY_WORDS = {
    plainly(word): two
    for two, three, name in _countries()
    for word in (name.split(" (")[0], name, three, two)
} | {
    plainly(word): two
    for word, two in {
        "Bolivia": "BO", "Burma": "MM", "Cape Verde": "CV", "Czech Republic": "CZ", "England": "GB",
        "Great Britain": "GB", "Iran": "IR", "Ivory Coast": "CI", "Kosovo": "RS", "Laos": "LA",
        "Moldova": "MD",
        "North Korea": "KP", "Russia": "RU", "South Korea": "KR", "Swaziland": "SZ", "Syria": "SY",
        "Tanzania": "TZ", "The Gambia": "GM", "Turkey": "TR", "UK": "GB", "United Kingdom": "GB",
        "United States": "US", "USA": "US", "Venezuela": "VE", "Vietnam": "VN",
    }.items()
}  # fmt: skip
_LANGUAGE_WORDS = {
    plainly(word): three
    for three, two, other, name in _languages()
    for word in (name, other, two, three)
    if word
}
LANGUAGE_OF = {three: two or three for three, two, _other, _name in _languages()}
LANGUAGE_NAMES = {three: name for three, _two, _other, name in _languages()}


def country_of(word):
    """The two letters of a country written as a name, two letters or three; None when it is none."""
    return _COUNTRY_WORDS.get(plainly(word))


def language_of(word):
    """The ISO 639-2 code of a language written as a name or a code; None when it is none."""
    return _LANGUAGE_WORDS.get(plainly(word))


def headers(entity):
    """The columns of the table of one entity: ours by which rows belong together, then the standard's."""
    return [*KEYS[entity], *(field.name for field in OF_ENTITY[entity])]
