"""What was found in a file, as its pages show it."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from cases.models import Case
from exchange.incoming.faults import told
from exchange.incoming.faulty import cells_of, labels_of, rows_of
from exchange.incoming.tables import shown
from exchange.models import Batch, BatchFault, Likeness
from survivors.models import Survivor

MOST_READ = 5_000  # rows of the file that are read again to show a value beside its fault
MOST_LINES = 12
MADE = {
    "cases": lazy("Cases"),
    "survivors": lazy("Survivors"),
    "accused": lazy("Accused"),
    "reliefs": lazy("Reliefs"),
    "hearings": lazy("Hearings"),
}


NO_PLACE = "no_place."  # before the name of a field that a kind reads and keeps nowhere


def makes_shown(made: dict[str, int]) -> list[tuple[str, int]]:
    """What was made, or would be, in words."""
    told_ = {name: count for name, count in made.items() if count and not name.startswith(NO_PLACE)}
    return [(str(MADE.get(name, name)), count) for name, count in told_.items()]


def without_place_shown(batch: Batch) -> list[tuple[str, int]]:
    """What stands in the file, has no place among our records, and so stays there; with its rows."""
    labels = labels_of(batch) if batch.file else {}
    return [
        (labels.get(name.removeprefix(NO_PLACE), name.removeprefix(NO_PLACE)), count)
        for name, count in (batch.made if batch.loaded_at else batch.makes).items()
        if count and name.startswith(NO_PLACE)
    ]


def faults_shown(batch: Batch, faults: list[BatchFault], *, values: bool) -> list[dict[str, Any]]:
    """Each fault with its column, its sentence, and what stands there where the reader may see it."""
    near = [fault for fault in faults if fault.row <= MOST_READ] if values else []
    cells = cells_of(batch, near) if near else {}
    labels = labels_of(batch) if batch.file else {}
    return [
        {
            "row": fault.row,
            "column": labels.get(fault.column, fault.column) if fault.column else _("The whole row"),
            "words": told(fault.code, fault.params),
            "value": cells.get((fault.row, fault.column), ""),
        }
        for fault in faults
    ]


def summary_of(batch: Batch, faults: QuerySet) -> list[dict[str, Any]]:
    """The kinds of fault, the most frequent first."""
    labels = labels_of(batch) if batch.file else {}
    rows = faults.order_by().values("column", "code").annotate(rows=Count("row", distinct=True))
    found = []
    for one in rows.order_by("-rows", "column", "code")[:MOST_LINES]:
        example = (
            faults.filter(column=one["column"], code=one["code"]).values_list("params", flat=True).first()
        )
        words = (
            told(one["code"], example or {})
            if one["code"] != "row_again"
            else _("Another row says the same.")
        )
        found.append(
            {"column": labels.get(one["column"], one["column"]), "words": words, "rows": one["rows"]}
        )
    return found


def stayed_shown(faults: QuerySet) -> list[dict[str, Any]]:
    """Records that stayed, by their case where the reader sees it; never by name."""
    rows = list(faults.values_list("params", flat=True)[:500])
    cases = Case.objects.in_bulk({params["case"] for params in rows if params.get("case")})
    words = {model._meta.db_table: str(model._meta.verbose_name) for model in apps.get_models()}
    counted: dict[tuple[str, str], int] = {}
    for params in rows:
        place = (params.get("case", ""), params["table"])
        counted[place] = counted.get(place, 0) + 1
    known = {str(pk): case for pk, case in cases.items()}
    return [
        {"case": known.get(case), "what": words.get(table, table), "count": count}
        for (case, table), count in list(counted.items())[:50]
    ]


def alike_shown(batch: Batch, rows: list[Likeness], form: Any) -> list[dict[str, Any]]:
    """Each look-alike: what the row says, whom it resembles, and the question."""
    cells = dict(rows_of(batch, near(rows))) if batch.file else {}
    people = records_of(rows)
    return [
        {
            "row": row.row,
            "said": " · ".join(shown(cell)[:40] for cell in cells.get(row.row, ())[:6] if cell is not None),
            "other_row": row.other_row,
            "other_said": " · ".join(
                shown(cell)[:40] for cell in cells.get(row.other_row or 0, ())[:6] if cell is not None
            ),
            "record": people.get(row.record_id),
            "score": row.score,
            "field": form[f"row_{row.pk}"],
        }
        for row in rows
    ]


def near(rows: Iterable[Likeness]) -> set[int]:
    """The rows of the file to be shown."""
    return {number for row in rows for number in (row.row, row.other_row) if number}


def records_of(rows: Iterable[Likeness]) -> dict[Any, dict[str, str]]:
    """{id: words and address} of records that the reader sees: survivors by code, never by name."""
    by_label: dict[str, set] = {}
    for row in rows:
        if row.record_id:
            by_label.setdefault(row.label, set()).add(row.record_id)
    found = {}
    for label, ids in by_label.items():
        for record in apps.get_model(label).objects.filter(pk__in=ids).select_related("case"):
            code = record.code if isinstance(record, Survivor) else getattr(record, "called", str(record))
            found[record.pk] = {
                "words": f"{record.case.number} · {code}", "url": record.case.get_absolute_url()
            }  # fmt: skip
    return found
