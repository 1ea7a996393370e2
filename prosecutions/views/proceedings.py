from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.clock import today_in
from cases.models import Case
from prosecutions import actions
from prosecutions.forms.charges import ChargeAddForm, ChargeEditForm, offers, partial
from prosecutions.forms.pieces import initial_of
from prosecutions.forms.proceedings import ProceedingEditForm, ProceedingOpenForm
from prosecutions.models import Accused, Charge, Proceeding
from prosecutions.views.accused import about
from prosecutions.views.agenda import with_marks
from prosecutions.views.writing import of_row, rights_of, the_case, the_row, write


@requires(Can.VIEW_HEARING, of=Proceeding)
@require_safe
def proceeding_detail(request, pk):
    rows = Proceeding.objects.select_related("case__office", "known_court", "docket_kind")
    proceeding = get_object_or_404(rows, pk=pk)
    hearings = list(proceeding.hearings.for_list().order_by("-starts_at", "-position", "pk"))
    parties = proceeding.parties.select_related("accused").prefetch_related("accused__verdicts")
    counted = [row.outcome for row in hearings if row.outcome in ("held", "adjourned")]
    context = {
        "proceeding": proceeding,
        "case": proceeding.case,
        "hearings": with_marks(hearings),
        "parties": parties.order_by("accused__key"),
        "heard": len(counted),
        "numbers": proceeding.numbers.filter(wrong=False).select_related("kind").order_by("created_at", "pk"),
        "may": rights_of(request.user),
        "adjourned": counted.count("adjourned"),
    }
    return render(request, "prosecutions/proceeding_detail.html", context)


def page_of_proceeding(proceeding):
    """The address of a proceeding's page."""
    return reverse("prosecutions:proceeding-detail", args=[proceeding.pk])


@requires(Can.WRITE_ACCUSED, of=Case)
@require_http_methods(["GET", "POST"])
def proceeding_open(request, pk):
    case = the_case(pk)
    form = of_row(request, ProceedingOpenForm, case=case)

    def begin(**facts):
        return actions.open_proceeding(case.pk, **facts)

    cancel = reverse("prosecutions:hearing-list", query={"case": case.pk})
    return write(request, form, begin, page="proceeding_open", case=case, tab="hearings", cancel=cancel,
                 done=page_of_proceeding)  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=Proceeding)
@require_http_methods(["GET", "POST"])
def proceeding_edit(request, pk):
    proceeding = the_row(Proceeding, pk)
    initial = initial_of(proceeding, ProceedingEditForm)
    form = of_row(request, ProceedingEditForm, initial, case=proceeding.case, proceeding=proceeding)

    def edit(**facts):
        return actions.edit_proceeding(proceeding.pk, **facts)

    return write(request, form, edit, page="proceeding_edit", case=proceeding.case, tab="hearings",
                 done=page_of_proceeding(proceeding))  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=Accused)
@require_http_methods(["GET", "POST"])
def charge_add(request, pk):
    accused = the_row(Accused, pk)
    if request.htmx:
        return offences_offered(request, accused.case.office)
    initial = {"country": accused.case.office.country}
    form = of_row(request, ChargeAddForm, initial, case=accused.case)
    form.follow_day(request.path)

    def add(**facts):
        return actions.add_charge(accused.pk, **facts)

    return about(request, form, add, accused, page="charge_add")


def offences_offered(request, office):
    """The law of another day, for the field that is open in the browser."""
    day = partial(request.GET.get("committed_on", ""))
    offered = offers(request.GET.get("country"), day, today_in(office, timezone.now()))
    return render(request, "prosecutions/_offers.html", {"offers": offered, "list_id": "id_offence_offers"})


@requires(Can.WRITE_ACCUSED, of=Charge)
@require_http_methods(["GET", "POST"])
def charge_edit(request, pk):
    charge = the_row(Charge, pk, "accused")
    if request.htmx:
        return offences_offered(request, charge.case.office)
    form = of_row(request, ChargeEditForm, initial_of(charge, ChargeEditForm), case=charge.case)
    form.follow_day(request.path)

    def edit(**facts):
        return actions.edit_charge(charge.pk, **facts)

    return about(request, form, edit, charge.accused, page="charge_edit")
