from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.actions import Refused
from accounts.roles import Can
from cases.states import IllegalMove
from law.actions import add_court, edit_court
from law.models import Jurisdiction
from prosecutions import tidying
from prosecutions.actions.linking import link_court, link_exact, link_offence, same_court, same_offence
from prosecutions.forms.tidying import CourtTidyForm, OffenceTidyForm
from prosecutions.models import Charge, Proceeding
from prosecutions.views.writing import of_row, the_row, write


@requires(Can.VIEW_HEARING)
@require_http_methods(["GET", "POST"])
def tidy_list(request):
    may = request.user.can(Can.WRITE_ACCUSED)
    if request.method == "POST" and may:
        with transaction.atomic():
            linked = link_exact(by=request.user, now=timezone.now())
        messages.info(request, said(linked))
        return redirect("prosecutions:tidy-list")
    context = {"courts": tidying.courts(), "offences": tidying.offences(), "may": may}
    return render(request, "prosecutions/tidy_list.html", context)


def said(linked):
    """How many were linked, in words."""
    return ngettext("%(n)d record was linked.", "%(n)d records were linked.", linked) % {"n": linked}


def back():
    return reverse("prosecutions:tidy-list")


@requires(Can.WRITE_ACCUSED, of=Proceeding)
@require_http_methods(["GET", "POST"])
def court_tidy(request, pk):
    proceeding = the_row(Proceeding, pk)
    place = proceeding.case.office.country
    keeps_list = request.user.can(Can.MANAGE_LAW)
    form = of_row(request, CourtTidyForm, country=place, keeps_list=keeps_list)

    def link(*, by, now, known_court=None, remember=False, new=False, place="", tier=None):
        court = known_court
        if new:
            court = add_new(proceeding, by, now, place, tier)
        elif remember:
            spelled(court, proceeding.court, by, now)
        messages.info(request, said(link_court(proceeding.pk, by=by, now=now, court=court)))

    return write(request, form, link, page="court_tidy", case=proceeding.case, tab="hearings", done=back(),
                 proceeding=proceeding, count=same_court(proceeding).count())  # fmt: skip


def add_new(proceeding, by, now, place, tier):
    """The court of this proceeding becomes one of the list."""
    office = proceeding.case.office
    try:
        country = Jurisdiction.objects.get(pk=office.country)
        return add_court(by=by, now=now, jurisdiction=country, place=place, tier=tier,
                         name=proceeding.court[:300], time_zone=office.time_zone)  # fmt: skip
    except Refused as why:
        raise IllegalMove(str(why), "new") from why


def spelled(court, words, by, now):
    """The court is written like this too."""
    if words != court.name and words not in court.also_called:
        edit_court(court.pk, by=by, now=now, name=court.name, place=court.place,
                   also_called=[*court.also_called, words[:300]])  # fmt: skip


@requires(Can.WRITE_ACCUSED, of=Charge)
@require_http_methods(["GET", "POST"])
def offence_tidy(request, pk):
    charge = the_row(Charge, pk, "accused")
    country = charge.country or charge.case.office.country
    form = of_row(request, OffenceTidyForm, country=country)

    def link(*, by, now, offence):
        linked, left = link_offence(charge.pk, by=by, now=now, offence=offence)
        messages.info(request, said(linked))
        if left:
            messages.warning(request, left_out(left))

    return write(request, form, link, page="offence_tidy", case=charge.case, tab="accused", done=back(),
                 charge=charge, country=country, count=same_offence(charge).count(),
                 keeps_list=request.user.can(Can.MANAGE_LAW))  # fmt: skip


def left_out(left):
    """How many stay as they are, and why."""
    return ngettext(
        "%(n)d charge stays as it is: on its day this was not the law.",
        "%(n)d charges stay as they are: on their days this was not the law.",
        left,
    ) % {"n": left}
