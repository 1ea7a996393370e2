from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.paging import Page, page_of
from notifications import actions
from notifications.models import InboxItem
from notifications.reading import entries_of, mark_of, waiting_of


@requires(Can.USE_DESK)
@require_safe
def inbox_list(request):
    """What this person was told, unsafe and unanswered first."""
    page = page_of(listed(request.user), request)
    context = {"page": page, "entries": entries_of(page.rows), "mark": mark_of(page.rows)}
    return render(request, "notifications/inbox_list.html", context)


def listed(user):
    return InboxItem.objects.filter(user=user).standing().for_list()


@requires(Can.USE_DESK)
@never_cache
@require_GET
def inbox_rows(request):
    """The first page of the list, when it has changed since the page that asks was made."""
    page = Page(listed(request.user), 1)
    mark = mark_of(page.rows)
    if request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    context = {"page": page, "entries": entries_of(page.rows), "mark": mark}
    return render(request, "notifications/inbox_list.html#rows", context)


@requires(Can.USE_DESK)
@never_cache
@require_GET
def inbox_count(request):
    """The number on the bell, and what is urgent; nothing to say when the page shows both already.

    A page without the strip, which says what is urgent in its own way, does not send `u` and gets no strip.
    """
    waiting = waiting_of(request.user)
    strip = "u" in request.GET
    shown = request.GET.get("n"), request.GET.get("u", str(waiting.urgent))
    if shown == (str(waiting.unread), str(waiting.urgent)):
        return HttpResponse(status=204)
    context = {"unread": waiting.unread, "urgent": waiting.urgent, "strip": strip, "beside": "innerHTML"}
    return render(request, "notifications/inbox_count.html", context)


@requires(Can.USE_DESK)
@require_GET
def inbox_show(request, pk):
    """One item, as the link of a mail opens it. Whoever may not read it (any more) learns nothing of it."""
    item = InboxItem.objects.filter(user=request.user, pk=pk).select_related("alert").first()
    if item is None:
        return render(request, "notifications/inbox_show.html", status=404)
    actions.read_item(item.pk, by=request.user, now=timezone.now())
    items = [item]
    if item.day and not item.alert_id:
        items = list(
            InboxItem.objects.filter(user=request.user, day=item.day, alert=None).standing().for_list()
        )
    (entry,) = entries_of(items or [item])
    return render(request, "notifications/inbox_show.html", {"entry": entry, "standing": not item.superseded})


@requires(Can.USE_DESK, of=InboxItem)
@require_POST
def inbox_read(request, pk):
    item = get_object_or_404(InboxItem, pk=pk, user=request.user)
    actions.read_item(item.pk, by=request.user, now=timezone.now())
    return redirect("notifications:inbox-list")


@requires(Can.USE_DESK, of=InboxItem)
@require_POST
def inbox_acknowledge(request, pk):
    """I have it."""
    item = get_object_or_404(InboxItem, pk=pk, user=request.user)
    actions.acknowledge_item(item.pk, by=request.user, now=timezone.now())
    return redirect("notifications:inbox-list")
