"""Who is who: proposals with their evidence, links that can be undone, matches with other offices."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import requires
from accounts.roles import Can
from cases.answering import answer
from cases.models import Case
from prosecutions import actions
from prosecutions.forms.accused import AccusedAddForm
from prosecutions.forms.identity import (
    IdentityAnswerForm,
    LinkUndoForm,
    MatchAnswerForm,
    RingAddForm,
    RingEditForm,
)
from prosecutions.forms.pieces import initial_of
from prosecutions.models import Accused, MatchSide, Network, PersonLink, RingMember
from prosecutions.proposals import proposals_for
from prosecutions.views.evidence import shown
from prosecutions.views.history import links_of
from prosecutions.views.writing import of_row, page_of_accused, the_case, the_row, write


@requires(Can.WRITE_ACCUSED, of=Case)
@require_POST
def accused_likely(request, pk):
    """The people who may be meant, while a name is typed; posted, so that no address bears a name."""
    case = the_case(pk)
    form = AccusedAddForm(request.POST, case=case)
    context = {"likely": shown(form.likely), "case": case, "asked": any(form.names())}
    return render(request, "prosecutions/accused_likely.html", context)


@requires(Can.WRITE_ACCUSED, of=Accused)
@require_http_methods(["GET", "POST"])
def identity_answer(request, pk):
    accused = the_row(Accused, pk, "network")
    found = proposals_for(accused)
    form = of_row(request, IdentityAnswerForm, proposals=found)
    context = {
        "case": accused.case,
        "tab": "accused",
        "accused": accused,
        "proposals": shown(found),
        "links": links_of(accused),
    }

    def act(**facts):
        return actions.answer_identity(accused.pk, by=request.user, now=timezone.now(), **facts)

    def done(_row):
        return page_of_accused(accused.pk)

    return answer(request, form, act, done=done, page="prosecutions/identity_answer.html", context=context)


@requires(Can.WRITE_ACCUSED, of=PersonLink)
@require_http_methods(["GET", "POST"])
def link_undo(request, pk):
    link = the_row(PersonLink, pk, "accused", "linked_by")
    form = of_row(request, LinkUndoForm)
    together = PersonLink.objects.filter(batch=link.batch).select_related("accused", "case").order_by("pk")

    def undo(**facts):
        return actions.undo_link(link.pk, **facts)

    return write(request, form, undo, page="link_undo", case=link.case, tab="accused", accused=link.accused,
                 link=link, together=together, done=page_of_accused(link.accused_id),
                 submit=_("Tell them apart"))  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=MatchSide)
@require_http_methods(["GET", "POST"])
def match_answer(request, pk):
    side = the_row(MatchSide, pk, "accused", "other_office", "ask")
    form = of_row(request, MatchAnswerForm, {"version": side.version})

    def say(**facts):
        return actions.answer_match(side.pk, **facts)

    return write(request, form, say, page="match_answer", case=side.case, tab="accused",
                 accused=side.accused, side=side, done=page_of_accused(side.accused_id))  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=Network)
@require_http_methods(["GET", "POST"])
def ring_add(request, pk):
    network = the_row(Network, pk)
    form = of_row(request, RingAddForm, case=network.case)

    def add(accused, **facts):
        return actions.add_ring_member(network.pk, accused=accused.pk, **facts)

    return write(request, form, add, page="ring_add", case=network.case, tab="accused", network=network,
                 done=network.get_absolute_url())  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=RingMember)
@require_http_methods(["GET", "POST"])
def ring_edit(request, pk):
    member = get_object_or_404(RingMember.objects.select_related("case__office", "network", "accused"), pk=pk)
    form = of_row(request, RingEditForm, initial_of(member, RingEditForm) | {"version": member.version})

    def edit(**facts):
        return actions.edit_ring_member(member.pk, **facts)

    return write(request, form, edit, page="ring_edit", case=member.case, tab="accused", member=member,
                 network=member.network, done=member.network.get_absolute_url())  # fmt: skip
