"""The one place where counts leave their office: once a month, hidden, rounded, and then only read.

What is counted here is what every office holds open to itself; cases that only few may see are not among
it, so nobody learns of them by taking away what she sees. There is one table for each figure, offices by
years; no months, no types, no other filter, so that no two tables overlap. The decision is written down in
docs/adr/0069-counts-outside-the-office.md: what is closed by that, and what is not.
"""

from collections import defaultdict
from datetime import date

from django.db import models

from accounts.models import Membership, Office
from accounts.roles import Reach, roles_reaching
from accounts.scope import system_access
from cases.models import Case
from figures.catalogue import FIGURES
from figures.hiding import hidden, rounded
from figures.models import Counted, Published, Tally

# Each counts people or cases, none is of the day, and none is the rest of another.
PUBLISHED = (
    "people_relieved",
    "suspects_arrested",
    "accused_charged",
    "people_restrained",
    "accused_convicted",
    "survivors_restored",
    "cases_opened",
)
YEARS = 5
ELSEWHEN = 0
ALL_TIME = date(1, 1, 1)


def publish_counts(today):
    """This month's edition, if there is none yet; how many cells were written."""
    with system_access("figures", "publishes hidden counts of the month"):
        # One publishes after the other; cases can be opened meanwhile.
        offices = [office.pk for office in Office.objects.select_for_update(no_key=True).order_by("pk")]
        if Published.objects.filter(edition__gte=today.replace(day=1)).exists() or not all_counted():
            return 0
        cells = [
            cell
            for name in PUBLISHED
            for cell in cells_of(name, offices, years_of(today), knowers_among(offices), today)
        ]
        return len(Published.objects.bulk_create(cells))


def all_counted():
    """Is every open case counted at least once? Before that the tallies would tell too little."""
    counted = Counted.objects.filter(case_id=models.OuterRef("pk"))
    return not Case.objects.filter(sensitivity=0).filter(~models.Exists(counted)).exists()


def years_of(today):
    """The last years one by one, and all the rest: other years, and what lies in no single year."""
    return [*range(today.year - YEARS + 1, today.year + 1), ELSEWHEN]


def knowers_among(offices):
    """Who knows which rows exactly: each office its own, and each person with several offices all of hers."""
    held = defaultdict(set)
    leading = Membership.objects.filter(ended_at=None, role__in=roles_reaching(Reach.OFFICE))
    for user, office in leading.values_list("user_id", "office_id"):
        held[user].add(office)
    wanted = {frozenset([office]) for office in offices} | {frozenset(several) for several in held.values()}
    return [{offices.index(one) for one in known if one in offices} for known in wanted]


def cells_of(name, offices, years, knowers, today):
    """One figure as rows to be written, hidden and rounded."""
    counts = counts_of(name, years)
    table = [[counts[office, year] for year in years] for office in offices]
    shown = hidden(table, knowers=knowers)
    lines = [
        *zip(offices, shown.cells, shown.row_totals, strict=True),
        (None, shown.column_totals, shown.total),
    ]
    for office, cells, total in lines:
        for year, value in [*zip(years, cells, strict=True), (None, total)]:
            yield Published(edition=today, figure=name, office_id=office, year=year, value=rounded(value))


def counts_of(name, years):
    """{(office, year): count} by the tallies: at least so many, where a number is a range."""
    tallies = Tally.objects.filter(figure=name, sensitivity=0, casework_type="", donor="")
    sums = tallies.values_list("office_id", "first", "last").annotate(sum=models.Sum("low")).order_by()
    found, whole = defaultdict(int), defaultdict(int)
    for office, first, last, low in sums:
        if first == ALL_TIME:
            whole[office] += int(low)
        elif first.year == last.year and first.year in years:
            found[office, first.year] += int(low)
    for office, total in whole.items():
        found[office, ELSEWHEN] = max(total - sum(found[office, year] for year in years if year), 0)
    return found


def latest(user, name):
    """The last edition of a figure as a table for this person, or None: offices by years, None is hidden."""
    rows = Published.objects.filter(figure=name)
    edition = rows.aggregate(last=models.Max("edition"))["last"]
    if edition is None or not user.can(FIGURES[name].need):
        return None
    cells = {(row.office_id, row.year): row.value for row in rows.filter(edition=edition)}
    years = sorted({year for _office, year in cells if year}) + [ELSEWHEN]
    offices = Office.objects.filter(pk__in={office for office, _year in cells if office}).order_by("name")
    own = {office.pk for office in user.offices_seen}

    def line(office):
        return [cells.get((office, year)) for year in [*years, None]]

    return {
        "edition": edition,
        "years": years,
        "rows": [{"office": one, "own": one.pk in own, "cells": line(one.pk)} for one in offices],
        "total": line(None),
    }


def elsewhere(user, name, year=None):
    """(about how many, edition) in the offices that she does not see, as the last edition tells; or None.

    Nothing but what is published is added up, so it tells no more than that.
    """
    if name not in PUBLISHED:
        return None
    table = latest(user, name)
    if table is None or (year is not None and year not in table["years"]):
        return None
    column = -1 if year is None else table["years"].index(year)
    told = [row["cells"][column] for row in table["rows"] if not row["own"]]
    known = sum(value for value in told if value is not None)
    return (known, table["edition"]) if known else None
