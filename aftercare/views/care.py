from datetime import timedelta
from uuid import UUID

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.models import Office
from accounts.roles import Can
from aftercare import actions
from aftercare.forms import CareAssignForm, CareFilterForm, CareOpenForm
from aftercare.models import Care
from aftercare.scoring import due_of, rescores
from cases.answering import answer
from cases.clock import today_in
from cases.models import Agency, Case
from cases.paging import page_of
from reference.values import PartialDate


def page_of_care(row):
    """Where a write goes back to: the page of the person's care."""
    return reverse("aftercare:care-detail", args=[getattr(row, "care_id", row.pk)])


def agencies_of(case):
    """The names behind the keys by which homes, authorities and services point to agencies of the case."""
    return dict(Agency.objects.filter(case=case).values_list("key", "name"))


def found_care(pk):
    """The care with all that its pages show of whose it is; 404 outside the need to know."""
    rows = Care.objects.with_review().select_related("case", "office", "survivor", "headcount", "worker")
    return same_case(get_object_or_404(rows, pk=pk))


def same_case(care):
    """The person of a care is of the same case and office: nobody has to look them up again."""
    for whose in filter(None, (care.survivor, care.headcount)):
        whose.case, whose.office = care.case, care.office
    care.case.office = care.office
    return care


def about(care, **more):
    """What every page about one care needs."""
    return {"care": care, "case": care.case, "back": page_of_care(care), **more}


@requires(Can.VIEW_AFTERCARE)
@require_safe
@vary_on_headers("HX-Request")
def care_list(request):
    """People in aftercare, overdue reviews first; with ?case= those of one case, and who waits for it."""
    form = CareFilterForm(request.GET, offices=offices_of(request.user))
    asked = form.criteria()
    case = get_object_or_404(Case, pk=asked["case"]) if asked.get("case") else None
    now = timezone.now()
    rows = matching(asked, case, request.user).with_silence(now).for_list()
    page = page_of(rows.prefetch_related("assessments__scores", rescores()), request)
    context = {
        "form": form,
        "page": page,
        "case": case,
        "rows": [{**row_of(care, today_in(care.office, now)), "due": due_of(care, now)} for care in page],
        "waiting": waiting_for_care(case) if case else [],
        "may_write": request.user.can(Can.WRITE_AFTERCARE),
    }
    partial = request.htmx and request.htmx.target == "rows"
    return render(request, "aftercare/care_list.html" + ("#rows" if partial else ""), context)


def offices_of(user):
    """The offices between which the list can be narrowed."""
    rows = Office.objects.order_by("name", "pk")
    if user.sees_everywhere:
        return list(rows)
    return list(rows.filter(pk__in={office for office, _role in user.live_memberships if office}))


def matching(asked, case, user):
    """The rows asked for, within what the person may see."""
    rows = Care.objects.all()
    results = CareFilterForm.results(asked.get("state", "") or ("all" if case else ""))
    rows = rows.filter(result__in=results) if results is not None else rows
    rows = rows.filter(case=case) if case else rows
    rows = rows.filter(office__key=asked["office"]) if asked.get("office") else rows
    rows = rows.filter(worker=user) if asked.get("mine") else rows
    today = timezone.localdate()
    if asked.get("due") == "overdue":
        return rows.overdue(today)
    return rows.due_between(today, today + timedelta(days=7)) if asked.get("due") == "week" else rows


def row_of(care, today):
    """One line of the list."""
    newest = care.latest_assessment()
    scores = [score.value for score in newest.scores.all()] if newest else []
    return {
        "care": care,
        "assessed": newest,
        "score": sum(scores) / len(scores) if scores else None,
        "silent": getattr(care, "silent", False),
        "late": care.review_due is not None and care.review_due < today,
        "soon": care.review_due is not None and today <= care.review_due <= today + timedelta(days=7),
    }


def waiting_for_care(case):
    """(words, choice) of each person and group of the case whose aftercare is not open."""
    people, groups = actions.not_yet_in_care(case)
    return [(f"{row.code} · {row.called}", f"s:{row.pk}") for row in people] + [
        (f"{row.key.upper()} · {row.label}", f"h:{row.pk}") for row in groups
    ]


@requires(Can.WRITE_AFTERCARE, of=Case)
@require_http_methods(["GET", "POST"])
def care_open(request, pk):
    case = get_object_or_404(Case.objects.select_related("office"), pk=pk)
    people = [(choice, words) for words, choice in waiting_for_care(case)]
    now = timezone.now()
    initial = {"who": request.GET.get("who", ""), "opened_on": PartialDate(today_in(case.office, now))}
    form = CareOpenForm(request.POST or None, initial=initial, people=people, team=actions.team_of_care(case))

    def begin(who, **facts):
        kind, key = who.split(":")
        whose = {"survivor_id" if kind == "s" else "headcount_id": UUID(key)}
        return actions.open_care(case.pk, by=request.user, now=now, **whose, **facts)

    back = f"{reverse('aftercare:care-list')}?case={case.pk}"
    return answer(request, form, begin, done=page_of_care, page="aftercare/care_open.html",
                  context={"case": case, "back": back, "people": people})  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def care_assign(request, pk):
    care = found_care(pk)
    team = actions.team_of_care(care.case)
    initial = {"worker_id": care.worker_id and str(care.worker_id), "version": care.version}
    form = CareAssignForm(request.POST or None, initial=initial, team=team)

    def assign(**facts):
        return actions.assign_care(care.pk, by=request.user, now=timezone.now(), **facts)

    return answer(request, form, assign, done=page_of_care, page="aftercare/care_assign.html",
                  context=about(care, nobody=not team))  # fmt: skip
