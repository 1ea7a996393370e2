from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms import AssessmentScoreForm
from aftercare.models import Care
from aftercare.states import AssessmentReason
from aftercare.views.care import about, found_care, page_of_care
from cases.answering import answer
from cases.clock import today_in


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def assessment_score(request, pk):
    care = found_care(pk)
    now = timezone.now()
    before = care.latest_assessment()
    initial = {
        "on": today_in(care.office, now).isoformat(),
        "reason": reason_after(before),
        "setting": before.setting if before else "",
    }
    form = AssessmentScoreForm(request.POST or None, initial=initial)

    def score(**facts):
        return actions.score_assessment(care.pk, by=request.user, now=now, **facts)

    earlier = {score.domain: score for score in before.scores.all()} if before else {}
    domains = [
        {"field": field, "parts": parts, "before": earlier.get(code)} for code, field, parts in form.domains()
    ]
    return answer(request, form, score, done=page_of_care, page="aftercare/assessment_score.html",
                  context=about(care, domains=domains, before=before))  # fmt: skip


def reason_after(before):
    """Why the next assessment is probably made: intake first, then six months, then yearly."""
    if before is None:
        return AssessmentReason.INTAKE
    return AssessmentReason.SIX_MONTH if before.reason == AssessmentReason.INTAKE else AssessmentReason.ANNUAL
