from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from notifications.actions.alerts import finish
from notifications.actions.telling import may_be_told
from notifications.models import Alert
from notifications.states import LIVE_ALERT, AlertState, Ended, LogKind

# Only the deed closes these: each person's own answer, the outcome, the review, the clock itself, the check.
BY_DEED_ALONE = ("H3", "H4", "H5", "E1", "O4", "C1", "D1", "D2", "B7", "C6")


def ways_to_end(alert: Alert) -> list[Ended]:
    """How a person may close it; where somebody is out, only because the record was wrong."""
    if alert.case_id is None or not alert.ladder or alert.state not in LIVE_ALERT:
        return []
    if alert.rule in BY_DEED_ALONE:
        return []
    return [Ended.MISTAKE] if may_be_told(alert) else list(Ended)


def dismiss_alert(alert_id: UUID, *, by: User, ended: str, why: str, now: datetime) -> Alert:
    """A lawyer or a lead answers for it that no more is to be done, in words that stay with the alert."""
    alert = Alert.objects.select_for_update(of=("self",)).get(pk=alert_id)
    if alert.state not in LIVE_ALERT:
        raise IllegalMove(_("This alert is over already."))
    if ended not in ways_to_end(alert):
        raise IllegalMove(_("This alert is closed by the deed alone."), field="ended")
    if not why.strip():
        raise IllegalMove(_("Say in a sentence why."), field="why")
    alert.ended, alert.ended_why = Ended(ended), why.strip()
    alert.save(update_fields=["ended", "ended_why"])
    finish([alert], AlertState.CLOSED, by=by, now=now, kind=LogKind.DISMISSED)
    record("alert.dismiss", by=by, subject=alert, at=now, rule=alert.rule, why=alert.ended)
    return alert
