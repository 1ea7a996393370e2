"""How long records are kept: rules, holds, and reviews that two people end."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Office, User
from audit.actions import record
from cases.actions import lock_case
from cases.clock import today_in
from cases.models import Case
from cases.states import IllegalMove, check_move, check_version
from rights.holding import due_cases, held_by
from rights.models import Hold, RetentionRule, Review
from rights.settling import settle_ages
from rights.states import REVIEW_MOVES, Decision, Held, ReviewState, ReviewWhy
from survivors.models import Survivor


def set_rule(office_id: int, *, by: User, now: datetime, years: int, child_until_age: int) -> RetentionRule:
    """For how long this office keeps closed cases."""
    office = Office.objects.select_for_update().get(pk=office_id)
    facts = {"years": years, "child_until_age": child_until_age, "set_at": now, "set_by": by}
    rule, _new = RetentionRule.objects.update_or_create(office=office, defaults=facts)
    record("retention.set", by=by, subject=rule, at=now, office=office.key, years=years)
    return rule


def place_hold(case_id: UUID, *, by: User, now: datetime, reason: str, until: date) -> Hold:
    """This case is kept until that day, whatever the rule says."""
    case = lock_case(case_id)
    if until <= today_in(case.office, now):
        raise IllegalMove(_("This day is over already."), field="until")
    if not reason.strip():
        raise IllegalMove(_("Say why it must be kept."), field="reason")
    hold = Hold.objects.create(case=case, reason=reason.strip(), until=until, placed_at=now, placed_by=by)
    record("hold.place", by=by, subject=hold, at=now, until=until)
    return hold


def lift_hold(hold_id: UUID, *, by: User, now: datetime) -> Hold:
    """The reason is gone."""
    hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold_id)
    if hold.lifted_at:
        raise IllegalMove(_("This was lifted already."))
    hold.lifted_at, hold.lifted_by = now, by
    hold.version += 1
    hold.save(update_fields=["lifted_at", "lifted_by", "version"])
    record("hold.lift", by=by, subject=hold, at=now)
    return hold


def open_review(
    case_id: UUID, *, by: User, now: datetime, why: str, due_on: date, survivor: Survivor | None = None
) -> Review:
    """Put the case, or one person of it, on the list of what is looked at; once."""
    standing = Review.objects.filter(case_id=case_id, survivor=survivor).undecided().first()
    if standing is not None:
        return standing
    review = Review.objects.create(case_id=case_id, survivor=survivor, why=why, due_on=due_on)
    record("review.open", by=by, subject=review, at=now, why=why)
    return review


def lock_review(review_id: UUID, version: int | None) -> Review:
    """The review and its case, held until the transaction ends."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("case__office", "survivor")
    review = rows.get(pk=review_id)
    check_version(review, version)
    return review


def check_free(case: Case, decision: str, now: datetime) -> None:
    """Nothing is erased while something keeps it."""
    if decision == Decision.KEEP:
        return
    held = held_by(case, now)
    if held:
        words = ", ".join(str(Held(why).label) for why in held)
        raise IllegalMove(_("The case is held: %(why)s.") % {"why": words}, field="decision")


def propose_review(
    review_id: UUID,
    *,
    by: User,
    now: datetime,
    decision: str,
    reason: str,
    keep_until: date | None = None,
    version: int | None = None,
) -> Review:
    """The first of two: says what becomes of the record."""
    review = lock_review(review_id, version)
    check_move(REVIEW_MOVES, ReviewState(review.status), ReviewState.PROPOSED)
    if decision == Decision.KEEP and (keep_until is None or keep_until <= today_in(review.case.office, now)):
        raise IllegalMove(_("Say until when it is kept: a day to come."), field="keep_until")
    if not reason.strip():
        raise IllegalMove(_("Say why."), field="reason")
    check_free(review.case, decision, now)
    review.status, review.decision, review.reason = ReviewState.PROPOSED, decision, reason.strip()
    review.keep_until = keep_until if decision == Decision.KEEP else None
    review.proposed_at, review.proposed_by = now, by
    review.version += 1
    names = ["status", "decision", "reason", "keep_until", "proposed_at", "proposed_by", "version"]
    review.save(update_fields=names)
    record("review.propose", by=by, subject=review, at=now, decision=decision)
    return review


def agree_review(review_id: UUID, *, by: User, now: datetime, version: int | None = None) -> Review:
    """The second of two, who is somebody else. What is agreed to is done within the hour, and not before."""
    review = lock_review(review_id, version)
    to = ReviewState.KEPT if review.decision == Decision.KEEP else ReviewState.AGREED
    check_move(REVIEW_MOVES, ReviewState(review.status), to)
    if review.proposed_by_id == by.pk:
        raise IllegalMove(_("You proposed it: somebody else must agree."))
    check_free(review.case, review.decision, now)
    if to == ReviewState.AGREED:
        settle_ages(review.case, review.survivor_id)
    review.status, review.agreed_at, review.agreed_by = to, now, by
    review.version += 1
    review.save(update_fields=["status", "agreed_at", "agreed_by", "version"])
    record("review.agree", by=by, subject=review, at=now, decision=review.decision)
    return review


def refuse_review(review_id: UUID, *, by: User, now: datetime, version: int | None = None) -> Review:
    """Not so: the proposal is gone, and the list asks again."""
    review = lock_review(review_id, version)
    if review.status != ReviewState.PROPOSED:
        raise IllegalMove(_("Nothing is proposed here."))
    take_back(review)
    record("review.refuse", by=by, subject=review, at=now)
    return review


def take_back(review: Review) -> None:
    """As it was before anybody proposed something."""
    review.status, review.decision, review.reason = ReviewState.WAITING, "", ""
    review.keep_until = review.proposed_at = review.proposed_by = review.agreed_at = review.agreed_by = None
    review.version += 1
    review.save(
        update_fields=[
            "status", "decision", "reason", "keep_until", "proposed_at", "proposed_by", "agreed_at",
            "agreed_by", "version",
        ]
    )  # fmt: skip


def find_due(*, by: User, now: datetime) -> int:
    """Put every case whose time is over on the list; how many are new there."""
    found = due_cases(now)
    for case, due in found:
        open_review(case.pk, by=by, now=now, why=ReviewWhy.RULE, due_on=due)
    return len(found)
