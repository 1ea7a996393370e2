"""What a memo says of earlier cases: arrests, bail and what came of it, convictions, flight."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Can
from prosecutions.bail_states import CustodyEnd, Whereabouts
from prosecutions.memo.lines import Line, Section, from_record
from prosecutions.memo.present import PERSON, bail_line
from prosecutions.models import (
    Accused,
    Arrest,
    BailBreach,
    BailOrder,
    Custody,
    Hearing,
    StatusCheck,
    Verdict,
)
from prosecutions.states import AdjournmentReason, Bail, VerdictResult
from prosecutions.watching import afterwards
from reference.fields import Last
from reference.templatetags.show import edtf, quantity


def bails(selves: Sequence[Accused], this: BailOrder | None) -> Section:
    """Every other bail of the person, newest first, and what came after: the heart of the memo."""
    rows = BailOrder.objects.filter(accused__in=selves).select_related("case").prefetch_related("breaches")
    rows = rows.exclude(pk=this.pk) if this else rows
    newest = Coalesce(Last("decided_on"), Last("applied_on"), Last("released_on"))
    rows = rows.annotate(day=newest).order_by(F("day").desc(nulls_last=True), "case__number", "pk")
    lines = [bail_line(bail_words(row), row, on=row.decided_on, strong=went_wrong(row)) for row in rows]
    empty = _("No other bail is on record in the cases that the author may see.")
    return Section("bails", _("Earlier bail, and what came after"), lines, empty=empty)


def bail_words(bail: BailOrder) -> str:
    """Kind, decision, court and dates of one bail, then what followed."""
    words = [
        f"{bail.get_kind_display()}: {decision(bail)}",
        bail.court,
        _("released on %(date)s") % {"date": edtf(bail.released_on)} if bail.released_on else "",
        afterwards(bail) if bail.status not in (Bail.SOUGHT, Bail.REFUSED, Bail.WITHDRAWN) else "",
        _("led to case %(number)s") % {"number": bail.reoffended_case} if bail.reoffended_case else "",
    ]
    return "; ".join(filter(None, words))


def decision(bail: BailOrder) -> str:
    granted = bail.status not in (Bail.SOUGHT, Bail.REFUSED, Bail.WITHDRAWN)
    word = _("granted") if granted else bail.get_status_display().lower()
    if bail.decided_on:
        return _("%(how)s on %(date)s") % {"how": word, "date": edtf(bail.decided_on)}
    return word if not bail.history else _("%(how)s, date not known") % {"how": word}


def went_wrong(bail: BailOrder) -> bool:
    return bool(bail.reoffended or bail.breaches.all() or bail.status == Bail.CANCELLED)


def breaches(selves: Sequence[Accused]) -> Section:
    """Every condition that was broken."""
    rows = BailBreach.objects.filter(bail__accused__in=selves).select_related("case", "condition")
    lines = [
        from_record(row.what, row, _("Breach of bail"), on=row.on, page="prosecutions:bail-detail",
                    pk=row.bail_id, strong=True)
        for row in rows.order_by("-on", "pk")
    ]  # fmt: skip
    return Section("breaches", _("Conditions broken"), lines)


def arrests(selves: Sequence[Accused]) -> Section:
    """Every arrest, newest first."""
    rows = Arrest.objects.filter(accused__in=selves).select_related("case", "accused")
    lines = [
        from_record(
            _("Arrested: %(date)s") % {"date": edtf(row.on)} if row.on else _("Arrested, date not known"),
            row, _("Arrest"), on=row.on, page=PERSON, pk=row.accused_id,
        )
        for row in rows.order_by("-on", "case__number", "pk")
    ]  # fmt: skip
    return Section("arrests", _("Arrests"), lines)


def convictions(selves: Sequence[Accused]) -> Section:
    """Convictions that stand, with the sentence; nobody is called guilty of anything else."""
    rows = Verdict.objects.filter(
        accused__in=selves, result=VerdictResult.CONVICTED, overturned_on=""
    ).select_related("case")
    lines = []
    for row in rows.order_by("-on", "pk"):
        words = [_("Convicted")]
        if row.court:
            words.append(row.court)
        if row.life:
            words.append(_("prison for life"))
        elif row.months:
            words.append(_("%(months)s months of prison") % {"months": quantity(row.months)})
        lines.append(
            from_record("; ".join(words), row, _("Judgment"), on=row.on, page=PERSON, pk=row.accused_id)
        )
    return Section("convictions", _("Convictions that stand"), lines)


def flights(selves: Sequence[Accused], reader: User) -> Section:
    """Escapes, and hearings at which the accused did not appear."""
    lines = [*escapes(selves), *absences(selves, reader)]
    return Section("flights", _("Flight and absence"), lines)


def escapes(selves: Sequence[Accused]) -> list[Line]:
    spells = Custody.objects.filter(accused__in=selves, how_ended=CustodyEnd.ESCAPED).select_related("case")
    found: list[tuple[str, Any, Any]] = [(_("Escaped from custody"), row, row.ends_on) for row in spells]
    checks = StatusCheck.objects.filter(accused__in=selves, status=Whereabouts.ABSCONDED)
    found += [(_("Absconded"), row, row.on) for row in checks.select_related("case").order_by("-on", "pk")]
    return [
        from_record(words, row, _("Whereabouts"), on=on, page=PERSON, pk=row.accused_id, strong=True)
        for words, row, on in found
    ]


def absences(selves: Sequence[Accused], reader: User) -> list[Line]:
    """Hearings put off because an accused person stayed away, by proceeding."""
    if not reader.can(Can.VIEW_HEARING):
        return []
    rows = Hearing.objects.filter(proceeding__parties__accused__in=selves)
    rows = rows.filter(reason=AdjournmentReason.ACCUSED_ABSENT).select_related("case", "proceeding")
    counted: dict[Any, list[Hearing]] = {}
    for row in rows.order_by("starts_at", "pk").distinct():
        counted.setdefault(row.proceeding_id, []).append(row)
    lines = []
    for hearings in counted.values():
        words = ngettext(
            "%(n)s hearing was put off because an accused person stayed away",
            "%(n)s hearings were put off because an accused person stayed away", len(hearings),
        )  # fmt: skip
        last = hearings[-1]
        lines.append(
            from_record(words % {"n": len(hearings)}, last, _("Hearings"), on=last.on,
                        page="prosecutions:proceeding-detail", pk=last.proceeding_id)
        )  # fmt: skip
    return lines
