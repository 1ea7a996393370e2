from django.db.models import Prefetch
from django.shortcuts import get_list_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Can
from cases.clock import today_in
from cases.models import Case
from cases.paging import page_of
from prosecutions import actions
from prosecutions.countdown import with_countdown
from prosecutions.forms import (
    AccusedAddForm,
    AccusedEditForm,
    AccusedFilterForm,
    ArrestRecordForm,
    CustodyEndForm,
    CustodyStartForm,
    KinshipAddForm,
    NetworkAddForm,
)
from prosecutions.forms.pieces import initial_of, today_text
from prosecutions.models import Accused, Award, BailOrder, Clock, Custody, Network
from prosecutions.proposals import phones_of
from prosecutions.views.evidence import shown
from prosecutions.views.history import identity_of
from prosecutions.views.person import appeal_rows, bail_rows, custody_line, kinships, whereabouts
from prosecutions.views.sentence import release_card, sentence_lines
from prosecutions.views.writing import (
    list_of_accused,
    of_row,
    page_of_accused,
    rights_of,
    the_case,
    the_row,
    write,
)
from prosecutions.watching import last_known, latest_checks

LINE = ("custodies", "bail_orders", "verdicts", "arrests")
LIFE = ("custodies", "verdicts", "arrests", "appeals__proceedings", "verdicts__parts")


@requires(Can.VIEW_ACCUSED)
@require_safe
@vary_on_headers("HX-Request")
def accused_list(request):
    form = AccusedFilterForm(request.GET)
    facts = form.criteria()
    case = the_case(facts["case"]) if facts["case"] else None
    rows = form.narrowed(Accused.objects.for_list().prefetch_related(*LINE, latest_checks()))
    page, now = page_of(rows, request), timezone.now()
    for accused in page:
        accused.place = whereabouts(accused)
        accused.known = last_known(accused, today_in(accused.office, now))
    context = {"form": form, "page": page, "case": case, "may": rights_of(request.user)}
    context |= compensation(case) if case else {}
    template = "prosecutions/accused_list.html#rows" if request.htmx else "prosecutions/accused_list.html"
    return render(request, template, context)


def compensation(case):
    """Awards of the case and what came of them, and its networks."""
    awards = Award.objects.filter(case=case).prefetch_related("shares", "payments").order_by("position", "pk")
    return {"awards": list(awards), "networks": networks_of(case)}


def networks_of(case):
    """The networks of the case, each with the names of those who belong to it."""
    networks = list(Network.objects.filter(case=case).order_by("key"))
    people = Accused.objects.filter(case=case, key__in={key for row in networks for key in row.members})
    names = {row.key: row.called for row in people}
    for network in networks:
        network.names = [names[key] for key in network.members if key in names]
    return networks


@requires(Can.VIEW_ACCUSED, of=Accused)
@require_safe
def accused_detail(request, pk):
    records = records_of(pk)
    accused = next(row for row in records if row.pk == pk)
    others = [row for row in records if row.pk != pk]
    context = {
        "accused": accused,
        "case": accused.case,
        "place": whereabouts(accused),
        "known": last_known(accused, today_in(accused.case.office, timezone.now())),
        "line": custody_line(accused),
        "charges": accused.charges.select_related("known_offence__statute").order_by("position"),
        "bail": bail_rows(accused),
        "appeals": appeal_rows(accused),
        "sentences": sentence_lines(accused),
        "release": release_card(accused),
        "parties": accused.parties.select_related("proceeding").order_by("proceeding__key"),
        "running": [spell for spell in accused.custodies.all() if not spell.ends_on and not spell.over],
        "elsewhere": others,
        "clocks": clocks_of(accused),
        "kinships": kinships(accused),
        "may": rights_of(request.user),
    }
    context |= identity_of(accused, records, may_write=context["may"]["accused"])
    return render(request, "prosecutions/accused_detail.html", context)


