"""Counting a month for all, as the one principal that does; and what has changed of the months before."""

import logging
from datetime import timedelta

from django.db import DatabaseError

from accounts.models import Office
from accounts.scope import system_access
from audit.actions import record
from audit.models import Event
from cases.clock import today_in
from cases.models import Case
from figures.catalogue import FIGURES
from figures.figure import FOLDS, PER_CURRENCY, QUANTITY
from figures.models import MonthCase, MonthFigure, MonthSheet
from figures.months import (
    amount_fields,
    definition_of,
    digest_of,
    digest_of_cases,
    flows,
    last_day,
    month_after,
    month_before,
    per_case,
    quantity_of,
    rounded,
    stands,
)
from figures.rows import NOTHING
from figures.snapshot import Snapshot

logger = logging.getLogger(__name__)
AT_A_TIME = 500
# How far back a sheet looks for what became known late; older months can be compared by hand.
LOOKS_BACK = 24
# No transaction lasts so long: what was written in it has its event by then.
SLACK = timedelta(hours=1)
# Events after which no figure can be another one.
READS = ("case.read", "access.deny", "trail.read")


def count_ended_months(now):
    """Freeze what has ended and is not frozen, each office by its own clock; how many sheets were made."""
    made, broken = 0, None
    for office in Office.objects.order_by("pk"):
        try:
            for month in missing(office, now):
                made += count_month(office.pk, month, now) is not None
        except (DatabaseError, LookupError, TypeError, ValueError) as why:  # the others have their month
            logger.error("the month of office %s could not be counted: %s", office.pk, type(why).__name__)
            broken = why
    if broken:
        raise broken
    return made


def missing(office, now):
    """The months of an office that wait: from the last sheet on; the last one alone where there is none."""
    end = month_before(today_in(office, now))
    with system_access("figures", "looks which months are frozen"):
        last = MonthSheet.objects.filter(office=office).order_by("-month").first()
    month = month_after(last.month) if last else end
    waiting = []
    while month <= end:
        waiting.append(month)
        month = month_after(month)
    return waiting


def count_month(office_id, month, now):
    """Freeze one month of one office; None where it, or a later one, is frozen already."""
    with system_access("figures", "freezes the figures of a month") as principal:
        office = Office.objects.select_for_update(no_key=True).get(pk=office_id)
        before = MonthSheet.objects.filter(office=office).order_by("-month").first()
        if before and before.month >= month:
            return None
        counting = Counting(office, month, before)
        counting.count()
        if before:
            counting.look_back()
        sheet = counting.freeze(now)
        record("month.count", by=principal, subject=sheet, at=now, month=month, digest=sheet.digest)
        return sheet


def by_chunks(cases):
    """Sets of so many cases, so that no more is held at once."""
    keys = list(cases.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_A_TIME):
        yield Case.objects.filter(pk__in=keys[start : start + AT_A_TIME])


