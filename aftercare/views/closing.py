from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.closing import gates_of, rule_in_words, standing
from aftercare.forms import CareOutcomeForm, CareReopenForm, ClosureDecideForm
from aftercare.models import Care, Closure
from aftercare.states import CARE_GOES_ON, CareResult
from aftercare.views.care import about, found_care, page_of_care
from cases.answering import answer
from cases.clock import today_in
from reference.values import PartialDate


@requires(Can.MOVE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def care_outcome(request, pk):
    """Where the care stands; an end of it is only asked for here, and somebody else agrees."""
    care = found_care(pk)
    now = timezone.now()
    initial = {
        "result": care.result,
        "result_on": PartialDate(today_in(care.office, now)),
        "version": care.version,
    }
    form = CareOutcomeForm(request.POST or None, initial=initial)

    def conclude(*, result, result_on, basis, note, version):
        facts = {"by": request.user, "now": now, "result": result, "version": version}
        if result in CARE_GOES_ON:
            return actions.conclude_care(care.pk, result_on=result_on, basis=basis, note=note, **facts)
        words = "\n".join(filter(None, [basis, note]))
        return actions.ask_closure(care.pk, on=result_on, basis=words, **facts)

    context = about(
        care, ended=care.result not in CARE_GOES_ON, asked=care.closures.filter(decided_at=None).exists(),
        effects=effects_of_the_end(),
        gates=gates_of(care, CareResult.RESTORED, now), rule=rule_in_words(),
        standing=standing(care.latest_assessment()),
    )  # fmt: skip
    return answer(request, form, conclude, done=page_of_care, page="aftercare/care_outcome.html",
                  context=context)  # fmt: skip


def effects_of_the_end():
    """What follows from asking for the end of a care."""
    return [
        {
            "icon": "user-check",
            "text": _("Reintegrated and re-trafficked go on. Every other end waits until a safeguarding lead "
                      "or the office director, other than you, agrees."),
        },
        {
            "icon": "circle-check",
            "text": _("“Restored” is asked for only when the rule is met. Nobody can choose it freely."),
        },
        {
            "icon": "calendar-days",
            "text": _("When the care has ended, visits follow and no review falls due."),
        },
    ]  # fmt: skip


@requires(Can.CLOSE_AFTERCARE, of=Closure)
@require_http_methods(["GET", "POST"])
def closure_decide(request, pk):
    """The second pair of eyes: what was asked, on what it rests, and each gate then and now."""
    rows = Closure.objects.select_related("asked_by", "decided_by", "care")
    closure = get_object_or_404(rows, pk=pk)
    care = found_care(closure.care_id)
    now = timezone.now()
    form = ClosureDecideForm(request.POST or None, initial={"version": closure.version})

    def decide(**facts):
        return actions.decide_closure(closure.pk, by=request.user, now=now, **facts)

    context = about(
        care, closure=closure, gates=gates_of(care, closure.result, now), rule=rule_in_words(),
        standing=standing(care.latest_assessment()), own=closure.asked_by_id == request.user.pk,
    )  # fmt: skip
    return answer(request, form, decide, done=page_of_care, page="aftercare/closure_decide.html",
                  context=context)  # fmt: skip


@requires(Can.MOVE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def care_reopen(request, pk):
    """Take up a care that had ended."""
    care = found_care(pk)
    now = timezone.now()
    initial = {"on": PartialDate(today_in(care.office, now)), "version": care.version}
    form = CareReopenForm(request.POST or None, initial=initial)

    def reopen(**facts):
        return actions.reopen_care(care.pk, by=request.user, now=now, **facts)

    effects = [
        {"icon": "history", "text": _("The end before stays in the history of this care.")},
        {"icon": "chart-column", "text": _("A new scoring falls due within a week.")},
        {"icon": "calendar-days", "text": _("Open visits after the end of care are no longer needed.")},
    ]
    return answer(request, form, reopen, done=page_of_care, page="aftercare/care_reopen.html",
                  context=about(care, effects=effects))  # fmt: skip
