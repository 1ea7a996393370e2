from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Can
from audit.actions import record
from audit.models import Event
from cases import actions, forms
from cases.answering import answer, case_or_404, change, inside, sent
from cases.circles import readable
from cases.gates import shut_gates
from cases.models import Case
from cases.paging import Page, page_of
from cases.querysets import people_who_may_see
from cases.states import Sensitivity, Track, next_statuses
from cases.trail import told


@requires(Can.VIEW_CASE)
@require_http_methods(["GET", "POST"])
@vary_on_headers("HX-Request")
def case_list(request):
    """Cases, latest change first. Words to look for come by POST: an address must not hold them."""
    form = forms.CaseFilterForm(request.GET)
    find = forms.CaseFindForm(sent(request))
    text = find.cleaned_data["text"].strip() if find.is_bound and find.is_valid() else ""
    cases = Case.objects.matching(text, **form.criteria())
    if request.GET.get("team") == "mine":
        cases = cases.named_on(request.user)
    cases = cases.for_list()
    page = Page(cases, 1) if text else page_of(cases, request)
    partial = request.htmx and request.htmx.target == "rows"
    context = {"form": form, "find": find, "page": page, "text": text, "filtered": bool(request.GET or text)}
    return render(request, "cases/case_list.html" + ("#rows" if partial else ""), context)


@requires(Can.OPEN_CASE)
@require_http_methods(["GET", "POST"])
def case_open(request):
    def act(office, **facts):
        return actions.open_case(office.pk, by=request.user, now=timezone.now(), **facts)

    form = forms.CaseOpenForm(sent(request), opener=request.user)
    return answer(
        request, form, act, done=lambda case: case.get_absolute_url(), page="cases/case_open.html",
    )  # fmt: skip


@requires(Can.EDIT_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def case_edit(request, pk):
    case = case_or_404(pk)
    form = forms.CaseEditForm(sent(request), instance=case)
    context = inside(case, "case", submit=_("Save the case"))
    return change(request, case, form, actions.edit_case, page="cases/case_edit.html", context=context)


@requires(Can.SEAL_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def case_seal(request, pk):
    case = case_or_404(pk)
    start = {"version": case.version, "sensitivity": case.sensitivity}
    form = forms.CaseSealForm(sent(request), initial=start)
    context = inside(case, "team", submit=_("Change who may open it"), effects=effects_of_sealing(case))
    return change(request, case, form, actions.seal_case, page="cases/case_seal.html", context=context)


def effects_of_sealing(case):
    """What follows, in sentences, before anybody decides."""
    seeing = people_who_may_see(case).count()
    case.sensitivity, was = Sensitivity.SEALED, case.sensitivity
    named = people_who_may_see(case).count()
    case.sensitivity = was
    return [
        ngettext(
            "%(number)s person can open this case now.", "%(number)s people can open this case now.", seeing
        )
        % {"number": seeing},
        ngettext(
            "%(number)s person is named on it and keeps seeing it in any case.",
            "%(number)s people are named on it and keep seeing it in any case.",
            named,
        )
        % {"number": named},
        _("If you restrict it, the others no longer find it in lists, search, figures or alerts, at once."),
        _("If you are not named on the case you are put on its team, so that you can undo this."),
        _("The change stands in the trail of the case."),
    ]


@requires(Can.VIEW_CASE, of=Case)
@require_http_methods(["GET", "POST"])
def track_move(request, pk, track):
    if track not in Track.values:
        raise Http404
    case = case_or_404(pk)
    need = Can.MOVE_LEGAL if track == Track.LEGAL else Can.MOVE_AFTERCARE
    if not request.user.can_on(need, case.office_id):
        raise PermissionDenied(str(need.label))

    def act(case_id, **answers):
        return actions.move_track(case_id, track=track, **answers)

    form = forms.TrackMoveForm(sent(request), case=case, track=track)
    context = inside(case, "case", submit=_("Move the track"), track=Track(track))
    context["now_at"] = case.status_of(track)
    context["shut"] = [
        {"status": status.label, "sentences": sentences}
        for status in next_statuses(track, context["now_at"])
        if (sentences := shut_gates(case, track, status, request.user))
    ]
    context["history"] = case.track_changes.filter(track=track).order_by("position")
    return change(request, case, form, act, page="cases/track_move.html", context=context)


@requires(Can.VIEW_TRAIL, of=Case)
@require_safe
def case_trail(request, pk):
    """Who did what to this case, who looked, and when."""
    case = case_or_404(pk)
    page = page_of(readable(Event.objects.of_case(case.pk), case), request)
    record("trail.read", by=request.user, subject=case, case_id=case.pk)
    with timezone.override(case.office.time_zone):
        return render(request, "cases/case_trail.html", inside(case, "trail", page=page, entries=told(page)))


@requires(Can.VIEW_CASE, of=Case)
@require_safe
def case_team(request, pk):
    case = case_or_404(pk)
    rows = case.assignments.select_related("user").order_by("ended_at", "role", "backup", "user__name", "pk")
    now = timezone.now()
    live = [row for row in rows if row.ended_at is None and (row.until is None or row.until > now)]
    left = [row for row in rows if row not in live]
    context = inside(
        case, "team", live=live, left=left, may=request.user.can_on(Can.ASSIGN_CASE, case.office_id)
    )
    context["may_seal"] = request.user.can_on(Can.SEAL_CASE, case.office_id)
    context["may_share"] = request.user.can_on(Can.SHARE_CASE, case.office_id)
    context["may_export"] = request.user.can_on(Can.EXPORT_DATA, case.office_id)
    with timezone.override(case.office.time_zone):
        return render(request, "cases/case_team.html", context)
