from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.actions.conferences import hold_conference
from aftercare.forms.plans import ConferenceHoldForm
from aftercare.models import Care, Conference
from aftercare.views.care import about, found_care
from aftercare.views.plan_page import page_of_plan
from cases.answering import answer
from cases.clock import today_in


def page_of_conference(row):
    """Where a conference is read and printed."""
    return reverse("aftercare:conference-detail", args=[row.pk])


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def conference_hold(request, pk):
    care = found_care(pk)
    now = timezone.now()
    today = today_in(care.office, now)
    form = ConferenceHoldForm(
        request.POST or None, initial={"on": today.isoformat()}, team=actions.team_of_care(care.case),
        today=today,
    )  # fmt: skip

    def hold(**facts):
        return hold_conference(care.pk, by=request.user, now=now, **facts)

    return answer(request, form, hold, done=page_of_conference, page="aftercare/conference_hold.html",
                  context=about(care, back=page_of_plan(care)))  # fmt: skip


@requires(Can.VIEW_AFTERCARE, of=Conference)
@require_safe
def conference_detail(request, pk):
    """Who was there, what was said and decided, and how far that has come; also for paper."""
    conference = get_object_or_404(Conference.objects.select_related("by"), pk=pk)
    care = found_care(conference.care_id)
    decisions = conference.decisions.select_related("task__worker").order_by("position", "pk")
    context = about(care, care_tab="plan", conference=conference, decisions=decisions)
    return render(request, "aftercare/conference_detail.html", context)
