"""The pages that compose several apps: my day, search, and the page of a case."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires, signed_in
from accounts.roles import Can
from audit.actions import record
from cases.models import Case
from cases.paging import page_of
from desk import overview, timeline
from desk.day import day_of
from desk.drawing import laid_out
from desk.finding import SearchForm, find
from desk.genealogy import members_of, part_words, picture_of_case, picture_of_ring
from desk.lanes_page import lanes_page
from desk.links import address
from desk.stages import stages_of
from desk.telling import tell
from prosecutions.models import Network


@signed_in
@require_safe
def home(request):
    """My day. A partner's own page is what is shared with her."""
    if not request.user.can(Can.USE_DESK):
        if request.user.can(Can.VIEW_SHARE):
            return redirect(address("exchange:shared-list"))
        raise PermissionDenied(str(Can.USE_DESK.label))
    return render(request, "desk/home.html", day_of(request.user))


@requires(Can.USE_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    """Words to look for are posted, so that no address, log or history keeps them; nor does the audit."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "desk/search.html", {"form": form}, status=422 if form.is_bound else 200)
    results = find(request.user, form.cleaned_data["q"], only=form.cleaned_data["group"])
    record("search.use", by=request.user, subject=request.user)
    return render(request, "desk/search.html", {"form": form, "results": results, "searched": True})


@requires(Can.VIEW_CASE, of=Case)
@require_safe
@vary_on_headers("HX-Request")
def case_page(request, pk):
    case = get_object_or_404(Case.objects.for_list().with_risk(), pk=pk)
    rows = timeline.history(case, request.user)
    survivors = overview.survivors_of(case, request.user)
    accused = overview.accused_of(case, request.user)
    told = timeline_part(request, rows, {str(person.pk): person.called for person in (*survivors, *accused)})
    if request.htmx:
        return render(request, "desk/case_page.html#timeline", {"case": case, **told})
    record("case.read", by=request.user, subject=case, case_id=case.pk)
    context = overview_part(case, request.user, rows)
    people = overview.people_rows(survivors, accused)
    return render(request, "desk/case_page.html", {"case": case, **told, **context, **people})


def timeline_part(request, rows, names):
    """The page of the timeline that the address asks for."""
    lanes = timeline.lanes_for(request.user)
    lane = request.GET.get("show", "") if request.GET.get("show") in lanes else ""
    page = page_of(timeline.of_lane(rows, lane), request, per_page=25)
    chips = [{"lane": name, "label": timeline.LANES[name]} for name in lanes]
    return {"lane": lane, "chips": chips, "page": page, "entries": [tell(row, names) for row in page]}


def overview_part(case, user, rows):
    """What stands around the timeline."""
    missing, upcoming = overview.open_hearings(case, user)
    team = overview.team_of(case)
    return {
        "stages": stages_of(case, rows),
        "callout": overview.next_thing(case, missing, upcoming, overview.overdue_review(case, user)),
        "tasks": overview.tasks_of(case),
        "today": timezone.localdate(),
        "may_finish": user.can(Can.WRITE_NOTE),
        "may_see_survivors": user.can(Can.VIEW_SURVIVOR),
        "may_see_accused": user.can(Can.VIEW_ACCUSED),
        "upcoming": upcoming,
        "upcoming_when": overview.moment_there(upcoming) if upcoming else "",
        "hearing_facts": overview.hearing_facts(upcoming, rows) if upcoming else [],
        "threats": overview.threats_of(case, user),
        "clocks": overview.clocks_of(case, user),
        "facts": overview.facts_of(case, rows, team),
        "risk": overview.risk_of(case),
        "ties": overview.linked_cases(case),
        "adds": overview.ways_to_add(case, user),
        "moves": overview.ways_to_move(case, user),
        "by_assignment": any(seat.user_id == user.pk for seat in team),
        "trail_url": address("cases:case-trail", case.pk) if user.can(Can.VIEW_TRAIL) else "",
        "team_url": address("cases:case-team", case.pk),
        "edit_url": address("cases:case-edit", case.pk) if user.can(Can.EDIT_CASE) else "",
    }


@requires(Can.VIEW_CASE, of=Case)
@require_safe
def case_lanes(request, pk):
    """Both tracks side by side on one axis of time, to look at and to print."""
    case = get_object_or_404(Case.objects.for_list(), pk=pk)
    survivors = overview.survivors_of(case, request.user)
    accused = overview.accused_of(case, request.user)
    record("case.read", by=request.user, subject=case, case_id=case.pk)
    return render(request, "desk/case_lanes.html", lanes_page(request, case, survivors, accused))


@requires(Can.VIEW_ACCUSED, of=Case)
@require_safe
def case_network(request, pk):
    """What the case belongs to, drawn and as a table; without names it is fit to be handed on."""
    case = get_object_or_404(Case.objects.for_list(), pk=pk)
    names = request.GET.get("names") != "no"
    picture = picture_of_case(case, request.user, names=names)
    return render(request, "desk/case_network.html", drawn(request, picture, case, names))


@requires(Can.VIEW_ACCUSED, of=Network)
@require_safe
def ring_page(request, pk):
    """A ring: who does what in it since when, and the picture."""
    network = get_object_or_404(Network.objects.select_related("case__office"), pk=pk)
    names = request.GET.get("names") != "no"
    people = members_of(network).prefetch_related("ring_roles", "verdicts").order_by("key")
    members = []
    for person in people:
        parts = [part for part in person.ring_roles.all() if part.network_id == network.pk]
        parts.sort(key=lambda part: str(part.since))
        members.append({"person": person, "parts": [{"pk": p.pk, "words": part_words(p)} for p in parts]})
    picture = picture_of_ring(network, request.user, names=names)
    context = drawn(request, picture, network.case, names)
    return render(request, "desk/ring_page.html", context | {"network": network, "members": members})


def drawn(request, picture, case, names):
    """What both pages with a picture show."""
    may_write = request.user.can(Can.WRITE_ACCUSED) and names
    return {
        "case": case,
        "names": names,
        "drawing": laid_out(picture),
        "rows": picture.rows(),
        "may_write": may_write,
    }
