from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import requires
from accounts.roles import Can
from aftercare import actions
from aftercare.forms import EntitlementSetForm, MilestoneReachForm, ServiceLogForm
from aftercare.models import Care, Entitlement
from aftercare.views.care import about, found_care, page_of_care
from cases.answering import answer
from cases.clock import today_in
from reference.values import Money, PartialDate


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def service_log(request, pk):
    care = found_care(pk)
    now = timezone.now()
    form = ServiceLogForm(
        request.POST or None, initial={"starts_on": PartialDate(today_in(care.office, now))}
    )

    def log(**facts):
        return actions.log_service(care.pk, by=request.user, now=now, **facts)

    return answer(request, form, log, done=page_of_care, page="aftercare/service_log.html",
                  context=about(care))  # fmt: skip


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def entitlement_set(request, pk, entitlement=None):
    care = found_care(pk)
    row = get_object_or_404(Entitlement, pk=entitlement, care=care) if entitlement else None
    initial = facts_of(row) if row else {}
    form = EntitlementSetForm(request.POST or None, initial=initial, currency=care.office.currency)

    def write(**facts):
        return actions.set_entitlement(
            care.pk, by=request.user, now=timezone.now(), entitlement_id=entitlement, **facts
        )

    return answer(request, form, write, done=page_of_care, page="aftercare/entitlement_set.html",
                  context=about(care, row=row))  # fmt: skip


def facts_of(row):
    """What the form begins with."""
    names = ("scheme", "status", "applied_on", "granted_on", "paid_on", "document", "note", "version")
    facts = {name: getattr(row, name) for name in names}
    for name in ("granted", "paid"):
        low, high, money = (getattr(row, f"{name}_{end}") for end in ("low", "high", "currency"))
        facts[name] = str(Money(low, high, money)) if low is not None else ""
    return {**facts, "authority": row.by}


@requires(Can.WRITE_AFTERCARE, of=Care)
@require_http_methods(["GET", "POST"])
def milestone_reach(request, pk):
    care = found_care(pk)
    now = timezone.now()
    form = MilestoneReachForm(request.POST or None, initial={"on": PartialDate(today_in(care.office, now))})

    def reach(**facts):
        return actions.reach_milestone(care.pk, by=request.user, now=now, **facts)

    return answer(request, form, reach, done=page_of_care, page="aftercare/milestone_reach.html",
                  context=about(care))  # fmt: skip
