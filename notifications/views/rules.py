from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.roles import Can
from notifications.explaining import ladders, not_watched, sections


@requires(Can.USE_DESK)
@require_safe
def rule_list(request):
    """What the system watches for, in words, and what it does not watch yet."""
    context = {"sections": sections(), "not_watched": not_watched(), "ladders": ladders()}
    return render(request, "notifications/rule_list.html", context)
