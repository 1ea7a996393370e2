from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases.answering import add_to_case, case_or_404, change, inside, sent
from cases.models import Case
from operations import actions, forms
from operations.models import Venue
from operations.views.attempts import list_of


def around_case(case, submit):
    """What every form about the surroundings of an operation is given."""
    return inside(case, "operations", submit=submit, back=list_of(case))


@requires(Can.WRITE_OPERATION, of=Case)
@require_http_methods(["GET", "POST"])
def venue_add(request, pk):
    case = case_or_404(pk)
    form = forms.VenueAddForm(sent(request))
    page, context = "operations/venue_add.html", around_case(case, _("Add the venue"))
    return add_to_case(request, case, form, actions.add_venue, page=page, context=context)


@requires(Can.WRITE_OPERATION, of=Venue)
@require_http_methods(["GET", "POST"])
def venue_close(request, pk):
    venue = get_object_or_404(Venue.objects.select_related("case__office"), pk=pk)
    form = forms.VenueCloseForm(sent(request), instance=venue)
    context = around_case(venue.case, _("Save")) | {"venue": venue}
    page = "operations/venue_close.html"
    return change(request, venue, form, actions.close_venue, page=page, context=context)


@requires(Can.WRITE_OPERATION, of=Case)
@require_http_methods(["GET", "POST"])
def headcount_add(request, pk):
    case = case_or_404(pk)
    form = forms.HeadcountAddForm(sent(request), case=case)
    page, context = "operations/headcount_add.html", around_case(case, _("Save the head-count"))
    return add_to_case(request, case, form, actions.add_headcount, page=page, context=context)


@requires(Can.WRITE_OPERATION, of=Case)
@require_http_methods(["GET", "POST"])
def investigation_add(request, pk):
    case = case_or_404(pk)
    form = forms.InvestigationAddForm(sent(request))
    page, context = "operations/investigation_add.html", around_case(case, _("Save the investigation"))
    return add_to_case(request, case, form, actions.add_investigation, page=page, context=context)
