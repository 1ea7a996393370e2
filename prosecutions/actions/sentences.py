"""The parts of a sentence, and a judgment that was written down wrongly."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import add_note
from cases.states import IllegalMove, check_version
from prosecutions.actions.casework import locked, money, put, settle
from prosecutions.actions.clock import check_happened, check_order
from prosecutions.models import Accused, SentencePart, Verdict
from prosecutions.sentencing import TERMS, WITH_MONEY, WITH_TIME, SentenceKind
from prosecutions.states import VerdictResult
from prosecutions.terms import Length, Part, Span, effective
from reference.templatetags.show import edtf, quantity
from reference.templatetags.show import money as in_money
from reference.values import Quantity, plain

LIFELONG = (SentenceKind.LIFE, SentenceKind.LIFE_NATURAL)
CENT = Decimal("0.01")


class PartFacts(TypedDict, total=False):
    """One part of a sentence as somebody wrote it down."""

    kind: str
    months: str
    days: str
    runs: str
    amount: Decimal | None
    currency: str
    note: str


class Totals(TypedDict):
    """The sentence in sum, as the columns of the verdict hold it."""

    months: str
    life: bool
    suspended: bool | None
    fine: Decimal | None
    fine_currency: str


def check_sentence(result: str, months: str, life: bool, fine: Decimal | None) -> None:
    """Only somebody convicted is sentenced, and either for life or for a time."""
    if result != VerdictResult.CONVICTED and (months or life or fine is not None):
        raise IllegalMove(_("Only a conviction carries a sentence."), "result")
    if months and life:
        raise IllegalMove(_("Either a number of months or for life, not both."), "months")


def check_parts(result: str, parts: Sequence[PartFacts], totals: Totals) -> None:
    """Parts or the total, each part whole, and only for somebody convicted."""
    if not parts:
        return
    if result != VerdictResult.CONVICTED:
        raise IllegalMove(_("Only a conviction carries a sentence."), "result")
    if totals["months"] or totals["life"] or totals["fine"] is not None:
        raise IllegalMove(_("Enter the total or the parts of the sentence, not both."), "months")
    for number, part in enumerate(parts, 1):
        check_part(part, f"part_{number}_kind")
    currencies = {part.get("currency", "") for part in parts if part["kind"] == SentenceKind.FINE}
    if len(currencies) > 1:
        raise IllegalMove(_("Fines in two currencies have no sum. Write them in one."), "months")


def check_part(part: PartFacts, field: str) -> None:
    """A term has a length, money an amount, and neither has the other's."""
    kind, timed = part["kind"], bool(part.get("months") or part.get("days"))
    paid = part.get("amount") is not None
    if kind in TERMS and not timed:
        raise IllegalMove(_("Say how long this part is."), field)
    if timed and kind not in WITH_TIME:
        raise IllegalMove(_("This part has no months or days."), field)
    if kind == SentenceKind.FINE and not paid:
        raise IllegalMove(_("Say how high the fine is."), field)
    if paid and kind not in WITH_MONEY:
        raise IllegalMove(_("This part has no amount."), field)


def check_days(accused: Accused, on: str, sentence_on: str, now: datetime) -> None:
    """Judgment and sentence lie in the past, in this order."""
    check_happened(on, accused.office, now, "on")
    check_happened(sentence_on, accused.office, now, "sentence_on")
    check_order(on, sentence_on, "sentence_on")


def sum_up(
    accused: Accused,
    result: str,
    months: str,
    life: bool,
    suspended: bool | None,
    fine: Decimal | None,
    fine_currency: str,
    parts: Sequence[PartFacts],
) -> dict[str, Any]:
    """The columns of the verdict: the total as it was entered, or the sum of the parts."""
    check_sentence(result, months, life, fine)
    totals: Totals = {
        "months": months, "life": life, "suspended": suspended, "fine": fine, "fine_currency": fine_currency
    }  # fmt: skip
    check_parts(result, parts, totals)
    currency = accused.office.currency
    return columns(totals_of(parts, currency) if parts else totals, currency)


def totals_of(parts: Sequence[PartFacts], office_currency: str) -> Totals:
    """The sum of the parts, for the columns that figures and files read."""
    kinds = {part["kind"] for part in parts}
    inside, life = bool(kinds & set(TERMS)), bool(kinds & set(LIFELONG))
    suspended = SentenceKind.SUSPENDED_IMPRISONMENT in kinds and not (inside or life)
    counted = [
        Part(
            SentenceKind.IMPRISONMENT_FIXED,
            part.get("months", ""),
            part.get("days", ""),
            part.get("runs", ""),
        )
        for part in parts
        if part["kind"] in (TERMS if not suspended else (SentenceKind.SUSPENDED_IMPRISONMENT,))
    ]
    fines = [part for part in parts if part["kind"] == SentenceKind.FINE]
    return {
        "months": "" if life or not counted else in_months(effective(counted)),
        "life": life,
        "suspended": suspended if inside or life or suspended else None,
        "fine": sum((part["amount"] or Decimal() for part in fines), Decimal()) if fines else None,
        "fine_currency": (fines[0].get("currency") or office_currency) if fines else "",
    }


def in_months(span: Span) -> str:
    """A length as a quantity of months; days are the thirtieth part of one."""
    low, high = (None if end is None else months_of(end) for end in (span.low, span.high))
    return str(Quantity(low, high)) if low is not None or high is not None else ""


