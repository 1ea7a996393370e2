from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases.models import Case
from prosecutions import actions
from prosecutions.forms import (
    HearingAssignForm,
    HearingCancelForm,
    HearingConfirmForm,
    HearingCorrectForm,
    HearingRecordForm,
    HearingRescheduleForm,
    HearingScheduleForm,
)
from prosecutions.forms.pieces import initial_of
from prosecutions.models import Hearing
from prosecutions.states import HearingOutcome
from prosecutions.views.witnesses import key_sent, outcome_form
from prosecutions.views.writing import of_row, the_case, write
from reference.templatetags.look import icon_name
from reference.templatetags.show import edtf


def the_hearing(pk):
    """The hearing with what its identity bar shows; 404 outside the need to know."""
    rows = Hearing.objects.select_related("case__office", "proceeding", "who_goes")
    return get_object_or_404(rows, pk=pk)


def page_of_hearing(hearing):
    """The address of a hearing's page."""
    return reverse("prosecutions:hearing-detail", args=[hearing.pk])


def change(request, form, act, hearing, *, page, **more):
    """A page that changes one hearing and goes back to its page."""
    return write(
        request, form, act, page=page, case=hearing.case, tab="hearings", hearing=hearing,
        done=more.pop("done", page_of_hearing(hearing)), cancel=page_of_hearing(hearing), **more,
    )  # fmt: skip


@requires(Can.WRITE_HEARING, of=Case)
@require_http_methods(["GET", "POST"])
def hearing_schedule(request, pk):
    case = the_case(pk)
    form = of_row(request, HearingScheduleForm, {"proceeding": request.GET.get("proceeding", "")}, case=case)

    def schedule(proceeding, **facts):
        return actions.schedule_hearing(proceeding.pk, **facts)

    effects = [
        {"icon": "calendar-days", "text": _("Put the hearing into the calendar of the case's office")},
        {"icon": "bell", "text": _("Remind the team before it, and who goes on the day")},
    ]
    cancel = reverse("prosecutions:hearing-list", query={"case": case.pk})
    return write(
        request, form, schedule, page="hearing_schedule", case=case, tab="hearings", effects=effects,
        cancel=cancel, no_proceeding=not form.fields["proceeding"].queryset.exists(), done=page_of_hearing,
    )  # fmt: skip


@requires(Can.WRITE_HEARING, of=Hearing)
@require_http_methods(["GET", "POST"])
def hearing_reschedule(request, pk):
    hearing = the_hearing(pk)
    form = of_row(request, HearingRescheduleForm, initial_of(hearing, HearingRescheduleForm))
    form.warn(hearing)

    def move(**facts):
        return actions.reschedule_hearing(hearing.pk, **facts)

    effects = [
        {"icon": "bell", "text": _("Tell everybody who holds the old date")},
        {"icon": "user-check", "text": _("Ask who goes to confirm the new date")},
    ]
    return change(request, form, move, hearing, page="hearing_reschedule", effects=effects)


@requires(Can.WRITE_HEARING, of=Hearing)
@require_http_methods(["GET", "POST"])
def hearing_cancel(request, pk):
    hearing = the_hearing(pk)
    form = of_row(request, HearingCancelForm, {"version": hearing.version})

    def cancel(**facts):
        return actions.cancel_hearing(hearing.pk, **facts)

    return change(request, form, cancel, hearing, page="hearing_cancel")


@requires(Can.WRITE_HEARING, of=Hearing)
@require_http_methods(["GET", "POST"])
def hearing_assign(request, pk):
    hearing = the_hearing(pk)
    form = of_row(request, HearingAssignForm, initial_of(hearing, HearingAssignForm), case=hearing.case)
    form.warn(hearing)

    def assign(**facts):
        return actions.assign_hearing(hearing.pk, **facts)

    return change(request, form, assign, hearing, page="hearing_assign")


