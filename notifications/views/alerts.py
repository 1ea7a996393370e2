from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.models import User
from accounts.roles import Can
from cases.states import IllegalMove
from notifications import actions
from notifications.actions.dismissing import ways_to_end
from notifications.actions.handing import may_hand_over
from notifications.actions.leaving import left_behind
from notifications.actions.telling import may_be_told, survivors_of
from notifications.catalogue_words import RULE_WORDS
from notifications.clock import zone_of
from notifications.models import Alert, InboxItem
from notifications.proof import reached
from notifications.reading import alert_words, log_entries, page_of_alert
from notifications.states import AlertState
from notifications.subjects import Subjects, kinds_closed_to


# Not VIEW_CASE: an alert about the system reaches people who see no case, and nobody else sees it.
@requires(Can.USE_DESK, of=Alert)
@require_safe
def alert_detail(request, pk):
    context = alert_context(alert_or_404(request, pk))
    alert = context["alert"]
    context["can_tell"] = request.user.can(Can.WRITE_NOTE)
    context["may_give"] = may_hand_over(alert, request.user)
    context["may_close"] = bool(ways_to_end(alert)) and request.user.can_on(
        Can.DISMISS_ALERT, alert.office_id
    )
    context["offered_to_me"] = alert.handed_to_id == request.user.pk
    return render(request, "notifications/alert_detail.html", context)


def alert_or_404(request, pk):
    """The alert; closed to whoever may not hear of records of its kind, unless she was told herself."""
    alert = get_object_or_404(
        Alert.objects.select_related("case__office", "office", "acked_by", "handed_to", "closed_by"), pk=pk
    )
    if alert.subject in kinds_closed_to(request.user) and not InboxItem.objects.filter(alert=alert).exists():
        raise PermissionDenied
    return alert


def alert_context(alert, problem=""):
    title, todo, icon = alert_words(alert)
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
        "reached": reached(alert),
        "over": RULE_WORDS[alert.rule].over,
        "zone": zone_of(alert.office.time_zone),
        "open": alert.state == AlertState.OPEN and bool(alert.ladder),
        "problem": problem,
        "telling": told_rows(alert),
        "left": left_of(alert),
    }


def left_of(alert):
    """What somebody who left still has in her name, as far as whoever looks may see it; nothing elsewhere."""
    person = User.objects.filter(pk=alert.subject_id).first() if alert.rule == "A2" else None
    if person is None:
        return None
    left = left_behind(person, timezone.now())
    return {
        "who": person,
        "hearings": left["hearings"].select_related("case", "office").order_by("starts_at", "pk")[:50],
        "cases": left["cases"].order_by("number", "pk")[:100],
    }


def told_rows(alert):
    """[(survivor, what was said of her or None)] where the alert asks who was told; else nothing."""
    if not may_be_told(alert):
        return []
    said = {row.survivor_id: row for row in alert.tellings.select_related("answered_by")}
    return [(who, said.get(who.pk)) for who in survivors_of(alert)]


@requires(Can.USE_DESK, of=Alert)
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
