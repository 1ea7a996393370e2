from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases import actions, forms
from cases.answering import add_to_case, case_or_404, inside, sent
from cases.models import Case


@requires(Can.EDIT_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def referral_add(request, pk):
    case = case_or_404(pk)
    form = forms.ReferralAddForm(sent(request))
    context = inside(case, "case", submit=_("Add the step"))
    return add_to_case(
        request, case, form, actions.add_referral, page="cases/referral_add.html", context=context
    )


@requires(Can.EDIT_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def agency_add(request, pk):
    case = case_or_404(pk)
    form = forms.AgencyAddForm(sent(request))
    context = inside(case, "case", submit=_("Add the agency"))
    page = "cases/agency_add.html"
    return add_to_case(request, case, form, actions.add_agency, page=page, context=context)


@requires(Can.EDIT_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def grant_add(request, pk):
    case = case_or_404(pk)
    form = forms.GrantAddForm(sent(request))
    context = inside(case, "case", submit=_("Add the grant"))
    page = "cases/grant_add.html"
    return add_to_case(request, case, form, actions.add_grant, page=page, context=context)


@requires(Can.EDIT_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def link_add(request, pk):
    case = case_or_404(pk)
    form = forms.LinkAddForm(sent(request))
    context = inside(case, "case", submit=_("Link the cases"))
    page = "cases/link_add.html"
    return add_to_case(request, case, form, actions.add_link, page=page, context=context)


@requires(Can.EDIT_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def milestone_add(request, pk):
    case = case_or_404(pk)
    form = forms.MilestoneAddForm(sent(request))
    context = inside(case, "case", submit=_("Save the milestone"))
    page = "cases/milestone_add.html"
    return add_to_case(request, case, form, actions.add_milestone, page=page, context=context)
