"""What the law gives in the demonstration: benefits begun, papers asked for. Harmless to repeat.

Nothing is paid: the figures of the example are those that its file expects.
"""

from datetime import timedelta

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import move_entitlement, move_paper, start_entitlements
from aftercare.models import Care, Entitlement
from casefiles.demo import OFFICE, colleague
from cases.clock import today_in
from reference.values import PartialDate

# Of the girl with a history of two years: begun, and how long ago it was applied for.
BEGUN = {"PH-RRTP": 420, "PH-BOC-RA7309": 640, "PH-MANDATORY-SERVICES": 0}


def show_owed(now):
    """Once: for the first person of the long example, whose benefits nobody has begun."""
    with viewing_as(colleague(Role.SOCIAL_WORKER)) as by:
        known = {"case__office__key": OFFICE, "case__number": "MNL-DEMO-01", "survivor__isnull": False}
        rows = Care.objects.filter(**known)
        care = rows.select_related("office").order_by("survivor__key").first()
        if care is None or Entitlement.objects.filter(care=care).exclude(law_code="").exists():
            return
        start_entitlements(care.pk, by=by, now=now, codes=tuple(BEGUN))
        move_paper(care.pk, by=by, now=now, kind="social_report", state="here")
        move_paper(care.pk, by=by, now=now, kind="application", state="asked")
        today = today_in(care.office, now)
        applied = [code for code, ago in BEGUN.items() if ago]
        for row in Entitlement.objects.filter(care=care, law_code__in=applied):
            on = PartialDate(today - timedelta(days=BEGUN[row.law_code]))
            move_entitlement(row.pk, by=by, now=now, status="applied", on=on)
