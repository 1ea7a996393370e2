from django.core.cache import cache
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from notifications import actions
from notifications.models import InboxItem
from notifications.reading import DIGEST, entries_of

TRIES, HOUR = 20, 3600


@requires(Can.USE_DESK)
@never_cache
@require_http_methods(["GET", "POST"])
def code_show(request, code):
    """What the link of a message leads to; only for the person to whom it was sent. Reading it takes nothing.

    A wrong code, somebody else's, and one too many all get the same page, which says nothing.
    """
    items = items_of(request.user, code.upper()) if may_try(request.user) else []
    if not items:
        missed(request.user)
        return render(request, "notifications/code_show.html", status=404)
    if items[0].title_code == DIGEST:
        return redirect("notifications:digest-show")
    if request.method == "POST":
        for item in items:
            actions.acknowledge_item(item.pk, by=request.user, now=timezone.now())
        return redirect("code-show", code=code)
    for item in items:
        actions.read_item(item.pk, by=request.user, now=timezone.now())
    entries = entries_of(items)
    context = {"entries": entries, "code": items[0].code if len(items) == 1 else code.upper()}
    return render(request, "notifications/code_show.html", context | {"waits": any(e.waits for e in entries)})


def items_of(user, code):
    """What was sent to this person under the code, newest first."""
    rows = InboxItem.objects.filter(Q(code=code) | Q(deliveries__code=code), user=user)
    return list(InboxItem.objects.filter(pk__in=rows.values("pk")).for_list()[:50])


def key_of(user):
    return f"codes-missed-{user.pk}"


def may_try(user):
    return cache.get(key_of(user), 0) < TRIES


def missed(user):
    """One more code that was none of hers; after some, none is looked up for an hour."""
    cache.set(key_of(user), cache.get(key_of(user), 0) + 1, HOUR)
