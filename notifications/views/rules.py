from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.models import Office
from accounts.roles import Can
from cases.answering import answer, sent
from notifications.actions.tuning import tune_rule, untune_rule
from notifications.explaining import as_it_is, ladders, not_watched, roles_of, sections, stricter
from notifications.models import OfficeRule
from notifications.practices import Practices
from notifications.rule_forms import ME, RuleFilterForm, RuleTightenForm, RuleUntuneForm, offices_led
from notifications.rules import TIGHTENED, WORKING


@requires(Can.USE_DESK)
@require_safe
def rule_list(request):
    """What the system watches for, in words and for one office, and what it does not watch yet."""
    offices = offices_of(request.user)
    form = RuleFilterForm(request.GET, offices=offices)
    asked = form.cleaned_data if form.is_valid() else {}
    office = asked.get("office") or (offices[0] if offices else None)
    office_id = office.pk if office else None
    roles = roles_asked(request.user, office_id, asked.get("reaches", ""))
    known = Practices([office_id], timezone.now()) if office else None
    part, leads = asked.get("section", ""), office_id in offices_led(request.user)
    context = {
        "form": form,
        "filtered": any(asked.get(name) for name in ("section", "reaches")),
        "office": office,
        "leads": leads,
        "sections": sections(known, office_id, part, roles, leads),
        "not_watched": not_watched(part, roles),
        "ladders": ladders(),
    }
    return render(request, "notifications/rule_list.html", context)


def offices_of(user):
    """The offices whose rules somebody may want to read, her own first."""
    own = [membership.office for membership in user.held if membership.office]
    if user.sees_everywhere:
        own += list(Office.objects.order_by("name", "pk"))
    return list(dict.fromkeys(own))


def roles_asked(user, office_id, wanted):
    """The roles whose rules are to be shown; None for all."""
    if wanted == ME:
        return roles_of(user, office_id, user.duties.current().filter(office_id=office_id).exists())
    return {wanted} if wanted else None


@requires(Can.TUNE_ALERTS)
@require_http_methods(["GET", "POST"])
def rule_tighten(request, rule):
    """One rule, what the office asks for on top, and what it has asked for before."""
    how, leads = rule_or_404(rule), offices_led(request.user)
    live = {
        row.office_id: row for row in OfficeRule.objects.filter(rule=rule, ended_at=None, office__in=leads)
    }
    office_id = office_asked(request, leads)
    row = live.get(office_id)
    form = RuleTightenForm(sent(request), initial=as_typed(row, office_id), rule=rule, how=how, leads=leads)

    def act(**answers):
        return tune_rule(rule, by=request.user, now=timezone.now(), **answers)

    context = {**about(rule, leads), "row": row, "submit": _("Tighten the rule")}
    return answer(
        request, form, act, done=page_of, page="notifications/rule_tighten.html",
        context=context,
    )  # fmt: skip


@requires(Can.TUNE_ALERTS)
@require_http_methods(["GET", "POST"])
def rule_untune(request, rule):
    """Back to the rule of the house."""
    rule_or_404(rule)
    leads = offices_led(request.user)
    form = RuleUntuneForm(sent(request), initial={"office": office_asked(request, leads)}, leads=leads)

    def act(**answers):
        return untune_rule(rule, by=request.user, now=timezone.now(), **answers)

    return answer(
        request, form, act, done=page_of, page="notifications/rule_untune.html",
        context={**about(rule, leads), "submit": _("Follow the rule of the house again")},
    )  # fmt: skip


def page_of(row):
    """The rule in the list, as it works for that office now."""
    return f"{reverse('notifications:rule-list')}?office={row.office_id}#rule-{row.rule}"


def rule_or_404(rule):
    if rule not in TIGHTENED:
        raise Http404
    return WORKING[rule]


def office_asked(request, leads):
    """The office whose rule the form shows first."""
    wanted = request.POST.get("office") or request.GET.get("office") or ""
    return int(wanted) if wanted.isdecimal() and int(wanted) in leads else min(leads, default=None)


def as_typed(row, office_id):
    """The answers that hold now."""
    if row is None:
        return {"office": office_id}
    return {
        "office": office_id, "urgency": row.urgency, "pace": row.pace, "act_minutes": row.act_minutes,
        "also_to": row.also_to,
    }  # fmt: skip


def about(rule, leads):
    """What the page says of the rule, and the history of what these offices decided."""
    return {
        "code": rule,
        "rule": as_it_is(rule),
        "back": reverse("notifications:rule-list"),
        "history": [
            (row, stricter(row)) for row in OfficeRule.objects.filter(rule=rule, office__in=leads).for_list()
        ],
    }
