"""The report for a donor, by grant: what each grant paid for, and everything counted once in the total.

The rule, which stands in the report too. A case belongs to a grant that names it and whose time meets the
period. What happened in a case belongs to each grant on the case in whose time it lies wholly; a service
belongs to the one grant that it names. No names, no case numbers, no texts.
"""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from aftercare.models import Service
from cases.models import Case, Grant
from exchange.notes import moment_told
from exchange.reports.board import day_told, days_of, definitions
from exchange.reports.counting import AT_A_TIME, cases_of, figures_for
from exchange.reports.outside import leaves_us
from exchange.reports.paper import Amount, Table, as_book, as_document
from exchange.reports.sharing_out import Money, Shares, donor_key, paying, present
from exchange.states import ExportFormat
from exchange.work import Work
from figures.catalogue import FIGURES
from figures.figure import PER_CURRENCY, QUANTITY
from figures.hiding import LEAST, parts, rounded
from figures.rows import within
from figures.snapshot import Snapshot
from reference.values import Quantity

FACTS = (
    "people_relieved", "suspects_arrested", "accused_charged", "accused_convicted", "hearings_total",
    "survivors_testified", "survivors_restored", "compensation_awarded", "compensation_paid",
)  # fmt: skip
CASES, SERVED, COSTS = "cases", "served", "costs"


class ByGrant:
    """The shares of every figure: {(figure, currency): Shares}."""

    def __init__(self, names: list[str], first: Any, last: Any, *, care: bool):
        self.names, self.first, self.last, self.care = names, first, last, care
        self.shares: dict[tuple[str, str], Shares] = defaultdict(Shares)
        self.called: dict[str, str] = {}  # a donor as she was written first

    def take(self, keys: list) -> None:
        """Some more cases."""
        grants = self.grants_of(keys)
        for key in keys:
            self.shares[CASES, ""].add(present(grants.get(key, ()), self.first, self.last))
        seen = Snapshot(Case.objects.filter(pk__in=keys), self.last)
        for name in self.names:
            for row in FIGURES[name].rows(seen, period=(self.first, self.last)):
                donors = paying(grants.get(row.case_id, ()), row.on)
                self.shares[name, row.currency].add(donors, row.amount.low or Decimal(0))
        if self.care:
            self.take_services(keys)

    def grants_of(self, keys: list) -> dict:
        found = defaultdict(list)
        rows = Grant.objects.filter(case__in=keys).order_by("created_at", "pk")
        for grant in rows.only("case_id", "name", "starts_on", "ends_on"):
            self.called.setdefault(donor_key(grant.name), " ".join(grant.name.split()))
            found[grant.case_id].append(Money.of(grant.name, grant.starts_on, grant.ends_on))
        return found

    def take_services(self, keys: list) -> None:
        """Survivors with a service that a grant paid for, each once; and what it cost, by currency."""
        served = defaultdict(set)
        rows = Service.objects.filter(case__in=keys).select_related("grant", "care")
        for service in rows.order_by("created_at", "pk"):
            if not within(service.starts_on, (self.first, self.last)):
                continue
            donors = {donor_key(service.grant.name)} if service.grant else set()
            if service.care.survivor_id:
                served[service.care.survivor_id] |= donors
            if service.cost is not None:
                self.shares[COSTS, service.cost_currency].add(donors, service.cost)
        for donors in served.values():
            self.shares[SERVED, ""].add(donors)


def make(work: Work) -> tuple[bytes, int, list]:
    """Count, lay it out, and give the bytes."""
    with work.step() as export:
        filters = export.filters
        care = export.requested_by.can(FIGURES["survivors_restored"].need)
        names = [name for name in figures_for(export.requested_by, FACTS) if is_sum(name)]
        keys = list(cases_of(filters).order_by("pk").values_list("pk", flat=True))
        by_grant = ByGrant(names, *days_of(filters), care=care)
    for start in range(0, len(keys), AT_A_TIME):
        with work.step():
            by_grant.take(keys[start : start + AT_A_TIME])
        work.told(min(start + AT_A_TIME, len(keys)), len(keys))
    with work.step() as export:
        now = timezone.now()
        blocks, facts = blocks_of(export, by_grant), facts_of(export, by_grant, now)
        rows, title = len(blocks[0].rows), export.get_kind_display()
        if export.form == ExportFormat.XLSX:
            return as_book(export, facts, blocks, rows, now), rows, []
        return as_document(export, title, facts, blocks, rows, now), rows, []


def is_sum(name: str) -> bool:
    return FIGURES[name].kind in (QUANTITY, PER_CURRENCY) and FIGURES[name].fold is None


