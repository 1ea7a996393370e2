from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms import TherapyAddForm
from aftercare.models import Care, TherapyNote
from aftercare.views.care import about, found_care, page_of_care
from cases.answering import answer
from cases.clock import today_in
from reference.values import PartialDate


@requires(Can.VIEW_THERAPY, of=Care)
@require_http_methods(["GET", "POST"])
def therapy_add(request, pk):
    care = found_care(pk)
    now = timezone.now()
    form = TherapyAddForm(request.POST or None, initial={"on": PartialDate(today_in(care.office, now))})

    def add(**facts):
        return actions.add_therapy(care.pk, by=request.user, now=now, **facts)

    return answer(request, form, add, done=page_of_care, page="aftercare/therapy_add.html",
                  context=about(care))  # fmt: skip


@requires(Can.VIEW_THERAPY, of=TherapyNote)
@require_safe
def therapy_detail(request, pk):
    """One note; whoever opens it stands in the trail with it."""
    get_object_or_404(TherapyNote, pk=pk)
    note = actions.open_therapy(pk, by=request.user, now=timezone.now())
    return render(request, "aftercare/therapy_detail.html", about(found_care(note.care_id), note=note))
