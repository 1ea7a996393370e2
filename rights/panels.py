"""What the page of a survivor shows of her rights."""

from django.utils import timezone

from accounts.roles import Can
from accounts.scope import viewer
from cases.clock import today_in
from rights.models import Correction, RightsRequest
from rights.opening import opened
from rights.states import CorrectionState, RequestState


def summary_of(survivor):
    """What she asked, and what she says is wrong: it stands on her page for good."""
    today = today_in(survivor.office, timezone.now())
    requests = list(RightsRequest.objects.filter(survivor=survivor).for_list())
    for request in requests:
        request.late = request.status == RequestState.OPEN and request.due_on < today
    corrections = list(Correction.objects.filter(survivor=survivor).for_list())
    for correction in corrections:
        correction.words = said(correction)
    may_copy = viewer().can_on(Can.MANAGE_RIGHTS, survivor.office_id)
    return {"requests": requests, "corrections": corrections, "may_copy": may_copy}


def said(correction):
    """Her statement, opened for those who see the record it is about."""
    return {
        **opened(correction),
        "stands": correction.status == CorrectionState.REFUSED,
        "waits": correction.status == CorrectionState.ASKED,
    }
