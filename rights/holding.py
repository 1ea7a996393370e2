"""When the time of a case is over, and what keeps it all the same."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.scope import viewer
from cases.clock import today_in
from cases.models import Case
from cases.states import AftercareStatus, LegalStatus
from prosecutions.ledger import lines_of
from prosecutions.models import Appeal, Award, Proceeding
from reference.values import PartialDate
from rights.models import Hold, RetentionRule, Review, RightsRequest
from rights.states import Held
from survivors.models import Survivor

LEGAL_OVER = ("", LegalStatus.CLOSED)
AFTERCARE_OVER = ("", AftercareStatus.CLOSED)
ADULT = 18


def held_by(case: Case, now: datetime) -> list[Held]:
    """Everything that keeps this case from being erased today, as whoever looks may know of it."""
    return held_of([case], now)[case.pk]


def held_of(cases: list[Case], now: datetime) -> dict[UUID, list[Held]]:
    """The same for many cases; as many questions for one as for all."""
    ids = {case.pk for case in cases}
    holds = Hold.objects.filter(case__in=ids, lifted_at=None)
    days = {case.pk: today_in(case.office, now) for case in cases}
    why = {
        Held.TRACK: {case.pk for case in cases if has_open_track(case)},
        Held.PROCEEDING: cases_of(Proceeding.objects.filter(case__in=ids).still_open()),
        Held.APPEAL: cases_of(Appeal.objects.filter(case__in=ids, outcome="", decided_on="")),
        Held.MONEY: owed_of(ids),
        Held.REQUEST: cases_of(RightsRequest.objects.filter(case__in=ids).waiting()),
        Held.HOLD: {pk for pk, until in holds.values_list("case_id", "until") if until >= days[pk]},
    }
    return {case.pk: [reason for reason, found in why.items() if case.pk in found] for case in cases}


def cases_of(rows: Any) -> set[UUID]:
    """The cases of these rows."""
    return set(rows.values_list("case_id", flat=True))


def has_open_track(case: Case) -> bool:
    return case.legal_status not in LEGAL_OVER or case.aftercare_status not in AFTERCARE_OVER


def owed_of(ids: set[UUID]) -> set[UUID]:
    """The cases for whose survivors money was ordered that has not all come."""
    awards = Award.objects.filter(case__in=ids, set_aside_on="").prefetch_related("shares", "payments")
    found = set()
    for award in awards:
        shares = list(award.shares.all())
        # Head-counts are closed to the principal that erases; the two people who agreed were asked with them.
        if viewer().principal and award.total_low is None and any(one.headcount_id for one in shares):
            continue
        if any(line.owed for line in lines_of(award, shares, list(award.payments.all()))):
            found.add(award.case_id)
    return found


def closed_on(case: Case) -> date | None:
    """The day on which the last of its tracks was closed; None while one is open or nobody knows."""
    if has_open_track(case):
        return None
    days = [PartialDate(str(day)).last for day in (case.legal_closed_on, case.aftercare_closed_on) if day]
    return max(days, default=None)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def due_on(case: Case, rule: RetentionRule) -> date | None:
    """When the time of this case is over: years after its closing, and of children not before an age."""
    closed = closed_on(case)
    if closed is None:
        return None
    days = [years_after(closed, rule.years)]
    for survivor in Survivor.objects.filter(case=case).order_by("pk"):
        born = born_by(survivor, closed, rule)
        if born is not None:
            days.append(years_after(born, rule.child_until_age))
    return max(days)


def born_by(survivor: Survivor, closed: date, rule: RetentionRule) -> date | None:
    """The latest day on which somebody who was a child can have been born; None for those grown up then.

    Where nobody knows, as if a child had been born on the day on which the case began: it is kept longer
    rather than shorter.
    """
    opened = survivor.case.opened_on
    began = opened.first if opened else closed
    if survivor.birth_year:
        born = PartialDate(str(survivor.birth_year)).last
        return born if years_after(born, ADULT) > began else None
    return began if survivor.child else None


def rules_of(offices: set[int]) -> dict[int, RetentionRule]:
    """The rule of each of these offices that has one of its own."""
    return {rule.office_id: rule for rule in RetentionRule.objects.filter(office__in=offices)}


def rule_of(case: Case, rules: dict[int, RetentionRule]) -> RetentionRule:
    """The rule under which this case stands."""
    return rules.get(case.office_id) or RetentionRule.of_the_house(case.office)


def due_cases(now: datetime) -> list[tuple[Case, date]]:
    """The cases whose time is over and that are not on the list, nor kept until a day to come, nor gone."""
    rows = Case.objects.filter(legal_status__in=LEGAL_OVER, aftercare_status__in=AFTERCARE_OVER)
    rows = rows.exclude(legal_closed_on="", aftercare_closed_on="").select_related("office")
    whole = Review.objects.filter(survivor=None)
    rows = rows.exclude(pk__in=whole.undecided().values("case")).exclude(pk__in=whole.done().values("case"))
    cases = list(rows.order_by("pk"))
    rules = rules_of({case.office_id for case in cases})
    kept = dict(whole.kept().order_by("keep_until").values_list("case_id", "keep_until"))
    found = []
    for case in cases:
        due = due_on(case, rule_of(case, rules))
        if due is not None and case.pk in kept:
            due = max(due, kept[case.pk])
        if due is not None and due <= today_in(case.office, now):
            found.append((case, due))
    return found