def months_of(length: Length) -> Decimal:
    return Decimal(plain((length.months + Decimal(length.days) / 30).quantize(CENT)))


def save_parts(verdict: Verdict, parts: Sequence[PartFacts]) -> None:
    """Put the parts beside the verdict; those that stood before stay as history."""
    for old in verdict.parts.filter(stands=True).select_for_update(of=("self",), no_key=True):
        put(old, stands=False)
    for position, part in enumerate(parts, 1):
        currency = part.get("currency") or verdict.case.office.currency
        SentencePart.objects.create(
            case=verdict.case,
            verdict=verdict,
            position=position,
            kind=part["kind"],
            months=part.get("months", ""),
            days=part.get("days", ""),
            runs=part.get("runs", ""),
            note=part.get("note", ""),
            **money("amount", part.get("amount"), currency),
        )


def correct_verdict(
    verdict_id: UUID,
    *,
    by: User,
    now: datetime,
    reason: str,
    result: str,
    on: str,
    sentence_on: str = "",
    months: str = "",
    life: bool = False,
    suspended: bool | None = None,
    fine: Decimal | None = None,
    fine_currency: str = "",
    parts: Sequence[PartFacts] = (),
    version: int | None = None,
) -> Verdict:
    """A judgment that was written down wrongly; what stood there stays in the trail and in a note."""
    accused = locked(Accused, Verdict.objects.get(pk=verdict_id).accused_id)
    verdict = locked(Verdict, verdict_id)
    check_version(verdict, version)
    if not reason.strip():
        raise IllegalMove(_("Say what was wrong with it."), "reason")
    check_correction(accused, verdict, result, on, sentence_on, now)
    facts = sum_up(accused, result, months, life, suspended, fine, fine_currency, parts)
    facts |= {"result": result, "on": on, "sentence_on": sentence_on}
    was, stood = what_changes(verdict, facts), said_so_far(verdict)
    if not was and not parts_differ(verdict, parts):
        raise IllegalMove(_("Nothing differs from what is on record."))
    text = _("The judgment of %(who)s was corrected: %(reason)s") % {
        "who": accused.code,
        "reason": reason.strip(),
    }
    add_note(verdict.case_id, by=by, now=now, text="\n".join([text, _("It said:"), *stood]))
    put(verdict, **facts)
    save_parts(verdict, parts)
    record("verdict.correct", by=by, subject=verdict, at=now, was=was)
    settle(verdict.case, now)
    return verdict


def check_correction(
    accused: Accused, verdict: Verdict, result: str, on: str, sentence_on: str, now: datetime
) -> None:
    """The corrected judgment must be possible: in the past, before it was set aside, and not there twice."""
    check_days(accused, on, sentence_on, now)
    if verdict.overturned_on:
        check_order(on, verdict.overturned_on, "on")
        if result != verdict.result:
            raise IllegalMove(_("A higher court has set this judgment aside. Its result stays."), "result")


def columns(totals: Totals, currency: str) -> dict[str, Any]:
    """The columns of the verdict for this sum."""
    fine = money("fine", totals["fine"], totals["fine_currency"] or currency)
    return {"months": totals["months"], "life": totals["life"], "suspended": totals["suspended"], **fine}


def what_changes(verdict: Verdict, facts: dict[str, Any]) -> list[str]:
    """What stood in the columns that change: months=126. Codes, dates and numbers, never words."""
    was = [(name, getattr(verdict, name)) for name, value in facts.items() if getattr(verdict, name) != value]
    return [f"{name}={'' if value is None else value}" for name, value in was]


def parts_differ(verdict: Verdict, parts: Sequence[PartFacts]) -> bool:
    """Are these other parts than those that stand?"""
    names = ("kind", "months", "days", "runs", "note")
    stood = [
        (*(getattr(row, name) for name in names), row.amount_low)
        for row in verdict.parts.filter(stands=True).order_by("position")
    ]
    return stood != [(*(part.get(name, "") for name in names), part.get("amount")) for part in parts]


def said_so_far(verdict: Verdict) -> list[str]:
    """The record as it was, for whoever reads the case later."""
    fine = in_money(verdict.fine_low, verdict.fine_high, verdict.fine_currency)
    facts = [
        (_("Result"), verdict.get_result_display()),
        (_("Date"), edtf(verdict.on)),
        (_("Sentenced on"), edtf(verdict.sentence_on)),
        (_("Months of prison"), quantity(verdict.months) if verdict.months else ""),
        (_("For life"), _("Yes") if verdict.life else ""),
        (_("Suspended"), _("Yes") if verdict.suspended else ""),
        (_("Fine"), fine),
    ]
    lines = [f"{label}: {value}" for label, value in facts if value]
    for row in verdict.parts.filter(stands=True).order_by("position"):
        lines.append(part_in_words(row))
    return lines


def part_in_words(row: SentencePart) -> str:
    """One part in one line: 10 months and 15 days of prison, after the others."""
    length = [
        _("%(months)s months") % {"months": quantity(row.months)} if row.months else "",
        _("%(days)s days") % {"days": quantity(row.days)} if row.days else "",
    ]
    amount = in_money(row.amount_low, row.amount_high, row.amount_currency)
    words = [row.get_kind_display(), " ".join(filter(None, length)), amount, row.get_runs_display(), row.note]
    return ", ".join(str(word) for word in words if word)
