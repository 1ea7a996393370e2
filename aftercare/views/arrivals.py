from uuid import UUID

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms.arrivals import FEW, MORE, ArrivalForm, CareEntrustForm, rows_in
from aftercare.models import Care
from cases.answering import answer, case_or_404
from cases.models import Case
from cases.states import RiskLevel
from operations.models import Operation
from survivors.arrivals import Group, groups_of
from survivors.models import Survivor

NEW = "new"


@requires(Can.REGISTER_ARRIVAL, of=Case)
@require_http_methods(["GET", "POST"])
def arrival_register(request, pk):
    """Head-counts first, then the people in a grid: all of them now, or some now and the rest tomorrow."""
    case = case_or_404(pk)
    with timezone.override(case.office.time_zone):
        groups = offered(case)
        group = chosen(request.POST.get("group") or request.GET.get("group"), groups)
        form = grid(request, case, group)

        def register(**facts):
            picked = {"headcount_id": group and group.headcount and group.headcount.pk}
            picked["operation_id"] = None if group is None or group.headcount else group.operation.pk
            return actions.register_arrival(case.pk, by=request.user, now=timezone.now(), **picked, **facts)

        page, context = "aftercare/arrival_register.html", about_group(case, group, groups)
        if "more" in request.POST:
            return render(request, page, {**context, "form": form})
        return answer(request, form, register, done=after(case), page=page, context=context)


def offered(case):
    """The groups of the case, and what it carried out without a word of how many were found."""
    groups = groups_of(case)
    known = {group.operation.pk for group in groups if group.operation}
    silent = Operation.objects.filter(case=case).carried_out().exclude(pk__in=known).order_by("key", "pk")
    return groups + [Group(None, operation, case) for operation in silent]


def chosen(choice, groups):
    """The group that the address names; else the first in which somebody is missing; None for a new one."""
    if choice == NEW:
        return None
    if choice:
        # Somebody may have counted the people of the operation since this page was opened.
        found = next((group for group in groups if choice in (group.choice, group.of_operation)), None)
        if found is None:
            raise Http404
        return found
    waiting = [group for group in groups if group.left] or [one for one in groups if not one.found]
    return waiting[0] if waiting else None


def grid(request, case, group):
    """The form as it was sent, with more rows when asked, or with a row for everybody who is missing."""
    team = list(actions.team_of_care(case))
    facts = {"team": team, "counted": bool(group and group.headcount)}
    facts["by_operation"] = bool(group and group.operation)
    if request.method == "POST" and "more" not in request.POST:
        return ArrivalForm(request.POST, rows=FEW, initial={}, **facts)
    if request.method == "POST":
        rows = max(rows_in(request.POST), default=0) + MORE
        return ArrivalForm(None, rows=rows, initial=request.POST.dict(), **facts)
    rows = group.left if group and group.found else FEW
    initial = {"arrived_at": timezone.localtime().replace(second=0, microsecond=0), "risk": risk_of(case)}
    initial["group"] = group.choice if group else NEW
    if len(team) == 1:
        initial["worker_id"] = str(team[0].pk)
    if group and not group.headcount:
        initial |= {name: getattr(group.operation, name) for name in ("people", "adults", "children")}
        initial["people"] = initial["people"] or group.operation.relieved
    return ArrivalForm(None, rows=rows, initial=initial, **facts)


def risk_of(case):
    """The danger as the case was judged last; the greatest where nobody has judged it."""
    last = case.risk_notes.latest_first().values_list("level", flat=True).first()
    return last or RiskLevel.HIGH


def about_group(case, group, groups):
    """What stands beside the grid: how far the group is, who is on record, who will not be."""
    counted = group.headcount if group else None
    people = Survivor.objects.filter(headcount_memberships__headcount=counted) if counted else []
    here = list(people.order_by("created_at", "key").select_related("family")) if counted else []
    return {
        "case": case,
        "back": f"{reverse('aftercare:care-list')}?case={case.pk}",
        "group": group,
        "groups": groups,
        "here": here,
        "excuses": counted.unregistered.standing().order_by("said_at", "pk") if counted else [],
    }


def after(case):
    """Back to the grid while somebody is missing, else to the people."""

    def done(headcount):
        same = [one for one in groups_of(case) if headcount and one.headcount == headcount and one.left]
        return same[0].url if same else f"{reverse('aftercare:care-list')}?case={case.pk}"

    return done


@requires(Can.WRITE_AFTERCARE, of=Case)
@require_http_methods(["GET", "POST"])
def care_entrust(request, pk):
    """One social worker for many people of a case, families together."""
    case = case_or_404(pk)
    cares = list(
        Care.objects.going_on().filter(case=case).select_related("survivor__family", "headcount", "worker")
        .order_by("survivor__family__key", "survivor__created_at", "survivor__key", "pk")
    )  # fmt: skip
    families = together(cares)
    choices = [(str(care.pk), care.called) for care in cares]
    choices += [(f"f:{family.pk}", family.label) for family, _members in families if family]
    team = actions.team_of_care(case)
    unnamed = [str(care.pk) for care in cares if care.worker_id is None]
    form = CareEntrustForm(request.POST or None, initial={"who": unnamed}, team=team, choices=choices)

    def entrust(worker_id, who):
        ids = {UUID(one) for one in who if not one.startswith("f:")}
        ids |= {care.pk for care in cares if care.survivor and f"f:{care.survivor.family_id}" in who}
        return actions.entrust_cares(
            case.pk, by=request.user, now=timezone.now(), worker_id=worker_id, care_ids=ids
        )

    back = f"{reverse('aftercare:care-list')}?case={case.pk}"
    context = {"case": case, "back": back, "families": families, "nobody": not team}
    context["picked"] = request.POST.getlist("who") if form.is_bound else unnamed
    return answer(request, form, entrust, done=lambda _cares: back, page="aftercare/care_entrust.html",
                  context=context)  # fmt: skip


def together(cares):
    """[(family or None, its cares)]: families first, then those who came alone."""
    found = {}
    for care in cares:
        found.setdefault(care.survivor.family if care.survivor else None, []).append(care)
    alone = found.pop(None, [])
    return [*found.items(), (None, alone)] if alone else list(found.items())
