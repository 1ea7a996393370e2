from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import requires
from accounts.models import Absence, Deputy
from accounts.roles import Can
from cases import actions, forms
from cases.actions.absences import absences_to_see
from cases.actions.deputies import deputies_to_see, may_name_for, with_roles, working_in
from cases.answering import answer, sent
from cases.states import IllegalMove

MINUTE = timedelta(minutes=1)  # until midnight is the day before, to people


@requires(Can.USE_DESK)
@require_safe
def deputy_list(request):
    """Who stands in for whom: one's own, and those of the offices one leads."""
    now = timezone.now()
    rows = list(deputies_to_see(request.user)[:100])
    for row in rows:
        row.last_at = row.until - MINUTE
        row.holds = row.ended_at is None and row.starts_at <= now < row.until
        row.coming = row.ended_at is None and row.starts_at > now
        row.may_end = (row.holds or row.coming) and ends(request.user, row)
    current = [row for row in rows if row.holds or row.coming]
    past = [row for row in rows if row not in current]
    away = list(absences_to_see(request.user).filter(ended_at=None, until__gt=now)[:100])
    for row in away:
        row.last_at = row.until - MINUTE
        row.coming, row.may_end = row.starts_at > now, may_name_for(request.user, row.person)
    may = any(may_name_for(request.user, person) for person in people_of(request.user))
    shown = {"current": current, "past": past, "away": away, "may": may}
    return render(request, "cases/deputy_list.html", shown)


def ends(user, row):
    return user.pk in (row.person_id, row.deputy_id) or may_name_for(user, row.person)


def people_of(user):
    """For whom this person may name a deputy: herself, and those whose office she leads."""
    led = {office for office, _role in user.live_memberships if office and user.can_in(office, Can.SEAL_CASE)}
    others = working_in(led).prefetch_related(with_roles("memberships")) if led else ()
    return [user, *(person for person in others if person != user and may_name_for(user, person))]


@requires(Can.USE_DESK)
@require_http_methods(["GET", "POST"])
def deputy_set(request):
    people = [person for person in people_of(request.user) if may_name_for(request.user, person)]
    form = forms.DeputySetForm(sent(request), people=people, by=request.user)
    context = {"submit": _("Save leave"), "back": reverse("cases:deputy-list"), "nobody": not people}

    def act(first, last, deputy, reason, person):
        starts, until = form.period(first, last)
        if deputy is None:
            return actions.set_absence(
                by=request.user, now=timezone.now(), person=person, starts_at=starts, until=until
            )
        facts = {"person": person, "deputy": deputy, "reason": reason}
        return actions.set_deputy(by=request.user, now=timezone.now(), starts_at=starts, until=until, **facts)

    page = "cases/deputy_set.html"
    return answer(request, form, act, done=lambda _row: context["back"], page=page, context=context)


@requires(Can.USE_DESK, of=Deputy)
@require_POST
def deputy_end(request, pk):
    row = get_object_or_404(deputies_to_see(request.user), pk=pk)
    if not ends(request.user, row):
        raise Http404
    try:
        actions.end_deputy(pk, by=request.user, now=timezone.now())
    except IllegalMove as why:
        messages.info(request, str(why))
    else:
        messages.info(request, _("%(name)s no longer stands in.") % {"name": row.deputy.name})
    return redirect("cases:deputy-list")


@requires(Can.USE_DESK, of=Absence)
@require_POST
def absence_end(request, pk):
    row = get_object_or_404(absences_to_see(request.user), pk=pk)
    if not may_name_for(request.user, row.person):
        raise Http404
    try:
        actions.end_absence(pk, by=request.user, now=timezone.now())
    except IllegalMove as why:
        messages.info(request, str(why))
    else:
        messages.info(request, _("%(name)s is back.") % {"name": row.person.name})
    return redirect("cases:deputy-list")
