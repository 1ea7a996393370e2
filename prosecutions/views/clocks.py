from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import requires
from accounts.models import Office
from accounts.roles import Can
from cases.models import Case
from cases.paging import page_of
from prosecutions import actions
from prosecutions.countdown import countdown, doubts, with_countdown
from prosecutions.forms import (
    ClockExtendForm,
    ClockFilterForm,
    ClockSetAsideForm,
    ClockStartForm,
    ClockTakeBackForm,
    StepRecordForm,
)
from prosecutions.forms.pieces import today_text
from prosecutions.models import Clock
from prosecutions.states import ClockState
from prosecutions.views.clock_working import working_of
from prosecutions.views.writing import of_row, rights_of, the_case, the_row, write
from reference.templatetags.look import icon_name


@requires(Can.VIEW_ACCUSED)
@require_safe
@vary_on_headers("HX-Request")
def clock_list(request):
    """Every clock of the law that runs, what ends first on top."""
    now = timezone.now()
    offices = Office.objects.filter(pk__in=Case.objects.values("office_id")).order_by("name", "pk")
    form = ClockFilterForm(request.GET, offices=offices)
    facts = form.criteria()
    case = the_case(facts["case"]) if facts["case"] else None
    page = page_of(form.narrowed(Clock.objects.for_board(), request.user, now), request)
    with_countdown(page, now)
    context = {"form": form, "page": page, "case": case, "may": rights_of(request.user)}
    if any(answer for name, answer in facts.items() if name != "case"):
        context["clear"] = reverse("prosecutions:clock-list", query={"case": case.pk} if case else None)
    template = "prosecutions/clock_list.html#rows" if request.htmx else "prosecutions/clock_list.html"
    return render(request, template, context)


@requires(Can.VIEW_ACCUSED, of=Clock)
@require_safe
def clock_detail(request, pk):
    """One clock: how it was worked out, who moved it, and what happens at its end."""
    clock = get_object_or_404(Clock.objects.for_board().select_related("case__office"), pk=pk)
    now = timezone.now()
    context = {
        "clock": clock,
        "case": clock.case,
        "count": countdown(clock, now),
        "doubts": doubts(clock),
        "working": working_of(clock),
        "moves": clock.moves.select_related("mover").order_by("-moved_at", "pk"),
        "may": rights_of(request.user),
        "running": clock.state == ClockState.RUNNING,
        "can_take_back": clock.state == ClockState.SET_ASIDE or bool(clock.extended_until),
    }
    return render(request, "prosecutions/clock_detail.html", context)


def page_of_clock(clock):
    """The address of a clock's page."""
    return reverse("prosecutions:clock-detail", args=[clock.pk])


def list_of_clocks(case):
    """The address of the clocks of a case."""
    return reverse("prosecutions:clock-list", query={"case": case.pk})


def about(request, form_class, case, act, *, page, initial, done, effects):
    """A page that adds a step or a clock to a case."""
    form = of_row(request, form_class, initial, case=case)
    return write(request, form, act, page=page, case=case, tab="clocks", done=done,
                 cancel=list_of_clocks(case), effects=effects)  # fmt: skip


def asked_for(request, *names):
    """What the link that led here knows already."""
    return {name: request.GET[name] for name in names if request.GET.get(name)}


@requires(Can.WRITE_HEARING, of=Case)
@require_http_methods(["GET", "POST"])
def step_record(request, pk):
    case = the_case(pk)
    initial = {"on": today_text(case)} | asked_for(request, "event", "accused", "survivor", "proceeding")

    def act(**facts):
        return actions.record_court_event(case.pk, **facts)

    effects = [
        {"icon": icon_name("clock"), "text": _("Start and stop the clocks that hang on this step")},
        {"icon": icon_name("bell"), "text": _("Close the warnings of clocks that it stops")},
    ]
    return about(request, StepRecordForm, case, act, page="step_record", initial=initial,
                 done=lambda _step: list_of_clocks(case), effects=effects)  # fmt: skip


@requires(Can.WRITE_BAIL, of=Case)
@require_http_methods(["GET", "POST"])
def clock_start(request, pk):
    case = the_case(pk)
    initial = {"on": today_text(case)} | asked_for(request, "rule", "accused", "survivor", "proceeding")

    def act(**facts):
        return actions.start_clock(case.pk, **facts)

    effects = [{"icon": icon_name("bell"), "text": _("Warn in steps before the end")}]
    return about(request, ClockStartForm, case, act, page="clock_start", initial=initial,
                 done=page_of_clock, effects=effects)  # fmt: skip


def move(request, pk, form_class, action, *, page, effects):
    """A page on which a person moves one clock."""
    clock = the_row(Clock, pk, "rule", "accused", "survivor")
    form = of_row(request, form_class, {"version": clock.version})

    def act(**facts):
        return action(clock.pk, **facts)

    told = [{"icon": icon_name("clock"), "text": words} for words in effects]
    return write(request, form, act, page=page, case=clock.case, tab="clocks", clock=clock, effects=told,
                 count=countdown(clock, timezone.now()), done=page_of_clock(clock))  # fmt: skip


@requires(Can.WRITE_BAIL, of=Clock)
@require_http_methods(["GET", "POST"])
def clock_extend(request, pk):
    effects = [_("End the clock on the new day, whatever the records say"), _("Close its present warning")]
    return move(request, pk, ClockExtendForm, actions.extend_clock, page="clock_extend", effects=effects)


@requires(Can.WRITE_BAIL, of=Clock)
@require_http_methods(["GET", "POST"])
def clock_set_aside(request, pk):
    effects = [_("Warn nobody of this clock any more"), _("Keep the reason for good")]
    return move(
        request, pk, ClockSetAsideForm, actions.set_aside_clock, page="clock_set_aside", effects=effects
    )


@requires(Can.WRITE_BAIL, of=Clock)
@require_http_methods(["GET", "POST"])
def clock_take_back(request, pk):
    effects = [_("Let the clock run again as the records say")]
    return move(
        request, pk, ClockTakeBackForm, actions.take_back_clock, page="clock_take_back", effects=effects
    )
