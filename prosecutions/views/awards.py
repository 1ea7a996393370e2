from django.shortcuts import get_object_or_404, render
from django.urls import reverse
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
from prosecutions.forms import (
    AwardChangeForm,
    AwardEnforceForm,
    AwardFilterForm,
    AwardOrderForm,
    PaymentCorrectForm,
    PaymentRecordForm,
)
from prosecutions.forms.awards import initial_of_award
from prosecutions.forms.pieces import today_text
from prosecutions.ledger import lines_by_survivor, lines_of, span, totals
from prosecutions.models import Accused, Award, Payment
from prosecutions.views.writing import list_of_accused, of_row, rights_of, the_case, the_row, write
from reference.templatetags.look import icon_name

PARTS = ("shares__headcount", "payments", "steps")


@requires(Can.VIEW_ACCUSED)
@require_safe
@vary_on_headers("HX-Request")
def award_list(request):
    """Money owed to survivors: who owes it, since when, and what is done about it."""
    awards = [with_ledger(award) for award in awards_to_read()]
    form = AwardFilterForm(request.GET, offices=offices_of(awards), currencies=currencies_of(awards))
    facts = form.criteria()
    case = the_case(facts["case"]) if facts["case"] else None
    found = [award for award in awards if wanted(award, **facts)]
    page = page_of(sorted(found, key=longest_first), request)
    name_debtors(page)
    context = {"form": form, "page": page, "case": case, "sums": sums_by_office(found, **facts)}
    template = "prosecutions/award_list.html#rows" if request.htmx else "prosecutions/award_list.html"
    return render(request, template, context)


def awards_to_read():
    """Every award that the person may see, with what its ledger needs, in the same few queries."""
    rows = Award.objects.select_related("case", "office").prefetch_related(*PARTS)
    return rows.order_by("case__number", "position", "pk")


def with_ledger(award):
    """The award with its lines, its latest step and the days since it was ordered."""
    shares, payments = list(award.shares.all()), list(award.payments.all())
    award.lines = lines_of(award, shares, payments)
    award.people = len(shares)
    steps = sorted(award.steps.all(), key=lambda step: (step.on, step.created_at))
    award.latest = steps[-1] if steps else None
    today = today_in(award.office, timezone.now())
    award.days = (
        (today - award.ordered_on.first).days if award.ordered_on and award.ordered_on.exact else None
    )
    award.owed = not award.set_aside_on and any(line.owed for line in award.lines)
    award.waiting = any(line.waiting.high != 0 for line in award.lines)
    award.look_again = bool(
        award.owed and award.latest and award.latest.next_on and award.latest.next_on <= today
    )
    return award


def wanted(award, *, state, office, currency, case):
    """Does the award answer the filter?"""
    kept = {"": award.owed, "waiting": award.waiting, "step": award.owed and not award.latest, "all": True}
    of_place = (not office or award.office.key == office) and (not case or award.case_id == case)
    return kept[state] and of_place and (not currency or any(row.currency == currency for row in award.lines))


def longest_first(award):
    """What is owed for longest stands first; what has no date last."""
    return (str(award.ordered_on) or "9999", award.case.number, award.position)


def offices_of(awards):
    return sorted({(award.office.key, award.office.name) for award in awards}, key=lambda pair: pair[1])


def currencies_of(awards):
    return sorted({line.currency for award in awards for line in award.lines})


def sums_by_office(awards, *, currency, state, **_facts):
    """Each office's money by currency, with the address of the awards behind the sum."""
    found = []
    for key, name in offices_of(awards):
        lines = [line for award in awards if award.office.key == key for line in award.lines]
        for line in totals(row for row in lines if not currency or row.currency == currency):
            place = {"office": key, "currency": line.currency, "state": state}
            address = reverse("prosecutions:award-list", query=place)
            found.append({"office": name, "line": line, "url": address})
    return found


