"""Counts of all offices for those who may not open their cases."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from figures.catalogue import FIGURES
from figures.hiding import LEAST
from figures.publishing import PUBLISHED, latest


@requires(Can.VIEW_DASHBOARD)
@require_safe
def published_list(request):
    """One figure of every office by year, as it was published; ?figure= chooses it."""
    names = [name for name in PUBLISHED if request.user.can(FIGURES[name].need)]
    name = request.GET.get("figure") or names[0]
    if name not in names:
        raise Http404
    context = {
        "figure": FIGURES[name],
        "choices": [(FIGURES[one], one == name) for one in names],
        "table": latest(request.user, name),
        "least": LEAST,
        "crumbs": [
            (_("Dashboard"), reverse("dashboards:dashboard")),
            (_("All offices"), None),
        ],
    }
    return render(request, "figures/published_list.html", context)
