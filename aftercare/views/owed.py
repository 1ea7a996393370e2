"""What a person is owed: one page, a few presses, and the list of who waits longest."""

from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms.entitlements import (
    EntitlementAsideForm,
    EntitlementCentreForm,
    EntitlementMoveForm,
    OwedFilterForm,
    PaperMoveForm,
    StartForm,
)
from aftercare.models import Care, Entitlement
from aftercare.owed import Stand, late_certificate, owed_to, with_facts
from aftercare.owed.courts import ordered_by_courts
from aftercare.owed.papers import papers_of
from aftercare.owed.waiting import authorities, begin_with, waiting
from aftercare.views.care import about, agencies_of, found_care, offices_of
from cases.answering import answer, sent
from cases.clock import today_in
from cases.paging import page_of
from cases.states import IllegalMove
from reference.values import Money, PartialDate


def page_of_owed(row):
    """Where every press goes back to."""
    return reverse("aftercare:care-owed", args=[getattr(row, "care_id", row.pk)])


@requires(Can.VIEW_AFTERCARE, of=Care)
@require_safe
def care_owed(request, pk):
    """What the law gives this person, what has come of it, what is missing and who must move."""
    care = get_object_or_404(with_facts(Care.objects.filter(pk=pk)))
    return render(request, "aftercare/care_owed.html", owed_page(request, care))


def owed_page(request, care, **more):
    """Everything that the page shows."""
    today = today_in(care.office, timezone.now())
    found = owed_to(care, today)
    live = [one for one in found if one.stand != Stand.NOT]
    untouched = [one.law.code for one in live if one.likely and one.row is None]
    return about(
        care,
        care_tab="owed",
        groups=[(stand, [one for one in live if one.stand == stand]) for stand in Stand],
        refused=[one for one in found if one.stand == Stand.NOT],
        nothing=not found,
        untouched=",".join(untouched),
        papers=papers_of(live),
        certificate_late=late_certificate(found, today),
        awards=ordered_by_courts(care) if request.user.can_on(Can.VIEW_ACCUSED, care.office_id) else [],
        agencies=agencies_of(care.case),
        may_write=request.user.can(Can.WRITE_AFTERCARE),
        today=today,
        **more,
    )


def pressed(request, care, form_class, act):
    """A press needs no page of its own: what it refuses is said where it was pressed."""
    form = form_class(request.POST)
    if not form.is_valid():
        raise BadRequest(_("This press is not known."))
    try:
        with transaction.atomic():
            act(care.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
    except IllegalMove as why:
        whole = get_object_or_404(with_facts(Care.objects.filter(pk=care.pk)))
        return render(
            request, "aftercare/care_owed.html", owed_page(request, whole, fault=str(why)), status=422
        )
    return redirect(page_of_owed(care))


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_POST
def entitlement_start(request, pk):
    return pressed(request, found_care(pk), StartForm, actions.start_entitlements)


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_POST
def paper_move(request, pk):
    return pressed(request, found_care(pk), PaperMoveForm, actions.move_paper)


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def entitlement_aside(request, pk):
    care = found_care(pk)
    form = EntitlementAsideForm(sent(request), initial={"code": request.GET.get("code", "")})

    def put_aside(**facts):
        return actions.set_aside_entitlement(care.pk, by=request.user, now=timezone.now(), **facts)

    context = about(care, heading=_("It does not apply")) | {"back": page_of_owed(care)}
    return answer(request, form, put_aside, done=page_of_owed, page="aftercare/entitlement_aside.html",
                  context=context)  # fmt: skip


def the_entitlement(pk):
    """The row with its care; 404 outside the need to know."""
    rows = Entitlement.objects.select_related("care__survivor", "care__headcount", "case", "office")
    return get_object_or_404(rows, pk=pk)


@requires(Can.WRITE_AFTERCARE, of=Entitlement)
@require_http_methods(["GET", "POST"])
def entitlement_move(request, pk):
    row = the_entitlement(pk)
    initial = {
        "status": NEXT.get(row.status, ""),
        "on": PartialDate(today_in(row.office, timezone.now())),
        "version": row.version,
        "amount": str(Money(row.granted_low, row.granted_high, row.granted_currency))
        if row.granted_low is not None
        else "",
    }
    form = EntitlementMoveForm(sent(request), initial=initial, currency=row.office.currency)
    heading = _("How far has it come?")
    return step_of(request, row, form, actions.move_entitlement, heading, "aftercare/entitlement_move.html")


# What comes next, so that it need not be chosen.
NEXT = {"": "applied", "not_applied": "applied", "applied": "granted", "granted": "paid"}


@requires(Can.WRITE_AFTERCARE, of=Entitlement)
@require_http_methods(["GET", "POST"])
def entitlement_centre(request, pk):
    row = the_entitlement(pk)
    initial = {
        "status": NEXT.get(row.centre_status, ""),
        "on": PartialDate(today_in(row.office, timezone.now())),
        "version": row.version,
    }
    form = EntitlementCentreForm(sent(request), initial=initial)
    heading = _("What does the centre give back?")
    return step_of(request, row, form, actions.move_centre, heading, "aftercare/entitlement_centre.html")


def step_of(request, row, form, act, heading, page):
    """The page of one step of one benefit."""

    def move(**facts):
        return act(row.pk, by=request.user, now=timezone.now(), **facts)

    context = about(row.care, row=row, heading=heading) | {"back": page_of_owed(row), "case": row.case}
    return answer(request, form, move, done=page_of_owed, page=page, context=context)


@requires(Can.VIEW_AFTERCARE)
@require_safe
def owed_list(request):
    """Who waits longest, and for whom; whoever has nothing begun yet stands beneath."""
    form = OwedFilterForm(request.GET, offices=offices_of(request.user))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = waiting(**asked)
    now = timezone.now()
    page = page_of(rows, request)
    for row in page:
        row.days = days_since(row, now)
    context = {
        "form": form,
        "page": page,
        "authority": asked.get("authority", ""),
        "authorities": authorities(rows, now),
        "untouched": begin_with(now, asked.get("office", "")) if not asked.get("authority") else [],
    }
    return render(request, "aftercare/owed_list.html", context)


def days_since(row, now):
    """How long this one has waited, as far as anybody knows."""
    if not row.since:
        return None
    return max((today_in(row.office, now) - PartialDate(row.since).last).days, 0)
