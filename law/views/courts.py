from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from law import actions
from law.forms import CourtAddForm, CourtEditForm, TravelSetForm
from law.models import Court, Travel
from law.views.entries import sent
from law.views.writing import answer

MOST = 500


def page_of_court(court):
    """The address of a court's page."""
    return reverse("law:court-detail", args=[court.pk])


def crumbs_of(court=None):
    way = [(_("Law"), reverse("law:country-list")), (_("Courts"), reverse("law:court-list"))]
    return [*way, (court.name, page_of_court(court))] if court else way


@requires(Can.USE_DESK)
@require_safe
def court_list(request):
    text = request.GET.get("text", "").strip()
    rows = Court.objects.select_related("jurisdiction", "tier")
    if text:
        rows = rows.filter(
            Q(name__icontains=text) | Q(place__icontains=text) | Q(also_called__icontains=text)
            | Q(jurisdiction__name__icontains=text)
        )  # fmt: skip
    rows = rows.order_by("jurisdiction__name", "closed", "name", "place", "pk")[:MOST]
    context = {"rows": rows, "text": text, "may_edit": request.user.can(Can.MANAGE_LAW),
               "may_tidy": request.user.can(Can.VIEW_HEARING), "crumbs": crumbs_of()}  # fmt: skip
    return render(request, "law/court_list.html", context)


@requires(Can.USE_DESK)
@require_safe
def court_detail(request, pk):
    court = get_object_or_404(Court.objects.select_related("jurisdiction", "tier"), pk=pk)
    ways = Travel.objects.filter(Q(one=court) | Q(other=court)).select_related("one", "other")
    ways = [(way.other if way.one_id == court.pk else way.one, way.minutes) for way in ways]
    context = {
        "court": court,
        "ways": sorted(ways, key=lambda way: (way[1], way[0].name)),
        "may_edit": request.user.can(Can.MANAGE_LAW),
        "crumbs": [*crumbs_of(), (court.name, None)],
    }
    return render(request, "law/court_detail.html", context)


@requires(Can.MANAGE_LAW)
@require_http_methods(["GET", "POST"])
def court_add(request):
    context = {"cancel": reverse("law:court-list"), "crumbs": crumbs_of()}
    return answer(request, CourtAddForm(sent(request)), actions.add_court, done=page_of_court,
                  page="law/court_add.html", context=context)  # fmt: skip


@requires(Can.MANAGE_LAW)
@require_http_methods(["GET", "POST"])
def court_edit(request, pk):
    court = get_object_or_404(Court.objects.select_related("jurisdiction"), pk=pk)
    names = ("name", "tier", "place", "subdivision", "time_zone", "note", "closed", "version")
    initial = {name: getattr(court, name) for name in names} | {"also_called": "\n".join(court.also_called)}
    form = CourtEditForm(sent(request), court=court, initial=initial)

    def edit(**facts):
        return actions.edit_court(court.pk, **facts)

    context = {"court": court, "cancel": page_of_court(court), "crumbs": crumbs_of(court)}
    return answer(request, form, edit, done=page_of_court, page="law/court_edit.html", context=context)


@requires(Can.MANAGE_LAW)
@require_http_methods(["GET", "POST"])
def travel_set(request, pk):
    court = get_object_or_404(Court, pk=pk)

    def measure(**facts):
        return actions.set_travel(court.pk, **facts)

    context = {"court": court, "cancel": page_of_court(court), "crumbs": crumbs_of(court)}
    return answer(request, TravelSetForm(sent(request), court=court), measure,
                  done=lambda _way: page_of_court(court), page="law/travel_set.html",
                  context=context)  # fmt: skip
