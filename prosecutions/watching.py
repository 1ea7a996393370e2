"""What is known of somebody who waits for judgment: where, since when, and how old the last answer is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prosecutions.bail_states import Kept, Whereabouts
from prosecutions.models import ConditionCheck, StatusCheck
from prosecutions.states import LIVE_BAIL, Bail, BailEnd, CustodyKind
from reference.templatetags.show import edtf

# After so many days somebody is to make sure again: VINE asks daily, prisons here answer by telephone.
WAITING = timedelta(days=7)
SERVING = timedelta(days=30)


@dataclass(frozen=True)
class LastKnown:
    """The last word on where a person is."""

    label: str
    on: date | None
    days: int | None
    stale: bool
    confirmed: bool  # somebody made sure; else it follows from the records alone
    how: str = ""
    place: str = ""

    @property
    def tone(self):
        return "soon" if self.stale else "plain"

    @property
    def age(self):
        """How old the answer is, in words."""
        if self.days is None:
            return _("never confirmed")
        if self.days == 0:
            return _("today")
        return ngettext("%(n)s day ago", "%(n)s days ago", self.days) % {"n": self.days}


def latest_checks():
    """To prefetch: the last time somebody made sure where each person is, and no earlier one."""
    rows = StatusCheck.objects.order_by("accused_id", "-on", "-created_at", "pk").distinct("accused_id")
    return Prefetch("status_checks", rows, to_attr="last_checks")


def limit_of(accused):
    """How old an answer may be before it is a warning itself."""
    serving = any(spell.kind == CustodyKind.SENTENCE for spell in accused.custodies.all() if runs(spell))
    return SERVING if serving else WAITING


def runs(spell):
    """Does this spell in custody go on?"""
    return not spell.ends_on and not spell.over


def last_known(accused, today):
    """The last word on where the person is; reads prefetched rows only."""
    check = accused.last_checks[0] if accused.last_checks else None
    found = recorded_days(accused)
    on = max([*found, *([check.on] if check else [])], default=None)
    confirmed = check is not None and check.on == on
    days = (today - on).days if on else None
    waits = waiting(accused)
    stale = waits and (on is None or timedelta(days=days) > limit_of(accused))
    odd = confirmed and check.status in (Whereabouts.ABSCONDED, Whereabouts.UNKNOWN)
    return LastKnown(
        label=check.get_status_display() if confirmed else "",
        on=on,
        days=days,
        stale=bool(stale or odd),
        confirmed=confirmed,
        how=check.get_how_display() if confirmed else "",
        place=check.at if confirmed else "",
    )


def waiting(accused):
    """Is the person held, out on bail, or asking for it, so that somebody has to know where she is?"""
    watched = (*LIVE_BAIL, Bail.SOUGHT)
    held = any(runs(spell) for spell in accused.custodies.all())
    return held or any(bail.status in watched for bail in accused.bail_orders.all())


def recorded_days(accused):
    """Days on which a record itself says where the person was, known to the day."""
    dates = [row.starts_on for row in accused.custodies.all()]
    dates += [row.ends_on for row in accused.custodies.all()]
    dates += [bail.released_on for bail in accused.bail_orders.all()]
    return [day.first for day in dates if day and day.exact]


def afterwards(bail):
    """What came after this bail, in words: the reason why anybody reads it again."""
    parts = []
    if bail.reoffended:
        on = edtf(bail.reoffended_on)
        parts.append(_("a new offence followed (%(on)s)") % {"on": on} if on else _("a new offence followed"))
    breaches = len(bail.breaches.all())
    if breaches:
        parts.append(
            ngettext("%(n)s condition broken", "%(n)s conditions broken", breaches) % {"n": breaches}
        )
    if bail.ended and bail.ended != BailEnd.UNKNOWN:
        on = edtf(bail.ended_on)
        how = bail.get_ended_display().lower()
        parts.append(f"{how} ({on})" if on else how)
    elif bail.status == Bail.ENDED:
        parts.append(_("how it ended is not known"))
    return ", ".join(parts) or bail.get_status_display().lower()


def answers_of(conditions):
    """To each condition its answers, the newest first, and whether somebody is late with the next."""
    checks = ConditionCheck.objects.filter(condition__in=[row.pk for row in conditions])
    found = {}
    for check in checks.select_related("by").order_by("-due_on", "-created_at", "pk"):
        found.setdefault(check.condition_id, []).append(check)
    for row in conditions:
        row.answers = found.get(row.pk, [])
        row.last = row.answers[0] if row.answers else None
        row.broken = any(check.result == Kept.BROKEN for check in row.answers)
    return conditions


def due_words(condition, today):
    """When somebody is to look next, and the tone of it: passed, today, or to come."""
    if condition.next_on is None:
        return "", "plain"
    days = (condition.next_on - today).days
    if days < 0:
        late = ngettext("not confirmed for %(n)s day", "not confirmed for %(n)s days", -days) % {"n": -days}
        return late, "danger" if days < -3 else "soon"
    if days == 0:
        return _("due today"), "soon"
    return ngettext("due in %(n)s day", "due in %(n)s days", days) % {"n": days}, "plain"
