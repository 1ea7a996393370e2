"""Webhooks of the installation, for those who keep them: which there are, how they fare, their secrets."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, sent
from cases.forms import ConfirmForm
from cases.states import IllegalMove
from hooks import actions
from hooks.forms import HookAddForm
from hooks.models import Webhook
from hooks.signing import shown
from hooks.states import TELLABLE, DeliveryState

LATEST = 50


def hook_or_404(pk):
    return get_object_or_404(Webhook.objects.select_related("owner", "made_by"), pk=pk)


def crumbs(*more):
    """Where a page about webhooks is."""
    return [(_("Webhooks"), reverse("hooks:hook-list") if more else None), *more]


@requires(Can.MANAGE_HOOK)
@require_safe
def hook_list(request):
    """Every webhook that has not ended; those that need somebody stand on top."""
    waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.QUEUED))
    dead = Count("deliveries", filter=Q(deliveries__state=DeliveryState.DEAD))
    rows = Webhook.objects.filter(ended_at=None).select_related("owner").annotate(waiting=waiting, dead=dead)
    hooks = list(rows.order_by("label", "pk"))
    hooks.sort(key=lambda hook: (hook.stopped_at is None, hook.failures == 0))
    return render(request, "hooks/hook_list.html", {"hooks": hooks})


@requires(Can.MANAGE_HOOK)
@fresh
@require_http_methods(["GET", "POST"])
def hook_add(request):
    def add(owner, **facts):
        return actions.add_hook(owner.pk, by=request.user, now=timezone.now(), **facts)

    context = {"crumbs": crumbs((_("New webhook"), None)), "back": reverse("hooks:hook-list")}
    return answer(
        request, HookAddForm(sent(request)), add, done=lambda hook: hook.get_absolute_url(),
        page="hooks/hook_add.html", context=context,
    )  # fmt: skip


@requires(Can.MANAGE_HOOK, of=Webhook)
@require_safe
def hook_detail(request, pk):
    """What it tells, and how the latest messages fared."""
    hook = hook_or_404(pk)
    nouns = [words for noun, (words, _deeds) in TELLABLE.items() if named(hook, noun)]
    rows = list(hook.deliveries.order_by("-created_at", "pk")[:LATEST])
    context = {
        "hook": hook, "nouns": nouns, "deliveries": rows, "crumbs": crumbs((hook.label, None)),
        "dead": hook.deliveries.filter(state=DeliveryState.DEAD).count(),
    }  # fmt: skip
    return render(request, "hooks/hook_detail.html", context)


def named(hook, noun):
    """Does it tell of this noun?"""
    return any(verb.partition(".")[0] == noun for verb in hook.verbs)


@requires(Can.MANAGE_HOOK, of=Webhook)
@fresh
@never_cache
@require_http_methods(["GET", "POST"])
def hook_secret(request, pk):
    """The secret with which messages are signed, once somebody asks for it, which is written down."""
    hook = hook_or_404(pk)
    secret = ""
    if request.method == "POST" and not hook.ended_at:
        now = timezone.now()
        secret = shown(actions.open_hook(hook.pk, by=request.user, now=now).secrets(now)[0])
    way = crumbs((hook.label, hook.get_absolute_url()), (_("Secret"), None))
    return render(request, "hooks/hook_secret.html", {"hook": hook, "secret": secret, "crumbs": way})


@requires(Can.MANAGE_HOOK, of=Webhook)
@fresh
@require_http_methods(["GET", "POST"])
def hook_end(request, pk):
    """Nothing is sent any more, for good."""
    hook = hook_or_404(pk)

    def end(**_facts):
        return actions.end_hook(hook.pk, by=request.user, now=timezone.now())

    context = {
        "hook": hook, "back": hook.get_absolute_url(), "submit": _("End it"),
        "crumbs": crumbs((hook.label, hook.get_absolute_url()), (_("End it"), None)),
        "effects": [
            {"icon": "circle-alert", "text": _("Nothing is sent to this address any more.")},
            {"icon": "lock", "text": _("The secret is destroyed. To begin again, make a new webhook.")},
        ],
    }  # fmt: skip
    return answer(
        request, ConfirmForm(sent(request)), end, done=lambda _hook: reverse("hooks:hook-list"),
        page="hooks/hook_end.html", context=context,
    )  # fmt: skip


def pressed(request, pk, action, words):
    """One press on the page of the webhook, which comes back."""
    hook = hook_or_404(pk)
    try:
        action(hook.pk, by=request.user, now=timezone.now())
        messages.success(request, words)
    except IllegalMove as why:
        messages.error(request, str(why))
    return redirect(hook)


@requires(Can.MANAGE_HOOK, of=Webhook)
@require_POST
def hook_pause(request, pk):
    return pressed(request, pk, actions.pause_hook, _("Nothing is sent until you let it go on."))


@requires(Can.MANAGE_HOOK, of=Webhook)
@require_POST
def hook_resume(request, pk):
    return pressed(request, pk, actions.resume_hook, _("It goes on."))


@requires(Can.MANAGE_HOOK, of=Webhook)
@fresh
@require_POST
def hook_rotate(request, pk):
    words = _("There is a new secret. For a day messages are signed with the old one as well.")
    return pressed(request, pk, actions.rotate_hook, words)


@requires(Can.MANAGE_HOOK, of=Webhook)
@require_POST
def hook_resend(request, pk):
    return pressed(request, pk, actions.resend_hook, _("What was given up is tried again."))
