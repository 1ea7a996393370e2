from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Can
from cases.clock import today_in
from cases.paging import page_of
from prosecutions import actions, board
from prosecutions.forms import (
    BailBreachForm,
    BailCancelForm,
    BailEndForm,
    BailFilterForm,
    BailGrantForm,
    BailOpposeForm,
    BailRefuseForm,
    BailReleaseForm,
    BailSeekForm,
    BailWithdrawForm,
)
from prosecutions.forms.pieces import today_text
from prosecutions.models import Accused, BailOrder, Proceeding
from prosecutions.states import LIVE_BAIL
from prosecutions.views.bail_moves import look_of, ways_on
from prosecutions.views.person import days_on, next_hearing_of, whereabouts
from prosecutions.views.writing import of_row, page_of_accused, rights_of, the_case, the_row, write
from prosecutions.watching import afterwards, answers_of, due_words, last_known, latest_checks
from reference.templatetags.look import icon_name


@requires(Can.VIEW_ACCUSED)
@require_safe
@vary_on_headers("HX-Request")
def bail_list(request):
    """Everybody at liberty on bail, everybody who asks for it, and whoever is held while a clock runs."""
    form = BailFilterForm(request.GET)
    facts = form.criteria()
    case = the_case(facts["case"]) if facts["case"] else None
    now = timezone.now()
    sort = facts.pop("sort")
    rows = board.narrowed(board.board_rows(), today=now.date(), **facts)
    page = page_of(board.with_details(board.in_order(rows, sort)), request)
    board.filled(page, now, lambda office: today_in(office, now))
    for person in page:
        person.place = whereabouts(person) if person.spell else None  # of the others the bail says it
        for bail in person.bails:
            bail.look = look_of(bail)
    context = {"form": form, "page": page, "case": case, "may": rights_of(request.user)}
    template = "prosecutions/bail_list.html#rows" if request.htmx else "prosecutions/bail_list.html"
    return render(request, template, context)


@requires(Can.VIEW_ACCUSED, of=BailOrder)
@require_safe
def bail_detail(request, pk):
    rows = BailOrder.objects.select_related("case__office", "accused", "proceeding")
    bail = get_object_or_404(rows, pk=pk)
    today = today_in(bail.case.office, timezone.now())
    open_ways, shut_ways = ways_on(bail)
    context = {
        "bail": bail,
        "case": bail.case,
        "look": look_of(bail),
        "days": days_on(bail, today),
        "breaches": bail.breaches.select_related("condition").order_by("created_at", "pk"),
        "terms": terms_of(bail, today),
        "variations": bail.variations.order_by("-created_at", "pk"),
        "known": known_of(bail.accused, today),
        "earlier": earlier_of(bail),
        "next": next_hearing_of(bail),
        "open_ways": open_ways,
        "shut_ways": shut_ways,
        "may": rights_of(request.user),
        "live": bail.status in LIVE_BAIL,
    }
    return render(request, "prosecutions/bail_detail.html", context)


def terms_of(bail, today):
    """The conditions of the bail that are written down one by one, each with its answers."""
    terms = answers_of(list(bail.terms.select_related("survivor").order_by("position")))
    for term in terms:
        term.due, term.tone = due_words(term, today)
        term.late = term.next_on is not None and term.next_on <= today
    return terms


def known_of(accused, today):
    """The last word on where the person is."""
    prefetch_related_objects([accused], "custodies", "bail_orders", latest_checks())
    return last_known(accused, today)


def earlier_of(bail):
    """Other bail of the same human being in cases that the viewer may see, each with what came of it."""
    same_person = BailOrder.objects.filter(accused__perpetrator=bail.accused.perpetrator_id)
    rows = same_person.exclude(pk=bail.pk).select_related("case").prefetch_related("breaches")
    found = list(rows.order_by("-created_at", "pk"))
    for order in found:
        order.after = afterwards(order)
    return found


def page_of_bail(bail):
    """The address of a bail's page."""
    return reverse("prosecutions:bail-detail", args=[bail.pk])


