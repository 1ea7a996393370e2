"""Threats: a report in seconds, the list of a case, and what was done."""

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from cases.answering import add_to_case, answer, case_asked_for, case_or_404, inside, sent
from cases.keys import keys_of
from cases.models import Case
from cases.paging import page_of
from survivors import actions
from survivors.forms.threats import ThreatAnswerForm, ThreatReportForm
from survivors.models import Threat

WHO_HEARS = gettext_lazy(
    "The safeguarding lead, the lawyer, the social worker, the legal lead and the director hear of it at "
    "once, at any hour."
)


def page_of_threat(threat):
    return reverse("survivors:threat-detail", args=[threat.pk])


def list_of(case):
    return reverse("survivors:threat-list", query={"case": case.pk})


@requires(Can.REPORT_THREAT, of=Case)
@require_http_methods(["GET", "POST"])
def threat_report(request, pk):
    """Two answers are enough: what it was, and in a few words what happened."""
    case = case_or_404(pk)
    form = ThreatReportForm(
        sent(request), case=case, initial={"survivor_id": request.GET.get("survivor", "")}
    )
    effects = [
        {"icon": "bell-ring", "text": WHO_HEARS},
        {"icon": "list-checks", "text": _("Everybody it concerns gets a look at safety within a day.")},
    ]  # fmt: skip
    context = inside(case, "survivors", submit=_("Report it"), back=list_of(case), effects=effects)
    return add_to_case(
        request, case, form, actions.report_threat, page="survivors/threat_report.html", context=context,
        done=page_of_threat,
    )  # fmt: skip


@requires(Can.VIEW_SURVIVOR)
@require_safe
def threat_list(request):
    """The threats of a case, those without an answer first; without a case, all that wait for one."""
    case = case_asked_for(request)
    rows = Threat.objects.filter(case=case) if case else Threat.objects.filter(acted_at=None)
    rows = rows.select_related("case", "survivor", "reported_by")
    page = page_of(rows.order_by(F("acted_at").desc(nulls_first=True), "-reported_at", "pk"), request)
    context = inside(case, "survivors") if case else {}
    context |= {"page": page, "may": case is not None and request.user.can(Can.REPORT_THREAT)}
    return render(request, "survivors/threat_list.html", context)


@requires(Can.VIEW_SURVIVOR, of=Threat)
@require_safe
def threat_detail(request, pk):
    """What happened, to whom, and what was done; the answer is asked for on the same page."""
    threat = found(pk)
    return render(request, "survivors/threat_detail.html", about(request, threat, ThreatAnswerForm()))


def found(pk):
    rows = Threat.objects.select_related("case__office", "survivor", "reported_by", "acted_by")
    return get_object_or_404(rows, pk=pk)


def about(request, threat, form):
    names = dict(keys_of(threat.case, request.user, "accused"))
    by = ", ".join(str(names[key]) for key in threat.by if key in names)
    return inside(
        threat.case, "survivors", threat=threat, by=by, form=form, back=list_of(threat.case),
        may=request.user.can_on(Can.REPORT_THREAT, threat.office_id),
    )  # fmt: skip


@requires(Can.REPORT_THREAT, of=Threat)
@require_http_methods(["GET", "POST"])
def threat_answer(request, pk):
    """What was done so that nothing comes of it."""
    threat = found(pk)
    form = ThreatAnswerForm(sent(request))

    def act(**facts):
        return actions.answer_threat(threat.pk, by=request.user, now=timezone.now(), **facts)

    return answer(
        request, form, act, done=page_of_threat, page="survivors/threat_answer.html",
        context=about(request, threat, form),
    )  # fmt: skip
