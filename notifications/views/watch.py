"""The watch over the alerts: for those who run the system and see no case, and for the leads of offices."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max, Min, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import requires
from accounts.models import Office
from accounts.roles import Can
from cases.states import IllegalMove
from notifications import actions, watching
from notifications.catalogue_words import RULE_WORDS
from notifications.models import Brake, DeadLetter, Reading, Trial
from notifications.states import BrakeState
from notifications.watch_reading import Overview

MOST = 200


def offices_of(user):
    """The offices over whose alerts the person watches; None for all of them."""
    if any(office is None and user.can(Can.WATCH_ALERTS) for office, _role in user.live_memberships):
        return None
    return [office for office, _role in user.live_memberships if user.can_in(office, Can.WATCH_ALERTS)]


def within(rows, offices):
    """Those rows that are of these offices; None: all, with those of no office."""
    return rows if offices is None else rows.filter(office__in=offices)


@requires(Can.WATCH_ALERTS)
@require_safe
def watch_show(request):
    """How the machinery is: what runs, what waits, what failed, what is held back."""
    return render(request, "notifications/watch_show.html", overview(request.user))


def overview(user, problem=""):
    offices = offices_of(user)
    named = within_offices(offices)
    brakes = within(Brake.objects.select_related("office", "decided_by"), offices)
    brakes = brakes.filter(Q(state=BrakeState.HELD) | Q(decided_at__gt=timezone.now() - watching.DAY))
    trials = within(Trial.objects.select_related("person", "office"), offices)
    return {
        "told": Overview(watching.state(), Reading.objects.newest(), named, everything=offices is None),
        "brakes": [(brake, RULE_WORDS[brake.rule].what) for brake in brakes.order_by("-began_at", "pk")[:20]],
        "trials": trials.order_by("-began_at", "pk")[:12],
        "dead": within(DeadLetter.objects.waiting(), offices).count(),
        "problem": problem,
    }


def within_offices(offices):
    rows = Office.objects.order_by("name", "pk")
    return list(rows if offices is None else rows.filter(pk__in=offices))


@requires(Can.WATCH_ALERTS)
@require_safe
def dead_letter_list(request):
    """What went no further: together by reason, and one by one; without the case and without the person."""
    return render(request, "notifications/dead_letter_list.html", dead_context(request.user))


def dead_context(user, problem=""):
    letters = within(DeadLetter.objects.all(), offices_of(user))
    groups = (
        letters.waiting()
        .order_by()
        .values("kind", "reason", "channel")
        .annotate(count=Count("pk"), asked=Count("asked_at"), first=Min("at"), last=Max("at"))
        .order_by("-count", "kind", "reason", "channel")
    )
    return {
        "groups": groups,
        "letters": letters.waiting().for_list()[:MOST],
        "done": letters.exclude(done_at=None).for_list()[:20],
        "problem": problem,
    }


@requires(Can.WATCH_ALERTS)
@require_POST
def dead_letter_retry(request):
    """Once more: one of them, or all of a reason."""
    rows = within(DeadLetter.objects.waiting(), offices_of(request.user))
    if one := request.POST.get("letter"):
        rows = rows.filter(pk__in=[one] if is_key(one) else [])
    else:
        wanted = {name: request.POST.get(name, "") for name in ("kind", "reason", "channel")}
        rows = rows.filter(**wanted)
    try:
        count = actions.ask_again(
            list(rows.values_list("pk", flat=True)), by=request.user, now=timezone.now()
        )
    except IllegalMove as why:
        context = dead_context(request.user, problem=str(why))
        return render(request, "notifications/dead_letter_list.html", context, status=422)
    told = ngettext("%(n)s is tried again now.", "%(n)s are tried again now.", count) % {"n": count}
    messages.success(request, told)
    return redirect("notifications:dead-letter-list")


def is_key(text):
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@requires(Can.WATCH_ALERTS, of=Brake)
@require_POST
def brake_decide(request, pk):
    """Let out what is held back, or withdraw it."""
    get_object_or_404(within(Brake.objects.all(), offices_of(request.user)), pk=pk)
    try:
        actions.decide_brake(
            pk, by=request.user, now=timezone.now(), let_out=request.POST.get("decide") == "release",
            reason=request.POST.get("reason", "")[:200],
        )  # fmt: skip
    except IllegalMove as why:
        context = overview(request.user, problem=str(why))
        return render(request, "notifications/watch_show.html", context, status=422)
    messages.success(request, _("It is done with the next sweep."))
    return redirect("notifications:watch-show")
