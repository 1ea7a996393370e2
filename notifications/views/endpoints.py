"""Where alerts reach me: everybody's own channels, which nobody else sees."""

import hashlib
import json
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, sent
from cases.states import IllegalMove
from notifications import actions
from notifications.channel_words import asked, masked, masked_of
from notifications.channels import ROOMS
from notifications.models import Delivery, Endpoint
from notifications.states import Kind
from reference.sealed import SealBroken

BACK = "notifications:endpoint-list"


class EndpointAddForm(forms.Form):
    """One place outside; what it is asked for depends on the kind."""

    address = forms.CharField(max_length=2000)
    label = forms.CharField(
        label=gettext_lazy("Your name for it"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("So that you know it again: work telephone, for example."),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        _icon, question, example, _know = asked(kind)
        typed = "email" if kind == Kind.MAIL else "tel" if "+63" in str(example) else "text"
        self.fields["address"].label, self.fields["address"].help_text = question, example
        self.fields["address"].widget = forms.TextInput(
            attrs={"type": typed, "autocomplete": "off", "class": "w-medium"}
        )


class EndpointSubscribeForm(forms.Form):
    """What the browser itself says when its owner lets us send notices."""

    address = forms.CharField(max_length=2000, widget=forms.HiddenInput)
    label = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class EndpointVerifyForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("The code of five letters"),
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "class": "w-short",
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )


class EndpointRenameForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("Your name for it"), required=False, max_length=60)


@requires(Can.USE_DESK)
@require_safe
def endpoint_list(request):
    """All the places at which this person is reached, and the ways to add one."""
    rows = [row_of(endpoint) for endpoint in Endpoint.objects.filter(user=request.user).kept().for_list()]
    ready = ROOMS.ready()
    mail = Delivery.objects.filter(user=request.user, channel=Kind.MAIL, endpoint=None)
    context = {
        "rows": rows,
        "alone": not any(row["reachable"] for row in rows),
        "mail": masked(Kind.MAIL, request.user.email),
        "mail_ok_at": mail.aggregate(last=Max("accepted_at"))["last"],
        "ways": [way_of(kind) for kind in ready if kind != Kind.PUSH],
        "push_key": settings.VAPID_PUBLIC_KEY if Kind.PUSH in ready else "",
        "push_know": asked(Kind.PUSH)[3],
    }
    return render(request, "notifications/endpoint_list.html", context)


def row_of(endpoint):
    """One place as the list shows it."""
    return {
        "endpoint": endpoint,
        "icon": asked(endpoint.kind)[0],
        "title": endpoint.label or endpoint.get_kind_display(),
        "address": masked_of(endpoint),
        "reachable": bool(endpoint.verified_at and not endpoint.disabled_at),
        "browser": browser_of(endpoint),
    }


def browser_of(endpoint):
    """By which a browser knows its own row again: the digest of its subscription's address."""
    if endpoint.kind != Kind.PUSH:
        return ""
    try:
        address = json.loads(endpoint.open_address())["endpoint"]
    except SealBroken:
        return ""
    return hashlib.sha256(address.encode()).hexdigest()


def way_of(kind):
    icon, _question, _example, know = asked(kind)
    return {"kind": kind, "icon": icon, "label": kind.label, "know": know}


@requires(Can.USE_DESK)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def endpoint_add(request, kind):
    """A telephone, another mail address, another service."""
    if kind not in ROOMS.ready() or kind == Kind.PUSH:
        raise Http404
    kind = Kind(kind)
    form = EndpointAddForm(sent(request), kind=kind)
    return added(request, form, kind, "notifications/endpoint_add.html")


@requires(Can.USE_DESK)
@fresh
@require_POST
def endpoint_subscribe(request):
    """This browser; its address comes from a script, so what is wrong with it stands above the list."""
    form = EndpointSubscribeForm(request.POST)
    if Kind.PUSH not in ROOMS.ready():
        raise Http404
    return added(request, form, Kind.PUSH, "notifications/endpoint_subscribe.html")


