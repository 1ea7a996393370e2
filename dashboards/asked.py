"""What a page of figures is asked for: the filters, the cases they leave, and how to say and to keep them."""

from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from cases.clock import day_of_figures
from cases.models import Case
from dashboards.board import Board
from dashboards.forms import DashboardFilterForm
from dashboards.periods import between, span, spoken
from figures.rollups import Narrow

NARROWING = ("region", "office", "type", "donor")


def narrowed(cases, form, asked):
    """The cases that the filters leave."""
    if asked["office"]:
        cases = cases.filter(office=asked["office"])
    if asked["region"]:
        cases = cases.filter(office__in=form.places(asked["region"]))
    if asked["type"]:
        cases = cases.filter(casework_type=asked["type"])
    if asked["donor"]:
        cases = cases.filter(pk__in=form.paid_by(asked["donor"]))
    return cases


def period_of(asked, today):
    """Months that were typed go before the span that was chosen; ends that stand the wrong way are turned."""
    ends = sorted((asked["since"] or "", asked["until"] or ""))
    if all(ends):
        return between(*ends, today)
    return between(asked["since"], asked["until"], today) or span(asked["period"], today)


class Scope:
    """The filters of one request, kept in every address that follows from it."""

    def __init__(self, request):
        user = self.user = request.user
        self.now = timezone.now()
        today = day_of_figures(user, self.now) or timezone.localdate()
        self.form = DashboardFilterForm(request.GET, user=user, today=today)
        self.asked = self.form.answers()
        office = self.asked["office"]
        self.today = (office and day_of_figures(user, self.now, office)) or today
        self.period = period_of(self.asked, self.today)
        self.cases = narrowed(Case.objects.all(), self.form, self.asked)

    @cached_property
    def board(self):
        return Board(self.cases, self.today, self.asked, self.period, self.narrow)

    def board_of(self, names):
        """The same for the figures of another page."""
        return Board(self.cases, self.today, self.asked, self.period, self.narrow, names)

    @property
    def narrow(self):
        """What `narrowed` leaves, for the sums that were counted ahead."""
        asked = self.asked
        offices = [{asked["office"]}] if asked["office"] else []
        offices += [set(self.form.places(asked["region"]))] if asked["region"] else []
        return Narrow(
            frozenset.intersection(*map(frozenset, offices)) if offices else None,
            asked["type"] or "",
            tuple(self.form.named(asked["donor"])) if asked["donor"] else None,
        )

    @property
    def query(self):
        """The filters as they stand, for a link; nothing when nothing is filtered."""
        return {name: str(value) for name, value in self.asked.items() if value} or None

    def url(self, name, *args, **more):
        """A page under the same filters."""
        asked = {**(self.query or {}), **{key: value for key, value in more.items() if value is not None}}
        return reverse(f"dashboards:{name}", args=args, query=asked or None)

    @property
    def said(self):
        """What is filtered, in words, the period first."""
        return " · ".join([spoken(self.period), *self.form.words(*NARROWING)])

    @property
    def said_places(self):
        """What is filtered besides the period, for pages that have months of their own."""
        return " · ".join(self.form.words(*NARROWING))
