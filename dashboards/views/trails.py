"""The trail of people for those who watch, and of who looked at a survivor."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from audit.actions import record
from cases.paging import page_of
from dashboards.actions import review_access
from dashboards.forms import AccessReviewForm
from dashboards.looked import DAYS, asked_language, days_of, told_to_her
from dashboards.trail import acts, person_asked_for, told
from dashboards.unusual import RULES, sheet_asked_for
from survivors.models import Survivor


@requires(Can.VIEW_PEOPLE_TRAIL)
@require_safe
def person_trail(request):
    """What people did, newest first; with ?person= one of them."""
    person = person_asked_for(request.GET.get("person"))
    page = page_of(acts(person), request)
    record("trail.read", by=request.user, subject=person or request.user)
    return render(
        request, "dashboards/person_trail.html", {"person": person, "page": page, "acts": told(page)}
    )


@requires(Can.VIEW_SURVIVOR_TRAIL, of=Survivor)
@require_safe
def survivor_trail(request, pk):
    """Who looked at her, to be read to her or printed for her, in her language where we have it."""
    survivor = get_object_or_404(Survivor.objects.select_related("case__office"), pk=pk)
    page = page_of(days_of(survivor), request, DAYS)
    record("trail.read", by=request.user, subject=survivor)
    language = asked_language(request)
    with timezone.override(survivor.case.office.time_zone), translation.override(language):
        context = {
            "survivor": survivor, "page": page, "days": told_to_her(survivor, page),
            "languages": settings.LANGUAGES, "language": language, "today": timezone.now(),
        }  # fmt: skip
        return render(request, "dashboards/survivor_trail.html", context)


@requires(Can.REVIEW_ACCESS)
@require_safe
def access_sheet(request):
    """A month of an office: whose access was unusual, by rule."""
    sheet = sheet_asked_for(request)
    record("trail.read", by=request.user, subject=sheet.office or request.user)
    return render(request, "dashboards/access_sheet.html", {"sheet": sheet, "rules": sheet.told()})


@requires(Can.REVIEW_ACCESS)
@require_http_methods(["GET", "POST"])
def access_line(request, rule):
    """The events behind one line of the sheet, and the word of whoever has looked into it."""
    sheet = sheet_asked_for(request)
    person = person_asked_for(request.GET.get("person"))
    if rule not in RULES or sheet.office is None or person is None or person.pk not in sheet.people:
        raise Http404
    form = AccessReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        review_access(
            person.pk, by=request.user, now=timezone.now(), rule=rule, month=sheet.month,
            office=sheet.office.key, **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("Your word stands on the sheet."))
        return redirect(sheet.url)
    context = {"sheet": sheet, "line": sheet.line(rule, person), "form": form}
    return render(request, "dashboards/access_line.html", context, status=422 if form.errors else 200)
