"""The sheet that the person takes home: chosen by the worker, printed by the browser or as PDF."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from aftercare.actions.sheets import print_plan
from aftercare.forms.sheets import PlanSheetForm
from aftercare.models import Plan
from aftercare.sheet_words import language_of
from aftercare.sheets import printed, refuse_telling, sheet_of
from aftercare.states import LIVE_GOALS
from aftercare.views.care import about, found_care
from aftercare.views.plan_page import page_of_plan
from cases.states import IllegalMove


@requires(Can.WRITE_AFTERCARE, of=Plan)
@require_http_methods(["GET", "POST"])
def plan_sheet(request, pk):
    plan = get_object_or_404(Plan, pk=pk)
    care = found_care(plan.care_id)
    goals = [goal for goal in plan.goals.order_by("position", "pk") if goal.status in LIVE_GOALS]
    language = language_of(care.survivor.language if care.survivor else "")
    initial = {
        "language": language, "named": True, "dates": True,
        "wishes": [str(place) for place in range(len(care.wishes))],
    }  # fmt: skip
    form = PlanSheetForm(
        request.POST or None, initial=initial, goals=goals, wishes=care.wishes, language=language
    )
    context = about(care, plan=plan, form=form, back=page_of_plan(care))
    if request.method == "POST" and form.is_valid():
        try:
            return sheet(request, plan, care, form.cleaned_data, context)
        except IllegalMove as why:
            form.add_error(None, str(why))
    return render(request, "aftercare/plan_sheet.html", context, status=422 if form.is_bound else 200)


def sheet(request, plan, care, facts, context):
    """The sheet itself: as PDF where it was asked for and fonts can write it, else as a page to print."""
    goals = facts["goals"]
    refuse_telling(care, [*(said for _goal, said in goals), *facts["wishes"], facts["call"]])
    told = sheet_of(care, **facts)
    file = printed(told) if request.POST.get("form") == "pdf" else None
    with transaction.atomic():
        print_plan(
            plan.pk, by=request.user, now=timezone.now(), language=facts["language"],
            form="pdf" if file else "page", words={goal.pk: said for goal, said in goals},
        )  # fmt: skip
    if file is None:
        no_font = request.POST.get("form") == "pdf"
        return render(request, "aftercare/plan_paper.html", {**context, "told": told, "no_font": no_font})
    response = HttpResponse(file, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="sheet.pdf"'
    return response
