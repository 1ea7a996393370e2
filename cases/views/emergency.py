"""Opening a case in an emergency, and the register that leads go through afterwards."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases import actions, forms
from cases.actions.emergency import misses, offices_left
from cases.answering import change, sent
from cases.models import Case, Emergency
from cases.paging import page_of
from cases.states import IllegalMove


@requires(Can.BREAK_GLASS)
@fresh
@require_http_methods(["GET", "POST"])
def emergency_open(request):
    """One answer for a number that is none and for a case that is none of hers; both are written down."""
    form = forms.EmergencyOpenForm(sent(request))
    left = max(settings.EMERGENCY_TRIES_A_DAY - misses(request.user), 0)
    shut = not offices_left(request.user)
    if form.is_bound and left and not shut and form.is_valid():
        case_id = opened(request, form)
        if case_id is not None:
            return redirect("desk:case-page", case_id)
        left = max(settings.EMERGENCY_TRIES_A_DAY - misses(request.user), 0)
    context = {
        "form": form if left and not shut else None, "shut": shut, "left": left,
        "submit": _("Open the case"), "back": reverse("cases:case-list"), "effects": what_will_happen(),
    }  # fmt: skip
    return render(request, "cases/emergency_open.html", context, status=422 if form.is_bound else 200)


def opened(request, form):
    """The id of the case that she sees now, or None and a sentence; a try in vain stays on record."""
    number, reason = form.cleaned_data["number"].strip(), form.cleaned_data["reason"]
    seen = Case.objects.filter(number=number).values_list("pk", flat=True).first()
    if seen is not None:
        messages.info(request, _("You see this case already: nothing was opened."))
        return seen
    try:
        case_id = actions.break_glass(number, by=request.user, now=timezone.now(), reason=reason)
    except IllegalMove as why:
        form.add_error(why.field, str(why))
        return None
    if case_id is None:
        form.add_error("number", _("This number opens nothing: it is written wrongly, or not yours to open."))
    return case_id


def what_will_happen():
    """Said before, so that nobody is surprised and nobody is tempted."""
    return [
        ngettext(
            "You see the case for %(n)s minute, and then no longer.",
            "You see the case for %(n)s minutes, and then no longer.",
            settings.EMERGENCY_MINUTES,
        )
        % {"n": settings.EMERGENCY_MINUTES},
        _("The safeguarding lead and the director of your office are told at once."),
        _("One of them says whether it was justified. Until then it stands open in the list of your office."),
        _("A wrong number is written down too."),
    ]


@requires(Can.REVIEW_ACCESS)
@require_safe
def emergency_list(request):
    """What waits for a review first; an auditor sees who and when, and neither the case nor the reason."""
    rows = Emergency.objects.for_list()
    now = timezone.now()
    done = request.GET.get("show") == "done"
    page = page_of(rows.filter(reviewed_at__isnull=not done), request)
    for row in page:
        row.late = row.reviewed_at is None and row.review_by < now
        row.mine_to_review = request.user.can_in(row.office_id, Can.REVIEW_ACCESS)
    late = sorted({row.office.name for row in rows.overdue(now)})
    context = {"page": page, "late": late, "done": done, "now": now}
    return render(request, "cases/emergency_list.html", context)


@requires(Can.REVIEW_ACCESS, of=Emergency)
@require_http_methods(["GET", "POST"])
def emergency_review(request, pk):
    entry = get_object_or_404(Emergency.objects.for_list(), pk=pk)
    back = reverse("cases:emergency-list")
    context = {
        "entry": entry, "back": back, "submit": _("Save the review"),
        "may": request.user.can_in(entry.office_id, Can.REVIEW_ACCESS),
    }  # fmt: skip
    form = forms.EmergencyReviewForm(sent(request))
    page = "cases/emergency_review.html"
    return change(request, entry, form, actions.review_emergency, page=page, context=context)


@requires(Can.BREAK_GLASS, of=Emergency)
@require_POST
def emergency_end(request, pk):
    get_object_or_404(Emergency, pk=pk, user=request.user)
    try:
        actions.end_emergency(pk, by=request.user, now=timezone.now())
    except IllegalMove as why:
        messages.info(request, str(why))
    else:
        messages.info(request, _("You no longer see this case."))
    return redirect("cases:case-list")
