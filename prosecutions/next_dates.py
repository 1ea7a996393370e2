"""The next dates that a court usually gives, with what closes the court on such a day."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.clock import today_in
from prosecutions.reckoning.days import months_later, working_days
from reference.templatetags.show import day as in_words

WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Offer:
    """One date to tap."""

    label: str
    on: datetime.date
    closed: str

    @property
    def value(self):
        return self.on.isoformat()

    @property
    def hint(self):
        """The day in words, and why the court may be closed on it."""
        return " · ".join(filter(None, (in_words(self.on), self.closed)))


def offered(hearing, now):
    """In one week, in two, in a month: from the day of the hearing, or from today when that is long ago."""
    today = today_in(hearing.case.office, now)
    start = hearing.on.first if hearing.on.parts[2] else today
    if start + WEEK <= today:
        start = today
    dates = [
        (_("In 1 week"), start + WEEK),
        (_("In 2 weeks"), start + 2 * WEEK),
        (_("In 1 month"), months_later(start, 1)),
    ]
    return [Offer(label, on, closed_on(hearing, on)) for label, on in dates]


def closed_on(hearing, day):
    """Why the courts are closed that day, as far as the calendar tells; '' on a working day."""
    court = hearing.proceeding.known_court
    country = court.jurisdiction_id if court else hearing.case.office.country
    days = working_days(country, court.subdivision if court else "")
    if days.open_on(day):
        return ""
    holiday = days.holiday(day)
    return _("public holiday: %(name)s") % {"name": holiday} if holiday else _("a weekend")