def added(request, form, kind, page):
    """Add what the form says, and go on to the code."""

    def act(address, label):
        return actions.add_endpoint(
            by=request.user, now=timezone.now(), kind=kind, address=address, label=label
        )

    def done(endpoint):
        messages.success(request, _("A code is on its way. It takes up to a minute."))
        return reverse("notifications:endpoint-verify", args=[endpoint.pk])

    context = {"kind": kind, "label": kind.label, "know": asked(kind)[3]}
    return answer(request, form, act, done=done, page=page, context=context)


def own_or_404(request, pk):
    return get_object_or_404(Endpoint.objects.filter(user=request.user).kept(), pk=pk)


@requires(Can.USE_DESK, of=Endpoint)
@require_http_methods(["GET", "HEAD", "POST"])
def endpoint_verify(request, pk):
    """The code that came over the channel itself. A wrong one counts, so it is no failure of the request."""
    endpoint = own_or_404(request, pk)
    form = EndpointVerifyForm(sent(request))
    if form.is_valid():
        try:
            with transaction.atomic():
                endpoint = actions.verify_endpoint(
                    endpoint.pk, by=request.user, now=timezone.now(), code=form.cleaned_data["code"]
                )
        except IllegalMove as why:
            form.add_error("code", str(why))
        else:
            if not endpoint.code_tries:
                messages.success(request, _("Confirmed: alerts reach you here from now on."))
                return redirect(BACK)
            form.add_error("code", misses(endpoint))
    context = {"form": form, "row": row_of(endpoint)}
    status = 422 if form.errors else 200
    return render(request, "notifications/endpoint_verify.html", context, status=status)


def misses(endpoint):
    left = actions.TRIES - endpoint.code_tries
    if left <= 0:
        return _("That was wrong too often. Have another code sent.")
    return ngettext(
        "That is not the code. You may try once more.", "That is not the code. %(left)s tries are left.", left
    ) % {"left": left}


@requires(Can.USE_DESK, of=Endpoint)
@require_POST
def endpoint_code(request, pk):
    """Another code."""
    endpoint = own_or_404(request, pk)
    try:
        with transaction.atomic():
            actions.start_verification(endpoint.pk, by=request.user, now=timezone.now())
    except IllegalMove as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("A code is on its way. It takes up to a minute."))
    return redirect("notifications:endpoint-verify", pk=endpoint.pk)


@requires(Can.USE_DESK, of=Endpoint)
@require_http_methods(["GET", "HEAD", "POST"])
def endpoint_rename(request, pk):
    endpoint = own_or_404(request, pk)
    form = EndpointRenameForm(sent(request), initial={"label": endpoint.label})

    def act(label):
        return actions.rename_endpoint(endpoint.pk, by=request.user, now=timezone.now(), label=label)

    page = "notifications/endpoint_rename.html"
    context = {"row": row_of(endpoint)}
    return answer(request, form, act, done=lambda _row: reverse(BACK), page=page, context=context)


@requires(Can.USE_DESK, of=Endpoint)
@fresh
@require_http_methods(["GET", "HEAD", "POST"])
def endpoint_remove(request, pk):
    endpoint = own_or_404(request, pk)
    if request.method == "POST":
        actions.remove_endpoint(endpoint.pk, by=request.user, now=timezone.now())
        messages.success(request, _("Removed. Nothing is sent there any more."))
        return redirect(BACK)
    return render(request, "notifications/endpoint_remove.html", {"row": row_of(endpoint)})


@requires(Can.USE_DESK)
@require_POST
def endpoint_try(request):
    """A message to one of one's own places; without a key, to the mail address of signing in."""
    endpoint = None
    if request.POST.get("endpoint"):
        try:
            endpoint = own_or_404(request, UUID(request.POST["endpoint"])).pk
        except ValueError as wrong:
            raise Http404 from wrong
    try:
        with transaction.atomic():
            actions.try_endpoint(endpoint, by=request.user, now=timezone.now())
    except IllegalMove as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("A test message is on its way. It takes up to a minute."))
    return redirect(BACK)
