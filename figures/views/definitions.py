"""What the figures mean, for whoever is asked to defend them."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from figures.catalogue import FIGURES, GROUPS


@requires(Can.USE_DESK)
@require_safe
def definition_list(request):
    """Every figure with its definition, by what it is about; ?text= leaves those that speak of it."""
    text = request.GET.get("text", "").strip()[:100]
    found = [figure for figure in FIGURES.values() if speaks_of(figure, text.casefold())]
    groups = [
        (key, label, [figure for figure in found if figure.group == key]) for key, label in GROUPS.items()
    ]
    context = {
        "groups": [group for group in groups if group[2]],
        "text": text,
        "count": len(found),
        "may_see_figures": request.user.can(Can.VIEW_DASHBOARD),
    }
    return render(request, "figures/definition_list.html", context)


def speaks_of(figure, text):
    """Is every word of the text in what is said of the figure?"""
    said = (figure.name, figure.label, figure.definition, figure.left_out, figure.confusion, figure.unit)
    told = " ".join(map(str, said)).casefold()
    return all(word in told for word in text.split())


@requires(Can.USE_DESK)
@require_safe
def definition_detail(request, name):
    """One figure: unit, date, what is left out, and with what it is mixed up."""
    if name not in FIGURES:
        raise Http404
    figure = FIGURES[name]
    may_open = request.user.can(Can.VIEW_DASHBOARD) and request.user.can(figure.need) and figure.listed
    context = {
        "figure": figure,
        "group": GROUPS[figure.group],
        "others": [FIGURES[other] for other in figure.confused],
        "records": reverse("dashboards:figure-list", args=[name]) if may_open else None,
        "crumbs": [(_("Definitions"), reverse("figures:definition-list")), (figure.label, None)],
    }
    return render(request, "figures/definition_detail.html", context)
