"""What a step or a service costs, and who pays for it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from cases.models import Case, Grant
from cases.states import IllegalMove
from reference.values import Money


def cost_fields(cost: Money | None) -> dict[str, Any]:
    """The two columns of a cost, which is one amount and no range."""
    if cost is None:
        return {"cost": None, "cost_currency": ""}
    if cost.low != cost.high:
        raise IllegalMove(_("Write one amount, not a range."), field="cost")
    return {"cost": cost.low, "cost_currency": cost.currency}


def grant_of(case: Case, grant_id: UUID | None) -> Grant | None:
    """The donor who pays, one of those of the case."""
    if grant_id is None:
        return None
    grant = Grant.objects.filter(case=case, pk=grant_id).first()
    if grant is None:
        raise IllegalMove(_("This donor is not on the case."), field="grant_id")
    return grant