@requires(Can.WRITE_BAIL, of=Accused)
@require_http_methods(["GET", "POST"])
def bail_seek(request, pk):
    accused = the_row(Accused, pk)
    the_one = Proceeding.objects.only_open_of(accused)
    initial = {"applied_on": today_text(accused.case), "proceeding": the_one}
    form = of_row(request, BailSeekForm, initial, case=accused.case)

    def seek(**facts):
        return actions.seek_bail(accused.pk, **facts)

    effects = [
        {
            "icon": icon_name("bell"),
            "text": _("Ask the lawyers whether we oppose it, before the court hears it"),
        },
        {
            "icon": icon_name("calendar-days"),
            "text": _("Put the hearing into the calendar, if day and proceeding are known"),
        },
    ]
    cancel = page_of_accused(accused.pk)
    return write(request, form, seek, page="bail_seek", case=accused.case, tab="accused", accused=accused,
                 cancel=cancel, effects=effects, done=page_of_bail)  # fmt: skip


def step(request, pk, form_class, action, *, page, initial=None, effects=()):
    """A page that moves one bail on."""
    bail = the_row(BailOrder, pk, "accused", "proceeding")
    first = {"version": bail.version, **(initial(bail) if initial else {})}
    asks_bail = form_class in (BailGrantForm, BailBreachForm)
    form = of_row(request, form_class, first, **({"bail": bail} if asks_bail else {}))

    def move(**facts):
        return action(bail.pk, **facts)

    alerts = [{"icon": icon_name("bell"), "text": words} for words in effects]
    return write(request, form, move, page=page, case=bail.case, tab="accused", bail=bail,
                 accused=bail.accused, effects=alerts, done=page_of_bail(bail))  # fmt: skip


def on_today(field):
    """A first guess for a date: today."""
    return lambda bail: {field: today_text(bail.case)}


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_oppose(request, pk):
    def answer_so_far(bail):
        return {"opposition": bail.opposition, "opposition_reason": bail.opposition_reason}

    return step(request, pk, BailOpposeForm, actions.oppose_bail, page="bail_oppose", initial=answer_so_far)


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_grant(request, pk):
    def terms_so_far(bail):
        return {
            "decided_on": bail.decided_on or today_text(bail.case),
            "conditions": bail.conditions,
            "surety": bail.surety_low,
            "surety_currency": bail.surety_currency or bail.case.office.currency,
        }

    effects = [_("Tell the team, the legal lead and the safeguarding lead at once")]
    return step(
        request,
        pk,
        BailGrantForm,
        actions.grant_bail,
        page="bail_grant",
        initial=terms_so_far,
        effects=effects,
    )


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_release(request, pk):
    effects = [
        _("End the spell in custody on the same day"),
        _("Tell the team, the leads and the office director at once"),
    ]
    return step(
        request, pk, BailReleaseForm, actions.release_bail, page="bail_release",
        initial=on_today("released_on"), effects=effects,
    )  # fmt: skip


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_refuse(request, pk):
    initial = on_today("decided_on")
    return step(request, pk, BailRefuseForm, actions.refuse_bail, page="bail_refuse", initial=initial)


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_withdraw(request, pk):
    initial = on_today("decided_on")
    return step(request, pk, BailWithdrawForm, actions.withdraw_bail, page="bail_withdraw", initial=initial)


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_breach(request, pk):
    effects = [_("Tell the team and the leads at once, so that the bail can be cancelled")]
    return step(
        request, pk, BailBreachForm, actions.breach_bail, page="bail_breach", initial=on_today("on"),
        effects=effects,
    )  # fmt: skip


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_cancel(request, pk):
    effects = [_("Start a spell in custody, if the person is held again")]
    return step(
        request, pk, BailCancelForm, actions.cancel_bail, page="bail_cancel", initial=on_today("ended_on"),
        effects=effects,
    )  # fmt: skip


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_end(request, pk):
    return step(request, pk, BailEndForm, actions.end_bail, page="bail_end", initial=on_today("ended_on"))
