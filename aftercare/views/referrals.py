from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.reauthentication import fresh, is_fresh
from accounts.roles import Can
from aftercare import actions
from aftercare.forms.referrals import ReferralMakeForm, ReferralMoveForm
from aftercare.models import Care, Referral
from aftercare.referral_sheet import sheet_of
from aftercare.referring import RUNNING, labels_of, offers_of, permission
from aftercare.states import REFERRAL_MOVES, ReferralStatus
from aftercare.task_words import row_of
from aftercare.views.care import about, found_care
from cases.answering import answer, sent
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import PartialDate
from survivors.consents import Wallets, words_for
from survivors.states import LEADS_TO_HER, Shared


def referral_or_404(pk):
    return get_object_or_404(Referral.objects.select_related("consent", "by"), pk=pk)


@requires(Can.VIEW_AFTERCARE, of=Care)
@require_safe
def referral_list(request, pk):
    """Where the person was sent, the running ones first."""
    care = found_care(pk)
    rows = care.referrals.select_related("consent").order_by("-created_at", "-pk")
    context = about(
        care, care_tab="referrals", referrals=sorted(rows, key=lambda row: row.status not in RUNNING),
        may_write=request.user.can(Can.WRITE_AFTERCARE), wallet=wallet_url(care),
    )  # fmt: skip
    return render(request, "aftercare/referral_list.html", context)


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def referral_make(request, pk):
    """Beside each receiver stands what her wallet lets through; nothing else can be sent."""
    care = found_care(pk)
    now = timezone.now()
    offers = offers_of(care.survivor, now) if care.survivor else []
    first = {"on": PartialDate(today_in(care.office, now)), "to": request.GET.get("to") or best_of(offers)}
    form = ReferralMakeForm(sent(request), initial=first, offers=offers)

    def make(**facts):
        return actions.make_referral(care.pk, by=request.user, now=now, **facts)

    context = about(care, care_tab="referrals", wallet=wallet_url(care))
    context["nothing"] = not any(not offer.answer.reason for offer in offers)
    return answer(request, form, make, done=Referral.get_absolute_url, page="aftercare/referral_make.html",
                  context=context)  # fmt: skip


def best_of(offers):
    """The first receiver of whom the wallet says yes."""
    return next((offer.value for offer in offers if not offer.answer.reason), "")


def wallet_url(care):
    return reverse("survivors:consent-list", args=[care.survivor_id]) if care.survivor_id else ""


@requires(Can.VIEW_AFTERCARE, of=Referral)
@require_safe
def referral_detail(request, pk):
    return render(request, "aftercare/referral_detail.html", about_referral(request, referral_or_404(pk)))


def about_referral(request, referral, **more):
    """What the page of a referral shows: what is told, what is left out, and whether the yes still holds."""
    care, now = found_care(referral.care_id), timezone.now()
    held = permission(
        Wallets([care.survivor], now), care.survivor, to=referral.to, receiver=referral.receiver,
        what=referral.shared,
    )  # fmt: skip
    running = referral.status in RUNNING
    tasks = care.tasks.waiting().filter(source_id=referral.pk)
    return about(
        care,
        care_tab="referrals",
        referral=referral,
        told=labels_of(referral.shared),
        tasks=[row_of(task, now) for task in tasks.select_related("worker", "case").order_by("due_at", "pk")],
        may_write=request.user.can(Can.WRITE_AFTERCARE),
        here=referral.get_absolute_url(),
        left_out=labels_of(code for code in Shared.values if code not in referral.shared),
        broken=words_for(held.reason) if running and held.reason else "",
        may_print=running and not held.reason and request.user.can(Can.WRITE_AFTERCARE),
        may_move=bool(REFERRAL_MOVES[ReferralStatus(referral.status)])
        and request.user.can(Can.WRITE_AFTERCARE),
        wallet=wallet_url(care),
        **more,
    )


@requires(Can.WRITE_AFTERCARE, of=Referral)
@require_http_methods(["GET", "POST"])
def referral_move(request, pk):
    referral = referral_or_404(pk)
    today = today_in(referral.office, timezone.now())
    form = ReferralMoveForm(
        sent(request), status=referral.status,
        initial={"answered_on": PartialDate(today), "note": referral.note, "version": referral.version},
    )  # fmt: skip

    def move(**facts):
        return actions.move_referral(referral.pk, by=request.user, now=timezone.now(), **facts)

    context = about(found_care(referral.care_id), referral=referral, back=referral.get_absolute_url())
    return answer(request, form, move, done=Referral.get_absolute_url, page="aftercare/referral_move.html",
                  context=context)  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Referral)
@require_safe
def referral_sheet(request, pk):
    """The paper that goes with her, each time written down. What leads to her asks first who you are."""
    referral = referral_or_404(pk)
    if set(referral.shared) & set(LEADS_TO_HER) and not is_fresh(request):
        return fresh(referral_sheet)(request, pk=pk)
    now = timezone.now()
    try:
        referral, parts = actions.print_referral(pk, by=request.user, now=now)
    except IllegalMove as why:
        context = about_referral(request, referral, refused=str(why))
        return render(request, "aftercare/referral_detail.html", context, status=422)
    context = about(
        referral.care, referral=referral, rows=sheet_of(referral, parts), now=now,
        left_out=labels_of(code for code in Shared.values if code not in referral.shared),
        title=_("Referral"),
    )  # fmt: skip
    return render(request, "aftercare/referral_sheet.html", context)