def records_of(pk):
    """The record with all others of the same human being that the viewer may see, by case.

    One reading for the page of the record, the line over all cases and what stands elsewhere.
    """
    the_one = Accused.objects.filter(pk=pk).values("perpetrator")
    rows = Accused.objects.filter(perpetrator__in=the_one).select_related("case__office", "network")
    bails = Prefetch("bail_orders", BailOrder.objects.select_related("proceeding"))
    rows = rows.prefetch_related(*LIFE, bails, latest_checks()).order_by("case__number", "pk")
    return get_list_or_404(rows)


def clocks_of(accused):
    """The clocks of the law that run for or against the person, what ends first on top."""
    now = timezone.now()
    rows = Clock.objects.shown_as("", now).filter(accused=accused)
    return with_countdown(rows.for_board(), now)


@requires(Can.WRITE_ACCUSED, of=Case)
@require_http_methods(["GET", "POST"])
def accused_add(request, pk):
    case = the_case(pk)
    form = of_row(request, AccusedAddForm, case=case)

    def add(**facts):
        return actions.add_accused(case.pk, **facts)

    return write(request, form, add, page="accused_add", case=case, tab="accused",
                 likely=shown(form.likely), asked=form.is_bound,
                 cancel=list_of_accused(case), done=lambda accused: page_of_accused(accused.pk))  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=Accused)
@require_http_methods(["GET", "POST"])
def accused_edit(request, pk):
    accused = the_row(Accused, pk)
    initial = initial_of(accused, AccusedEditForm) | {"phones": phones_of(accused)}
    form = of_row(request, AccusedEditForm, initial, case=accused.case, accused=accused)

    def edit(**facts):
        return actions.edit_accused(accused.pk, **facts)

    return about(request, form, edit, accused, page="accused_edit", likely=shown(form.likely), asked=True)


def about(request, form, act, accused, *, page, **more):
    """A page that writes about one accused person and goes back to her page."""
    done = page_of_accused(accused.pk)
    return write(
        request, form, act, page=page, case=accused.case, tab="accused", accused=accused, done=done, **more
    )


@requires(Can.WRITE_ACCUSED, of=Case)
@require_http_methods(["GET", "POST"])
def network_add(request, pk):
    case = the_case(pk)
    form = of_row(request, NetworkAddForm, case=case)

    def add(**facts):
        return actions.add_network(case.pk, **facts)

    return write(request, form, add, page="network_add", case=case, tab="accused", done=list_of_accused(case))


@requires(Can.WRITE_ACCUSED, of=Accused)
@require_http_methods(["GET", "POST"])
def kinship_add(request, pk):
    accused = the_row(Accused, pk)
    form = of_row(request, KinshipAddForm, case=accused.case)

    def add(**facts):
        return actions.add_kinship(accused.pk, **facts)

    return about(request, form, add, accused, page="kinship_add")


@requires(Can.WRITE_ACCUSED, of=Case)
@require_http_methods(["GET", "POST"])
def arrest_record(request, pk):
    case = the_case(pk)
    form = of_row(request, ArrestRecordForm, {"accused": request.GET.get("accused", "")}, case=case)

    def arrest(accused, **facts):
        return actions.record_arrest(accused.pk, **facts)

    effects = [
        {"icon": "bell", "text": _("Look for bail and cases of the same person that came before")},
        {"icon": "lock", "text": _("Start a spell in custody, if the person is held")},
    ]
    return write(request, form, arrest, page="arrest_record", case=case, tab="accused", effects=effects,
                 cancel=list_of_accused(case), done=lambda row: page_of_accused(row.accused_id))  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=Accused)
@require_http_methods(["GET", "POST"])
def custody_start(request, pk):
    accused = the_row(Accused, pk)
    form = of_row(request, CustodyStartForm, {"starts_on": today_text(accused.case)})

    def start(**facts):
        return actions.start_custody(accused.pk, **facts)

    return about(request, form, start, accused, page="custody_start")


@requires(Can.WRITE_ACCUSED, of=Custody)
@require_http_methods(["GET", "POST"])
def custody_end(request, pk):
    custody = the_row(Custody, pk, "accused")
    initial = {"ends_on": today_text(custody.case), "version": custody.version}
    form = of_row(request, CustodyEndForm, initial)

    def end(**facts):
        return actions.end_custody(custody.pk, **facts)

    return about(request, form, end, custody.accused, page="custody_end")
