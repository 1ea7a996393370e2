import datetime

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.models import Office
from accounts.roles import Can
from cases.clock import today_in
from cases.models import Case
from cases.paging import page_of
from prosecutions.actions import starts_at
from prosecutions.forms import HearingFilterForm
from prosecutions.models import Hearing, Proceeding
from prosecutions.next_dates import closed_on
from prosecutions.states import HearingOutcome
from prosecutions.views.agenda import (
    DAY,
    by_day,
    marks,
    month_asked,
    month_grid,
    weeks_of,
    window,
    without_day,
)
from prosecutions.views.witnesses import costs_of, outcome_form, witness_day
from prosecutions.views.writing import rights_of, the_case
from prosecutions.whereabouts import warnings


@requires(Can.VIEW_HEARING)
@require_safe
@vary_on_headers("HX-Request")
def hearing_list(request):
    """Month and list in one address; left open, a phone shows the list and a desk the month above it."""
    now = timezone.now()
    form = HearingFilterForm(request.GET, offices=offices_seen())
    facts = form.criteria()
    case = the_case(facts["case"]) if facts["case"] else None
    view = facts["view"] if facts["view"] in ("month", "list") else ("list" if case else "")
    rows = form.narrowed(Hearing.objects.for_list().with_missing(), request.user)
    context = {"form": form, "case": case, "view": view, "clock_of": clock_of(case, request.user)}
    context["may"] = rights_of(request.user)
    context |= proceedings_of(case) if case else {}
    if view != "list":
        context |= the_month(rows, facts["month"], now, listed=view == "month")
    context |= the_list(request, rows, form, now, case)
    template = "prosecutions/hearing_list.html#rows" if request.htmx else "prosecutions/hearing_list.html"
    return render(request, template, context)


def offices_seen():
    """Offices of the cases that the viewer sees."""
    return Office.objects.filter(pk__in=Case.objects.values("office_id")).order_by("name", "pk")


def clock_of(case, user):
    """The place whose clock the times follow, when it is one place."""
    if case is not None:
        return case.office
    return user.home_office


def proceedings_of(case):
    """The proceedings of the case, with what hangs from them."""
    rows = Proceeding.objects.filter(case=case).order_by("key")
    return {"proceedings": list(rows)}


def the_month(rows, asked, now, *, listed):
    """The grid of one month, and the way to its neighbours; its days below it only where they are shown."""
    today = timezone.localdate(now)
    first = month_asked(asked, today)
    start, end = weeks_of(first)
    shown = [row for row in rows.between(*window(first)) if start <= row.on.first < end]
    of_month = [row for row in shown if row.on.first.month == first.month]
    return {
        "first": first,
        "weeks": month_grid(shown, first, today, now),
        "earlier": f"{first - DAY:%Y-%m}",
        "later": f"{first + DAY * 31:%Y-%m}",
        "legend": [
            {"label": _("Trial step"), "tone": "info"},
            {"label": _("Bail"), "tone": "danger"},
            {"label": _("Judgment"), "tone": "judgment"},
            {"label": _("Held"), "tone": "done"},
            {"label": _("Adjourned or taken off"), "tone": "past"},
        ],
        "month_days": by_day(of_month if listed else [], now),
    }


def the_list(request, rows, form, now, case):
    """The days of the list; all the hearings of a case begin with the next one."""
    show = form.shown()
    if show == HearingFilterForm.MISSING:
        rows = rows.unrecorded(now).order_by("starts_at", "pk")
    elif show == HearingFilterForm.PAST:
        rows = rows.filter(starts_at__lt=now).order_by("-starts_at", "pk")
    elif show == HearingFilterForm.COMING:
        rows = rows.expected().filter(starts_at__gte=now)
    elif case:
        rows = rows.next_first(day_begins(case.office, now))
    else:
        rows = rows.order_by("-on", "-starts_at", "pk")
    page = page_of(rows, request)
    days = by_day(page, now, with_case=case is None)
    parted = show == HearingFilterForm.ALL and case is not None
    today = today_in(case.office, now) if parted else datetime.date.min
    return {
        "page": page,
        "days": [day for day in days if day["date"] >= today],
        "earlier_days": [day for day in days if day["date"] < today],
        "undated": without_day(page, now, with_case=case is None),
        "show": show,
        "parted": parted,
    }


def day_begins(office, now):
    """The moment at which today began at the office."""
    return starts_at(today_in(office, now), None, office)


def day_has_come(hearing, now):
    """Is it the day of the hearing at its office, or later?"""
    return hearing.starts_at is not None and hearing.starts_at < day_begins(hearing.case.office, now) + DAY


@requires(Can.VIEW_HEARING, of=Hearing)
@require_safe
def hearing_detail(request, pk):
    related = ("case__office", "proceeding__known_court", "who_goes", "follows", "exact_reason")
    hearing = get_object_or_404(Hearing.objects.select_related(*related).with_missing(), pk=pk)
    now = timezone.now()
    ahead = hearing.starts_at is None or hearing.starts_at > now
    may = rights_of(request.user)
    context = {
        "hearing": hearing,
        "case": hearing.case,
        "marks": marks(hearing, now),
        "closed": closed_on(hearing, hearing.on.first) if ahead and hearing.on.parts[2] else "",
        "form": outcome_form(request, hearing) if may["record"] and not hearing.outcome else None,
        "due": day_has_come(hearing, now),
        "next": hearing.followed_by.exclude(outcome=HearingOutcome.VACATED)
        .order_by("starts_at", "pk")
        .first(),
        "ahead": ahead,
        "warnings": warnings(hearing),
        **witness_day(hearing, request.user),
        **costs_of(hearing),
        "mine": hearing.who_goes_id == request.user.pk,
    }
    return render(request, "prosecutions/hearing_detail.html", context)
