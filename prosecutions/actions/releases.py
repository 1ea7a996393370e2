"""The day of release follows from the records: laid down anew after every verb of the courtroom."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.models import Case
from cases.states import IllegalMove, check_version
from prosecutions.models import Accused, Appeal, Custody, Release, Verdict
from prosecutions.sentencing import ReleaseState, SentenceKind, Told
from prosecutions.states import LIVE_BAIL, AppealBy, AppealOutcome, BailKind, CustodyKind, VerdictResult
from prosecutions.terms import Day, Part, Sentence, Spell, release
from reference.values import PartialDate, Quantity

WHAT = ("state", "earliest_on", "latest_on", "credit_low", "credit_high", "release_on")
LINE = ("verdicts__parts", "appeals", "custodies", "bail_orders")


def reckon_releases(case: Case, now: datetime) -> None:
    """Lay down the day of release of everybody convicted in this case; rows that say the same stay."""
    judged = Verdict.objects.filter(case=case, result=VerdictResult.CONVICTED).values("accused")
    known = Release.objects.filter(case=case).values("accused")
    people = Accused.objects.filter(Q(pk__in=judged) | Q(pk__in=known)).prefetch_related(*LINE)
    rows = {row.accused_id: row for row in Release.objects.filter(case=case)} if people else {}
    for accused in people:
        lay_down(case, accused, rows.get(accused.pk), release_of(accused))


def release_of(accused: Accused) -> Day:
    """What the records say of this person; reads prefetched rows only."""
    verdicts = sorted(accused.verdicts.all(), key=lambda row: row.position)
    appeals = sorted(accused.appeals.all(), key=decided_last)
    sentences = [sentence_of(row, appeals) for row in verdicts if stands(row, verdicts, appeals)]
    spells = [spell_of(row) for row in accused.custodies.all()]
    inside = any(spell.running for spell in spells)
    pending = [bail for bail in accused.bail_orders.all() if bail.kind == BailKind.PENDING_APPEAL]
    bailed = not inside and any(bail.status in LIVE_BAIL for bail in pending)
    return release(sentences, spells, bailed=bailed, out=not inside and let_out(accused))


def let_out(accused: Accused) -> bool:
    """Was a spell of the sentence served to its end, or is a time served on record and nobody inside?"""
    ended = any(
        row.kind == CustodyKind.SENTENCE and (row.ends_on or row.over) for row in accused.custodies.all()
    )
    served = any(row.served_months for row in accused.verdicts.all())
    return ended or served


def decided_last(appeal: Appeal) -> tuple[date, int]:
    """Appeals in the order in which they were decided; what has no date comes last."""
    return (PartialDate(appeal.decided_on).last if appeal.decided_on else date.max, appeal.position)


def stands(verdict: Verdict, verdicts: Sequence[Verdict], appeals: Iterable[Appeal]) -> bool:
    """A conviction that no higher court took away, by its own day or by what came of an appeal."""
    if not verdict.stands_convicted:
        return False
    return not any(takes_away(appeal, verdict, verdicts) for appeal in appeals)


def takes_away(appeal: Appeal, verdict: Verdict, verdicts: Sequence[Verdict]) -> bool:
    """The reading of the figures: a retrial, or an appeal of the accused allowed without another sentence."""
    if not comes_after(appeal, verdict):
        return False
    if appeal.outcome == AppealOutcome.RETRIAL:
        dated = bool(verdict.on and (appeal.decided_on or appeal.filed_on))
        return dated or verdict is not verdicts[-1] or len(verdicts) == 1
    sentenced = appeal.life or (appeal.months and Quantity.of(appeal.months).high != 0)
    return appeal.outcome == AppealOutcome.ALLOWED and appeal.by in (AppealBy.ACCUSED, "") and not sentenced


def comes_after(appeal: Appeal, verdict: Verdict) -> bool:
    """An appeal is against what was decided before it; without dates, against everything."""
    when = appeal.decided_on or appeal.filed_on
    return not when or not verdict.on or PartialDate(verdict.on).first <= PartialDate(when).last


def sentence_of(verdict: Verdict, appeals: Iterable[Appeal]) -> Sentence:
    """The sentence as the last appeal left it: its parts, or the total where no parts are known."""
    on = verdict.sentence_on or verdict.on
    for appeal in reversed(list(appeals)):
        changed = appeal.outcome != AppealOutcome.PENDING and (appeal.life or appeal.months)
        if changed and comes_after(appeal, verdict):
            return Sentence(on, summary(appeal.months, appeal.life, verdict.suspended))
    rows = sorted((row for row in verdict.parts.all() if row.stands), key=lambda row: row.position)
    if rows:
        return Sentence(on, tuple(Part(row.kind, row.months, row.days, row.runs) for row in rows))
    fine = (Part(SentenceKind.FINE),) if verdict.fine_currency else ()
    return Sentence(on, summary(verdict.months, verdict.life, verdict.suspended) or fine)


def summary(months: str, life: bool, suspended: bool | None) -> tuple[Part, ...]:
    """The total alone, as one part."""
    if suspended and (months or life):
        return (Part(SentenceKind.SUSPENDED_IMPRISONMENT, months),)
    if life:
        return (Part(SentenceKind.LIFE),)
    if months and Quantity.of(months).high == 0:
        return (Part(SentenceKind.PROBATION),)
    return (Part(SentenceKind.IMPRISONMENT_FIXED, months),) if months else ()


def spell_of(row: Custody) -> Spell:
    sure = row.kind != CustodyKind.UNKNOWN
    return Spell(row.starts_on, row.ends_on, row.over, days_of(row), sure)


def days_of(row: Custody) -> str:
    """The number of days as written; months of it count thirty days, as the figures read them."""
    if row.days or not row.months:
        return row.days
    months = Quantity.of(row.months)
    ends = ["" if end is None else str(int(end * 30)) for end in (months.low, months.high)]
    return ends[0] if months.low == months.high else "..".join(ends)


def lay_down(case: Case, accused: Accused, row: Release | None, day: Day) -> None:
    """Write what changed. A day of release that moves is announced anew, and what was said of it is void."""
    if row is None:
        row = Release(case=case, accused=accused, state=day.state)
    stated = row.stated_on if day.state in (ReleaseState.DATED, ReleaseState.UNKNOWN) else None
    low, high = day.credit
    facts = {
        "state": day.state, "earliest_on": day.earliest, "latest_on": day.latest, "credit_low": low,
        "credit_high": high, "release_on": stated or day.earliest or day.latest,
    }  # fmt: skip
    if not row._state.adding and all(getattr(row, name) == value for name, value in facts.items()):
        return
    moved = row.release_on != facts["release_on"]
    for name, value in facts.items():
        setattr(row, name, value)
    row.moves += moved
    if row._state.adding:
        row.save(force_insert=True)
        return
    row.version += 1
    row.save(update_fields=[*WHAT, "moves", "version"])


def state_release(
    accused_id: UUID, *, by: User, now: datetime, on: date | None, reason: str, version: int | None = None
) -> Release:
    """The court's own reckoning counts more than ours; no date = back to what the records give."""
    row = locked_release(accused_id, version)
    if row.state not in (ReleaseState.DATED, ReleaseState.UNKNOWN):
        raise IllegalMove(
            _("There is no day of release to reckon: %(why)s") % {"why": row.get_state_display()}
        )
    if on and not reason.strip():
        raise IllegalMove(_("Say where this date is from: a letter, an order, a call."), "reason")
    was = row.release_on.isoformat() if row.release_on else ""
    row.stated_on, row.stated_reason = on, reason.strip() if on else ""
    row.version += 1
    row.save(update_fields=["stated_on", "stated_reason", "version"])
    record("release.state", by=by, subject=row, at=now, was=was)
    reckon_releases(row.case, now)
    touch(row.case, now)
    return Release.objects.get(pk=row.pk)


