"""What may leave: without names (the default), or with names for people who agreed to that.

Without names only codes, countries, numbers, years and months leave. Nothing that anybody wrote in words
does, whatever it is about: a description may hold a name. Dates are cut to the month, births to the year.
"""

from uuid import UUID

from exchange.htcds.dictionary import ALPHA_3, FIELDS, plainly
from reference.sealed import token
from survivors.states import Shared

# Texts that we make of codes ourselves; nobody can have written a name into them.
OF_CODES = {"cas_ReasonForCaseClosure", "cas_CaseOwner", "hte_Country", "org_ShippingCountry", "prs_Title"}
# Codes and keys; the city and the street of a place are words.
KEPT = {
    name
    for name, field in FIELDS.items()
    if name in OF_CODES
    or field.type in ("Picklist", "Multiselect Picklist", "Checkbox", "Date", "Lookup [to organisation]")
    or (field.type == "Number" and not name.endswith("itude"))
}
# With names: what needs more than the consent to be named.
ONLY_IF_TOLD = {
    Shared.CONTACT: {"prs_Email", "prs_HomePhone", "prs_MobilePhone"},
    Shared.WHEREABOUTS: {name for name in FIELDS if name.startswith("prs_Mailing")},
    Shared.NEEDS: {name for name in FIELDS if name.startswith("spl_")},
}
VEILED = {"x_person", "x_case", "x_record", "x_place"} | {
    name for name, field in FIELDS.items() if field.type == "Lookup [to organisation]"
}
DATES = {name for name, field in FIELDS.items() if field.type == "Date"}
COUNTRIES = {"hte_Country", "org_ShippingCountry"}
# A comment may tell anything, so it leaves only where everything may be told.
ANYTHING = {Shared.CONTACT, Shared.WHEREABOUTS, Shared.NEEDS, Shared.HEALTH, Shared.COURT}
MONTH, YEAR = len("2026-11"), len("2026")


def without_names(row):
    """What of a row may leave in a file without names."""
    kept = {name: value for name, value in row.items() if name in KEPT or name.startswith("x_")}
    for name in COUNTRIES & kept.keys():
        kept[name] = value if (value := kept[name]) in ALPHA_3 else ""
    for name in DATES & kept.keys():
        kept[name] = kept[name][: YEAR if name == "prs_Birthdate" else MONTH]
    return kept


def as_told(row, told):
    """What of a row with names this person agreed to have told."""
    hidden = {name for code, names in ONLY_IF_TOLD.items() if code not in told for name in names}
    return {name: value for name, value in row.items() if name not in hidden}


def pseudonymise(gathered, receiver=""):
    """A file without names: the same rows with less in them, under keys that only this receiver has."""
    born_into = {
        str(told.survivor.pk) for told in gathered.people if any(one.born_into for one in told.episodes)
    }
    found = {}
    for prefix, rows in gathered.entities().items():
        found[prefix] = [without_names(row) for row in rows] if prefix != "cco" else []
    for row in found["hte"]:
        # The beginning of an exploitation into which somebody was born is her birthday.
        if row["x_person"] in born_into and "hte_Date" in row:
            row["hte_Date"] = row["hte_Date"][:YEAR]
    return veiled(found, receiver)


def veiled(entities, receiver):
    """Our keys behind others: the same at each file for one receiver, and none that two could join by."""
    known = {}

    def behind(key):
        if key not in known:
            known[key] = str(UUID(bytes=token(f"key of a record for {plainly(receiver)}", key)))
        return known[key]

    for rows in entities.values():
        for row in rows:
            row |= {name: behind(value) for name, value in row.items() if name in VEILED and value}
    return entities


def identified(gathered, told, name_accused):
    """A file with names: of those who agreed, as far as they agreed; accused people where justice asks."""
    found = gathered.entities()
    hers = {str(pk): codes for pk, codes in told.items()}
    for prefix, rows in found.items():
        if prefix == "cco":
            rows = [row for row in rows if set(hers.get(row["x_person"], ())) >= ANYTHING]
        found[prefix] = [
            as_told(row, hers[row["x_person"]]) if row.get("x_person") in hers else row for row in rows
        ]
    if not name_accused:
        survivors = set(hers)
        found["prs"] = [row if row["x_person"] in survivors else without_names(row) for row in found["prs"]]
        found["per"] = [without_names(row) for row in found["per"]]
    return found
