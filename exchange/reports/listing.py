"""Figures as a table for other programs: every figure, whole, by office and by month, with its definition."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Office
from exchange.notes import notes_of
from exchange.reports.board import amounts_of, days_of, offices_in
from exchange.reports.counting import NOW, THEN, Report, counted, figures_for, months_between
from exchange.reports.outside import leaves_us, outward
from exchange.reports.paper import Amount
from exchange.sheets import as_csv, as_xlsx
from exchange.states import ExportFormat
from exchange.work import Work
from figures.catalogue import FIGURES


def make(work: Work) -> tuple[bytes, int, list]:
    """Count, and give the bytes."""
    with work.step() as export:
        filters = export.filters
        report = Report(figures_for(export.requested_by), *days_of(filters))
    counted(work, report, filters)
    with work.step() as export:
        rows, now = rows_of(export, report), timezone.now()
        notes = [*notes_of(export, len(rows), now), *definitions(report)]
        columns = [
            _("Figure"), _("Name"), _("Cut"), _("Of"), _("Value"), _("Currency"), _("Unit"),
        ]  # fmt: skip
        if export.form == ExportFormat.CSV:
            return as_csv(columns, rows, notes), len(rows), []
        return as_xlsx(columns, rows, notes, (_("Figures"), _("Notes"))), len(rows), []


def definitions(report: Report) -> list:
    """A note for each figure: by which words it was counted."""
    return [(FIGURES[name].label, str(FIGURES[name].definition)) for name in report.names]


def rows_of(export: Any, report: Report) -> list[list]:
    """A line for each figure and cut. To somebody outside only the whole and the year before."""
    cuts: list[tuple[str, str, dict]] = [(_("period"), NOW, {"": ""}), (_("a year before"), THEN, {"": ""})]
    if not leaves_us(export):
        offices = Office.objects.filter(pk__in=offices_in(report)).order_by("name", "pk")
        months = {month: f"{month:%Y-%m}" for month in months_between(report.first, report.last)}
        cuts += [(_("office"), "office", {office.pk: office.name for office in offices})]
        cuts += [(_("month"), "month", months)]
    return [
        [FIGURES[name].label, name, cut, called, value_of(outward(export, amount)), code,
         FIGURES[name].unit]
        for name in report.names
        for cut, view, named in cuts
        for part, called in named.items()
        for code, amount in plain(report, name, view, part).items()
    ]  # fmt: skip


def value_of(amount: Amount) -> Any:
    """A number where it is one; its currency stands in a column of its own."""
    amount.currency = ""
    return amount.cell


def plain(report: Report, name: str, view: str, part: Any) -> dict:
    """Amounts with the currency in a column of its own; what is true of a day belongs to no month."""
    if view == "month" and FIGURES[name].of_the_day:
        return {}
    return amounts_of(report, name, view, part)
