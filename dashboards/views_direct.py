"""The pages for directors: trends, speed of justice, custody and bail, aftercare, workload, everybody."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from dashboards.asked import Scope
from dashboards.pages import page_of
from dashboards.periods import spoken, whole
from dashboards.trends import last_months, trends_of


@requires(Can.VIEW_DASHBOARD)
@require_safe
def trend_show(request):
    """Twelve months and the twelve before, figure by figure."""
    scope = Scope(request)
    months = last_months(scope)
    context = page_of(
        scope, "trend-show", trends=trends_of(scope), months=spoken((months[0], whole(months[-1])[1]))
    )
    return render(request, "dashboards/trend_show.html", context)