def facts_of(export: Any, by_grant: ByGrant, now: Any) -> list:
    period = f"{day_told(by_grant.first)} – {day_told(by_grant.last)}"
    small = _("Counts of fewer than 11 are hidden and the others rounded to fives.")
    return [
        (_("Period"), period),
        (_("Counted"), moment_told(now)),
        (_("Small counts"), small if leaves_us(export) else ""),
    ]


def blocks_of(export: Any, by_grant: ByGrant) -> list:
    """A table for one donor, or for each; the total of all, inside; the rule; the definitions."""
    only = donor_key(export.filters.get("grant", ""))
    donors = [only] if only else sorted(by_grant.called, key=lambda donor: by_grant.called[donor])
    blocks = [one_donor(export, by_grant, donor) for donor in donors]
    if not only and not leaves_us(export):
        blocks.insert(0, all_donors(by_grant))
    return [*blocks, rule(), definitions(by_grant.names)]


def label_of(name: str) -> str:
    own = {
        CASES: _("Cases"),
        SERVED: _("Survivors with a service that it paid for"),
        COSTS: _("What these services cost"),
    }
    return own[name] if name in own else str(FIGURES[name].label)


def one_donor(export: Any, by_grant: ByGrant, donor: str) -> Table:
    """What one grant paid for, and how much of it another paid for as well."""
    rows = []
    for (name, currency), shares in in_order(by_grant):
        whole, shared = shares.of.get(donor, 0), shares.shared.get(donor, 0)
        if currency and not whole:
            continue
        cells = (whole, whole - shared, shared)
        if leaves_us(export):
            rows.append([label_of(name), *outside(cells, currency, shares.facts.get(donor, 0))])
        else:
            rows.append([label_of(name), *(amount(cell, currency) for cell in cells)])
    columns = [_("Figure"), _("Under this grant"), _("Under it alone"), _("Under another too")]
    return Table(
        by_grant.called.get(donor, export.filters.get("grant", "")), columns, rows, numbers=(1, 2, 3)
    )


def in_order(by_grant: ByGrant) -> list:
    """Cases first, then what happened, then services; each currency by itself."""
    order = [CASES, *by_grant.names, SERVED, COSTS]
    for name in (CASES, *by_grant.names, *((SERVED,) if by_grant.care else ())):
        if name in (CASES, SERVED) or FIGURES[name].kind != PER_CURRENCY:
            by_grant.shares[name, ""]  # noqa: B018  what nobody did stands there as none
    return sorted(by_grant.shares.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))


def amount(value: Any, currency: str = "") -> Amount:
    number = Decimal(value)
    return Amount(Quantity(number, number), currency)


def outside(cells: tuple, currency: str, facts: int) -> list[Amount]:
    """Small counts hidden, one of a pair with the other; money only of eleven facts and more."""
    hidden = Amount(None, hidden=True)
    if currency:
        return [amount(cells[0], currency) if facts >= LEAST else hidden, hidden, hidden]
    shown, total = parts({"alone": int(cells[1]), "shared": int(cells[2])})
    counts = (total, shown["alone"], shown["shared"])
    return [hidden if count is None else amount(rounded(count)) for count in counts]


def all_donors(by_grant: ByGrant) -> Table:
    """The total: everything once. The sum of the grants is more by what several paid for."""
    rows = [
        [
            label_of(name),
            *(amount(cell, currency) for cell in (
                sum(shares.of.values()), shares.overlap, shares.total, shares.nobody)),
        ]
        for (name, currency), shares in in_order(by_grant)
    ]  # fmt: skip
    columns = [
        _("Figure"), _("Sum of all grants"), _("Counted more than once"), _("Total, each once"),
        _("Under no grant"),
    ]  # fmt: skip
    text = _("The sum of all grants, less what is counted more than once, is the total.")
    return Table(_("All grants together"), columns, rows, text, numbers=(1, 2, 3, 4))


def rule() -> Table:
    """How it was shared out, so that two donors can compare what they were told."""
    rows = [
        [_("Cases"), _("A case counts under each grant that names it and whose time meets the period.")],
        [
            _("What happened"),
            _("Counts under each grant on its case in whose time it lies wholly. Undated: under none."),
        ],
        [_("Services"), _("A service and its cost count under the one grant that it names, and no other.")],
        [_("Total"), _("Everything counts once, whoever paid for it.")],
        [_("Ranges"), _("Where only a range is known its lower end counts.")],
        [_("Money"), _("Amounts of different currencies are never added.")],
    ]
    return Table(_("How it was shared out"), [_("What"), _("Rule")], rows, widths=(1, 4))
