from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import change, inside, sent
from cases.clock import today_in
from cases.paging import page_of
from rights import actions, forms
from rights.holding import held_by
from rights.models import Correction, RightsRequest
from rights.opening import opened
from rights.states import Held, RequestKind, RequestState
from survivors.models import Survivor


def survivor_or_404(pk):
    """The survivor with her case; outside the need to know she does not exist."""
    return get_object_or_404(Survivor.objects.select_related("case__office"), pk=pk)


def request_or_404(pk):
    rows = RightsRequest.objects.select_related("case__office", "survivor", "written_by", "answered_by")
    return get_object_or_404(rows, pk=pk)


def about(survivor, submit, **more):
    """What every form about one survivor is given."""
    back = more.pop("back", survivor.get_absolute_url())
    return inside(survivor.case, "survivors", survivor=survivor, submit=submit, back=back, **more)


@requires(Can.WRITE_SURVIVOR)
@require_safe
def request_list(request):
    """What waits for an answer, late ones first; with ?show=all what was answered too."""
    rows = RightsRequest.objects.for_list()
    everything = request.GET.get("show") == "all"
    page = page_of(rows if everything else rows.waiting(), request)
    for row in page:
        row.late = row.status == RequestState.OPEN and row.due_on < today_in(row.case.office, timezone.now())
    corrections = Correction.objects.waiting().for_list()[:50]
    context = {
        "page": page, "everything": everything, "corrections": corrections,
        "may_manage": request.user.can(Can.MANAGE_RIGHTS),
    }  # fmt: skip
    return render(request, "rights/request_list.html", context)


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def request_add(request, pk):
    survivor = survivor_or_404(pk)
    today = today_in(survivor.case.office, timezone.now())
    form = forms.RequestAddForm(sent(request), initial={"asked_on": today, "asker": "self"})
    effects = [
        {
            "icon": "clock",
            "text": _("An answer is due within %(days)s days; late ones stand first in the list.")
            % {"days": settings.RIGHTS_ANSWER_DAYS},
        },
        {
            "icon": "lock",
            "text": _("The words are sealed; whoever records survivors of the case reads them."),
        },
    ]
    context = about(survivor, _("Write it down"), effects=effects)
    return change(
        request, survivor, form, actions.ask_right, page="rights/request_add.html", context=context,
        done=RightsRequest.get_absolute_url,
    )  # fmt: skip


@requires(Can.WRITE_SURVIVOR, of=RightsRequest)
@require_safe
def request_detail(request, pk):
    row = request_or_404(pk)
    context = inside(
        row.case, "survivors", row=row, survivor=row.survivor, words=opened(row),
        late=row.status == RequestState.OPEN and row.due_on < today_in(row.case.office, timezone.now()),
        waits=row.status == RequestState.OPEN,
        may_answer=request.user.can_on(Can.MANAGE_RIGHTS, row.office_id),
        wants_copy=row.kind == RequestKind.COPY, wants_correction=row.kind == RequestKind.CORRECT,
    )  # fmt: skip
    return render(request, "rights/request_detail.html", context)


@requires(Can.MANAGE_RIGHTS, of=RightsRequest)
@require_http_methods(["GET", "POST"])
def request_answer(request, pk):
    row = request_or_404(pk)
    erasing = row.kind == RequestKind.ERASE
    form = forms.RequestAnswerForm(sent(request), initial={"version": row.version}, erasing=erasing)
    held = [Held(why).label for why in held_by(row.case, timezone.now()) if why != Held.REQUEST]
    context = about(
        row.survivor, _("Answer"), row=row, words=opened(row), back=row.get_absolute_url(),
        held=held if erasing else [],
    )  # fmt: skip
    return change(
        request, row, form, actions.answer_right, page="rights/request_answer.html", context=context,
        done=RightsRequest.get_absolute_url,
    )  # fmt: skip


@requires(Can.WRITE_SURVIVOR, of=RightsRequest)
@require_http_methods(["GET", "POST"])
def request_withdraw(request, pk):
    row = request_or_404(pk)
    form = forms.ConfirmForm(sent(request), initial={"version": row.version})
    context = about(row.survivor, _("The person takes it back"), row=row, back=row.get_absolute_url())
    return change(
        request, row, form, actions.withdraw_right, page="rights/request_withdraw.html", context=context,
        done=RightsRequest.get_absolute_url,
    )  # fmt: skip


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def correction_add(request, pk):
    survivor = survivor_or_404(pk)
    today = today_in(survivor.case.office, timezone.now())
    form = forms.CorrectionAddForm(sent(request), initial={"asked_on": today})
    context = about(survivor, _("Write it down"))
    return change(
        request, survivor, form, actions.ask_correction, page="rights/correction_add.html", context=context,
        done=Correction.get_absolute_url,
    )  # fmt: skip


@requires(Can.MANAGE_RIGHTS, of=Correction)
@require_http_methods(["GET", "POST"])
def correction_decide(request, pk):
    rows = Correction.objects.select_related("case__office", "survivor")
    row = get_object_or_404(rows, pk=pk)
    form = forms.CorrectionDecideForm(sent(request), initial={"version": row.version})
    context = about(row.survivor, _("Decide"), row=row, words=opened(row))
    return change(
        request, row, form, actions.decide_correction, page="rights/correction_decide.html", context=context,
        done=Correction.get_absolute_url,
    )  # fmt: skip
