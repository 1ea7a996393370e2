from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from diary.forms import ClashCheckForm
from prosecutions.whereabouts import warnings


@requires(Can.WRITE_HEARING)
@require_safe
def clash_check(request):
    """For the forms of hearings: what stands in the way of a person on a day and hour, in sentences."""
    form = ClashCheckForm(request.GET)
    hearing = form.hearing_meant() if form.is_valid() else None
    if hearing is None:
        return HttpResponse()
    return render(request, "diary/clash_check.html", {"warnings": warnings(hearing)})
