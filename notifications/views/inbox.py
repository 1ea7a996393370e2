from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.paging import page_of
from notifications import actions
from notifications.models import InboxItem
from notifications.reading import entries_of, unread_of


@requires(Can.USE_DESK)
@require_safe
def inbox_list(request):
    """What this person was told, unsafe and unanswered first."""
    page = page_of(InboxItem.objects.filter(user=request.user).standing().for_list(), request)
    context = {"page": page, "entries": entries_of(page.rows), "unread": unread_of(request.user)}
    return render(request, "notifications/inbox_list.html", context)


@requires(Can.USE_DESK)
@never_cache
@require_GET
def inbox_count(request):
    """The number on the bell; nothing to say when the page shows it already."""
    unread = unread_of(request.user)
    if request.GET.get("n") == str(unread):
        return HttpResponse(status=204)
    return render(request, "_bell.html", {"unread": unread})


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
