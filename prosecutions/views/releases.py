from datetime import timedelta

from django.db.models import F, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.roles import Can
from cases.paging import page_of
from prosecutions import actions
from prosecutions.forms import ReleaseAnswerForm, ReleaseFilterForm, ReleaseStateForm
from prosecutions.models import Accused, Custody, Release
from prosecutions.views.accused import about
from prosecutions.views.sentence import look_of, release_card
from prosecutions.views.writing import of_row, rights_of, the_case, the_row
from reference.templatetags.look import icon_name

PAST = timedelta(days=90)


@requires(Can.VIEW_ACCUSED)
@require_safe
@vary_on_headers("HX-Request")
def release_list(request):
    """Everybody whose sentence ends soon, or ended lately while the records still show a cell."""
    form = ReleaseFilterForm(request.GET)
    facts = form.criteria()
    case = the_case(facts["case"]) if facts["case"] else None
    page = page_of(
        releases_near(case=facts["case"], days=int(facts["within"] or 90), told=facts["told"]), request
    )
    for row in page:
        row.look = look_of(row)
    context = {"form": form, "page": page, "case": case, "may": rights_of(request.user)}
    template = "prosecutions/release_list.html#rows" if request.htmx else "prosecutions/release_list.html"
    return render(request, template, context)


def releases_near(*, case, days, told):
    """Those within so many days, and those that passed lately and were not written down; the next first."""
    today = timezone.localdate()
    held = Custody.objects.running().values("accused")
    ahead = Q(release_on__gte=today, release_on__lte=today + timedelta(days=days))
    passed = Q(release_on__lt=today, release_on__gte=today - PAST) & Q(accused__in=held)
    rows = Release.objects.filter(ahead | passed).select_related("accused", "case__office")
    rows = rows.filter(case=case) if case else rows
    rows = rows.exclude(told_move=F("moves")) if told == "no" else rows
    return rows.order_by("release_on", "case__number", "pk")


@requires(Can.WRITE_VERDICT, of=Accused)
@require_http_methods(["GET", "POST"])
def release_state(request, pk):
    accused = the_row(Accused, pk)
    row = release_card(accused)
    initial = {"on": row.stated_on, "reason": row.stated_reason, "version": row.version} if row else {}
    form = of_row(request, ReleaseStateForm, initial)

    def state(**facts):
        return actions.state_release(accused.pk, **facts)

    effects = [{"icon": icon_name("bell"), "text": _("Move the reminders to this day")}]
    return about(request, form, state, accused, page="release_state", release=row, effects=effects)


@requires(Can.WRITE_NOTE, of=Accused)
@require_http_methods(["GET", "POST"])
def release_answer(request, pk):
    accused = the_row(Accused, pk)
    row = release_card(accused)
    form = of_row(request, ReleaseAnswerForm, {"version": row.version} if row else {})

    def tell(**facts):
        return actions.answer_release(accused.pk, **facts)

    effects = [{"icon": icon_name("bell"), "text": _("Answer the reminders of this day")}]
    return about(request, form, tell, accused, page="release_answer", release=row, effects=effects)
