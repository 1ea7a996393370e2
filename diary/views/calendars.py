from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Can
from diary.forms import CalendarFilterForm, day_asked
from diary.pages import Diary, month_weeks, neighbours, span_of, week_hours, worth_listing
from prosecutions.views.hearings import offices_seen


@requires(Can.VIEW_HEARING)
@require_safe
@vary_on_headers("HX-Request")
def calendar_show(request):
    """Month, week and list in one address; a phone shows the week and the month as lists of days."""
    now = timezone.now()
    form = CalendarFilterForm(request.GET, user=request.user, offices=offices_seen())
    facts = form.criteria()
    view = facts["view"] or "week"
    day = day_asked(facts["on"], timezone.localdate(now))
    first, after = span_of(view, day)
    diary = Diary(form, first, after, now)
    days = diary.days()
    earlier, later = neighbours(view, day)
    context = {
        "form": form, "view": view, "day": day, "first": first, "last": days[-1]["date"], "days": days,
        "earlier": earlier, "later": later, "list": listed(days, view, day), "warnings": diary.warnings(),
        "mine": facts["who"] == form.MINE, "count": len(diary.hearings), "legend": legend(),
    }  # fmt: skip
    context["filtered"] = any(request.GET.get(name) for name in ("who", "court", "office"))
    context["weeks"] = month_weeks(days, day) if view == "month" else None
    context["hours"] = week_hours(days) if view == "week" else None
    template = "diary/calendar_show.html#rows" if request.htmx else "diary/calendar_show.html"
    return render(request, template, context)


def listed(days, view, day):
    """The days of the list: those of the month alone under its grid."""
    shown = [one for one in days if view != "month" or one["date"].month == day.month]
    return worth_listing(shown)


def legend():
    return [
        {"label": _("Trial step"), "tone": "info"},
        {"label": _("Bail"), "tone": "danger"},
        {"label": _("Judgment"), "tone": "judgment"},
        {"label": _("Last day of a clock, condition of bail"), "tone": "soon"},
        {"label": _("Held"), "tone": "done"},
        {"label": _("Adjourned or taken off"), "tone": "past"},
    ]