def answer_release(
    accused_id: UUID, *, by: User, now: datetime, told: str, reason: str = "", version: int | None = None
) -> Release:
    """What was decided about telling the survivors of this day; it answers the reminders of the day."""
    row = locked_release(accused_id, version)
    if row.release_on is None:
        raise IllegalMove(_("No day of release is known that anybody could be told of."))
    if told == Told.NOT_TOLD and not reason.strip():
        raise IllegalMove(_("Say why the survivors were not told."), "reason")
    row.told, row.told_reason = told, reason.strip()
    row.told_move, row.answered_at = row.moves, now
    row.version += 1
    row.save(update_fields=["told", "told_reason", "told_move", "answered_at", "version"])
    record("release.answer", by=by, subject=row, at=now, told=told)
    touch(row.case, now)
    return row


def locked_release(accused_id: UUID, version: int | None) -> Release:
    rows = Release.objects.select_for_update(of=("self",), no_key=True).select_related("case__office")
    row = rows.filter(accused=accused_id).first()
    if row is None:
        raise IllegalMove(_("No sentence of this person is on record."))
    check_version(row, version)
    return row


def days_left(row: Release, now: datetime) -> int | None:
    """Whole days to the day of release, at the office of the case."""
    return (row.release_on - today_in(row.case.office, now)).days if row.release_on else None
