"""What taking a batch back may delete, as the database is told of it: exactly what the batch made.

A record goes when it still is as the batch made it and no other record points to it. Some tables hold what
the machinery keeps about a record (its key, its index, its planned reminders): they fall with it.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from accounts.rights import case_bearing_models

OF_APPS = ("cases", "operations", "survivors", "prosecutions", "aftercare")
# Kept by the machinery about a record; no work of people. {table: the column that points to the record}
FALL_WITH = {
    "cases_casekey": "case_id",
    "prosecutions_nameform": "accused_id",
    "prosecutions_reckoning": "case_id",
    "notifications_reminder": "hearing_id",
}
# Never made by a file.
NEVER = ("cases_share", "cases_emergency")


def noted() -> list[type[models.Model]]:
    """The models whose new rows are noted while a batch is brought in."""
    return [
        model
        for model in case_bearing_models()
        if model._meta.app_label in OF_APPS and model._meta.db_table not in (*FALL_WITH, *NEVER)
    ]


def pointing_to(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """(table, column) of every foreign key to this model."""
    for other in apps.get_models(include_auto_created=True):
        for field in other._meta.local_concrete_fields:
            if field.remote_field and field.related_model is model and other._meta.managed:
                yield other._meta.db_table, str(field.column)


def counts_only(table: str) -> bool:
    """Rollups hold sums about records and fall with them. Frozen months do not: what they count stays."""
    return table.startswith("figures_rollup")


def children_first() -> list[type[models.Model]]:
    """The noted models, each before those that it points to, as far as there is such an order."""
    waiting, placed = noted(), []
    while waiting:
        names = {model._meta.db_table for model in waiting}
        free = [
            model
            for model in waiting
            if not any(table in names - {model._meta.db_table} for table, _c in pointing_to(model))
        ] or waiting[:1]
        placed += free
        waiting = [model for model in waiting if model not in free]
    return placed


def case_of(model: type[models.Model]) -> str:
    """How a row tells its case."""
    if model._meta.label == "cases.Case":
        return "self"
    return "case" if any(field.column == "case_id" for field in model._meta.concrete_fields) else "none"


def untouched(table: str) -> str:
    """The record is as the batch made it; a case tells by its version, since it moves up in lists anyway."""
    return "t.version = 1" if table == "cases_case" else "b.stamped_at = t.updated_at"


def deletion(model: type[models.Model]) -> str:
    """The statements for one table inside the function of the database."""
    table = model._meta.db_table
    free, falling = [], []
    for other, column in pointing_to(model):
        if FALL_WITH.get(other) == column or counts_only(other):
            falling.append((other, column))
        elif other not in FALL_WITH:  # those stand and fall with the record they are kept about
            free.append(f"AND NOT EXISTS (SELECT 1 FROM {other} r WHERE r.{column} = t.id)")  # noqa: S608  names of our own tables
    below = "".join(
        f",\n      fallen{place} AS (DELETE FROM {other} c USING gone g WHERE c.{column} = g.id)"  # noqa: S608
        for place, (other, column) in enumerate(falling)
    )
    return f"""
    IF EXISTS (SELECT 1 FROM exchange_batchrecord b
        WHERE b.batch_id = wanted AND b."table" = '{table}') THEN
      WITH gone AS (
        SELECT t.id FROM {table} t JOIN exchange_batchrecord b ON b.record_id = t.id
         WHERE b.batch_id = wanted AND b."table" = '{table}' AND {untouched(table)}
           {" ".join(free)}){below},
      unnoted AS (DELETE FROM exchange_batchrecord b USING gone g
         WHERE b.batch_id = wanted AND b."table" = '{table}' AND b.record_id = g.id)
      DELETE FROM {table} t USING gone g WHERE t.id = g.id;
      GET DIAGNOSTICS changed = ROW_COUNT; pass := pass + changed;
    END IF;"""  # noqa: S608


def tables_deleted_from() -> list[str]:
    """Where the role of the policies needs the right to delete."""
    ours = [model._meta.db_table for model in noted()]
    rollups = {other for model in noted() for other, _c in pointing_to(model) if counts_only(other)}
    found = ("exchange_batchrecord", "exchange_batchfault", "exchange_likeness")
    return [*ours, *FALL_WITH, *sorted(rollups), *found]
