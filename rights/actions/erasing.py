"""A record that ends: what two people agreed to is done by the principal of retention, or not at all."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.models import User
from audit.actions import erase_detail, record
from audit.models import Event
from cases.models import Case
from cases.sealing import CaseKeys
from cases.states import check_move
from documents import vault
from exchange.actions.exports import destroy_file
from exchange.models import Export
from exchange.states import UNFINISHED, ExportState
from rights.actions.keeping import lock_review, take_back
from rights.erasing import WORD
from rights.holding import held_by
from rights.models import Review
from rights.states import REVIEW_MOVES, Decision, ReviewState

FEW = 500


def carry_out(review_id: UUID, *, by: User, now: datetime) -> Review:
    """Erase or anonymise, as agreed; back to the list where something keeps the case by now."""
    review = lock_review(review_id, None)
    if review.status != ReviewState.AGREED:
        return review
    case = Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=review.case_id)
    held = held_by(case, now)
    if held:
        take_back(review)
        record("review.hold", by=by, subject=review, at=now, held=[why.value for why in held])
        return review
    decision, survivor_id = review.decision, review.survivor_id
    rows, files = erase_rows(review)
    if survivor_id is None:
        destroy_exports(case, now)
        renew_key(case)
    if decision == Decision.ERASE:
        erase_details(case, survivor_id, by)
    check_move(REVIEW_MOVES, ReviewState(review.status), ReviewState.DONE)
    review.status, review.done_at, review.rows, review.reason = ReviewState.DONE, now, rows, WORD
    review.version += 1
    review.save(update_fields=["status", "done_at", "rows", "reason", "version"])
    record("record.erase", by=by, subject=review, at=now, decision=decision, rows=rows, files=len(files))
    transaction.on_commit(lambda: destroy_files(files))
    return review


def erase_rows(review: Review) -> tuple[int, list[str]]:
    """(how many rows were blanked, which files are without a row now); by the one function that may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT total, files FROM rights_erase(%s)", [review.pk])
        return cursor.fetchone()


def destroy_files(files: list[str]) -> None:
    """What lay in the store; it opens for nobody anyway, since its key is gone."""
    for name in files:
        vault.store().delete(name)


def destroy_exports(case: Case, now: datetime) -> None:
    """Files that were made of this case, and the words with which they were asked for."""
    for export in Export.objects.select_for_update(of=("self",)).filter(about_case=case.pk):
        if export.status in (*UNFINISHED, ExportState.READY):
            destroy_file(export, ExportState.CANCELLED)
        export.why, export.receiver = WORD, WORD if export.receiver else ""
        export.filters, export.left_out = {}, []
        export.save(update_fields=["why", "receiver", "filters", "left_out"])


def renew_key(case: Case) -> None:
    """The old keys are destroyed; what is written of the case from now on has one of its own."""
    newest = CaseKeys().rows().filter(case_id=case.pk).order_by("-number").first()
    if newest is not None:
        CaseKeys().add(case.pk, newest.number + 1)


def erase_details(case: Case, survivor_id: UUID | None, by: User) -> None:
    """Who did what and when stays for ever; what it was about goes, as far as it is sealed."""
    rows = Event.objects.filter(case_id=case.pk, seal_no__isnull=False, salt__isnull=False)
    if survivor_id is not None:
        key = str(survivor_id)
        rows = rows.filter(subject_id=key) | rows.filter(detail__survivor=key)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), FEW):
        erase_detail(ids[start : start + FEW], by=by, reason="record.erase")
