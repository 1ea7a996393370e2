"""What every act on a case's rows needs: the row's lock, the next place, a save of named fields."""

from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Max

from cases.actions import touch
from cases.models import Case, CaseBearing
from cases.states import check_version
from prosecutions.actions.reckoning import reckon_after
from prosecutions.actions.releases import reckon_releases

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], pk: UUID) -> Row:
    """The row as it is now; nobody else changes it before this transaction ends."""
    return model.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)  # type: ignore[attr-defined]


def next_position(rows: models.QuerySet) -> int:
    """The place after the last one; what the rows hang from is locked by the caller."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def put(row: CaseBearing, *, version: int | None = None, **facts: Any) -> None:
    """Save these facts and no others, unless somebody else changed the row since this version."""
    check_version(row, version)
    for name, value in facts.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*facts, "version"])


def money(field: str, amount: Decimal | None, currency: str) -> dict[str, Any]:
    """The three columns of one amount."""
    known = amount is not None
    return {
        f"{field}_low": amount,
        f"{field}_high": amount,
        f"{field}_currency": currency.upper() if known else "",
    }


def settle(case: Case, now: datetime) -> None:
    """End a verb: the case was touched, and what follows from its records follows now."""
    touch(case, now)
    case.touched_at = now
    reckon_after(case, now)
    reckon_releases(case, now)
