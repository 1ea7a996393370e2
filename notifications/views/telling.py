from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases.answering import answer
from notifications import actions
from notifications.actions.telling import may_be_told, survivors_of
from notifications.forms import AlertTellForm
from notifications.models import Alert, Telling
from notifications.words import words_of
from reference.templatetags.look import icon_name


@requires(Can.WRITE_NOTE, of=Alert)
@require_http_methods(["GET", "POST"])
def alert_tell(request, pk):
    """Who of the survivors knows: one page, one row each, saved together."""
    alert = get_object_or_404(Alert.objects.select_related("case__office"), pk=pk)
    if not may_be_told(alert):
        raise Http404
    said = {row.survivor_id: row for row in Telling.objects.filter(alert=alert)}
    data = request.POST if request.method == "POST" else None
    form = AlertTellForm(data, survivors=survivors_of(alert), said=said)

    def tell(answers):
        return actions.tell_survivors(alert.pk, by=request.user, now=timezone.now(), answers=answers)

    done = reverse("notifications:alert-detail", args=[alert.pk])
    title, _todo, _icon = words_of(alert.rule)
    effects = [
        {"icon": icon_name("user-check"), "text": _("Say that you have the alert, if nobody has it")},
        {"icon": icon_name("circle-check"), "text": _("Close the alert once it is said of everybody")},
    ]
    context = {"alert": alert, "case": alert.case, "title": title, "cancel": done, "effects": effects}
    return answer(
        request, form, tell, done=lambda _alert: done, page="notifications/alert_tell.html", context=context
    )
