"""Which column of a file is which, how its words are meant, and how that is remembered for the next file."""

from collections.abc import Sequence

from django.utils import timezone

from accounts.models import User
from exchange.incoming.contract import Column, Kind, Reading
from exchange.incoming.headers import guessed, head_token, signature
from exchange.incoming.holding import inside
from exchange.models import Batch, ColumnMap


def mapped(batch: Batch, kind: Kind, user: User) -> dict[int, Column]:
    """{position: column} as people have said, of the columns that this person may fill."""
    known = {column.name: column for column in kind.columns_for(user)}
    told = batch.mapping.get("columns", {})
    return {int(place): known[name] for place, name in told.items() if name in known}


def reading_of(batch: Batch) -> Reading:
    """How the cells of this file are meant."""
    return Reading(batch.dates or "dmy", batch.mapping.get("codes", {}))


def maps_of(batch: Batch, header: Sequence[str]) -> tuple[ColumnMap | None, list[ColumnMap]]:
    """(how this very header was read, how the last files of the kind were read)."""
    rows = ColumnMap.objects.filter(office=batch.office_id, kind=batch.kind).order_by("-used_at")
    recent = list(rows[:10])
    exact = rows.filter(signature=signature(header)).first()
    return exact, recent


def guess(batch: Batch, kind: Kind, user: User) -> None:
    """Fill the mapping as well as it can be known before anybody was asked."""
    header = inside(batch).get("header", [])
    exact, recent = maps_of(batch, header)
    kept: dict[str, str] = {}
    codes: dict[str, dict[str, str]] = {}
    for row in [*reversed(recent), *([exact] if exact else [])]:  # what was said last counts
        kept |= row.columns
        for name, words in row.codes.items():
            codes.setdefault(name, {}).update(words)
    found = guessed(kind, kind.columns_for(user), header, kept)
    batch.mapping = {"columns": {str(place): name for place, name in found.items()}, "codes": codes}
    if exact and exact.dates:
        batch.dates = exact.dates


def remember(batch: Batch) -> None:
    """For the next file of this office."""
    header = inside(batch).get("header", [])
    told = batch.mapping.get("columns", {})
    ColumnMap.objects.update_or_create(
        office=batch.office, kind=batch.kind, signature=signature(header),
        defaults={
            "columns": {head_token(head): told.get(str(at), "") for at, head in enumerate(header) if head},
            "codes": batch.mapping.get("codes", {}),
            "dates": batch.dates,
            "used_at": timezone.now(),
        },
    )  # fmt: skip
