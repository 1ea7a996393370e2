from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import add_to_case, case_or_404, change, inside, sent
from cases.keys import keys_of
from cases.models import Case
from cases.paging import page_of
from operations import actions, lookout_forms
from operations.models import Lookout, LookoutCard, LookoutName, LookoutReading, LookoutReply, LookoutSheet
from operations.querysets import watched_offices
from operations.views.attempts import list_of


def of_lookout(lookout, submit):
    """What every form about a lookout is given."""
    back = reverse("operations:lookout-detail", args=[lookout.pk])
    return inside(lookout.case, "operations", submit=submit, lookout=lookout) | {"back": back}


def lookout_or_404(pk):
    return get_object_or_404(Lookout.objects.select_related("case__office", "to_office"), pk=pk)


@requires(Can.WRITE_OPERATION, of=Case)
@require_http_methods(["GET", "POST"])
def lookout_send(request, pk):
    case = case_or_404(pk)
    form = lookout_forms.LookoutSendForm(sent(request), case=case, writer=request.user)
    context = inside(case, "operations", submit=_("Send the lookout")) | {"back": list_of(case)}
    page = "operations/lookout_send.html"
    return add_to_case(request, case, form, actions.send_lookout, page=page, context=context, done=page_after)


def page_after(lookout):
    """Where the sender sees what went out; an agency reads nothing here."""
    if lookout.to_office_id is None:
        return list_of(lookout.case)
    return reverse("operations:lookout-detail", args=[lookout.pk])


@requires(Can.VIEW_OPERATION, of=Lookout)
@require_safe
def lookout_detail(request, pk):
    """What the offices read, who has read it, and what they say."""
    lookout = lookout_or_404(pk)
    people = dict(keys_of(lookout.case, request.user, "survivor", "accused"))
    may = request.user.can_on
    cards = list(LookoutCard.objects.filter(lookout=lookout).for_list())
    asked = LookoutName.objects.select_related("asked_by", "decided_by").filter(lookout=lookout).first()
    knows = may(Can.OPEN_IDENTITY, lookout.office_id)
    context = inside(lookout.case, "operations", lookout=lookout) | {
        "about": ", ".join(str(people.get(key, key)) for key in lookout.about),
        "sheet": LookoutSheet.objects.filter(lookout=lookout).first(),
        "cards": with_readings(cards),
        "replies": replies_to(cards),
        "naming": asked if knows else None,
        "open": not (lookout.result or lookout.closed_on),
        "may_write": may(Can.WRITE_OPERATION, lookout.office_id),
        "may_decide": may(Can.APPROVE_LOOKOUT, lookout.office_id),
    }
    return render(request, "operations/lookout_detail.html", context)


def with_readings(cards):
    """[(card, those who have read it, the first first)]."""
    rows = LookoutReading.objects.filter(card__in=cards).select_related("user").order_by("read_at", "pk")
    read = {}
    for row in rows:
        read.setdefault(row.card_id, []).append(row)
    return [(card, read.get(card.pk, [])) for card in cards]


def replies_to(cards):
    """What the offices said, the newest first."""
    rows = LookoutReply.objects.filter(card__in=cards).select_related("user", "card__office")
    return rows.order_by("-replied_at", "pk")


@requires(Can.WRITE_OPERATION, of=Lookout)
@require_http_methods(["GET", "POST"])
def lookout_close(request, pk):
    lookout = lookout_or_404(pk)
    form = lookout_forms.LookoutCloseForm(sent(request))
    context = of_lookout(lookout, _("Close the lookout")) | {"back": list_of(lookout.case)}
    page = "operations/lookout_close.html"
    return change(request, lookout, form, actions.close_lookout, page=page, context=context)


@requires(Can.WRITE_OPERATION, of=Lookout)
@require_http_methods(["GET", "POST"])
def lookout_renew(request, pk):
    lookout = lookout_or_404(pk)
    form = lookout_forms.LookoutRenewForm(sent(request))
    context = of_lookout(lookout, _("Watch on"))
    return change(
        request, lookout, form, actions.renew_lookout, page="operations/lookout_renew.html", context=context
    )


@requires(Can.APPROVE_LOOKOUT, of=Lookout)
@never_cache
@require_http_methods(["GET", "POST"])
def lookout_decide(request, pk):
    """May the offices that watch be told the name?"""
    lookout = lookout_or_404(pk)
    form = lookout_forms.LookoutDecideForm(sent(request))
    asked = LookoutName.objects.select_related("asked_by").filter(lookout=lookout).first()
    context = of_lookout(lookout, pgettext("verb", "Answer")) | {"naming": asked}
    return change(
        request, lookout, form, actions.decide_name, page="operations/lookout_decide.html", context=context
    )


@requires(Can.USE_DESK)
@require_safe
def card_list(request):
    """Lookouts that another office asks this person's to watch for."""
    rows = LookoutCard.objects.received_by(request.user).for_list()
    page = page_of(rows, request)
    read = LookoutReading.objects.filter(card__in=page.rows, user=request.user)
    sheets = LookoutSheet.objects.filter(lookout__in=[card.lookout_id for card in page.rows])
    seen = set(read.values_list("card_id", flat=True))
    told = {sheet.lookout_id: sheet for sheet in sheets}
    for card in page.rows:
        card.sheet, card.read = told.get(card.lookout_id), card.pk in seen
    return render(request, "operations/card_list.html", {"page": page})


@requires(Can.USE_DESK, of=LookoutCard)
@never_cache
@require_safe
def card_detail(request, pk):
    """All that the office asked may read. Opening it is a receipt for the sender."""
    card = get_object_or_404(LookoutCard, pk=pk)
    actions.open_card(card.pk, by=request.user, now=timezone.now())
    return render(request, "operations/card_detail.html", card_context(request, pk))


def card_context(request, pk):
    card = get_object_or_404(LookoutCard.objects.for_list(), pk=pk)
    watching = card.is_open and card.office_id in watched_offices(request.user)
    context = {
        "card": card,
        "watching": watching,
        "back": reverse("operations:card-list"),
        "submit": _("Send the answer"),
        "reply_to": reverse("operations:card-reply", args=[card.pk]),
    }
    if card.is_open:
        asked = LookoutName.objects.filter(lookout=card.lookout_id, agreed=True).first()
        context |= {
            "sheet": LookoutSheet.objects.filter(lookout=card.lookout_id).first(),
            "called": asked.open_name() if asked else "",
            "replies": replies_to([card]),
            "form": lookout_forms.CardReplyForm() if watching else None,
        }
    return context


@requires(Can.USE_DESK, of=LookoutCard)
@require_http_methods(["GET", "POST"])
def card_reply(request, pk):
    """The answer of the office that was asked."""
    context = card_context(request, pk)
    form = lookout_forms.CardReplyForm(sent(request))
    context["back"] = reverse("operations:card-detail", args=[pk])
    page = "operations/card_reply.html"
    return change(request, context["card"], form, actions.reply_to_card, page=page, context=context)
