from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.paging import page_of
from cases.states import IllegalMove
from notifications import actions
from notifications.catalogue_words import RULE_WORDS
from notifications.clock import zone_of
from notifications.explaining import ladders, not_watched, sections
from notifications.models import Alert, InboxItem
from notifications.reading import entries_of, log_entries, page_of_alert, unread_of
from notifications.states import AlertState
from notifications.subjects import Subjects, kinds_closed_to
from notifications.words import words_of


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


@requires(Can.VIEW_CASE, of=Alert)
@require_safe
def alert_detail(request, pk):
    return render(request, "notifications/alert_detail.html", alert_context(alert_or_404(request, pk)))


def alert_or_404(request, pk):
    """The alert; closed to whoever may not hear of records of its kind, unless she was told herself."""
    alert = get_object_or_404(Alert.objects.select_related("case__office", "office", "acked_by"), pk=pk)
    if alert.subject in kinds_closed_to(request.user) and not InboxItem.objects.filter(alert=alert).exists():
        raise PermissionDenied
    return alert


def alert_context(alert, problem=""):
    title, todo, icon = words_of(alert.rule)
    if alert.facts.get("applied"):
        title, todo, icon = words_of("B1")
    elif alert.facts.get("elsewhere"):
        title, todo, icon = words_of(f"{'B3' if alert.rule == 'B10' else alert.rule}.elsewhere")
    known = Subjects([alert])
    hearing = known.hearing(alert.subject_id)
    return {
        "alert": alert,
        "about": known.about(alert),
        "before": known.before(alert),
        "hearings": [hearing] if hearing else [],
        "case": alert.case,
        "title": title,
        "todo": todo,
        "icon": icon,
        "rule": RULE_WORDS[alert.rule].what,
        "url": page_of_alert(alert),
        "log": log_entries(alert),
        "zone": zone_of(alert.office.time_zone),
        "open": alert.state == AlertState.OPEN and bool(alert.ladder),
        "problem": problem,
    }


@requires(Can.VIEW_CASE, of=Alert)
@require_POST
def alert_acknowledge(request, pk):
    """I have it: the ladder stops for all."""
    alert = alert_or_404(request, pk)
    try:
        actions.acknowledge_alert(alert.pk, by=request.user, now=timezone.now())
    except IllegalMove as why:
        context = alert_context(alert, problem=str(why))
        return render(request, "notifications/alert_detail.html", context, status=422)
    return redirect("notifications:alert-detail", pk=alert.pk)


@requires(Can.USE_DESK)
@require_safe
def rule_list(request):
    """What the system watches for, in words, and what it does not watch yet."""
    context = {"sections": sections(), "not_watched": not_watched(), "ladders": ladders()}
    return render(request, "notifications/rule_list.html", context)
