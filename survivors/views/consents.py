from datetime import timedelta
from uuid import UUID

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import change, inside, sent
from cases.clock import today_in
from survivors import actions, forms
from survivors.consents import Fitness
from survivors.forms.consents import USUAL
from survivors.models import Consent, Survivor
from survivors.states import TOLD_AT_LEAST, ConsentGiver, ConsentPurpose
from survivors.views.people import about, survivor_or_404
from survivors.wallet import wallet_of

YEAR = timedelta(days=365)
ASKED_MOST = (
    ConsentPurpose.SERVICES, ConsentPurpose.SHARE_WITH_AGENCY, ConsentPurpose.LEGAL_SUPPORT,
    ConsentPurpose.SHELTER, ConsentPurpose.PUBLISH_STORY, ConsentPurpose.RESEARCH,
)  # fmt: skip


def page_of_wallet(survivor):
    return reverse("survivors:consent-list", args=[survivor.pk])


@requires(Can.VIEW_SURVIVOR, of=Survivor)
@require_safe
def consent_list(request, pk):
    """The wallet: a card for each answer, what holds first."""
    survivor = survivor_or_404(pk)
    now = timezone.now()
    cards = wallet_of(survivor, now)
    context = inside(
        survivor.case,
        "survivors",
        survivor=survivor,
        holding=[card for card in cards if card.holds],
        over=[card for card in cards if not card.holds],
        purposes=ASKED_MOST,
        may=request.user.can(Can.WRITE_SURVIVOR),
        barred=bool(Fitness([survivor], now).accused_around(survivor)),
    )
    return render(request, "survivors/consent_list.html", context)


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def consent_add(request, pk):
    survivor = survivor_or_404(pk)
    now = timezone.now()
    fitness = Fitness([survivor], now)
    form = forms.ConsentAddForm(
        sent(request), survivor=survivor, fitness=fitness, writer=request.user,
        initial=begin_with(request, survivor, fitness, today_in(survivor.office, now)),
    )  # fmt: skip
    from_wallet = request.GET.get("from") == "wallet"
    back = page_of_wallet(survivor) if from_wallet else survivor.get_absolute_url()
    context = about(
        survivor, _("Save the answer"), back=back, child=fitness.is_child(survivor),
        barred=bool(fitness.accused_around(survivor)),
    )  # fmt: skip
    return change(
        request, survivor, form, actions.add_consent, page="survivors/consent_add.html", context=context
    )


def begin_with(request, survivor, fitness, today):
    """What the form begins with: another answer to renew, or what people usually agree to."""
    first = {"on": today.isoformat(), "until": (today + YEAR).isoformat(), "given": "yes"}
    if not fitness.is_child(survivor):
        first["giver"] = ConsentGiver.SELF
    like = consent_like(request.GET.get("like"), survivor)
    if like:
        names = ("purpose", "to", "receiver", "giver", "giver_key", "how")
        return {**first, **{name: getattr(like, name) for name in names},
                "given_by": like.by, "what": like.what or TOLD_AT_LEAST}  # fmt: skip
    purpose = request.GET.get("purpose", "")
    if purpose in ConsentPurpose.values:
        first |= {"purpose": purpose, "what": USUAL.get(purpose, TOLD_AT_LEAST)}
    return {**first, "to": request.GET.get("to", "")}


def consent_like(text, survivor):
    """The answer of hers that is to be renewed, or None."""
    try:
        return Consent.objects.filter(pk=UUID(text or ""), survivor=survivor).first()
    except ValueError:
        return None


@requires(Can.WRITE_SURVIVOR, of=Consent)
@require_http_methods(["GET", "POST"])
def consent_withdraw(request, pk):
    consent = get_object_or_404(Consent.objects.select_related("survivor", "case__office"), pk=pk)
    form = forms.ConsentWithdrawForm(sent(request))
    back = page_of_wallet(consent.survivor)
    context = about(consent.survivor, _("Withdraw"), consent=consent, back=back)
    context["case"] = consent.case
    return change(
        request,
        consent,
        form,
        actions.withdraw_consent,
        page="survivors/consent_withdraw.html",
        context=context,
    )
