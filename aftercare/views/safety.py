from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms.safety import SafetyLookForm
from aftercare.models import Care
from aftercare.states import SafetyReason
from aftercare.views.care import about, found_care, page_of_care
from cases.answering import answer


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def safety_look(request, pk):
    """Is she safe? Ten seconds when she is."""
    care = found_care(pk)
    last = care.safety_checks.order_by("-looked_at", "pk").first()
    reason = SafetyReason.ROUTINE if last or not care.arrived_at else SafetyReason.ARRIVAL
    asked = request.GET.get("why", "")
    initial = {"risk": care.risk, "reason": asked if asked in SafetyReason.values else reason}
    form = SafetyLookForm(request.POST or None, initial=initial)

    def look(**facts):
        return actions.look_at_safety(care.pk, by=request.user, now=timezone.now(), **facts)

    return answer(request, form, look, done=page_of_care, page="aftercare/safety_look.html",
                  context=about(care, last=last))  # fmt: skip
