"""Which column is which: by label where two rows of headers contradict each other, as people type by label.

The official workbooks name the five mailing columns in one order and label them in another, have a letter
missing in column 20 and no name at all above column 36. XLSForms write prs_First_Name and put groups before.
"""

from collections.abc import Sequence
from typing import Any

from exchange.htcds.dictionary import FIELDS, FLAT, plainly
from exchange.incoming.headers import BETWEEN

OURS = ("x_person", "x_case", "x_part", "x_events", "x_plans", "x_comments", "x_referrals", "x_places")
_NAMES = {plainly(name): name for name in (*FIELDS, *OURS)} | {
    "victraffickinstatusdecisionmakingorg": "vic_TraffickingStatusDecisionMakingOrg",
}
# Labels of the sheet are each there once; "Type" and the like of other entities are not asked for by label.
_LABELS = {plainly(FIELDS[name].label): name for name in FLAT}


def column_of(head: str) -> str:
    """The field that one header means; '' when none."""
    if (named := plainly(head.rpartition("·")[2])) in _NAMES:  # as our own empty template writes them
        return _NAMES[named]
    name, between, label = head.partition(BETWEEN)
    last = plainly(label.rpartition(BETWEEN)[2]) if between else ""
    if last in _LABELS:
        return _LABELS[last]
    if (whole := plainly(head)) in _LABELS:  # a label that has the sign between in itself
        return _LABELS[whole]
    return _NAMES.get(plainly(name.rpartition("/")[2]), "")


def guess(header: Sequence[str]) -> dict[int, str]:
    """{position: field}, each field once."""
    found: dict[int, str] = {}
    for place, head in enumerate(header):
        name = column_of(head)
        if name and name not in found.values():
            found[place] = name
    return found


def find_header(rows: Sequence[Sequence[Any]]) -> tuple[int, int] | None:
    """Where names or labels of the standard stand: one row of them, or two that belong together."""
    found = [at for at, cells in enumerate(rows[:10]) if known(cells) >= 3]
    if not found:
        return None
    first = found[0]
    return first + 1, 2 if first + 1 in found else 1


def known(cells: Sequence[Any]) -> int:
    """How many cells are names or labels of the standard."""
    return len({column_of(cell) for cell in cells if isinstance(cell, str)} - {""})
