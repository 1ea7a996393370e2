"""The report for the board: a period beside the year before, with what one needs to defend each number."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Office
from accounts.roles import Can
from exchange.notes import moment_told
from exchange.reports.counting import (
    NOW,
    THEN,
    TOLD,
    Report,
    counted,
    figures_for,
    months_between,
)
from exchange.reports.outside import leaves_us, outward
from exchange.reports.paper import Amount, Bars, Curves, Move, Table, as_book, as_document
from exchange.states import ExportFormat
from exchange.work import Work
from figures.catalogue import FIGURES
from figures.figure import PER_CURRENCY, PERCENT
from figures.models import MonthFigure, MonthSheet, Study
from figures.months_shown import change, month_told, said
from figures.roads import HOME, KINDS, LOST, RESTORED
from figures.speed import STEPS
from figures.survival import aalen_johansen, kaplan_meier
from reference.templatetags.show import edtf, money
from reference.values import PartialDate

BY_MONTH = (
    "people_relieved",
    "suspects_arrested",
    "accused_charged",
    "accused_convicted",
    "survivors_restored",
)
BY_OFFICE = (
    "cases_opened", "people_relieved", "suspects_arrested", "accused_charged", "accused_convicted",
    "accused_on_bail", "adjournment_rate",
)  # fmt: skip
LEAST_FOR_A_CURVE = 11
FOLLOWED = 730  # days


def make(work: Work) -> tuple[bytes, int, list]:
    """Count, lay it out, and give the bytes."""
    with work.step() as export:
        filters, person = export.filters, export.requested_by
        report = Report(figures_for(person, TOLD), *days_of(filters), care=person.can(Can.VIEW_AFTERCARE))
    counted(work, report, filters)
    with work.step() as export:
        now = timezone.now()
        facts, blocks = facts_of(export, report, now), blocks_of(export, report)
        title, rows = export.get_kind_display(), len(report.names)
        if export.form == ExportFormat.XLSX:
            return as_book(export, facts, blocks, rows, now), rows, []
        return as_document(export, title, facts, blocks, rows, now), rows, []


def days_of(filters: dict) -> tuple[date, date]:
    return date.fromisoformat(filters["first"]), date.fromisoformat(filters["last"])


def day_told(day: date) -> str:
    return str(edtf(PartialDate(day)))


def facts_of(export: Any, report: Report, now: Any) -> list:
    """What stands at the head of a report."""
    offices = Office.objects.filter(pk__in=offices_in(report)).order_by("name")
    return [
        (_("Period"), f"{day_told(report.first)} – {day_told(report.last)}"),
        (_("Offices"), ", ".join(office.name for office in offices)),
        (_("Cases looked at"), outward(export, report.cases)),
        (_("Counted"), moment_told(now)),
        (_("Small counts"), _("Counts of fewer than 11 are hidden and the others rounded to fives.")
         if leaves_us(export) else ""),
    ]  # fmt: skip


def offices_in(report: Report) -> set:
    return {part for _name, view, part in report.sums if view == "office"}


def blocks_of(export: Any, report: Report) -> list:
    """Every part of the report; what would be empty is left out where it says nothing by that."""
    outside = leaves_us(export)
    blocks = [main_table(export, report), *by_month(export, report)]
    if not outside:
        blocks += [by_office(report)]
    blocks += speed(report, outside)
    if not outside:
        blocks += [*cohorts(report), months_used(report), corrections(report)]
    return [*blocks, *studies(report), definitions(report.names)]


def amounts_of(report: Report, name: str, view: str = NOW, part: Any = "") -> dict[str, Amount]:
    """{currency: amount} of a figure: one of each currency, none added to another."""
    value, rows = report.value(name, view, part), report.rows
    if FIGURES[name].kind == PER_CURRENCY:
        return {
            code: Amount(amount, code, behind=rows[name, view, part, code])
            for code, amount in sorted((value or {}).items())
        }
    percent = FIGURES[name].kind == PERCENT
    return {"": Amount(value, percent=percent, behind=rows[name, view, part, ""])}


def main_table(export: Any, report: Report) -> Table:
    rows = []
    for name in report.names:
        found, before = amounts_of(report, name), amounts_of(report, name, THEN)
        for code in sorted(found.keys() | before.keys()):
            mine = found.get(code, Amount(None, code))
            was = before.get(code, Amount(None, code))
            rows.append([FIGURES[name].label, *told(export, mine, was)])
    columns = [_("Figure"), _("In the period"), _("A year before"), _("Difference")]
    text = _("What is true of a day is told as of the last day of the period.")
    return Table(_("Figures"), columns, rows, text, numbers=(1, 2, 3))


def told(export: Any, mine: Amount, was: Amount) -> list:
    """An amount, what it was a year before, and how it moved; nothing of what is hidden."""
    mine, was = (outward(export, one) for one in (mine, was))
    known = not (mine.hidden or was.hidden or mine.amount is None or was.amount is None)
    return [mine, was, moved(was, mine) if known else Move("")]


def moved(was: Amount, mine: Amount) -> Move:
    """+47, −3; money with its currency."""
    if mine.amount is None or was.amount is None:
        return Move("")
    move = (mine.amount.low or 0) - (was.amount.low or 0)
    if not mine.currency:
        plain = mine.amount.exact and was.amount.exact
        return Move(change(was.amount, mine.amount), move if plain else None)
    told_so = money(abs(move), abs(move), mine.currency)
    return Move("" if not move else f"+{told_so}" if move > 0 else f"\N{MINUS SIGN}{told_so}")


def by_month(export: Any, report: Report) -> list:
    """Columns by month, and the numbers under them; outside only what no small month tells."""
    months = months_between(report.first, report.last)
    if not 1 < len(months) <= 24:
        return []
    names = [name for name in BY_MONTH if name in report.names]
    labels = [month_told(month) if len(months) < 7 else f"{month:%m/%y}" for month in months]
    values = {
        name: outward(export, [report.value(name, "month", month) for month in months]) for name in names
    }
    blocks: list = [
        Bars(str(FIGURES[name].label), labels, {"": [height(one) for one in values[name]]})
        for name in ("people_relieved", "accused_convicted")
        if name in values and any(height(one) for one in values[name])
    ]
    if {"hearings_total", "hearings_adjourned"} <= set(report.names) and not leaves_us(export):
        put_off = [height(Amount(report.value("hearings_adjourned", "month", month))) for month in months]
        every = [height(Amount(report.value("hearings_total", "month", month))) for month in months]
        rest = [max(both - one, 0) for both, one in zip(every, put_off, strict=True)]
        blocks.append(Bars(_("Hearings"), labels, {_("Adjourned"): put_off, _("All others"): rest}))
    rows = [
        [month_told(month), *(values[name][place] for name in names)] for place, month in enumerate(months)
    ]
    columns = [_("Month"), *(FIGURES[name].label for name in names)]
    if all(cell.hidden for row in rows for cell in row[1:]):
        return []
    return [*blocks, Table(_("By month"), columns, rows, numbers=range(1, len(columns)))]


def height(amount: Amount) -> float:
    """As high as a column stands."""
    if amount.hidden or amount.amount is None:
        return 0
    known = amount.amount.low or amount.amount.high or 0
    return int(known)


def by_office(report: Report) -> Table:
    names = [name for name in BY_OFFICE if name in report.names]
    offices = Office.objects.filter(pk__in=offices_in(report)).order_by("name", "pk")
    rows = [
        [office.name, *(amounts_of(report, name, "office", office.pk)[""] for name in names)]
        for office in offices
    ]
    rows.append([_("All"), *(amounts_of(report, name)[""] for name in names)])
    columns = [_("Office"), *(FIGURES[name].label for name in names)]
    return Table(_("By office"), columns, rows, numbers=range(1, len(columns)))


def speed(report: Report, outside: bool) -> list:
    """How long justice takes: of those who wait, the share to whom the step has come; drawn and told."""
    lines, rows, longest = {}, [], 0
    for step, label in STEPS.items():
        curve = kaplan_meier(report.waits.get(step, {}))
        if curve.count < (LEAST_FOR_A_CURVE if outside else 1):
            continue
        climbed = [(0, 0.0)]
        for point in curve.points:
            climbed += [(point.time, climbed[-1][1]), (point.time, 1 - point.still)]
        lines[str(label)] = [*climbed, (curve.last, climbed[-1][1])]
        longest = max(longest, curve.last)
        rows.append([label, *numbers_of(curve, outside)])
    if not lines:
        return []
    text = _("Everybody who waits or has waited by the last day. Nothing here says why anything took long.")
    columns = [_("Step"), _("Counted"), _("Half within (days)"), _("Within a year")]
    table = Table(_("How long justice takes, in numbers"), columns, rows, text, numbers=(1, 2, 3))
    # A step of a curve is one person: outside the numbers alone are told.
    return [table] if outside else [Curves(_("How long justice takes"), lines, longest, text), table]


def numbers_of(curve: Any, outside: bool) -> list:
    half, year = curve.quantile(), curve.done(365)
    share = "–" if year is None else f"{round(100 * year)} %"
    count = 5 * round(curve.count / 5) if outside else curve.count
    return [count, "–" if half is None else half, share]


def cohorts(report: Report) -> list:
    """What became of survivors within two years of their relief, by its half-year; of eleven and more."""
    rows = []
    for half, counts in sorted(report.ends.items(), key=lambda item: item[0] or (0, 0), reverse=True):
        known = Counter({place: count for place, count in counts.items() if place[0] is not None})
        shares = aalen_johansen(known, KINDS).at(FOLLOWED) if known.total() >= LEAST_FOR_A_CURVE else None
        ends = [percent_told(shares[kind] if shares else None) for kind in (RESTORED, HOME, LOST)]
        still = percent_told(1 - sum(shares.values()) if shares else None)
        called = _("no half-year known") if half is None else f"{half[0]}/{half[1]}"
        rows.append([called, counts.total(), *ends, still, counts.total() - known.total()])
    columns = [
        _("Relieved in"), _("Survivors"), _("Restored"), _("Reintegrated"), _("Contact lost"),
        _("Still in care"), _("Not enough information"),
    ]  # fmt: skip
    text = _(
        "Within two years of relief, of those who could be followed; shares of eleven people and more."
        " Nothing here says what helped."
    )
    title = _("What became of survivors")
    return [Table(title, columns, rows, text, numbers=range(1, 7))] if rows else []


def percent_told(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)} %"


def sheets_of(report: Report) -> list:
    """The frozen months of the period."""
    rows = MonthSheet.objects.filter(month__gte=report.first.replace(day=1), month__lte=report.last)
    rows = rows.filter(office__in=offices_in(report)).select_related("office", "word__signed_by")
    return list(rows.order_by("month", "office__name"))


def months_used(report: Report) -> Table:
    """Which months of the period are frozen, and who has signed them; of several offices a line a month."""
    sheets, offices = sheets_of(report), offices_in(report)
    widths: tuple[float, ...]
    if len(offices) > 1:
        columns, rows = [_("Month"), _("Frozen"), _("Signed"), _("Not signed yet")], []
        for month in sorted({sheet.month for sheet in sheets}):
            of_month = [sheet for sheet in sheets if sheet.month == month]
            open_ones = [sheet.office.name for sheet in of_month if not hasattr(sheet, "word")]
            frozen = _("%(number)s of %(offices)s") % {"number": len(of_month), "offices": len(offices)}
            signed = len(of_month) - len(open_ones)
            rows.append([month_told(month), frozen, signed, ", ".join(open_ones) or "–"])
        widths = (1.2, 0.8, 0.6, 3)
    else:
        columns = [_("Month"), _("Signed by"), _("Fingerprint")]
        rows = [[month_told(sheet.month), signer_of(sheet), sheet.digest[:16]] for sheet in sheets]
        widths = (1, 1.5, 1)
    text = _("The figures above are counted anew; the frozen sheets of these months say what was told then.")
    empty = _("No month of the period is frozen.")
    return Table(_("Frozen months"), columns, rows, text, empty, widths=widths)


def signer_of(sheet: Any) -> str:
    word = getattr(sheet, "word", None)
    return f"{word.signed_by.name}, {word.signed_at:%Y-%m-%d}" if word else _("not signed yet")


def corrections(report: Report) -> Table:
    """What later sheets correct of the months of the period, and theirs of months before."""
    first = report.first.replace(day=1)
    lines = MonthFigure.objects.filter(sheet__office__in=offices_in(report), sheet__month__gte=first)
    lines = lines.exclude(month__gte=report.last).select_related("sheet__office").order_by("month", "name")
    rows = [
        [
            month_told(line.month), line.sheet.office.name, FIGURES[line.name].label, said(line, before=True),
            said(line), month_told(line.sheet.month),
        ]
        for line in lines
        if line.month != line.sheet.month and line.name in report.names
    ]  # fmt: skip
    columns = [_("Month"), _("Office"), _("Figure"), _("Told then"), _("Corrected"), _("On the sheet of")]
    return Table(_("Corrections"), columns, rows, "", _("Nothing became known late."),
                 numbers=(3, 4), widths=(1.2, 1.2, 2, 1, 1, 1.2))  # fmt: skip


def studies(report: Report) -> list:
    """What studies say of the countries, beside what was counted: never as if it were the same."""
    countries = Office.objects.filter(pk__in=offices_in(report)).values_list("country", flat=True)
    rows = [
        [study.place, study.measure, share_told(study), study.get_representative_display(), study.source]
        for study in Study.objects.newest().filter(country__in=set(countries)).for_list()
    ]
    if not rows:
        return []
    columns = [_("Place"), _("What was measured"), _("Share"), _("Representative?"), _("Source")]
    text = _(
        "Studies measure how common a crime is; our figures count those whom we met. Neither is the other."
    )
    return [Table(_("Studies beside our figures"), columns, rows, text, widths=(1, 2, 1.2, 1, 2))]


def share_told(study: Any) -> str:
    """3.5 % (2.8 to 4.2 %); how many were found where no share is known."""
    span = f" ({study.low:g} – {study.high:g} %)" if study.low is not None else ""
    if study.share is not None:
        return f"{study.share.normalize():f} %{span}"
    if study.found is not None:
        of = ngettext("%(found)s of %(count)s person", "%(found)s of %(count)s people", study.sample or 0)
        return of % {"found": study.found, "count": study.sample} if study.sample else str(study.found)
    return str(study.estimate)


def definitions(names: list[str]) -> Table:
    """By which words each figure was counted."""
    rows = [
        [FIGURES[name].label, FIGURES[name].unit, FIGURES[name].definition, FIGURES[name].date_rule]
        for name in names
    ]
    columns = [_("Figure"), _("Unit"), _("What is counted"), _("Which date counts")]
    return Table(_("How it was counted"), columns, rows, widths=(1.3, 0.7, 2.2, 2.2))
