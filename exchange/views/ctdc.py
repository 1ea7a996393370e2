from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh
from accounts.roles import Can
from audit.actions import record
from cases.answering import answer, sent
from exchange import actions
from exchange.ctdc.forms import CountsAddForm, CtdcAddForm, CtdcSetAddForm
from exchange.ctdc.told import compared
from exchange.forms import ConfirmForm
from exchange.kinds import pick_survivors
from exchange.models import CtdcSet, Export
from exchange.views.exports import attachment, effects


@requires(Can.EXPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def ctdc_add(request):
    """Rows in which nobody can be told apart."""
    form = CtdcAddForm(sent(request), person=request.user)
    if form.is_bound and form.is_valid():
        form.too_few(pick_survivors(form.filters).count())
    return ask(request, form, "exchange/ctdc_add.html")


@requires(Can.EXPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def counts_add(request):
    """Sums for IC-TIP and SDG 16.2.2."""
    return ask(request, CountsAddForm(sent(request), person=request.user), "exchange/counts_add.html")


def ask(request, form, page):
    def act(**_answers):
        facts = form.facts()
        rows = pick_survivors(facts["filters"]).count()
        return actions.request_export(by=request.user, now=timezone.now(), rows=rows, **facts)

    context = {
        "submit": _("Ask for the file"), "back": reverse("exchange:export-list"), "effects": effects(),
    }  # fmt: skip
    return answer(request, form, act, done=Export.get_absolute_url, page=page, context=context)


@requires(Can.VIEW_DASHBOARD)
@require_safe
def ctdc_set_list(request):
    """Sets of others that are here to compare with."""
    sets = CtdcSet.objects.defer("packed").order_by("name", "pk")
    context = {"sets": sets, "may_add": request.user.can(Can.IMPORT_DATA)}
    return render(request, "exchange/ctdc_set_list.html", context)


@requires(Can.IMPORT_DATA)
@require_http_methods(["GET", "POST"])
@fresh
def ctdc_set_add(request):
    """A set from a file of any generation."""
    form = CtdcSetAddForm(sent(request), request.FILES or None)

    def act(name, source, file):
        facts = {"name": name, "source": source, "content": file.read()}
        return actions.add_ctdc_set(by=request.user, now=timezone.now(), **facts)

    context = {"submit": _("Bring it in"), "back": reverse("exchange:ctdc-set-list")}
    page = "exchange/ctdc_set_add.html"
    return answer(
        request, form, act, done=lambda made: made[0].get_absolute_url(), page=page, context=context
    )


@requires(Can.VIEW_DASHBOARD, of=CtdcSet)
@require_safe
def ctdc_set_detail(request, pk):
    """What a set says, in shares of those rows that say anything."""
    one = get_object_or_404(CtdcSet.objects.defer("packed").select_related("added_by"), pk=pk)
    context = {
        "one": one, "groups": compared(one.shares), "may_change": request.user.can(Can.IMPORT_DATA),
        "back": reverse("exchange:ctdc-set-list"),
    }  # fmt: skip
    return render(request, "exchange/ctdc_set_detail.html", context)


@requires(Can.IMPORT_DATA, of=CtdcSet)
@require_POST
def ctdc_set_download(request, pk):
    """The set in the spelling of 2024, whatever year it came from."""
    one = get_object_or_404(CtdcSet, pk=pk)
    record("ctdc.take", by=request.user, subject=one, at=timezone.now(), sha256=one.sha256)
    return attachment(actions.rows_again(one), f"ctdc-{one.sha256[:8]}.csv")


@requires(Can.IMPORT_DATA, of=CtdcSet)
@require_http_methods(["GET", "POST"])
def ctdc_set_drop(request, pk):
    one = get_object_or_404(CtdcSet.objects.defer("packed"), pk=pk)

    def act():
        actions.drop_ctdc_set(pk, by=request.user, now=timezone.now())

    form = ConfirmForm(sent(request))
    back = reverse("exchange:ctdc-set-list")
    context = {"one": one, "submit": _("Take it away"), "back": one.get_absolute_url()}
    return answer(
        request, form, act, done=lambda _none: back, page="exchange/ctdc_set_drop.html", context=context
    )
