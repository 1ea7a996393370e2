from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from aftercare import actions
from aftercare.forms import PlacementEndForm, PlacementStartForm
from aftercare.models import Care, Placement
from aftercare.views.care import about, agencies_of, found_care, page_of_care
from cases.answering import answer
from cases.clock import today_in
from reference.values import PartialDate


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def placement_start(request, pk):
    care = found_care(pk)
    now = timezone.now()
    form = PlacementStartForm(
        request.POST or None, initial={"starts_on": PartialDate(today_in(care.office, now))}
    )

    def start(**facts):
        return actions.start_placement(care.pk, by=request.user, now=now, **facts)

    effects = [
        {
            "icon": "house",
            "text": _("The stay in “%(home)s” ends on the day the new one begins.")
            % {"home": stay.get_kind_display()},
        }
        for stay in care.placements.filter(ends_on="", over=False).order_by("position", "pk")
    ]
    return answer(request, form, start, done=page_of_care, page="aftercare/placement_start.html",
                  context=about(care, effects=effects))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Placement)
@require_http_methods(["GET", "POST"])
def placement_end(request, pk):
    placement = get_object_or_404(Placement, pk=pk)
    care = found_care(placement.care_id)
    now = timezone.now()
    initial = {"ends_on": PartialDate(today_in(care.office, now)), "version": placement.version}
    form = PlacementEndForm(request.POST or None, initial=initial)

    def end(**facts):
        return actions.end_placement(placement.pk, by=request.user, now=now, **facts)

    return answer(request, form, end, done=page_of_care, page="aftercare/placement_end.html",
                  context=about(care, placement=placement))  # fmt: skip


@requires(Can.OPEN_SHELTER, of=Placement)
@fresh
@require_http_methods(["GET", "POST"])
def shelter_open(request, pk):
    """Where the person lives: asked first, and shown only with the look written down."""
    placement = get_object_or_404(Placement, pk=pk)
    care = found_care(placement.care_id)
    context = about(care, placement=placement, shown=request.method == "POST")
    if context["shown"]:
        opened = actions.open_shelter(pk, by=request.user, now=timezone.now())
        named = agencies_of(care.case)
        context |= {"where": opened.at.open(), "address": opened.address.open(), "agencies": named}
    return render(request, "aftercare/shelter_open.html", context)
