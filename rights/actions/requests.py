"""What survivors ask about their records: written down, answered in words, by a day."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove, check_move, check_version
from rights.actions.keeping import open_review
from rights.models import Correction, RightsRequest
from rights.states import (
    CORRECTION_MOVES,
    REQUEST_MOVES,
    CorrectionState,
    RequestKind,
    RequestState,
    ReviewWhy,
)
from survivors.actions.people import lock_survivor
from survivors.models import Survivor
from survivors.states import ConsentGiver


def check_asked(survivor: Survivor, asked_on: date, now: datetime) -> None:
    """Nobody has asked tomorrow."""
    if asked_on > today_in(survivor.case.office, now):
        raise IllegalMove(_("This day has not come yet."), field="asked_on")


def check_asker(survivor: Survivor, asker: str) -> None:
    """Anybody may pass a request on; 'the person herself' and those who speak for her are told apart."""
    if asker not in ConsentGiver.values:
        raise IllegalMove(_("Say who asks."), field="asker")


def ask_right(
    survivor_id: UUID, *, by: User, now: datetime, kind: str, asker: str, what: str, asked_on: date
) -> RightsRequest:
    """Write down what she asks for; the answer is due from the day on which she asked."""
    survivor = lock_survivor(survivor_id)
    check_asked(survivor, asked_on, now)
    check_asker(survivor, asker)
    if kind != RequestKind.COPY and not what.strip():
        raise IllegalMove(_("Write down what the person asks for."), field="what")
    request = RightsRequest.objects.create(
        case=survivor.case, survivor=survivor, kind=kind, asker=asker, what=what.strip(), asked_on=asked_on,
        due_on=asked_on + timedelta(days=settings.RIGHTS_ANSWER_DAYS), written_by=by,
    )  # fmt: skip
    record("right.ask", by=by, subject=request, at=now, kind=kind, survivor=survivor.pk)
    touch(survivor.case, now)
    return request


def lock_request(request_id: UUID) -> RightsRequest:
    """The request, held until the transaction ends."""
    rows = RightsRequest.objects.select_for_update(of=("self",)).select_related("case__office", "survivor")
    return rows.get(pk=request_id)


def end_request(
    request: RightsRequest, to: RequestState, by: User, now: datetime, answer: str
) -> RightsRequest:
    """Move it to its end, with the words in which it was answered."""
    check_move(REQUEST_MOVES, RequestState(request.status), to)
    request.status, request.answer = to, answer.strip()
    request.answered_at, request.answered_by = now, by
    request.version += 1
    request.save(update_fields=["status", "answer", "answered_at", "answered_by", "version"])
    touch(request.case, now)
    return request


def answer_right(
    request_id: UUID, *, by: User, now: datetime, granted: bool, answer: str, version: int | None = None
) -> RightsRequest:
    """Say in words what was done, or why not. An erasure that is granted begins with a review of its own."""
    request = lock_request(request_id)
    check_version(request, version)
    if not answer.strip():
        raise IllegalMove(_("Answer in words that can be read to the person."), field="answer")
    to = RequestState.GRANTED if granted else RequestState.REFUSED
    end_request(request, to, by, now, answer)
    record(
        "right.answer", by=by, subject=request, at=now, kind=request.kind, granted=granted,
        survivor=request.survivor_id,
    )  # fmt: skip
    if granted and request.kind == RequestKind.ERASE:
        day = today_in(request.case.office, now)
        open_review(
            request.case_id, by=by, now=now, why=ReviewWhy.REQUEST, due_on=day, survivor=request.survivor
        )
    return request


def withdraw_right(request_id: UUID, *, by: User, now: datetime, version: int | None = None) -> RightsRequest:
    """She does not want it any more."""
    request = lock_request(request_id)
    check_version(request, version)
    end_request(request, RequestState.WITHDRAWN, by, now, "")
    record("right.withdraw", by=by, subject=request, at=now, survivor=request.survivor_id)
    return request


def ask_correction(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    what: str,
    was: str = "",
    should_be: str,
    asked_on: date,
    request: RightsRequest | None = None,
) -> Correction:
    """She says that something is wrong: what stands there and what should."""
    survivor = lock_survivor(survivor_id)
    check_asked(survivor, asked_on, now)
    if request is not None and request.survivor_id != survivor.pk:
        raise IllegalMove(_("This request is somebody else's."))
    if not what.strip() or not should_be.strip():
        raise IllegalMove(_("Say what is wrong and what is right."), field="should_be")
    correction = Correction.objects.create(
        case=survivor.case, survivor=survivor, request=request, what=what.strip(), was=was.strip(),
        should_be=should_be.strip(), asked_on=asked_on, written_by=by,
    )  # fmt: skip
    record("correction.ask", by=by, subject=correction, at=now, survivor=survivor.pk)
    touch(survivor.case, now)
    return correction


def decide_correction(
    correction_id: UUID, *, by: User, now: datetime, made: bool, why: str = "", version: int | None = None
) -> Correction:
    """It was changed in the record, or it was not and her statement stands beside it for good."""
    rows = Correction.objects.select_for_update(of=("self",)).select_related("case__office", "survivor")
    correction = rows.get(pk=correction_id)
    check_version(correction, version)
    to = CorrectionState.MADE if made else CorrectionState.REFUSED
    check_move(CORRECTION_MOVES, CorrectionState(correction.status), to)
    if not made and not why.strip():
        raise IllegalMove(_("Say why the record stays as it is."), field="why")
    correction.status, correction.why = to, why.strip()
    correction.decided_at, correction.decided_by = now, by
    correction.version += 1
    correction.save(update_fields=["status", "why", "decided_at", "decided_by", "version"])
    record("correction.decide", by=by, subject=correction, at=now, made=made, survivor=correction.survivor_id)
    touch(correction.case, now)
    return correction
