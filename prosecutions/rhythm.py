"""On which day a condition of bail is to be looked at next: arithmetic of days alone."""

from datetime import date, timedelta

from prosecutions.bail_states import Rhythm

WEEK = timedelta(days=7)


def next_due(rhythm: str, due: date, after: date, *, every_days: int | None = None) -> date | None:
    """The first due day after this day, counted on from one that is known; None when there is none."""
    if rhythm == Rhythm.WEEKLY:
        every_days = WEEK.days
    if rhythm in (Rhythm.ONCE, Rhythm.ALWAYS) or not every_days:
        return None
    periods = max((after - due).days // every_days + 1, 1)
    return due + timedelta(days=periods * every_days)


def first_due(
    rhythm: str,
    begins: date,
    today: date,
    *,
    every_days: int | None = None,
    weekday: int | None = None,
    on: date | None = None,
) -> date | None:
    """The first day on which it is due: after its beginning, and never one that has passed already."""
    if rhythm == Rhythm.ONCE:
        return on
    start = max(begins + timedelta(days=1), today)
    if rhythm == Rhythm.WEEKLY and weekday is not None:
        return start + timedelta(days=(weekday - start.weekday()) % WEEK.days)
    if rhythm == Rhythm.EVERY and every_days:
        if on:
            return (
                on if on >= start else next_due(rhythm, on, start - timedelta(days=1), every_days=every_days)
            )
        return next_due(rhythm, begins, start - timedelta(days=1), every_days=every_days)
    return None


def due_before(rhythm: str, due: date, today: date, *, every_days: int | None = None) -> list[date]:
    """Every due day from this one on that lies before today, at most a year of weeks."""
    found: list[date] = []
    day: date | None = due
    while day is not None and day < today and len(found) < 53:
        found.append(day)
        day = next_due(rhythm, day, day, every_days=every_days)
    return found


def may_answer_early(rhythm: str, due: date, today: date, *, every_days: int | None = None) -> bool:
    """Has the period begun that ends with this due day? Nobody can say today that next month's was kept."""
    if rhythm == Rhythm.ONCE:
        return True
    period = WEEK.days if rhythm == Rhythm.WEEKLY else every_days or 1
    return due - timedelta(days=period) < today
