"""The plan on paper, for the person herself."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from accounts.models import User
from aftercare.actions.care import lock
from aftercare.actions.goals import word_goals
from aftercare.models import Plan
from audit.actions import record
from cases.actions import touch


def print_plan(
    plan_id: UUID, *, by: User, now: datetime, language: str, form: str, words: Mapping[UUID, str]
) -> Plan:
    """A sheet was made for the person; her own words for the goals are kept for the next one."""
    plan = lock(Plan, plan_id)
    word_goals(plan, words, by=by, now=now)
    record("plan.print", by=by, subject=plan, at=now, language=language, form=form)
    touch(plan.case, now)
    return plan
