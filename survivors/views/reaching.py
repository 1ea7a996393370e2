"""How a survivor may be reached: agreed with her, changed here, read before any number is shown."""

from types import SimpleNamespace

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.reauthentication import fresh, is_fresh
from accounts.roles import Can
from cases.answering import answer, inside, sent
from cases.states import Stale
from survivors import actions
from survivors.forms.threats import ContactRuleEditForm
from survivors.models import ContactRule, Survivor
from survivors.views.people import survivor_or_404

NAMES = ("ways", "hours", "leave_word", "checked_on", "version")
SEALED = ("who", "not_to", "we_are", "code_word")


def rule_of(survivor):
    return ContactRule.objects.filter(survivor=survivor).first()


def in_clear(rule):
    """The sealed words of a rule, opened for whoever is to read it."""
    return {name: getattr(rule, name).open() for name in SEALED}


def is_read(request, rule):
    """Was this edition of the rule confirmed with this very request?"""
    said = request.POST.get("read") or request.GET.get("read")
    return rule is None or said == str(rule.version)


def write_down(request, survivor, rule):
    """Keep that she has read the rule, where there is one."""
    if rule is not None:
        actions.read_contact_rule(survivor.pk, by=request.user, now=timezone.now())


def ask_first(request, survivor, rule):
    """The rule alone, with one button: what is asked for comes after it. It is sealed, so this is a look."""
    write_down(request, survivor, rule)
    context = inside(survivor.case, "survivors", survivor=survivor, rule=rule, clear=in_clear(rule))
    context["back"] = survivor.get_absolute_url()
    return render(request, "survivors/contact_rule_first.html", context)


def covered(facts, rule):
    """The colleague's version as the page of two versions may show it: that something differs, not what."""
    differing = {
        name: _("changed by a colleague") for name, said in facts.items() if getattr(rule, name) != said
    }
    return SimpleNamespace(version=rule.version, pk=rule.pk, **differing)


@requires(Can.WRITE_IDENTITY, of=Survivor)
@require_http_methods(["GET", "POST"])
def contact_rule_edit(request, pk):
    """The form shows the code word, so opening it counts as reading the rule."""
    if request.method == "GET" and not is_fresh(request):
        return fresh(contact_rule_edit)(request, pk=pk)
    survivor = survivor_or_404(pk)
    rule = rule_of(survivor)
    if request.method == "GET":
        write_down(request, survivor, rule)
    first = {name: getattr(rule, name) for name in NAMES} | in_clear(rule) if rule else {"version": 0}
    form = ContactRuleEditForm(sent(request), initial=first if request.method == "GET" else None)

    def act(version, **facts):
        try:
            return actions.set_contact_rule(
                survivor.pk, by=request.user, now=timezone.now(), version=version or 0, **facts
            )
        except Stale as stale:
            raise Stale(covered(facts, stale.record)) from None

    back = survivor.get_absolute_url()
    context = inside(
        survivor.case, "survivors", survivor=survivor, submit=_("Save what was agreed"), back=back
    )
    page = "survivors/contact_rule_edit.html"
    return answer(request, form, act, done=lambda _row: back, page=page, context=context)
