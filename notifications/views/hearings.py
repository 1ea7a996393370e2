from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from notifications.told import history, people_told, still_to_come
from prosecutions.models import Hearing


@requires(Can.VIEW_HEARING, of=Hearing)
@never_cache
@require_safe
def hearing_told(request, pk):
    """Who knows which date of the hearing, since when and by which way; who still holds an old one."""
    hearing = get_object_or_404(Hearing.objects.select_related("case__office", "proceeding"), pk=pk)
    people = people_told(hearing)
    context = {
        "hearing": hearing,
        "case": hearing.case,
        "people": people,
        "stale": [one for one in people if not one.right],
        "sure": sum(one.sure for one in people),
        "dates": history(hearing, people),
        "reminders": still_to_come(hearing),
    }
    return render(request, "notifications/hearing_told.html", context)
