"""What prosecutions demands before the legal track may close (DOMAIN d.3)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.querysets import AppNow
from prosecutions.models import Appeal, BailOrder, Charge, Hearing
from prosecutions.states import AppealOutcome


def charges_without_an_outcome(case, by):
    """Every charge must be dropped or decided first."""
    left = Charge.objects.filter(case=case).without_outcome().count()
    if not left:
        return None
    return ngettext(
        "%(count)s charge has no outcome yet. Record the verdict, or mark it as dropped.",
        "%(count)s charges have no outcome yet. Record the verdicts, or mark them as dropped.",
        left,
    ) % {"count": left}


def matters_before_a_court(case, by):
    """Nothing may still be before a court: no appeal, no bail that runs or waits, no hearing ahead."""
    if Appeal.objects.filter(case=case, outcome__in=["", AppealOutcome.PENDING]).exists():
        return _("An appeal is pending. Record what came of it first.")
    if (BailOrder.objects.filter(case=case).live() | BailOrder.objects.filter(case=case).pending()).exists():
        return _("A bail runs or waits for its decision. End it, or record the decision, first.")
    if Hearing.objects.filter(case=case, starts_at__gt=AppNow()).expected().exists():
        return _("A hearing lies ahead. Record that it was taken off the list first.")
    return None
