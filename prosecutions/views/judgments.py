from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases.states import LegalStatus
from prosecutions import actions
from prosecutions.forms import (
    AppealCorrectForm,
    AppealDecideForm,
    AppealFileForm,
    AppealOpenForm,
    RetrialOpenForm,
    VerdictCorrectForm,
    VerdictRecordForm,
)
from prosecutions.forms.pieces import initial_of, today_text
from prosecutions.forms.sentences import initial_of_verdict
from prosecutions.models import Accused, Appeal, Verdict
from prosecutions.states import LIVE_BAIL, AppealOutcome, BailKind
from prosecutions.views.accused import about
from prosecutions.views.proceedings import page_of_proceeding
from prosecutions.views.writing import of_row, page_of_accused, the_row, write
from reference.templatetags.look import icon_name


@requires(Can.WRITE_VERDICT, of=Accused)
@require_http_methods(["GET", "POST"])
def verdict_record(request, pk):
    accused = the_row(Accused, pk)
    parties = list(accused.parties.values_list("proceeding", flat=True)[:2])
    initial = {"proceeding": parties[0]} if len(parties) == 1 else {}
    form = of_row(request, VerdictRecordForm, initial, accused=accused, case=accused.case)

    def judge(**facts):
        return actions.record_verdict(accused.pk, **facts)

    return about(request, form, judge, accused, page="verdict_record", effects=effects_of_verdict(accused))


def effects_of_verdict(accused):
    """What a judgment changes, and what it leaves to do."""
    found = [{"icon": icon_name("gavel"), "text": _("Mark the charges it decides as decided")}]
    if accused.bail_orders.filter(status__in=LIVE_BAIL).exists():
        words = _("Leave the bail as it is: end or cancel it on its own page if the court did so")
        found.append({"icon": icon_name("scale"), "text": words})
    return found


@requires(Can.WRITE_VERDICT, of=Verdict)
@require_http_methods(["GET", "POST"])
def verdict_correct(request, pk):
    verdict = the_row(Verdict, pk, "accused")
    form = of_row(request, VerdictCorrectForm, initial_of_verdict(verdict), verdict=verdict)

    def correct(**facts):
        return actions.correct_verdict(verdict.pk, **facts)

    effects = [
        {"icon": icon_name("history"), "text": _("Keep what stood there, and why, in a note")},
        {"icon": icon_name("clock"), "text": _("Reckon the day of release anew")},
        {"icon": icon_name("bell"), "text": _("Tell the team that the judgment was put right")},
    ]
    return about(request, form, correct, verdict.accused, page="verdict_correct", effects=effects)


@requires(Can.WRITE_VERDICT, of=Accused)
@require_http_methods(["GET", "POST"])
def appeal_file(request, pk):
    accused = the_row(Accused, pk)
    form = of_row(request, AppealFileForm, {"filed_on": today_text(accused.case)})

    def appeal(**facts):
        return actions.file_appeal(accused.pk, **facts)

    return about(request, form, appeal, accused, page="appeal_file")


@requires(Can.WRITE_VERDICT, of=Appeal)
@require_http_methods(["GET", "POST"])
def appeal_decide(request, pk):
    appeal = the_row(Appeal, pk, "accused")
    initial = {"version": appeal.version, "decided_on": today_text(appeal.case)}
    form = of_row(request, AppealDecideForm, initial)

    def decide(**facts):
        return actions.decide_appeal(appeal.pk, **facts)

    return about(
        request,
        form,
        decide,
        appeal.accused,
        page="appeal_decide",
        effects=effects_of_decision(appeal.accused),
    )


def effects_of_decision(accused):
    """What a decision changes, and what it leaves to do."""
    found = [
        {"icon": icon_name("clock"), "text": _("Reckon the day of release anew")},
        {"icon": icon_name("gavel"), "text": _("Open the charges again, if a retrial is ordered")},
    ]
    if accused.bail_orders.filter(status__in=LIVE_BAIL, kind=BailKind.PENDING_APPEAL).exists():
        words = _("Leave the bail pending appeal as it is: end or cancel it on its own page")
        found.append({"icon": icon_name("scale"), "text": words})
    if accused.case.legal_status in (LegalStatus.JUDGMENT, LegalStatus.APPEAL):
        words = _("Leave the legal track where it is: move it on the page of the case")
        found.append({"icon": icon_name("flag"), "text": words})
    return found


@requires(Can.WRITE_VERDICT, of=Appeal)
@require_http_methods(["GET", "POST"])
def appeal_correct(request, pk):
    appeal = the_row(Appeal, pk, "accused")
    initial = initial_of(appeal, AppealCorrectForm) | {"set_aside": appeal.outcome == AppealOutcome.RETRIAL}
    form = of_row(request, AppealCorrectForm, initial)

    def correct(**facts):
        return actions.correct_appeal(appeal.pk, **facts)

    effects = [
        {"icon": icon_name("history"), "text": _("Keep what stood there, and why, in a note")},
        {"icon": icon_name("gavel"), "text": _("Take back what followed from the decision and draw it anew")},
    ]
    return about(request, form, correct, appeal.accused, page="appeal_correct", effects=effects)


@requires(Can.WRITE_VERDICT, of=Appeal)
@require_http_methods(["GET", "POST"])
def appeal_open(request, pk):
    appeal = the_row(Appeal, pk, "accused")
    form = of_row(request, AppealOpenForm, {"court": appeal.court, "opened_on": appeal.filed_on})

    def begin(**facts):
        return actions.open_appeal(appeal.pk, **facts)

    effects = [
        {"icon": icon_name("landmark"), "text": _("Open a proceeding of its own against the same person")},
        {"icon": icon_name("calendar-days"), "text": _("Put its first hearing into the calendar")},
    ]
    cancel = page_of_accused(appeal.accused_id)
    return write(request, form, begin, page="appeal_open", case=appeal.case, tab="accused", effects=effects,
                 accused=appeal.accused, cancel=cancel, done=page_of_proceeding)  # fmt: skip


@requires(Can.WRITE_VERDICT, of=Appeal)
@require_http_methods(["GET", "POST"])
def retrial_open(request, pk):
    appeal = the_row(Appeal, pk, "accused")
    form = of_row(request, RetrialOpenForm, {"opened_on": appeal.decided_on})

    def begin(**facts):
        return actions.open_retrial(appeal.pk, **facts)

    cancel = page_of_accused(appeal.accused_id)
    return write(request, form, begin, page="retrial_open", case=appeal.case, tab="accused",
                 accused=appeal.accused, cancel=cancel, done=page_of_proceeding)  # fmt: skip
