"""How often each flag is said, by the codebook's own rule: of the rows that say anything of its group."""

from exchange.ctdc.columns import AGES, COLUMNS, GENDERS, GROUPS

PLACES = {name: place for place, name in enumerate(COLUMNS)}


def shares_of(rows):
    """{group: {"of": rows that say anything, flag or value: how many}}; shares may add to more than 100 %."""
    told = {"gender": values_in(rows, "gender", GENDERS), "age": values_in(rows, "ageBroad", AGES)}
    for group, flags in GROUPS.items():
        places = [PLACES[flag] for flag in flags]
        saying = [row for row in rows if any(row[place] for place in places)]
        told[group] = {"of": len(saying)}
        told[group] |= {flag: sum(bool(row[PLACES[flag]]) for row in saying) for flag in flags}
    return told


def values_in(rows, column, values):
    place = PLACES[column]
    known = [row[place] for row in rows if row[place]]
    return {"of": len(known), **{value: known.count(value) for value in values}}
