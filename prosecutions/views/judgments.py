from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from cases.models import Case
from prosecutions import actions
from prosecutions.forms import (
    AppealDecideForm,
    AppealFileForm,
    AwardOrderForm,
    PaymentCorrectForm,
    PaymentRecordForm,
    VerdictRecordForm,
)
from prosecutions.forms.pieces import today_text
from prosecutions.models import Accused, Appeal, Award, Payment
from prosecutions.states import LIVE_BAIL
from prosecutions.views.accused import about
from prosecutions.views.writing import list_of_accused, of_row, the_case, the_row, write
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

    return about(request, form, decide, appeal.accused, page="appeal_decide")


@requires(Can.WRITE_VERDICT, of=Case)
@require_http_methods(["GET", "POST"])
def award_order(request, pk):
    case = the_case(pk)
    form = of_row(request, AwardOrderForm, {"ordered_on": today_text(case)}, case=case)

    def award(**facts):
        return actions.order_award(case.pk, **facts)

    return write(
        request, form, award, page="award_order", case=case, tab="accused", done=list_of_accused(case)
    )


@requires(Can.WRITE_VERDICT, of=Award)
@require_http_methods(["GET", "POST"])
def payment_record(request, pk):
    award = the_row(Award, pk)
    form = of_row(request, PaymentRecordForm, {"on": today_text(award.case)}, award=award)

    def pay(**facts):
        return actions.record_payment(award.pk, **facts)

    return write(request, form, pay, page="payment_record", case=award.case, tab="accused",
                 done=list_of_accused(award.case))  # fmt: skip


@requires(Can.WRITE_VERDICT, of=Payment)
@require_http_methods(["GET", "POST"])
def payment_correct(request, pk):
    payment = the_row(Payment, pk)
    initial = {"version": payment.version, "amount": payment.amount_low}
    form = of_row(request, PaymentCorrectForm, initial)

    def correct(**facts):
        return actions.correct_payment(payment.pk, **facts)

    effects = [{"icon": icon_name("history"), "text": _("Keep what stood there, and why, in a note")}]
    return write(request, form, correct, page="payment_correct", case=payment.case, tab="accused",
                 payment=payment, effects=effects, done=list_of_accused(payment.case))  # fmt: skip
