"""From a checked document to records: the accused, the courts, judgments and awards."""

from casefiles import parts
from casefiles.bails import is_history, placed, status_of
from casefiles.records import value_of
from casefiles.when import moment
from prosecutions.actions import starts_at
from prosecutions.models import (
    Accused,
    Appeal,
    Arrest,
    Attendance,
    Award,
    AwardShare,
    BailBreach,
    BailOrder,
    Charge,
    Custody,
    Hearing,
    Network,
    Party,
    Payment,
    Proceeding,
    Verdict,
)

LISTS = (
    ("custody", Custody, parts.CUSTODY),
    ("charges", Charge, parts.CHARGE),
    ("appeals", Appeal, parts.APPEAL),
)


def build(made, office):
    """Networks, accused people, proceedings with their hearings, bail, judgments and awards."""
    document = made.document
    for key, part in document.get("networks", {}).items():
        made.add(Network, ("networks", key), part, parts.NETWORK, key=key)
    for key, part in document.get("perpetrators", {}).items():
        _accused(made, key, part)
    for key, part in document.get("proceedings", {}).items():
        _proceeding(made, key, part, office)
    for key in document.get("perpetrators", {}):
        _bails(made, key)
    for position, part in enumerate(document.get("compensation", ()), 1):
        _award(made, position, part)


def _accused(made, key, part):
    where = ("perpetrators", key)
    made.add(
        Accused,
        where,
        part,
        parts.ACCUSED,
        key=key,
        network_id=made.to("networks", part.get("network")),
        ref=part.get("ref", ""),
    )
    accused_id = made.pk(*where)
    for name, model, fields in LISTS:
        for position, item in enumerate(part.get(name, ()), 1):
            made.add(model, (*where, name, position), item, fields, accused_id=accused_id, position=position)
    for position, item in enumerate(part.get("arrests", ()), 1):
        made.add(
            Arrest,
            (*where, "arrests", position),
            item,
            parts.ARREST,
            accused_id=accused_id,
            operation_id=made.to("operations", item.get("operation")),
        )
    for position, item in enumerate(part.get("verdicts", ()), 1):
        _verdict(made, (*where, "verdicts", position), item, accused_id, position)


def _verdict(made, where, part, accused_id, position):
    sentence = part.get("sentence", {})
    filled = {}
    for name, source in parts.SENTENCE.items():
        filled |= value_of(Verdict, name, sentence.get(source))
    made.add(Verdict, where, part, parts.VERDICT, accused_id=accused_id, position=position, **filled)


def _bails(made, key):
    accused_id = made.to("perpetrators", key)
    for position, (part, proceeding) in enumerate(placed(made.document, key), 1):
        where, again = ("perpetrators", key, "bail", position), part.get("reoffended", {})
        heard_on, heard_time = moment(part.get("heard_on"))
        made.add(
            BailOrder,
            where,
            {**part, **{name: again.get(source) for name, source in parts.REOFFENCE.items()}},
            {**parts.BAIL, **{name: name for name in parts.REOFFENCE}},
            accused_id=accused_id,
            proceeding_id=made.to("proceedings", proceeding),
            position=position,
            status=status_of(part),
            history=is_history(part),
            heard_on=heard_on,
            heard_time=heard_time,
            reoffended="reoffended" in part,
        )
        for number, breach in enumerate(part.get("breaches", ()), 1):
            made.add(BailBreach, (*where, "breaches", number), breach, parts.BREACH, bail_id=made.pk(*where))


def _proceeding(made, key, part, office):
    where = ("proceedings", key)
    made.add(Proceeding, where, part, parts.PROCEEDING, key=key)
    for accused in part.get("accused", ()):
        made.add(
            Party,
            (*where, "accused", accused),
            {},
            {},
            proceeding_id=made.pk(*where),
            accused_id=made.to("perpetrators", accused),
        )
    for position, item in enumerate(part.get("hearings", ()), 1):
        _hearing(made, (*where, "hearings", position), item, made.pk(*where), position, office)


def _hearing(made, where, part, proceeding_id, position, office):
    on, local_time = moment(part["at"])
    next_on, next_time = moment(part.get("next_on"))
    made.add(
        Hearing,
        where,
        part,
        parts.HEARING,
        proceeding_id=proceeding_id,
        position=position,
        on=on,
        local_time=local_time,
        starts_at=starts_at(on, local_time, office),
        next_on=next_on,
        next_time=next_time,
    )
    for survivor in part.get("attended", ()):
        made.add(
            Attendance,
            (*where, "attended", survivor),
            {},
            {},
            hearing_id=made.pk(*where),
            survivor_id=made.to("survivors", survivor),
            came=True,
        )


def _award(made, position, part):
    where = ("compensation", position)
    made.add(Award, where, part, parts.AWARD, position=position, payments_known="payments" in part)
    survivors = made.document.get("survivors", {})
    for key in part["for"]:
        person = "survivor_id" if key in survivors else "headcount_id"
        section = "survivors" if key in survivors else "headcounts"
        share = {"award_id": made.pk(*where), person: made.to(section, key)}
        made.add(AwardShare, (*where, "for", key), {}, {}, **share)
    for number, item in enumerate(part.get("payments", ()), 1):
        to = item.get("to")
        made.add(
            Payment,
            (*where, "payments", number),
            item,
            parts.PAYMENT,
            award_id=made.pk(*where),
            survivor_id=made.to("survivors", to) if to in survivors else None,
        )
