from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from notifications.today import lists_of, morning_of


@requires(Can.USE_DESK)
@require_safe
def digest_show(request):
    """The list of the day, as it stands at this moment and as this person may see it."""
    morning = morning_of(request.user, request.user.home_office, timezone.now())
    return render(request, "notifications/digest_show.html", {"lists": lists_of(morning), "day": morning.day})
