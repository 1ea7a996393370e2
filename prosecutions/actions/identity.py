"""Who is who: two records found to be one human being, told apart again, and what was answered."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from prosecutions.actions.casework import locked, put, settle
from prosecutions.identity_states import MatchState, Sameness
from prosecutions.models import Accused, IdentityAnswer, MatchSide, PersonLink


def answer_identity(
    accused_id: UUID,
    *,
    by: User,
    now: datetime,
    other: UUID,
    answer: str,
    why: str = "",
    score: int = 0,
) -> Accused:
    """Say whether two records are one human being; "not the same" is never asked again."""
    accused, second = locked(Accused, accused_id), Accused.objects.get(pk=other)
    if accused.pk == second.pk:
        raise IllegalMove(_("These are not two records."))
    IdentityAnswer.objects.update_or_create(
        accused=accused,
        other=second,
        defaults={
            "case_id": accused.case_id,
            "answer": answer,
            "score": score,
            "answered_at": now,
            "answered_by": by,
        },
    )
    record("accused.answer", by=by, subject=accused, at=now, answer=answer, perpetrator=second.perpetrator_id)
    if answer == Sameness.SAME:
        join_people(accused, second, by=by, now=now, why=why)
    settle(accused.case, now)
    return accused


def join_people(accused: Accused, other: Accused, *, by: User, now: datetime, why: str = "") -> UUID | None:
    """From now on both are one human being, with all records that were one with the first before.

    Records of cases that the person does not see are carried along by the worker: whoever found them to be
    one with this record has not been contradicted. Nothing is deleted, and each move says where it came from.
    """
    was, joined = accused.perpetrator_id, other.perpetrator_id
    if was == joined:
        return None
    batch = uuid4()
    rows = Accused.objects.select_for_update(of=("self",), no_key=True).filter(perpetrator=was)
    mine = sorted(rows, key=lambda row: (row.pk != accused.pk, str(row.pk)))
    taken = set(Accused.objects.filter(perpetrator=joined).values_list("case_id", flat=True))
    for row in mine:
        if row.case_id in taken:
            raise IllegalMove(_("This person is in the case already."), "same_as")
    _move(mine[0], joined, by=by, now=now, batch=batch, why=why)
    record("accused.link", by=by, subject=accused, at=now, perpetrator=joined)
    for row in mine[1:]:
        carry(row, joined, by=by, now=now, batch=batch, why=why)
    accused.refresh_from_db(fields=["perpetrator", "version"])
    return batch


def start_as(accused: Accused, other: Accused, *, by: User, now: datetime) -> None:
    """Somebody who is added is known from another case; that can be undone like any other link."""
    if Accused.objects.filter(perpetrator=other.perpetrator_id, case=accused.case_id).exists():
        raise IllegalMove(_("This person is in the case already."), "same_as")
    carry(accused, other.perpetrator_id, by=by, now=now, batch=uuid4(), why="")


def carry(row: Accused, perpetrator_id: UUID, *, by: User, now: datetime, batch: UUID, why: str) -> None:
    """A record that was one with another goes where that one goes."""
    _move(row, perpetrator_id, by=by, now=now, batch=batch, why=why)
    record("accused.carry", by=by, subject=row, at=now, perpetrator=perpetrator_id)


def _move(row: Accused, perpetrator_id: UUID, *, by: User, now: datetime, batch: UUID, why: str) -> None:
    PersonLink.objects.create(
        case_id=row.case_id, accused=row, was_id=row.perpetrator_id, now_id=perpetrator_id, batch=batch,
        why=why, linked_at=now, linked_by=by,
    )  # fmt: skip
    put(row, perpetrator_id=perpetrator_id)


def undo_link(link_id: UUID, *, by: User, now: datetime, why: str) -> PersonLink:
    """They are two after all: every record that this decision moved goes back to whom it was before."""
    link = locked(PersonLink, link_id)
    if link.undone_at:
        raise IllegalMove(_("This was undone already."))
    if not why:
        raise IllegalMove(_("Say why they are two people."), "why")
    links = PersonLink.objects.select_for_update(of=("self",), no_key=True).filter(
        batch=link.batch, undone_at=None
    )
    for one in links:
        check_last(one)
    for one in links.order_by("pk"):
        take_back(one, by=by, now=now, why=why)
    MatchSide.objects.filter(accused=link.accused_id, state=MatchState.CONFIRMED).update(
        answer=Sameness.DIFFERENT, answered_at=now, answered_by=by
    )
    settle(link.case, now)
    link.refresh_from_db()
    return link


def check_last(link: PersonLink) -> None:
    """What was built on it goes first, or the way back would lead to somebody else."""
    later = PersonLink.objects.filter(accused=link.accused_id, undone_at=None, linked_at__gt=link.linked_at)
    if later.exists() or link.accused.perpetrator_id != link.now_id:
        raise IllegalMove(_("The person was joined with somebody else since. Undo that first."))


def take_back(link: PersonLink, *, by: User, now: datetime, why: str) -> None:
    """One record is again who it was."""
    put(locked(Accused, link.accused_id), perpetrator_id=link.was_id)
    put(link, undone_at=now, undone_by=by, undone_why=why)
    record("accused.unlink", by=by, subject=link.accused, at=now, perpetrator=link.was_id)


def answer_match(
    side_id: UUID, *, by: User, now: datetime, answer: str, version: int | None = None
) -> MatchSide:
    """Our answer to a match with another office, once we have spoken to its person."""
    side = locked(MatchSide, side_id)
    if side.state != MatchState.OPEN:
        raise IllegalMove(_("This match is answered already."))
    facts: dict[str, Any] = {"answer": answer, "answered_at": now, "answered_by": by}
    put(side, version=version, **facts)
    record("match.answer", by=by, subject=side, at=now, answer=answer)
    settle(side.case, now)
    return side
