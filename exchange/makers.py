"""Kinds of file that are more than one list, and who makes each (exchange.work)."""

from collections.abc import Callable

from exchange.case_files import make_case_file
from exchange.ctdc.making import make_counts, make_ctdc
from exchange.htcds.making import make as make_htcds
from exchange.reports import board, donor, listing
from exchange.states import ExportKind
from exchange.work import Work

MAKERS: dict[str, Callable[[Work], tuple[bytes, int, list]]] = {
    ExportKind.CASE_FILE: make_case_file,
    ExportKind.HTCDS: make_htcds,
    ExportKind.HTCDS_NAMES: make_htcds,
    ExportKind.BOARD: board.make,
    ExportKind.DONOR: donor.make,
    ExportKind.FIGURES: listing.make,
    ExportKind.CTDC: make_ctdc,
    ExportKind.COUNTS: make_counts,
}
