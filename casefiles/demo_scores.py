"""Scores in the demonstration: one person scored by parts and rated twice, and an end of care asked for."""

from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import ask_closure, log_contact, open_care, rate_assessment, score_assessment
from aftercare.models import Care, PartScore
from aftercare.scoring import instrument_in_use, parts_for
from aftercare.states import CareResult
from casefiles.demo import LIVE, colleague
from cases.clock import today_in
from reference.values import PartialDate
from survivors.models import Survivor

# In the order of the parts: what the social worker chose three weeks ago, and what her lead chose.
FIRST = (2, 1, 2, 2, 2, 1, 1, 2, 2, 1, 1, 2, None, 2, 3, 2, None, 3, 2, 2)
SECOND = (2, 2, 2, 2, 4, 1, 1, 2, 2, 1, 2, 2, None, 2, 3, 2, 2, 3, 2, 2)


def show_scores(now):
    """Score the first person in care of today's case, and ask for the end of another care."""
    with viewing_as(colleague(Role.SOCIAL_WORKER)) as by:
        cares = Care.objects.filter(case__external_id=LIVE, survivor__isnull=False)
        care = cares.select_related("case__office", "office", "survivor").order_by("survivor__key").first()
        if care is None or PartScore.objects.filter(assessment__care=care).exists():
            return
        assessment = score_by_parts(care, by, now)
    with viewing_as(colleague(Role.SAFEGUARDING_LEAD)) as lead:
        rate_assessment(assessment.pk, by=lead, now=now, scores=by_code(care, now, SECOND))
    ask_for_an_end(care.case, now)


def score_by_parts(care, by, now):
    """The first scoring, against the home of her aunt."""
    day = today_in(care.office, now)
    instrument = instrument_in_use("en")
    parts = parts_for(instrument, care, day)
    said = {part.pk: (value, "") for part, value in zip(parts, FIRST, strict=False)}
    said[parts[1].pk] = (1, "The driver asked for her at the market (demo)")
    return score_assessment(
        care.pk, by=by, now=now, on=PartialDate(day), reason="intake", scores={}, parts=said,
        instrument_id=instrument.pk, setting="Home of her aunt (demo)",
    )  # fmt: skip


def by_code(care, now, chosen):
    parts = parts_for(instrument_in_use("en"), care, today_in(care.office, now))
    return {part.code: value for part, value in zip(parts, chosen, strict=False)}


def ask_for_an_end(case, now):
    """Somebody of the case wants no aftercare: the end of her care waits for a supervisor."""
    with viewing_as(colleague(Role.SOCIAL_WORKER)) as by:
        survivor = Survivor.objects.filter(case=case, care=None).order_by("key").first()
        if survivor is None:
            return
        today = PartialDate(today_in(case.office, now))
        facts = {"by": by, "now": now}
        other = open_care(case.pk, survivor_id=survivor.pk, opened_on=today, worker_id=by.pk, **facts)
        log_contact(other.pk, way="call", **facts)
        ask_closure(
            other.pk, result=CareResult.DECLINED, on=today,
            basis="She wants no visits; she knows how to reach us (demo)", **facts,
        )  # fmt: skip
