"""Whom and what alerts are about, read under the rights of whoever looks. Never for mail."""

from collections import defaultdict
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Can
from accounts.scope import viewer
from aftercare.models import Care, CareTask, Plan
from cases.models import Case
from cases.states import Track
from notifications.clock import zone_of
from operations.models import Lookout, Operation
from prosecutions.models import Accused, Award, BailCondition, BailOrder, Charge, Clock, Hearing, Verdict
from reference.templatetags.show import clock, day, edtf, moment
from survivors.models import Survivor, Threat

HEARING = Hearing._meta.label


def bail(order, alert):
    """The person, the court, and the date that matters now."""
    yield order.accused.called
    yield order.proceeding.called if order.proceeding else order.court
    broken = alert.facts.get("broken_on")
    if alert.facts.get("applied"):
        yield order.heard_on and _("heard on %(date)s") % {"date": edtf(order.heard_on)}
    elif alert.rule == "B6":
        yield broken and _("broken on %(date)s") % {"date": edtf(broken)}
    elif alert.rule == "B4":
        yield order.released_on and _("released on %(date)s") % {"date": edtf(order.released_on)}
    else:
        yield order.decided_on and _("decided on %(date)s") % {"date": edtf(order.decided_on)}


def condition(term, _alert):
    """The person, and what the court asks for."""
    yield term.bail.accused.called
    yield term.called


def accused(person, alert):
    yield person.called
    yield person.code
    out = alert.facts.get("release")
    yield out and _("out on %(date)s") % {"date": day(date.fromisoformat(out))}


def award(row, _alert):
    yield row.by
    yield row.ordered_on and _("ordered on %(date)s") % {"date": edtf(row.ordered_on)}


def verdict(judgment, _alert):
    yield judgment.accused.called
    yield judgment.proceeding.called if judgment.proceeding else judgment.court
    yield edtf(judgment.on)


def charge(row, _alert):
    yield row.accused.called
    yield row.offence or row.statute


def survivor(person, _alert):
    yield person.called
    yield person.code


def care(row, alert):
    """The survivor, or the group, whose review is due."""
    yield from survivor(row.survivor, alert) if row.survivor else (row.headcount.label,)
    yield more(alert)


def more(alert):
    """How many others of the case wait for the same."""
    others = alert.facts.get("more")
    return others and ngettext("and %(n)s more", "and %(n)s more", others) % {"n": others}


def care_task(row, alert):
    """For whom it is, what is to be done, and how many others there are."""
    yield from care(row.care, alert)
    yield row.get_kind_display()


def threat(row, alert):
    """Whom it is against, and what it was."""
    yield from survivor(row.survivor, alert) if row.survivor else (_("everybody of the case"),)
    yield row.get_kind_display()


def plan(row, alert):
    yield from care(row.care, alert)
    yield _("care plan")


def operation(row, _alert):
    yield _("Operation of %(date)s") % {"date": edtf(row.on)} if row.on else _("Operation")
    yield row.get_purpose_display()
    yield row.key


def lookout(row, _alert):
    yield row.to_office.name if row.to_office else ""
    yield _("sent on %(date)s") % {"date": edtf(row.on)} if row.on else ""


def clock_of_law(row, _alert):
    """Whom the clock is about, and which rule it is."""
    person = row.accused or row.survivor
    yield person.called if person else ""
    yield row.rule.name


def reopened(_case, alert):
    track = alert.facts.get("track")
    yield Track(track).label if track in Track.values else ""


# label: (model, what is read with it, what the viewer must be allowed to see, its words)
KINDS = {
    BailOrder._meta.label: (BailOrder, ("accused", "proceeding"), Can.VIEW_ACCUSED, bail),
    BailCondition._meta.label: (BailCondition, ("bail__accused",), Can.VIEW_ACCUSED, condition),
    Accused._meta.label: (Accused, (), Can.VIEW_ACCUSED, accused),
    Award._meta.label: (Award, (), Can.VIEW_ACCUSED, award),
    Verdict._meta.label: (Verdict, ("accused", "proceeding"), Can.VIEW_ACCUSED, verdict),
    Charge._meta.label: (Charge, ("accused",), Can.VIEW_ACCUSED, charge),
    Survivor._meta.label: (Survivor, (), Can.VIEW_SURVIVOR, survivor),
    Care._meta.label: (Care, ("survivor", "headcount"), Can.VIEW_AFTERCARE, care),
    Plan._meta.label: (Plan, ("care__survivor", "care__headcount"), Can.VIEW_AFTERCARE, plan),
    CareTask._meta.label: (CareTask, ("care__survivor", "care__headcount"), Can.VIEW_AFTERCARE, care_task),
    Threat._meta.label: (Threat, ("survivor",), Can.VIEW_SURVIVOR, threat),
    Operation._meta.label: (Operation, (), Can.VIEW_OPERATION, operation),
    Lookout._meta.label: (Lookout, ("to_office",), Can.VIEW_OPERATION, lookout),
    Clock._meta.label: (Clock, ("accused", "survivor", "rule"), Can.VIEW_ACCUSED, clock_of_law),
    Case._meta.label: (Case, (), Can.VIEW_CASE, reopened),
    HEARING: (Hearing, ("proceeding", "office", "case"), Can.VIEW_HEARING, None),
}


def kinds_closed_to(user):
    """The labels of the records of which this person may not even hear that there is something."""
    return [label for label, (_model, _along, need, _words) in KINDS.items() if not user.can(need)]


class Subjects:
    """The records behind many alerts at once; as many queries for one as for a thousand of a kind."""

    def __init__(self, alerts, hearings=()):
        wanted = defaultdict(set)
        for alert in alerts:
            wanted[alert.subject].add(alert.subject_id)
        wanted[HEARING].update(hearings)
        self.rows = {}
        for label, ids in wanted.items():
            model, along, need, _words = KINDS.get(label, (None, (), None, None))
            if ids and model is not None and viewer().can(need):
                rows = model.objects.filter(pk__in=ids)
                found = rows.select_related(*along) if along else rows
                self.rows.update({(label, row.pk): row for row in found})

    def hearing(self, pk):
        return self.rows.get((HEARING, pk))

    def about(self, alert):
        """What tells this alert from others of its rule: a person, a court, a date."""
        row = self.rows.get((alert.subject, alert.subject_id))
        words = KINDS[alert.subject][3] if row is not None else None
        parts = [str(part) for part in words(row, alert) if part] if words else []
        if alert.facts.get("due"):
            parts.append(_("due on %(date)s") % {"date": day(date.fromisoformat(alert.facts["due"]))})
        return " · ".join(dict.fromkeys(parts))

    def before(self, alert):
        """The date that held before the hearing was moved."""
        hearing, was = self.hearing(alert.subject_id), alert.facts.get("was")
        if hearing is None or not was:
            return ""
        try:
            then = datetime.fromisoformat(was)
        except ValueError:
            return _("Before: %(date)s") % {"date": edtf(was)}
        if then.tzinfo is None:
            return _("Before: %(date)s") % {"date": day(then.date())}
        if then == hearing.starts_at:
            return _("Day and time stay; look at the room.")
        with timezone.override(zone_of(hearing.office.time_zone)):
            midnight = not any(timezone.localtime(then).timetuple()[3:6])
            return _("Before: %(date)s") % {"date": day(then) if midnight else moment(then)}


def since(when):
    """A moment as short as it can be: the clock alone on the same day."""
    today = timezone.localtime(when).date() == timezone.localdate()
    return clock(when) if today else moment(when)