class Counting:
    """One sheet in the making."""

    def __init__(self, office, month, before=None):
        self.office, self.month, self.before = office, month, before
        self.as_of = last_day(month)
        self.given = {}  # (name, month, currency): {id of a case: what it gives}
        self.totals = {}  # (name, currency): what a stand comes to
        self.lines = []

    def count(self):
        """The figures of the month itself."""
        for cases in by_chunks(Case.objects.filter(office=self.office)):
            seen = Snapshot(cases, self.as_of)
            for name in flows():
                self.take(name, self.month, per_case(seen, name, (self.month, self.as_of)))
            for name in stands():
                self.add(name, seen)
        for name in flows():
            self.flow_lines(name)
        for name in stands():
            self.lines.append(self.line(name, self.month, "", self.totals.get(name, NOTHING)))

    def take(self, name, month, amounts):
        for (currency, case_id), amount in amounts.items():
            self.given.setdefault((name, month, currency), {})[case_id] = amount

    def add(self, name, seen):
        """A stand, whatever its parts: the sum of all of them."""
        self.totals[name] = self.totals.get(name, NOTHING) + FOLDS[QUANTITY](FIGURES[name].rows(seen))

    def flow_lines(self, name):
        """A line for each currency; a count has a line even when it is nothing."""
        currencies = sorted(currency for n, _month, currency in self.given if n == name)
        if not currencies and FIGURES[name].kind != PER_CURRENCY:
            currencies = [""]
        for currency in currencies:
            amounts = self.given.get((name, self.month, currency), {})
            self.lines.append(self.line(name, self.month, currency, sum(amounts.values(), NOTHING)))

    def line(self, name, month, currency, amount, was=None):
        was = amount_fields(rounded(was), "was_") if was is not None else {}
        return MonthFigure(
            name=name, month=month, currency=currency, definition=definition_of(name),
            **amount_fields(rounded(amount)), **was,
        )  # fmt: skip

    def look_back(self):
        """What became known, or other, since the sheet before, of the months before."""
        earlier = MonthSheet.objects.filter(office=self.office).order_by("-month")[:LOOKS_BACK]
        sheets, late = list(earlier), {}
        since = self.before.counted_at - SLACK
        written = Event.objects.filter(written_at__gte=since, case_id__isnull=False).exclude(verb__in=READS)
        touched = set(written.values_list("case_id", flat=True).distinct())
        for cases in by_chunks(Case.objects.filter(office=self.office, pk__in=touched)):
            for place, amounts in changes(cases, sheets).items():
                late.setdefault(place, {}).update(amounts)
        self.correct(late)

    def correct(self, late):
        """Lines for what is another number now, beside what it was."""
        for (name, month, currency), amounts in sorted(late.items()):
            known = in_force(self.office, month, [name]).get((name, month, currency), {})
            was, now = sum(known.values(), NOTHING), sum({**known, **amounts}.values(), NOTHING)
            self.given[name, month, currency] = amounts
            if rounded(was) != rounded(now):
                self.lines.append(self.line(name, month, currency, now, was))

    def freeze(self, now):
        """Write it all down under one digest."""
        sheet = MonthSheet(
            office=self.office, month=self.month, as_of=self.as_of, previous=self.before, counted_at=now
        )
        rows = [
            MonthCase(sheet=sheet, case_id=case_id, office=self.office, sensitivity=0, name=name, month=month,
                      currency=currency, **amount_fields(amount))
            for (name, month, currency), amounts in self.given.items()
            for case_id, amount in amounts.items()
        ]  # fmt: skip
        for line in self.lines:
            line.sheet = sheet
        sheet.cases_digest = digest_of_cases(rows)
        sheet.digest = digest_of(sheet, self.lines)
        sheet.save(force_insert=True)
        MonthFigure.objects.bulk_create(self.lines, batch_size=1000)
        MonthCase.objects.bulk_create(rows, batch_size=1000)
        return sheet


def in_force(office, month, names, cases=None):
    """{(name, month, currency): {id of a case: what it gives by the latest sheet that speaks of it}}."""
    rows = MonthCase.objects.filter(office=office, month=month, name__in=names)
    if cases is not None:
        rows = rows.filter(case__in=cases.values("pk"))
    known = {}
    for row in rows.order_by("sheet__month"):
        known.setdefault((row.name, row.month, row.currency), {})[row.case_id] = quantity_of(row)
    return known


def changes(cases, sheets, names=None):
    """{(name, month, currency): {id of a case: what it gives today}} where a frozen month says otherwise."""
    seen, found = None, {}
    for sheet in sheets:
        seen = seen.on(sheet.as_of) if seen else Snapshot(cases, sheet.as_of)
        wanted = names or flows()
        known = in_force(sheet.office_id, sheet.month, wanted, cases)
        for name in wanted:
            today = per_case(seen, name, (sheet.month, sheet.as_of))
            places = {(name, sheet.month, currency): {} for currency, _case in today}
            places |= {place: {} for place in known if place[0] == name}
            for place in places:
                other = differing(place[2], today, known.get(place, {}))
                if other:
                    found[place] = other
    return found


def differing(currency, today, known):
    """Of one line: what cases give today that stood otherwise."""
    now = {case: amount for (unit, case), amount in today.items() if unit == currency}
    cases = now.keys() | known.keys()
    return {
        case: now.get(case, rounded(NOTHING))
        for case in cases
        if now.get(case, rounded(NOTHING)) != known.get(case, rounded(NOTHING))
    }
