"""An office asks more of a rule than the house does: harder, sooner, more people. Never less."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Office, User
from accounts.roles import Can
from audit.actions import record
from cases.states import IllegalMove
from notifications.models import OfficeRule
from notifications.practices import HARDEST_FIRST
from notifications.rules import FIXED_CIRCLE, TIGHTENED, WORKING, Practice

PACES = (100, 75, 50, 25)


def tune_rule(
    rule: str,
    *,
    by: User,
    now: datetime,
    office: Office,
    reason: str,
    urgency: str = "",
    pace: int = 100,
    act_minutes: int | None = None,
    also_to: Sequence[str] = (),
) -> OfficeRule:
    """Tighten the rule for the office from now on; what it had decided before ends with it."""
    how = check_rule(rule, office, by)
    urgency = "" if urgency == how.urgency else urgency
    act_minutes = None if act_minutes == how.act_minutes else act_minutes
    also_to = [role for role in also_to if role not in how.to]
    check_stricter(rule, how, urgency=urgency, pace=pace, act_minutes=act_minutes, also_to=also_to)
    if not reason.strip():
        raise IllegalMove(_("Say why, in a sentence."), field="reason")
    end_live(rule, office, by, now)
    row = OfficeRule.objects.create(
        office=office, rule=rule, began_at=now, set_by=by, reason=reason.strip(), urgency=urgency, pace=pace,
        act_minutes=act_minutes, also_to=also_to,
    )  # fmt: skip
    record("rule.tune", by=by, subject=row, at=now, rule=rule, office=office.pk, urgency=row.urgency)
    return row


def untune_rule(rule: str, *, by: User, now: datetime, office: Office, reason: str) -> OfficeRule:
    """Back to the rule of the house. What the house asks for stays."""
    check_rule(rule, office, by)
    if not reason.strip():
        raise IllegalMove(_("Say why, in a sentence."), field="reason")
    row = end_live(rule, office, by, now, reason.strip())
    if row is None:
        raise IllegalMove(_("The office follows the rule of the house already."))
    record("rule.untune", by=by, subject=row, at=now, rule=rule, office=office.pk)
    return row


def end_live(rule: str, office: Office, who: User, now: datetime, why: str = "") -> OfficeRule | None:
    """End what holds now, for whoever records what comes of it."""
    row = OfficeRule.objects.select_for_update().filter(office=office, rule=rule, ended_at=None).first()
    if row is not None:
        row.ended_at, row.ended_by, row.ended_why = now, who, why
        row.save(update_fields=["ended_at", "ended_by", "ended_why"])
    return row


def check_rule(rule: str, office: Office, by: User) -> Practice:
    """The rule as the house has it, if this person may tighten it for the office."""
    if not by.can_in(office.pk, Can.TUNE_ALERTS):
        raise IllegalMove(_("You do not lead this office."), field="office")
    if rule not in TIGHTENED:
        raise IllegalMove(_("This rule is the same in every office."))
    return WORKING[rule]


def check_stricter(
    rule: str, how: Practice, *, urgency: str, pace: int, act_minutes: int | None, also_to: Sequence[str]
) -> None:
    """Nothing of it may be weaker than what the house asks for, and something must be stricter."""
    if urgency and HARDEST_FIRST.index(urgency) > HARDEST_FIRST.index(how.urgency):
        raise IllegalMove(
            _("This knocks less hard than the rule itself. An office can make a rule harder, never softer."),
            field="urgency",
        )
    if pace not in PACES:
        raise IllegalMove(_("An office can shorten the waits of a rule, never lengthen them."), field="pace")
    if act_minutes and how.act_minutes and act_minutes > how.act_minutes:
        raise IllegalMove(
            _("This gives more time than the rule itself. An office can shorten it, never lengthen it."),
            field="act_minutes",
        )
    if also_to and rule in FIXED_CIRCLE:
        raise IllegalMove(_("Of this only a few may know: nobody can be added."), field="also_to")
    if not urgency and pace == PACES[0] and act_minutes is None and not also_to:
        raise IllegalMove(_("Nothing here is stricter than the rule itself."))
