"""From what was written to what the lists know: the offence of the law, the court, the kind of number."""

import re
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from audit.actions import record
from cases.states import IllegalMove
from law.matching import court_named, named, offence_named, on_day, plainly
from law.models import Court, Identifier, Offence
from prosecutions.actions.casework import locked, put, settle
from prosecutions.models import Charge, Proceeding
from reference.templatetags.show import edtf
from reference.values import PartialDate

LAW = ("offence", "statute", "section", "country", "committed_on")


def with_law(facts: dict[str, Any], charge: Charge | None = None, country: str = "") -> dict[str, Any]:
    """The facts of a charge with the offence that they name, and with its law and section filled in."""
    if charge is not None and not any(name in facts and facts[name] != getattr(charge, name) for name in LAW):
        return facts
    said = {name: facts.get(name, getattr(charge, name, "")) for name in LAW}
    where, words = said["country"] or country, said["offence"]
    law, day = (said["statute"], said["section"]), said["committed_on"]
    chosen = [row for row in named(where, words) if plainly(words) != plainly(row.name)]
    if chosen:
        check_day(chosen, day)
        law = ("", "")
    known = offence_named(where, words, *law, day)
    filled = {"known_offence": known}
    if known is not None and chosen:
        filled |= {"offence": known.name, "statute": known.statute.name, "section": known.section}
    return {**facts, **filled}


def check_day(chosen: list[Offence], day: Any) -> None:
    """Whoever chooses from the list gets the law of the day of the offence, and is asked for the day."""
    row = chosen[0]
    if not day and (row.valid_to or row.replaces or len(chosen) > 1):
        raise IllegalMove(
            _("Write when it was committed, at least the year: the law has changed, and the day decides."),
            "committed_on",
        )
    if on_day(chosen, day):
        return
    later = successors(row, PartialDate(day))
    if later:
        raise IllegalMove(
            _("%(law)s was not in force on that day. The law of that day: %(other)s.")
            % {"law": row.cited, "other": later},
            "offence",
        )
    raise IllegalMove(_("%(law)s %(when)s.") % {"law": row.cited, "when": span(row)}, "offence")


def successors(offence: Offence, day: PartialDate) -> str:
    """What the list says replaced the offence, or was replaced by it, as far as it was law on that day."""
    country = Offence.objects.of_country(offence.jurisdiction_id).select_related("statute")
    others = country.filter(replaces=offence.code) | country.filter(code=offence.replaces or "-")
    return ", ".join(row.called for row in on_day(others.order_by("code", "valid_from", "pk"), day))


def span(row: Offence) -> str:
    """From when until when a row is law."""
    if row.valid_to:
        return _("was law until %s") % edtf(row.valid_to)
    return _("is law from %s on") % edtf(row.valid_from)


def with_court(facts: dict[str, Any], country: str) -> dict[str, Any]:
    """The facts of a proceeding with the court of the list that they name."""
    if "court" in facts:
        facts = {**facts, "known_court": court_named(country, facts["court"])}
    return facts


def kept_number(kind: Identifier | None, number: str, field: str = "number") -> str:
    """The number as its kind writes it; refused in words when it cannot be one."""
    number = number.strip()
    if kind is None or not kind.pattern or not number:
        return number
    close = re.sub(r"[\s-]", "", number).upper()
    for written in (number, number.upper(), close):
        if re.fullmatch(kind.pattern, written):
            return written
    raise IllegalMove(
        _("This is not a %(kind)s: one looks like %(example)s.")
        % {"kind": kind.name, "example": kind.example},
        field,
    )


def with_docket(facts: dict[str, Any], proceeding: Proceeding | None = None) -> dict[str, Any]:
    """The docket, checked against the pattern of its kind."""
    kind = facts.get("docket_kind", getattr(proceeding, "docket_kind", None))
    if "docket" not in facts or kind is None:
        return facts
    return {**facts, "docket": kept_number(kind, facts["docket"], "docket")}


