"""How a clock was worked out: what started it, how long the law lets it run, and which days were left out."""

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from law.states import Counts, StartDay
from law.tables import BY_MODEL
from prosecutions.models import Proceeding
from prosecutions.reckoning.days import working_days, zone_of
from prosecutions.reckoning.periods import End, Period, skipped_days
from prosecutions.steps import step_words
from reference.templatetags.show import clock as clock_time
from reference.templatetags.show import day

# The page of the record that started it: (address, the field that holds its key).
PAGES = {
    "prosecutions.Arrest": ("prosecutions:accused-detail", "accused_id"),
    "prosecutions.Custody": ("prosecutions:accused-detail", "accused_id"),
    "prosecutions.Charge": ("prosecutions:accused-detail", "accused_id"),
    "prosecutions.Verdict": ("prosecutions:accused-detail", "accused_id"),
    "prosecutions.Appeal": ("prosecutions:accused-detail", "accused_id"),
    "prosecutions.BailOrder": ("prosecutions:bail-detail", "pk"),
    "prosecutions.Hearing": ("prosecutions:hearing-detail", "pk"),
    "prosecutions.Proceeding": ("prosecutions:proceeding-detail", "pk"),
    "survivors.Relief": ("survivors:survivor-detail", "survivor_id"),
    "survivors.Survivor": ("survivors:survivor-detail", "pk"),
}


def working_of(clock):
    """What the page of the clock tells of its sum."""
    court = court_of(clock)
    zone = court.time_zone if court else clock.office.time_zone
    country = str(court.jurisdiction_id) if court else (clock.case.country or clock.office.country)
    working = working_days(country, court.subdivision if court else "")
    period = Period.of(clock.rule)
    until = None if clock.extended_until else clock.due_on
    return {
        "starts": step_words(clock.rule.starts),
        "stops": step_words(clock.rule.stops_on) if clock.rule.stops_on else "",
        "ended_by": step_words(clock.ended_by) if clock.ended_by else "",
        "began": began(clock, zone),
        "source_url": source_url(clock),
        "length": length(period),
        "counting": counting(period),
        "zone": zone,
        "court": court.name if court else "",
        "skipped": skipped_days(period, clock.began_on, End(on=until), working),
        "rule_url": rule_url(clock.rule),
    }


def court_of(clock):
    """The court of the list whose clock and holidays were used, when it is one alone."""
    rows = Proceeding.objects.filter(case=clock.case_id)
    if clock.proceeding_id:
        rows = rows.filter(pk=clock.proceeding_id)
    elif clock.accused_id and rows.filter(parties__accused=clock.accused_id).exists():
        rows = rows.filter(parties__accused=clock.accused_id)
    courts = {row.known_court_id: row.known_court for row in rows.select_related("known_court")}
    return next(iter(courts.values())) if len(courts) == 1 else None


def began(clock, zone):
    """Day, and the hour where it is known."""
    if clock.began_at is None:
        return day(clock.began_on)
    there = clock.began_at.astimezone(zone_of(zone))
    return f"{day(there.date())}, {clock_time(there.time())}"


def source_url(clock):
    """The record that started it, if the page of one is known; '' for steps that a person wrote down."""
    name, key = PAGES.get(clock.source, ("", ""))
    row = apps.get_model(clock.source).objects.filter(pk=clock.source_id).first() if name else None
    return reverse(name, args=[getattr(row, key)]) if row else ""


def rule_url(rule):
    """The rule with its versions, on the pages of the law."""
    return reverse("law:entry-detail", args=[BY_MODEL[type(rule)].slug, rule.pk])


def length(period):
    """60 days; 36 hours; 2 months; half of the longest term charged."""
    if period.years is not None:
        return ngettext("%(n)s year", "%(n)s years", period.years) % {"n": period.years}
    if period.months is not None:
        return ngettext("%(n)s month", "%(n)s months", period.months) % {"n": period.months}
    if period.hours is not None:
        return ngettext("%(n)s hour", "%(n)s hours", period.hours) % {"n": period.hours}
    if period.days is not None:
        return ngettext("%(n)s day", "%(n)s days", period.days) % {"n": period.days}
    if period.fraction_of_max is not None:
        share = f"{period.fraction_of_max * 100:.0f}"
        return _("%(share)s %% of the longest term charged") % {"share": share}
    return _("The law names no number")


def counting(period):
    """How its days are counted, in sentences."""
    if period.in_hours:
        return [_("Hours run through nights, weekends and holidays.")]
    said = []
    if period.days is not None and period.months is None and period.years is None:
        working = period.counts == Counts.WORKING
        said.append(_("Working days of the court alone count.") if working else _("Every day counts."))
    first = period.start_day == StartDay.INCLUDED
    said.append(_("The first day is counted.") if first else _("The first day is not counted."))
    if period.roll_over != "none":
        said.append(_("A last day on a holiday moves to the next working day."))
    return said
