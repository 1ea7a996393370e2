"""Spreadsheets to fill in: the right names in the first row, an example, and a sheet that explains them."""

from django.utils.translation import gettext as _

from exchange.incoming.contract import Kind
from exchange.sheets import as_xlsx


def template_of(kind: Kind) -> bytes:
    """An empty file of this kind as XLSX."""
    notes = [
        [_("Column"), _("Must be filled"), _("What it holds"), _("Words of the list")],
        *(
            [
                str(column.label),
                _("yes") if column.required else "",
                str(column.hint),
                ", ".join(f"{code} ({label})" for code, label in column.codes.choices)
                if column.codes
                else "",
            ]
            for column in kind.columns
        ),
        [],
        [_("Dates are best written as 2019-04-03; write 2019-04 or 2019 when no more is known.")],
        [_("The second row of the first sheet is an example: write over it.")],
    ]
    columns = [str(column.label) for column in kind.columns]
    example = [column.example for column in kind.columns]
    return as_xlsx(columns, [example], notes, (_("List"), _("Notes")))