@requires(Can.VIEW_HEARING, of=Hearing)
@require_http_methods(["GET", "POST"])
def hearing_confirm(request, pk):
    hearing = the_hearing(pk)
    form = of_row(request, HearingConfirmForm, {"version": hearing.version})

    def confirm(**facts):
        return actions.confirm_hearing(hearing.pk, **facts)

    return change(request, form, confirm, hearing, page="hearing_confirm")


@requires(Can.RECORD_HEARING, of=Hearing)
@require_http_methods(["GET", "POST"])
def hearing_record(request, pk):
    hearing = the_hearing(pk)
    form = outcome_form(request, hearing)

    def say(outcome, **facts):
        judged = outcome == HearingRecordForm.JUDGMENT
        what = HearingOutcome.HELD if judged else outcome
        return actions.record_hearing(hearing.pk, outcome=what, key=key_sent(request), **facts)

    def after(row):
        judged = form.cleaned_data["outcome"] == HearingRecordForm.JUDGMENT
        return after_judgment(request.user, row) if judged else page_of_hearing(row)

    return change(request, form, say, hearing, page="hearing_record", effects=effects_of(hearing), done=after)


@requires(Can.RECORD_HEARING, of=Hearing)
@require_http_methods(["GET", "POST"])
def hearing_correct(request, pk):
    hearing = the_hearing(pk)
    form = of_row(request, HearingCorrectForm, {"version": hearing.version})

    def take_back(**facts):
        return actions.correct_hearing(hearing.pk, **facts)

    return change(
        request, form, take_back, hearing, page="hearing_correct", will=effects_of_correction(hearing),
        done=reverse("prosecutions:hearing-record", args=[hearing.pk]),
    )  # fmt: skip


def effects_of_correction(hearing):
    """What follows when the outcome is taken back, in sentences that are true of this hearing."""
    now = timezone.now()
    outcome = {"outcome": hearing.get_outcome_display()}
    found = [_("The outcome “%(outcome)s”, with all that was said with it, is taken back.") % outcome]
    for following in actions.still_ahead(hearing, now):
        words = _(
            "The next hearing, %(day)s, is taken off the list, and everybody who holds its date is told."
        )
        found.append(words % {"day": edtf(following.on)})
    if actions.stands_again(hearing, now):
        found.append(_("Everybody who was told that it is off hears that its date stands."))
    found.append(_("What it said stays in the notes of the case, with your reason."))
    found.append(_("A verdict stays as it is."))
    return [*found, _("The next page asks what really happened.")]


def after_judgment(user, hearing):
    """The verdict is recorded for each accused: at once for the only one, else from the proceeding's page."""
    parties = list(hearing.proceeding.parties.values_list("accused_id", flat=True)[:2])
    if len(parties) == 1 and user.can(Can.WRITE_VERDICT):
        return reverse("prosecutions:verdict-record", args=parties)
    return reverse("prosecutions:proceeding-detail", args=[hearing.proceeding_id])


def effects_of(hearing):
    """What follows from an answer, in sentences that are true of this hearing."""
    found = [
        {
            "icon": icon_name("calendar-days"),
            "text": _("Put the next date, if there is one, into the calendar with the same team"),
        },
        {"icon": icon_name("circle-check"), "text": _("Stop the reminders to record this outcome")},
        adjournments(hearing),
    ]
    if hearing.starts_at and hearing.starts_at > timezone.now():
        words = _("Tell everybody who holds this date that it is off")
        found.insert(0, {"icon": icon_name("bell"), "text": words})
    return found


def adjournments(hearing):
    """How often this proceeding was put off before."""
    before = hearing.proceeding.hearings.filter(outcome=HearingOutcome.ADJOURNED).count()
    words = ngettext(
        "If adjourned, come after %(count)s earlier adjournment in this proceeding",
        "If adjourned, come after %(count)s earlier adjournments in this proceeding",
        before,
    )
    return {"icon": icon_name("history"), "text": words % {"count": before}}
