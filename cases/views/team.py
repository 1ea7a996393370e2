from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases import actions, forms
from cases.answering import add_to_case, case_or_404, change, inside, sent
from cases.models import Assignment, Case


@requires(Can.ASSIGN_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def assignment_add(request, pk):
    case = case_or_404(pk)
    people = actions.candidates_for(case)
    form = forms.AssignmentAddForm(sent(request), people=people, office=case.office)
    context = inside(
        case, "team", submit=_("Put on the team"), back=reverse("cases:case-team", args=[case.pk])
    )
    return add_to_case(request, case, form, actions.assign, page="cases/assignment_add.html", context=context)


@requires(Can.ASSIGN_CASE, of=Assignment)
@require_http_methods(["GET", "POST"])
def assignment_end(request, pk):
    named = get_object_or_404(Assignment.objects.select_related("user", "case__office"), pk=pk)
    team = reverse("cases:case-team", args=[named.case_id])

    def after(row):
        """Back to the team; to the list for somebody who has just left the case herself."""
        still = Case.objects.filter(pk=row.case_id).exists()
        return team if still else reverse("cases:case-list")

    form = forms.ConfirmForm(sent(request))
    context = inside(named.case, "team", submit=_("Take off the team"), back=team, named=named)
    page = "cases/assignment_end.html"
    return change(request, named, form, actions.unassign, page=page, context=context, done=after)