def same_court(proceeding: Proceeding) -> QuerySet[Proceeding]:
    """Every proceeding that one sees with the same words for its court, and no court of the list."""
    rows = Proceeding.objects.filter(court=proceeding.court, known_court=None)
    return rows.filter(office__country=proceeding.office.country)


def same_offence(charge: Charge) -> QuerySet[Charge]:
    """Every charge that one sees with the same words, and no offence of the list."""
    words = {name: getattr(charge, name) for name in ("offence", "statute", "section", "country")}
    return Charge.objects.filter(known_offence=None, office__country=charge.office.country, **words)


def link_court(proceeding_id: UUID, *, by: User, now: datetime, court: Court) -> int:
    """Say which court is meant by these words, wherever this person may write; how many were linked."""
    rows = same_court(Proceeding.objects.select_related("office").get(pk=proceeding_id))
    return sum(
        link_one_court(row.pk, by=by, now=now, court=court)
        for row in rows.order_by("pk")
        if by.can_on(Can.WRITE_ACCUSED, row.office_id)
    )


def link_one_court(proceeding_id: UUID, *, by: User, now: datetime, court: Court) -> bool:
    """One proceeding is heard at this court; its own words stay."""
    proceeding = locked(Proceeding, proceeding_id)
    put(proceeding, known_court=court)
    record("proceeding.edit", by=by, subject=proceeding, at=now)
    settle(proceeding.case, now)
    return True


def link_offence(charge_id: UUID, *, by: User, now: datetime, offence: Offence) -> tuple[int, int]:
    """Say which offence is meant by these words: (linked, left because of their day), where she may write."""
    same = same_offence(Charge.objects.select_related("office").get(pk=charge_id)).order_by("pk")
    rows = [row for row in same if by.can_on(Can.WRITE_ACCUSED, row.office_id)]
    fitting = [row for row in rows if on_day([offence], row.committed_on)]
    for row in fitting:
        link_one_offence(row.pk, by=by, now=now, offence=offence)
    return len(fitting), len(rows) - len(fitting)


def link_one_offence(charge_id: UUID, *, by: User, now: datetime, offence: Offence) -> bool:
    """One charge is under this law; its own words stay."""
    charge = locked(Charge, charge_id)
    put(charge, known_offence=offence)
    record("charge.edit", by=by, subject=charge, at=now)
    settle(charge.case, now)
    return True


def link_exact(*, by: User, now: datetime) -> int:
    """Link whatever is written exactly like something in the lists, wherever this person may write."""
    linked, courts, offences = 0, cache(court_named), cache(offence_named)
    for row in unlinked(Proceeding, by).exclude(court=""):
        court = courts(row.office.country, row.court)
        linked += bool(court and link_one_court(row.pk, by=by, now=now, court=court))
    for charge in unlinked(Charge, by):
        words = (charge.offence, charge.statute, charge.section, charge.committed_on)
        offence = offences(charge.country or charge.office.country, *words)
        linked += bool(offence and link_one_offence(charge.pk, by=by, now=now, offence=offence))
    return linked


def link_case(case_id: UUID) -> None:
    """Link what a file brought over and is written exactly; the file's own words stay."""
    rows = Proceeding.objects.filter(case=case_id, known_court=None).exclude(court="")
    for row in rows.select_related("office"):
        if court := court_named(row.office.country, row.court):
            Proceeding.objects.filter(pk=row.pk).update(known_court=court)
    for charge in Charge.objects.filter(case=case_id, known_offence=None).select_related("office"):
        words = (charge.offence, charge.statute, charge.section, charge.committed_on)
        if offence := offence_named(charge.country or charge.office.country, *words):
            Charge.objects.filter(pk=charge.pk).update(known_offence=offence)


def unlinked(model: Any, by: User) -> QuerySet:
    """Rows that name nothing of the lists, in the offices where this person may write."""
    field = "known_court" if model is Proceeding else "known_offence"
    rows = model.objects.select_related("office").filter(**{field: None})
    offices = set(rows.values_list("office_id", flat=True).distinct())
    mine = [office for office in offices if by.can_on(Can.WRITE_ACCUSED, office)]
    return rows.filter(office__in=mine).order_by("pk")
