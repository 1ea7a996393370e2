"""The witness's day and what it cost: the part of the hearing's page that social workers share."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Can
from cases.states import IllegalMove, Stale
from prosecutions import actions
from prosecutions.forms import (
    CostAddForm,
    CostStrikeForm,
    HearingRecordForm,
    NeedEditForm,
    NeedSetForm,
    WitnessCallForm,
    WitnessExcuseForm,
)
from prosecutions.forms.pieces import initial_of
from prosecutions.hearing_states import NeedState
from prosecutions.models import CalledWitness, Hearing, HearingCost, WitnessItem
from prosecutions.reasons import frequent_reasons
from prosecutions.views.writing import of_row, rights_of, the_row, write


def page_of_hearing(hearing_id):
    """The address of a hearing's page."""
    return reverse("prosecutions:hearing-detail", args=[hearing_id])


def outcome_form(request, hearing):
    """What happened: the form as sent, or as it is first shown, with the taps of this court."""
    came = hearing.attendances.filter(came=True).values_list("survivor_id", flat=True)
    initial = {
        "version": hearing.version,
        "note": hearing.note,
        "came": list(came),
        "judge": hearing.judge or hearing.proceeding.judge,
    }
    reasons = frequent_reasons(hearing, timezone.now())
    return of_row(request, HearingRecordForm, initial, case=hearing.case, hearing=hearing, reasons=reasons)


def key_sent(request):
    """The key of this sending, which the page was given; None where somebody sends without one."""
    try:
        return uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return None


def witness_day(hearing, user):
    """Who testifies, and what each still needs: always the same few queries."""
    rows = hearing.attendances.select_related("survivor").order_by("survivor__key")
    items = {}
    for item in hearing.witness_items.for_list():
        items.setdefault(item.survivor_id, []).append(item)
    people = [
        {"row": row, "survivor": row.survivor, "items": items.get(row.survivor_id, []) if row.called else []}
        for row in rows
        if row.called or row.came
    ]
    open_ones = [item for person in people for item in person["items"] if item.state == NeedState.OPEN]
    return {
        "people": people,
        "witnesses": list(hearing.witnesses.filter(called=True).order_by("created_at", "pk")),
        "missing": 0 if hearing.outcome else len(open_ones),
        "need_states": NeedState.choices,
        "may": rights_of(user),
    }


def costs_of(hearing):
    """The single amounts, and what was lost in all, by currency."""
    return {
        "costs": list(hearing.costs.standing().for_list()),
        "lost": Hearing.objects.filter(pk=hearing.pk).lost_money(),
    }


@requires(Can.PLAN_WITNESS, of=Hearing)
@require_http_methods(["GET", "POST"])
def witness_call(request, pk):
    hearing = the_row(Hearing, pk, "proceeding")
    called = hearing.attendances.filter(called=True).values_list("survivor_id", flat=True)
    form = of_row(
        request, WitnessCallForm, {"version": hearing.version, "called": list(called)}, case=hearing.case
    )

    def call(**facts):
        return actions.call_witness(hearing.pk, **facts)

    back = page_of_hearing(hearing.pk)
    return write(
        request,
        form,
        call,
        page="witness_call",
        case=hearing.case,
        hearing=hearing,
        tab="hearings",
        done=back,
    )


@requires(Can.PLAN_WITNESS, of=CalledWitness)
@require_POST
def witness_excuse(request, pk):
    witness = the_row(CalledWitness, pk)
    return pressed(request, WitnessExcuseForm, actions.excuse_witness, witness)


@requires(Can.PLAN_WITNESS, of=HearingCost)
@require_POST
def cost_strike(request, pk):
    return pressed(request, CostStrikeForm, actions.strike_cost, the_row(HearingCost, pk))


def pressed(request, form_class, act, row):
    """One press on the hearing's page, which comes back; what may not be is said there."""
    form = form_class(request.POST)
    if form.is_valid():
        try:
            act(row.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
        except IllegalMove as why:
            messages.error(request, str(why))
        except Stale:
            pass  # somebody else pressed first: the page shows how it stands
    return redirect(page_of_hearing(row.hearing_id))


@requires(Can.PLAN_WITNESS, of=WitnessItem)
@require_POST
@vary_on_headers("HX-Request")
def need_set(request, pk):
    """One tap; a browser with script gets the panel back, any other the page."""
    item = the_row(WitnessItem, pk, "hearing__proceeding", "hearing__case__office")
    form = NeedSetForm(request.POST)
    if form.is_valid():
        actions.set_need(item.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
    if not request.htmx:
        return redirect(f"{page_of_hearing(item.hearing_id)}#witness-day")
    context = {"hearing": item.hearing, "case": item.case, **witness_day(item.hearing, request.user)}
    return render(request, "prosecutions/_witness_day.html", context)


@requires(Can.PLAN_WITNESS, of=WitnessItem)
@require_http_methods(["GET", "POST"])
def need_edit(request, pk):
    item = the_row(WitnessItem, pk, "survivor", "hearing__proceeding")
    form = of_row(request, NeedEditForm, initial_of(item, NeedEditForm), case=item.case)

    def edit(**facts):
        return actions.edit_need(item.pk, **facts)

    return write(
        request, form, edit, page="need_edit", case=item.case, hearing=item.hearing, item=item,
        tab="hearings", done=page_of_hearing(item.hearing_id),
    )  # fmt: skip


@requires(Can.PLAN_WITNESS, of=Hearing)
@require_http_methods(["GET", "POST"])
def cost_add(request, pk):
    hearing = the_row(Hearing, pk, "proceeding")
    form = of_row(request, CostAddForm, case=hearing.case)

    def add(**facts):
        return actions.add_cost(hearing.pk, **facts)

    back = page_of_hearing(hearing.pk)
    return write(
        request, form, add, page="cost_add", case=hearing.case, hearing=hearing, tab="hearings", done=back
    )


@requires(Can.VIEW_HEARING, of=Hearing)
@require_safe
def witness_plan(request, pk):
    """One page for whoever goes along: pseudonyms, no numbers of the case."""
    hearing = the_row(Hearing, pk, "proceeding", "who_goes")
    context = {"hearing": hearing, "case": hearing.case, **witness_day(hearing, request.user)}
    return render(request, "prosecutions/witness_plan.html", context)
