"""Threats: reported in seconds by whoever hears of one, and what was done about it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import lock_case, touch
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import PartialDate
from survivors.models import Survivor, Threat


def report_threat(
    case_id: UUID,
    *,
    by: User,
    now: datetime,
    kind: str,
    what: str,
    survivor_id: UUID | None = None,
    on: PartialDate | str = "",
    accused: Sequence[str] = (),
    said_by: str = "",
) -> Threat:
    """Somebody threatened one survivor, or everybody of the case; alerts and tasks follow from it."""
    case = lock_case(case_id)
    today = today_in(case.office, now)
    if on and PartialDate(on).first > today:
        raise IllegalMove(_("This day has not come yet."), field="on")
    survivor = Survivor.objects.filter(case=case, pk=survivor_id).first() if survivor_id else None
    if survivor_id and survivor is None:
        raise IllegalMove(_("This survivor is not of this case."), field="survivor_id")
    threat = Threat.objects.create(
        case=case, survivor=survivor, kind=kind, on=on or PartialDate(today), by=list(accused),
        said_by=said_by, what=what, reported_by=by, reported_at=now,
    )  # fmt: skip
    record("threat.report", by=by, subject=threat, at=now, kind=kind, survivor=survivor_id or "")
    touch(case, now)
    return threat


def answer_threat(threat_id: UUID, *, by: User, now: datetime, action: str) -> Threat:
    """What was done so that nothing comes of it; this ends the alert. What is said later is added."""
    rows = Threat.objects.select_for_update(of=("self",)).select_related("case")
    threat = rows.get(pk=threat_id)
    threat.action = f"{threat.action}\n{action}".strip()
    threat.acted_at, threat.acted_by = threat.acted_at or now, threat.acted_by or by
    threat.version += 1
    threat.save(update_fields=["action", "acted_at", "acted_by", "version"])
    record("threat.answer", by=by, subject=threat, at=now)
    touch(threat.case, now)
    return threat
