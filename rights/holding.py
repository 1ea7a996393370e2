"""When the time of a case is over, and what keeps it all the same."""

from datetime import date, datetime

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
    today = today_in(case.office, now)
    asked = (
        (Held.TRACK, case.legal_status not in LEGAL_OVER or case.aftercare_status not in AFTERCARE_OVER),
        (Held.PROCEEDING, Proceeding.objects.filter(case=case).still_open().exists()),
        (Held.APPEAL, Appeal.objects.filter(case=case, outcome="", decided_on="").exists()),
        (Held.MONEY, is_owed(case)),
        (Held.REQUEST, RightsRequest.objects.filter(case=case).waiting().exists()),
        (Held.HOLD, Hold.objects.filter(case=case).in_force(today).exists()),
    )
    return [why for why, holds in asked if holds]


def is_owed(case: Case) -> bool:
    """Money was ordered for survivors of this case and has not all come."""
    awards = Award.objects.filter(case=case, set_aside_on="").prefetch_related("shares", "payments")
    return any(
        line.owed
        for award in awards
        for line in lines_of(award, list(award.shares.all()), list(award.payments.all()))
    )


def closed_on(case: Case) -> date | None:
    """The day on which the last of its tracks was closed; None while one is open or nobody knows."""
    if case.legal_status not in LEGAL_OVER or case.aftercare_status not in AFTERCARE_OVER:
        return None
    days = [day.last for day in (case.legal_closed_on, case.aftercare_closed_on) if day]
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
    rows = rows.exclude(pk__in=whole.open().values("case")).exclude(pk__in=whole.done().values("case"))
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
