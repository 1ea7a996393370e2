"""The rows of a file with what is wrong with them: on the page for whoever sent it, and as a file to mend."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from exchange.incoming.faults import told
from exchange.incoming.holding import inside, table_of
from exchange.incoming.registry import kind_of
from exchange.incoming.tables import shown
from exchange.models import Batch, BatchFault
from exchange.sheets import inert


def sheet_of(batch: Batch) -> tuple[int, bytes]:
    """(number of rows, CSV) of the rows with faults: their own columns, and two of ours that are left out."""
    faults: dict[int, list[BatchFault]] = {}
    for fault in BatchFault.objects.filter(batch=batch, row__gt=0).order_by("row", "pk"):
        faults.setdefault(fault.row, []).append(fault)
    header = inside(batch)["header"]
    labels = labels_of(batch)
    out = io.StringIO()
    write = csv.writer(out).writerow
    write([inert(cell) for cell in [*header, _("Row of your file"), _("What is wrong")]])
    for number, cells in rows_of(batch, set(faults)):
        cells = [shown(cell) for cell in cells] + [""] * (len(header) - len(cells))
        words = " ".join(sentence(fault, labels) for fault in faults[number])
        write([inert(cell) for cell in [*cells[: len(header)], number, words]])
    return len(faults), b"\xef\xbb\xbf" + out.getvalue().encode()


def rows_of(batch: Batch, wanted: set[int]) -> Iterator[tuple[int, list[Any]]]:
    """These rows of the file."""
    last = max(wanted, default=0)
    for number, cells in table_of(batch).rows(batch.sheet) if wanted else ():
        if number > last:
            return
        if number in wanted:
            yield number, cells


def labels_of(batch: Batch) -> dict[str, str]:
    """{name of a column: what the file calls it, or we do}."""
    kind = kind_of(batch.kind)
    ours = {column.name: str(column.label) for column in kind.columns}
    header = inside(batch).get("header", [])
    for place, name in batch.mapping.get("columns", {}).items():
        if int(place) < len(header) and header[int(place)]:
            ours[name] = header[int(place)]
    return ours


def sentence(fault: BatchFault, labels: dict[str, str]) -> str:
    """A fault in words, with the name of its column."""
    words = told(fault.code, fault.params)
    return f"{labels.get(fault.column, fault.column)}: {words}" if fault.column else words


def cells_of(batch: Batch, faults: list[BatchFault]) -> dict[tuple[int, str], str]:
    """{(row, column): what stands there}: for the eyes of whoever sent the file."""
    places = {name: int(place) for place, name in batch.mapping.get("columns", {}).items()}
    wanted = {fault.row for fault in faults if fault.row}
    found = {}
    for number, cells in rows_of(batch, wanted):
        for name, place in places.items():
            if place < len(cells):
                found[number, name] = shown(cells[place])[:80]
    return found
