from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from aftercare import actions
from aftercare.companions import group_of
from aftercare.forms import PlacementEndForm, PlacementStartForm
from aftercare.models import Care, Placement
from aftercare.stays import stays_of, sum_of
from aftercare.views.care import about, agencies_of, found_care, page_of_care
from cases.answering import answer, sent
from cases.clock import today_in
from reference.values import PartialDate


@requires(Can.VIEW_AFTERCARE, of=Care)
@require_safe
def care_homes(request, pk):
    """Every home of one person: how long, why it ended, who agreed, and with whom she lived there."""
    care = found_care(pk)
    stays = stays_of(care, timezone.now())
    return render(request, "aftercare/care_homes.html", about(
        care, care_tab="homes", stays=stays, sum=sum_of(stays), agencies=agencies_of(care.case),
        may_write=request.user.can_on(Can.WRITE_AFTERCARE, care.office_id),
        may_open_shelter=request.user.can_on(Can.OPEN_SHELTER, care.office_id),
    ))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def placement_start(request, pk):
    """A home that is none of the office's: the family, a relative, a hospital."""
    care = found_care(pk)
    now = timezone.now()
    initial = {"starts_on": PartialDate(today_in(care.office, now))}
    group = group_of(care)
    form = PlacementStartForm(sent(request), initial=initial)

    def start(**facts):
        return actions.start_placement(care.pk, by=request.user, now=now, **facts)

    context = about(care, effects=effects_of(group), barred=actions.barred_words(group))
    return answer(request, form, start, done=page_of_care, page="aftercare/placement_start.html",
                  context=context)  # fmt: skip


def effects_of(group):
    """What a move does to the stays that go on, for the card beside the form."""
    return [
        {
            "icon": "house",
            "text": _("The stay in “%(home)s” ends on the day the new one begins.")
            % {"home": stay.get_kind_display()},
        }
        for person in group.people
        for stay in person.here
    ]


@requires(Can.WRITE_AFTERCARE, of=Placement)
@require_http_methods(["GET", "POST"])
def placement_end(request, pk):
    placement = get_object_or_404(Placement, pk=pk)
    care = found_care(placement.care_id)
    now = timezone.now()
    initial = {"ends_on": PartialDate(today_in(care.office, now)), "version": placement.version}
    form = PlacementEndForm(sent(request), initial=initial)

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
        kept = actions.address_of(opened.home) if opened.home else ""
        address = "\n".join(filter(None, [opened.address.open(), kept]))
        context |= {
            "where": opened.at.open(), "address": address, "agencies": named,
            "home": opened.home, "not_ours": bool(opened.home_id and not kept),
        }  # fmt: skip
    return render(request, "aftercare/shelter_open.html", context)
