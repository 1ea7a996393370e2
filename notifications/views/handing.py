from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import requires
from accounts.models import User
from accounts.roles import Can
from cases.actions.deputies import offices_of, working_in
from cases.answering import answer, sent
from cases.states import IllegalMove
from notifications import actions
from notifications.actions.dismissing import ways_to_end
from notifications.actions.handing import may_hand_over, may_take_over, mine
from notifications.handing_forms import AlertDismissForm, AlertHandOverForm
from notifications.models import Alert
from notifications.reading import alert_words
from notifications.views.alerts import alert_or_404


def page_of(alert):
    return reverse("notifications:alert-detail", args=[alert.pk])


def asked_of(alert, submit):
    """What a page about one alert is given."""
    title, _todo, _icon = alert_words(alert)
    return {"alert": alert, "title": title, "case": alert.case, "back": page_of(alert), "submit": submit}


@requires(Can.VIEW_CASE, of=Alert)
@require_http_methods(["GET", "POST"])
def alert_hand_over(request, pk):
    """Give it to somebody who may see the case."""
    alert = alert_or_404(request, pk)
    may = may_hand_over(alert, request.user)
    people = may_take_over(alert, request.user) if may else User.objects.none()
    if alert.acked_by_id:
        people = people.exclude(pk=alert.acked_by_id)
    form = AlertHandOverForm(sent(request), people=people)

    def act(to):
        return actions.hand_over_alert(alert.pk, by=request.user, to=to, now=timezone.now())

    context = asked_of(alert, _("Give it")) | {"may": may and people.exists()}
    page = "notifications/alert_hand_over.html"
    return answer(request, form, act, done=page_of, page=page, context=context)


@requires(Can.VIEW_CASE, of=Alert)
@require_POST
def alert_take_over(request, pk):
    """Yes, I take it."""
    return pressed(request, pk, actions.take_over_alert, _("You have it."))


@requires(Can.VIEW_CASE, of=Alert)
@require_POST
def alert_decline(request, pk):
    """No: it stays with whoever gave it."""
    return pressed(request, pk, actions.decline_alert, _("It stays with whoever gave it to you."))


def pressed(request, pk, verb, said):
    alert = alert_or_404(request, pk)
    try:
        verb(alert.pk, by=request.user, now=timezone.now())
    except IllegalMove as why:
        messages.info(request, str(why))
    else:
        messages.info(request, said)
    return redirect(page_of(alert))


@requires(Can.DISMISS_ALERT, of=Alert)
@require_http_methods(["GET", "POST"])
def alert_dismiss(request, pk):
    """Close it by a person's word, where the rule lets a person."""
    alert = alert_or_404(request, pk)
    ways = ways_to_end(alert)
    form = AlertDismissForm(sent(request), ways=ways)

    def act(ended, why):
        return actions.dismiss_alert(alert.pk, by=request.user, ended=ended, why=why, now=timezone.now())

    context = asked_of(alert, _("Close the alert")) | {"ways": ways}
    return answer(request, form, act, done=page_of, page="notifications/alert_dismiss.html", context=context)


@requires(Can.USE_DESK)
@require_http_methods(["GET", "POST"])
def alert_hand_over_all(request):
    """Everything that is on my hands, before I go away."""
    alerts = list(mine(request.user).select_related("case", "office", "handed_to"))
    form = AlertHandOverForm(
        sent(request), people=working_in(offices_of(request.user)).exclude(pk=request.user.pk)
    )
    form.fields["to"].help_text = _("Gets what she may see; the rest stays with you, and you are told which.")
    back = reverse("notifications:inbox-list")

    def act(to):
        given, kept = actions.hand_over_all(by=request.user, to=to, now=timezone.now())
        facts = {"count": len(given), "name": to.name}
        said = ngettext(
            "%(count)s alert is offered to %(name)s.", "%(count)s alerts are offered to %(name)s.", len(given)
        )
        messages.info(request, said % facts)
        if kept:
            left = ngettext(
                "%(count)s stays with you: %(name)s may not see the case.",
                "%(count)s stay with you: %(name)s may not see the cases.",
                len(kept),
            )
            messages.info(request, left % (facts | {"count": len(kept)}))
        return request.path if kept else back

    rows = [(alert, alert_words(alert)[0]) for alert in alerts]
    context = {"rows": rows, "back": back, "submit": _("Give all of it")}
    page = "notifications/alert_hand_over_all.html"
    return answer(request, form, act, done=str, page=page, context=context)
