"""Conditions of bail, their answers, and where the accused person is."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases.clock import today_in
from prosecutions import actions
from prosecutions.bail_states import Kept
from prosecutions.forms.bail_watch import (
    BailNoticeForm,
    BailReoffendForm,
    BailVaryForm,
    ConditionAddForm,
    ConditionCheckForm,
    ConditionLiftForm,
    CustodyTransferForm,
    StatusConfirmForm,
    same_person,
)
from prosecutions.forms.pieces import today_text
from prosecutions.models import Accused, BailCondition, BailOrder, Custody
from prosecutions.views.bail import page_of_bail
from prosecutions.views.writing import of_row, page_of_accused, the_row, write
from reference.templatetags.look import icon_name


def about_bail(request, form, act, bail, *, page, effects=(), **more):
    """A page that writes about one bail and goes back to its page."""
    more.setdefault("done", page_of_bail(bail))
    more.setdefault("cancel", page_of_bail(bail))
    alerts = [{"icon": icon_name("bell"), "text": words} for words in effects]
    return write(request, form, act, page=page, case=bail.case, tab="accused", bail=bail,
                 accused=bail.accused, effects=alerts, **more)  # fmt: skip


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def condition_add(request, pk):
    bail = the_row(BailOrder, pk, "accused")
    sees = request.user.can(Can.VIEW_SURVIVOR)
    form = of_row(request, ConditionAddForm, case=bail.case, with_survivors=sees)

    def add(**facts):
        return actions.add_condition(bail.pk, **facts)

    return about_bail(request, form, add, bail, page="condition_add")


@requires(Can.WRITE_BAIL, of=BailCondition)
@require_http_methods(["GET", "POST"])
def condition_check(request, pk):
    """One touch on the board or on the page of the bail; the page for whoever has more to say."""
    condition = the_row(BailCondition, pk, "bail__accused", "bail__case__office", "survivor")
    bail = condition.bail
    first = {"due_on": condition.next_on, "result": request.GET.get("result", ""),
             "board": "board" in request.GET}  # fmt: skip
    form = of_row(request, ConditionCheckForm, first)

    def answer(board, **facts):
        return actions.check_condition(condition.pk, **facts)

    board = request.POST.get("board") or request.GET.get("board")
    done = reverse("prosecutions:bail-list") if board else page_of_bail(bail)
    effects = [_("A broken condition tells the team and the leads at once")]
    return about_bail(request, form, answer, bail, page="condition_check", done=done, cancel=done,
                      condition=condition, today=today_in(bail.case.office, timezone.now()), kept=Kept,
                      effects=effects)  # fmt: skip


@requires(Can.WRITE_BAIL, of=BailCondition)
@require_http_methods(["GET", "POST"])
def condition_lift(request, pk):
    condition = the_row(BailCondition, pk, "bail__accused", "bail__case__office")
    first = {"version": condition.version, "lifted_on": today_text(condition.case)}
    form = of_row(request, ConditionLiftForm, first)

    def lift(**facts):
        return actions.lift_condition(condition.pk, **facts)

    return about_bail(request, form, lift, condition.bail, page="condition_lift", condition=condition)


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_vary(request, pk):
    bail = the_row(BailOrder, pk, "accused")
    first = {
        "version": bail.version,
        "on": today_text(bail.case),
        "conditions": bail.conditions,
        "surety": bail.surety_low,
        "surety_currency": bail.surety_currency or bail.case.office.currency,
    }
    form = of_row(request, BailVaryForm, first)

    def vary(**facts):
        return actions.vary_bail(bail.pk, **facts)

    effects = [_("Ask the lawyer and the social worker to look at what changes for the survivors")]
    return about_bail(request, form, vary, bail, page="bail_vary", effects=effects)


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_notice(request, pk):
    bail = the_row(BailOrder, pk, "accused")
    first = {"version": bail.version, "notice": bail.notice, "notice_on": bail.notice_on,
             "notice_note": bail.notice_note}  # fmt: skip
    form = of_row(request, BailNoticeForm, first)

    def give(**facts):
        return actions.give_notice(bail.pk, **facts)

    return about_bail(request, form, give, bail, page="bail_notice")


@requires(Can.WRITE_BAIL, of=BailOrder)
@require_http_methods(["GET", "POST"])
def bail_reoffend(request, pk):
    bail = the_row(BailOrder, pk, "accused")
    first = {"version": bail.version, "reoffended_on": bail.reoffended_on,
             "reoffended_case": bail.reoffended_case, "reoffended_note": bail.reoffended_note}  # fmt: skip
    form = of_row(request, BailReoffendForm, first)

    def reoffend(**facts):
        return actions.reoffend_bail(bail.pk, **facts)

    effects = [_("Tell the team and the leads at once, so that the bail can be cancelled")]
    return about_bail(request, form, reoffend, bail, page="bail_reoffend", effects=effects,
                      others=same_person(bail.accused))  # fmt: skip


@requires(Can.WRITE_BAIL, of=Accused)
@require_http_methods(["GET", "POST"])
def status_confirm(request, pk):
    """Where is the person? On the phone from the corridor: three touches and a save."""
    accused = the_row(Accused, pk)
    first = {"status": request.GET.get("status", ""), "board": "board" in request.GET}
    form = of_row(request, StatusConfirmForm, first)
    board = request.POST.get("board") or request.GET.get("board")
    done = reverse("prosecutions:bail-list") if board else page_of_accused(accused.pk)

    def confirm(board, **facts):
        return actions.confirm_status(accused.pk, **facts)

    effects = [{"icon": icon_name("bell"), "text": _("Tell the team and the leads at once of an escape")}]
    return write(request, form, confirm, page="status_confirm", case=accused.case, tab="accused",
                 accused=accused, done=done, cancel=done, effects=effects)  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=Custody)
@require_http_methods(["GET", "POST"])
def custody_transfer(request, pk):
    custody = the_row(Custody, pk, "accused")
    form = of_row(request, CustodyTransferForm, {"version": custody.version})
    done = page_of_accused(custody.accused_id)

    def transfer(**facts):
        return actions.transfer_custody(custody.pk, **facts)

    return write(request, form, transfer, page="custody_transfer", case=custody.case, tab="accused",
                 accused=custody.accused, done=done, cancel=done)  # fmt: skip
