"""How a survivor may be reached without harm: agreed with her, read before any number is shown."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from accounts.models import User
from audit.actions import record
from cases.actions import touch
from cases.states import check_version
from reference.values import PartialDate
from survivors.actions.people import lock_survivor
from survivors.models import ContactRule


def set_contact_rule(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    ways: Sequence[str] = (),
    hours: str = "",
    leave_word: bool = False,
    who: str = "",
    not_to: str = "",
    we_are: str = "",
    code_word: str = "",
    checked_on: PartialDate | str = "",
    version: int | None = None,
) -> ContactRule:
    """Write down what was agreed; whoever has read the rule before reads it anew."""
    survivor = lock_survivor(survivor_id)
    rule = ContactRule.objects.filter(survivor=survivor).first() or ContactRule(
        case=survivor.case, survivor=survivor, version=0
    )
    check_version(rule, version)
    facts = {
        "ways": list(ways), "hours": hours, "leave_word": leave_word, "who": who, "not_to": not_to,
        "we_are": we_are, "code_word": code_word, "checked_on": checked_on,
    }  # fmt: skip
    for name, value in facts.items():
        setattr(rule, name, value)
    rule.version += 1
    if rule._state.adding:
        rule.save(force_insert=True)
    else:
        rule.save(update_fields=[*facts, "version"])
    record("contactrule.set", by=by, subject=survivor, at=now, version=rule.version)
    touch(survivor.case, now)
    return rule


def read_contact_rule(survivor_id: UUID, *, by: User, now: datetime) -> ContactRule | None:
    """Somebody says that she has read how the person may be reached; None where nothing is agreed."""
    rule = ContactRule.objects.select_related("survivor").filter(survivor=survivor_id).first()
    if rule is not None:
        record("contactrule.read", by=by, subject=rule.survivor, at=now, version=rule.version)
    return rule
