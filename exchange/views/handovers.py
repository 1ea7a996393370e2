from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import public, requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from cases.answering import answer, sent
from cases.states import IllegalMove
from exchange import actions, forms
from exchange.models import Export, Handover
from exchange.notes import left_out_told
from exchange.views.exports import attachment, people_left_out, the_export


@requires(Can.EXPORT_DATA, of=Export)
@require_http_methods(["GET", "POST"])
@fresh
def handover_add(request, pk):
    """Make a link. Its address and its code are shown on the answer, this once, and kept nowhere."""
    export = the_export(pk)
    if export.requested_by_id != request.user.pk:
        raise PermissionDenied(_("Only whoever asked for a file can pass it on."))
    form = forms.HandoverAddForm(sent(request), office=export.office)
    context = {
        "export": export,
        "submit": _("Make the link"),
        "back": export.get_absolute_url(),
        "form": form,
        "left_out": left_out_told(export.left_out),
        "people": people_left_out(export),
    }
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                made = actions.make_handover(pk, by=request.user, now=timezone.now(), **form.cleaned_data)
            return render(request, "exchange/handover_add.html", {**context, **told_once(*made)})
        except IllegalMove as why:
            form.add_error(getattr(why, "field", None), str(why))
    return render(request, "exchange/handover_add.html", context, status=status)


def told_once(handover, token, code):
    """What the sharer passes on by two different ways."""
    link = settings.SITE_URL + reverse("exchange:handover-open", args=[token])
    return {"handover": handover, "link": link, "code": f"{code[:4]} {code[4:]}", "made": True}


@requires(Can.EXPORT_DATA, of=Handover)
@require_http_methods(["GET", "POST"])
def handover_revoke(request, pk):
    handover = get_object_or_404(Handover.objects.select_related("made_by"), pk=pk)
    form = forms.ConfirmForm(sent(request))
    context = {"handover": handover, "submit": _("Take the link back"), "back": handover.get_absolute_url()}

    def act():
        return actions.revoke_handover(pk, by=request.user, now=timezone.now())

    page = "exchange/handover_revoke.html"
    return answer(request, form, act, done=Handover.get_absolute_url, page=page, context=context)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def handover_open(request, token):
    """The door for somebody without an account. Unknown, expired, taken back and wrong all look the same."""
    form = forms.HandoverOpenForm(sent(request))
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            given = actions.open_handover(
                token,
                form.cleaned_data["code"],
                origin=get_adapter().get_client_ip(request),
                now=timezone.now(),
            )
        except actions.TooOften:
            form.add_error(None, _("Too many codes were tried. Wait a quarter of an hour."))
            status = 429
        else:
            if given:
                handover, plain = given
                return attachment(plain, handover.file_name)
            form.add_error(None, _("This link and code open nothing, or nothing any more."))
    return render(request, "exchange/handover_open.html", {"form": form}, status=status)
