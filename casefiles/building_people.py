"""From a checked document to records: survivors, and who is related to whom."""

from casefiles import parts
from survivors.actions import year_of
from survivors.models import Age, Consent, Episode, HealthEvent, Kinship, Relief, Statement, Survivor

LISTS = (
    ("ages", Age, parts.AGE, True),
    ("exploitation", Episode, parts.EPISODE, True),
    ("consents", Consent, parts.CONSENT, False),
    ("health", HealthEvent, parts.HEALTH, False),
)


def build(made):
    """Survivors with everything that hangs from them, and the relations of everybody."""
    for key, part in made.document.get("survivors", {}).items():
        _survivor(made, key, part)
    for section in ("survivors", "perpetrators", "headcounts"):
        for key, part in made.document.get(section, {}).items():
            for position, kin in enumerate(part.get("family", ()), 1):
                made.add(Kinship, (section, key, "family", position), kin, parts.KIN, of=key)


def _survivor(made, key, part):
    where, witness = ("survivors", key), part.get("witness", {})
    standing = {name: witness.get(source) for name, source in parts.WITNESS.items()}
    fields = {**parts.SURVIVOR, **{name: name for name in parts.WITNESS}}
    year = year_of(part.get("born", ""))
    made.add(Survivor, where, {**part, **standing}, fields, key=key, birth_year=year)
    survivor_id = made.pk(*where)
    for name, model, fields, in_order in LISTS:
        for position, item in enumerate(part.get(name, ()), 1):
            order = {"position": position} if in_order else {}
            made.add(model, (*where, name, position), item, fields, survivor_id=survivor_id, **order)
    for position, item in enumerate(witness.get("statements", ()), 1):
        made.add(Statement, (*where, "statements", position), item, parts.STATEMENT, survivor_id=survivor_id)
    for position, item in enumerate(part.get("relief", ()), 1):
        _relief(made, (*where, "relief", position), item, survivor_id, position)


def _relief(made, where, part, survivor_id, position):
    recapture = part.get("recaptured", {})
    made.add(
        Relief,
        where,
        {**part, **{name: recapture.get(source) for name, source in parts.RECAPTURE.items()}},
        {**parts.RELIEF, **{name: name for name in parts.RECAPTURE}},
        survivor_id=survivor_id,
        position=position,
        operation_id=made.to("operations", part.get("operation")),
        headcount_id=made.to("headcounts", part.get("headcount")),
        recaptured="recaptured" in part,
    )
