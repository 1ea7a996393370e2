from uuid import UUID

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import requires
from accounts.roles import Can
from cases.answering import answer, change, inside, sent
from operations.models import Headcount
from survivors import actions
from survivors.arrivals import groups_of
from survivors.forms.arrivals import ArrivalExcuseForm, FamilyEditForm, FamilyJoinForm
from survivors.models import Family, Survivor, Unregistered


def grid_of(headcount):
    """The arrival page of this group."""
    page = reverse("aftercare:arrival-register", args=[headcount.case_id])
    return f"{page}?group=h:{headcount.pk}"


@requires(Can.REGISTER_ARRIVAL, of=Headcount)
@require_http_methods(["GET", "POST"])
def arrival_excuse(request, pk):
    """So many of a group will not be registered, and why."""
    headcount = get_object_or_404(Headcount.objects.select_related("case__office"), pk=pk)
    group = next((one for one in groups_of(headcount.case) if one.headcount == headcount), None)
    form = ArrivalExcuseForm(sent(request), initial={"number": (group and group.left) or None})
    context = inside(
        headcount.case, "survivors", back=grid_of(headcount), group=group, headcount=headcount,
        submit=_("Save the reason"),
    )  # fmt: skip
    page = "survivors/arrival_excuse.html"
    return change(request, headcount, form, actions.excuse_arrival, page=page, context=context)


@requires(Can.REGISTER_ARRIVAL, of=Unregistered)
@require_POST
def arrival_recall(request, pk):
    """It was said by mistake, or they have come after all."""
    row = get_object_or_404(Unregistered.objects.select_related("headcount"), pk=pk)
    if row.recalled_at is None:
        actions.recall_excuse(row.pk, by=request.user, now=timezone.now())
    return redirect(grid_of(row.headcount))


@requires(Can.WRITE_SURVIVOR, of=Survivor)
@require_http_methods(["GET", "POST"])
def family_join(request, pk):
    """The family that somebody belongs to; of those of the case, a new one, or none."""
    survivor = get_object_or_404(Survivor.objects.select_related("case__office", "family"), pk=pk)
    families = Family.objects.filter(case=survivor.case).prefetch_related("members").order_by("key")
    initial = {
        "family_id": str(survivor.family_id or ""), "part": survivor.family_part, "version": survivor.version,
    }  # fmt: skip
    form = FamilyJoinForm(sent(request), initial=initial, families=families)

    def join(survivor_id, *, by, now, family_id, **facts):
        chosen = UUID(family_id) if family_id else None
        return actions.join_family(survivor_id, by=by, now=now, family_id=chosen, **facts)

    context = inside(survivor.case, "survivors", survivor=survivor, submit=_("Save the family"))
    context["back"] = survivor.get_absolute_url()
    return change(request, survivor, form, join, page="survivors/family_join.html", context=context)


@requires(Can.WRITE_SURVIVOR, of=Family)
@require_http_methods(["GET", "POST"])
def family_edit(request, pk):
    """What a family is called, whether it stays together, and who is in it."""
    family = get_object_or_404(Family.objects.select_related("case__office"), pk=pk)
    names = ("label", "keep_together", "note", "version")
    form = FamilyEditForm(sent(request), initial={name: getattr(family, name) for name in names})

    def edit(**facts):
        return actions.edit_family(family.pk, by=request.user, now=timezone.now(), **facts)

    back = reverse("survivors:survivor-list", query={"case": family.case_id})
    members = list(family.members.order_by("created_at", "key"))
    context = inside(
        family.case, "survivors", back=back, family=family, members=members, submit=_("Save the family")
    )
    return answer(
        request, form, edit, done=lambda _row: back, page="survivors/family_edit.html", context=context
    )
