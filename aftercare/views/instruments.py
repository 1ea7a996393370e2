from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms import InstrumentLoadForm
from aftercare.instrument_files import LIMIT, read
from aftercare.models import Instrument
from aftercare.states import Domain
from cases.answering import sent
from cases.states import IllegalMove


def crumbs_of(instrument=None):
    way = [(_("Instruments"), reverse("aftercare:instrument-list"))]
    return [*way, (str(instrument), None)] if instrument else way


def found(number):
    instrument = Instrument.objects.filter(pk=number).prefetch_related("parts").first()
    if instrument is None:
        raise Http404
    return instrument


@requires(Can.MANAGE_INSTRUMENT)
@require_safe
def instrument_list(request):
    """What people can be scored with, and which of them is in use."""
    rows = Instrument.objects.select_related("loaded_by").order_by("language", "-in_use", "code", "-edition")
    return render(request, "aftercare/instrument_list.html", {"rows": rows})


@requires(Can.USE_DESK)
@require_safe
def instrument_detail(request, number):
    """Every part with its four steps: to read before scoring, and to print."""
    instrument = found(number)
    parts = sorted(instrument.parts.all(), key=lambda part: part.position)
    context = {
        "instrument": instrument,
        "domains": [(domain.label, [part for part in parts if part.domain == domain]) for domain in Domain],
        "may_manage": request.user.can(Can.MANAGE_INSTRUMENT),
        "crumbs": crumbs_of(instrument),
    }
    return render(request, "aftercare/instrument_detail.html", context)


@requires(Can.MANAGE_INSTRUMENT)
@require_http_methods(["GET", "POST"])
def instrument_load(request):
    """A file is tried, or loaded: whole or not at all, with every fault and its line."""
    form = InstrumentLoadForm(sent(request), request.FILES or None)
    context = {"form": form, "crumbs": crumbs_of(), "faults": [], "file": None}
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "aftercare/instrument_load.html", context, status=422 if form.is_bound else 200
        )
    file = read("", form.cleaned_data["file"].read(LIMIT + 1))
    if not file.faults and "dry_run" not in request.POST:
        try:
            made, _new = actions.load_instrument(file, by=request.user, now=timezone.now())
        except IllegalMove as why:
            form.add_error("file", str(why))
            return render(request, "aftercare/instrument_load.html", context, status=422)
        return redirect("aftercare:instrument-detail", made.pk)
    context |= {"file": file, "faults": file.told()}
    return render(request, "aftercare/instrument_load.html", context, status=422 if file.faults else 200)


@requires(Can.MANAGE_INSTRUMENT)
@require_POST
def instrument_use(request, number):
    """From now on people are scored with this one."""
    instrument = found(number)
    if not instrument.in_use:
        actions.use_instrument(instrument.pk, by=request.user, now=timezone.now())
    return redirect("aftercare:instrument-list")
