"""Finding a home for one person, or for a whole family at once."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.companions import group_of
from aftercare.fitting import Level, age_words, judge, propose, wants_consent
from aftercare.forms import HomePlaceForm, standing_in
from aftercare.models import Care, Home
from aftercare.views.care import about, found_care
from aftercare.views.placements import effects_of
from cases.answering import answer, sent
from cases.clock import today_in
from reference.values import PartialDate


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_safe
def home_find(request, pk):
    """Every open home of the office with what speaks for and against it, best first."""
    care = found_care(pk)
    group = group_asked_for(request, care)
    fits = propose(list(homes_for(care)), group)
    family = [*group.people, *group.others]
    return render(request, "aftercare/home_find.html", about(
        care, care_tab="homes", group=group, family=family if len(family) > 1 else [],
        whole=len(group.people) > 1,
        people=[{"person": one, "age": age_words(one)} for one in group.people],
        fitting=[fit for fit in fits if fit.fits and not fit.lives_here],
        against=[fit for fit in fits if not fit.fits and not fit.lives_here],
        here=[fit for fit in fits if fit.lives_here],
        query="?family=1" if len(group.people) > 1 else "",
        may_manage=request.user.can_in(care.office_id, Can.MANAGE_HOME),
    ))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def home_place(request, pk, home):
    """The last questions before somebody moves into this home."""
    care = found_care(pk)
    home = get_object_or_404(homes_for(care), pk=home)
    group = group_asked_for(request, care)
    fit, now = judge(home, group), timezone.now()
    form = HomePlaceForm(
        sent(request),
        initial={"starts_on": PartialDate(today_in(care.office, now))},
        agreeing=[*actions.relatives_who_may(group, now), *standing_in()],
        consent=wants_consent(home, group.people),
        moving=any(person.here for person in group.people),
        broken=fit.broken,
    )

    def place(**facts):
        cares = [person.care.pk for person in group.people]
        try:
            return actions.place_people(cares, by=request.user, now=now, home_id=home.pk, **facts)
        except actions.AgainstRules as why:  # whoever sends again has read it
            form.data = form.data.copy()
            form.data["knowing"] = " ".join({*form.data.get("knowing", "").split(), *why.rules})
            form.reason_needed = True
            raise

    return answer(request, form, place, done=lambda _rows: reverse("aftercare:care-homes", args=[care.pk]),
                  page="aftercare/home_place.html", context=about_place(care, fit, group))  # fmt: skip


def about_place(care, fit, group):
    """What the page of a move shows beside its form."""
    return about(
        care, care_tab="homes", fit=fit, home=fit.home, group=group, effects=effects_of(group),
        barred=actions.barred_words(group),
        against=[one.words for one in fit.findings if one.level == Level.NO],
        query="?family=1" if len(group.people) > 1 else "",
    )  # fmt: skip


def homes_for(care):
    """The open homes of the office of the case."""
    today = today_in(care.office, timezone.now())
    return Home.objects.filter(office_id=care.case.office_id).open_on(today).for_list()


def group_asked_for(request, care):
    """The person alone, or with ?family=1 all of her family in our care."""
    return group_of(care, whole_family=request.GET.get("family") == "1")
