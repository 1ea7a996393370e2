"""What a survivor of the demonstration asked, as a colleague wrote it down. Harmless to repeat."""

from datetime import timedelta

from accounts.roles import Role
from accounts.scope import viewing_as
from casefiles.demo import LIVE, colleague
from cases.clock import today_in
from cases.models import Case
from rights.actions import ask_correction, ask_right, decide_correction
from rights.models import RightsRequest
from survivors.models import Survivor


def show_rights(now):
    """A request that waits too long, one of today, and a statement that stands beside the record."""
    with viewing_as(colleague(Role.SOCIAL_WORKER)) as by:
        case = Case.objects.filter(external_id=LIVE).select_related("office").first()
        her = Survivor.objects.filter(case=case).order_by("key").first() if case else None
        if her is None or RightsRequest.objects.filter(survivor=her).exists():
            return
        today = today_in(case.office, now)
        ask_right(
            her.pk, by=by, now=now, kind="copy", asker="self", asked_on=today - timedelta(days=33),
            what="I want to read what you wrote about me.",
        )  # fmt: skip
        ask_right(
            her.pk, by=by, now=now, kind="object", asker="self", asked_on=today,
            what="Please do not call in the evening any more.",
        )  # fmt: skip
        said = ask_correction(
            her.pk, by=by, now=now, what="How long she was there", was="Four months",
            should_be="It was nearly a year. I counted two rainy seasons.", asked_on=today,
        )  # fmt: skip
    with viewing_as(colleague(Role.SAFEGUARDING_LEAD)) as lead:
        decide_correction(
            said.pk, by=lead, now=now, made=False, why="The police report says four months; we keep both."
        )
