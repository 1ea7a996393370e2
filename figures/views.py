"""What the figures mean, for whoever is asked to defend them."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from figures.catalogue import FIGURES


@requires(Can.USE_DESK)
@require_safe
def definition_list(request):
    """Every figure with its definition."""
    return render(request, "figures/definition_list.html", {"figures": FIGURES.values()})


@requires(Can.USE_DESK)
@require_safe
def definition_detail(request, name):
    """One figure: what it counts and how."""
    if name not in FIGURES:
        raise Http404
    crumbs = [(_("Definitions"), reverse("figures:definition-list")), (FIGURES[name].label, None)]
    return render(request, "figures/definition_detail.html", {"figure": FIGURES[name], "crumbs": crumbs})