def name_debtors(awards):
    """Who must pay, as staff call them; one query for the page."""
    keys = {key for award in awards for key in award.against}
    people = Accused.objects.filter(case__in=[award.case_id for award in awards], key__in=keys)
    names = {(row.case_id, row.key): row for row in people}
    for award in awards:
        award.debtors = [names[award.case_id, key] for key in award.against if (award.case_id, key) in names]


@requires(Can.VIEW_ACCUSED, of=Award)
@require_safe
def award_detail(request, pk):
    rows = Award.objects.select_related("case__office", "office")
    award = get_object_or_404(rows.prefetch_related(*PARTS, "shares__survivor", "payments__survivor"), pk=pk)
    with_ledger(award)
    name_debtors([award])
    shares = sorted(award.shares.all(), key=lambda row: row.survivor.key if row.survivor else "~")
    payments = sorted(award.payments.all(), key=lambda row: (str(row.on), row.created_at), reverse=True)
    people = lines_by_survivor(award, shares, payments)
    context = {
        "award": award,
        "case": award.case,
        "people": people,
        "shares": shares,
        "spans": span(people) if len(people) > 1 else {},
        "payments": payments,
        "steps": sorted(award.steps.all(), key=lambda row: (row.on, row.created_at), reverse=True),
        "may": rights_of(request.user) | {"names": request.user.can(Can.VIEW_SURVIVOR)},
    }
    return render(request, "prosecutions/award_detail.html", context)


def page_of_award(award_id):
    """The address of the ledger of an award."""
    return reverse("prosecutions:award-detail", args=[award_id])


@requires(Can.WRITE_VERDICT, of=Case)
@require_http_methods(["GET", "POST"])
def award_order(request, pk):
    case = the_case(pk)
    form = of_row(request, AwardOrderForm, {"ordered_on": today_text(case)}, case=case)

    def award(**facts):
        return actions.order_award(case.pk, **facts)

    return write(
        request, form, award, page="award_order", case=case, tab="accused", done=list_of_accused(case)
    )


@requires(Can.WRITE_VERDICT, of=Award)
@require_http_methods(["GET", "POST"])
def award_change(request, pk):
    award = the_row(Award, pk)
    form = of_row(request, AwardChangeForm, initial_of_award(award), award=award)

    def change(**facts):
        return actions.change_award(award.pk, **facts)

    effects = [{"icon": icon_name("history"), "text": _("Keep what stood there, and why, in a note")}]
    return write(request, form, change, page="award_change", case=award.case, tab="accused",
                 done=page_of_award(award.pk), effects=effects)  # fmt: skip


@requires(Can.WRITE_VERDICT, of=Award)
@require_http_methods(["GET", "POST"])
def award_enforce(request, pk):
    award = the_row(Award, pk)
    form = of_row(request, AwardEnforceForm, {"on": today_text(award.case)})

    def enforce(**facts):
        return actions.enforce_award(award.pk, **facts)

    return write(request, form, enforce, page="award_enforce", case=award.case, tab="accused",
                 done=page_of_award(award.pk))  # fmt: skip


@requires(Can.WRITE_VERDICT, of=Award)
@require_http_methods(["GET", "POST"])
def payment_record(request, pk):
    award = the_row(Award, pk)
    form = of_row(request, PaymentRecordForm, {"on": today_text(award.case)}, award=award)

    def pay(**facts):
        return actions.record_payment(award.pk, **facts)

    return write(request, form, pay, page="payment_record", case=award.case, tab="accused",
                 done=page_of_award(award.pk))  # fmt: skip


@requires(Can.WRITE_VERDICT, of=Payment)
@require_http_methods(["GET", "POST"])
def payment_correct(request, pk):
    payment = the_row(Payment, pk)
    initial = {"version": payment.version, "amount": payment.amount_low}
    form = of_row(request, PaymentCorrectForm, initial)

    def correct(**facts):
        return actions.correct_payment(payment.pk, **facts)

    effects = [{"icon": icon_name("history"), "text": _("Keep what stood there, and why, in a note")}]
    return write(request, form, correct, page="payment_correct", case=payment.case, tab="accused",
                 payment=payment, effects=effects, done=page_of_award(payment.award_id))  # fmt: skip
