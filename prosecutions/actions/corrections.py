from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.actions import add_note
from cases.states import IllegalMove, check_version
from prosecutions.actions.casework import locked, money, put, settle
from prosecutions.actions.hearings import cancel_hearing
from prosecutions.hearing_states import SAT
from prosecutions.models import Hearing, HearingCost
from reference.templatetags.show import clock, edtf
from reference.templatetags.show import money as in_money


def correct_hearing(
    hearing_id: UUID, *, by: User, now: datetime, reason: str, version: int | None = None
) -> Hearing:
    """Take back an outcome that was recorded in error; what was there stays in the trail and in a note."""
    hearing = locked(Hearing, hearing_id)
    check_version(hearing, version)
    if not hearing.outcome:
        raise IllegalMove(_("No outcome of this hearing is recorded yet."))
    if not reason.strip():
        raise IllegalMove(_("Say what was wrong with it."), "reason")
    came = keys_of_came(hearing)
    add_note(hearing.case_id, by=by, now=now, text=said_so_far(hearing, reason, came), about=came)
    stood = stands_again(hearing, now)
    outcome = hearing.outcome
    was = [code for code in (outcome, hearing.reason, hearing.asked_by) if code]
    record("hearing.correct", by=by, subject=hearing, at=now, was=was)
    forget(hearing, now)
    if stood:
        hold_again(hearing, outcome, by=by, now=now)
    for following in still_ahead(hearing, now):
        cancel_hearing(following.pk, by=by, now=now)
    settle(hearing.case, now)
    return hearing


def forget(hearing: Hearing, now: datetime) -> None:
    """Back to a hearing of which nobody has said what happened."""
    put(
        hearing, outcome="", outcome_at=None, outcome_key=None, reason="", exact_reason=None, asked_by="",
        next_on="", next_time=None, whose_wages="", **money("wages_lost", None, ""),
    )  # fmt: skip
    for row in hearing.attendances.filter(came=True):
        put(row, came=False)
    for cost in hearing.costs.standing():
        put(cost, struck_at=now)


def stands_again(hearing: Hearing, now: datetime) -> bool:
    """Was it called off before its hour, which has not come yet?"""
    return hearing.outcome not in SAT and hearing.starts_at is not None and hearing.starts_at > now


def hold_again(hearing: Hearing, outcome: str, *, by: User, now: datetime) -> None:
    """Whoever heard that it is off hears the date anew, and who goes says yes again."""
    was = hearing.starts_at
    put(hearing, schedule_version=hearing.schedule_version + 1, scheduled_at=now, confirmed_at=None)
    record(
        "hearing.reschedule", by=by, subject=hearing, at=now, version=hearing.schedule_version,
        was=was.isoformat() if was else hearing.on, room="same", again=outcome,
    )  # fmt: skip


def still_ahead(hearing: Hearing, now: datetime) -> QuerySet[Hearing]:
    """The next hearing that this outcome put into the calendar, unless it has begun or been recorded."""
    return hearing.followed_by.filter(outcome="", starts_at__gt=now).order_by("starts_at", "pk")


def in_words(cost: HearingCost) -> str:
    """One amount with its kind and the code of the person; names do not leave the record."""
    sum_ = in_money(cost.amount, cost.amount, cost.currency)
    return f"{cost.get_kind_display()} {sum_} ({cost.survivor.code})"


def keys_of_came(hearing: Hearing) -> list[str]:
    """The survivors who were said to have come."""
    came = hearing.attendances.filter(came=True).order_by("survivor__key")
    return list(came.values_list("survivor__key", flat=True))


def said_so_far(hearing: Hearing, reason: str, came: Sequence[str]) -> str:
    """What the record said, and why it was wrong, for whoever reads the case later."""
    lost = in_money(hearing.wages_lost_low, hearing.wages_lost_high, hearing.wages_lost_currency)
    facts = [
        (_("Outcome"), hearing.get_outcome_display()),
        (_("Why"), hearing.get_reason_display()),
        (_("Who asked for it"), hearing.get_asked_by_display()),
        (_("Next date"), " ".join(filter(None, (edtf(hearing.next_on), clock(hearing.next_time))))),
        (_("Wages and fares lost"), " ".join(filter(None, (lost, hearing.whose_wages)))),
        (_("Single amounts"), ", ".join(in_words(cost) for cost in hearing.costs.standing().for_list())),
    ]
    day = edtf(hearing.on)
    lines = [
        _("The outcome of the hearing of %(day)s was taken back: %(reason)s")
        % {"day": day, "reason": reason.strip()},
        _("It said:"),
        *(f"{label}: {value}" for label, value in facts if value),
    ]
    if came:
        lines.append(_("The survivors whom this note is about came to it."))
    return "\n".join(str(line) for line in lines)
