"""What stops a clock: the step its rule names, or a later one that shows that the step has been taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from prosecutions.reckoning.occasions import Occasion
from prosecutions.reckoning.periods import Start
from prosecutions.states import ClockState, Doubt

PRODUCTION, CHARGE, ARRAIGNMENT, TRIAL, JUDGMENT = range(1, 6)
# How far a case has come when this has happened. That a proceeding was opened proves nothing: remand courts
# have one before anything is filed.
REACHED = {
    "@hearing": PRODUCTION,
    "charge": CHARGE,
    "arraignment": ARRAIGNMENT,
    "trial_start": TRIAL,
    "@testimony": TRIAL,
    "judgment": JUDGMENT,
}
IN_COURT = frozenset({"@hearing", "first_appearance"})
ACCUSED_NOW = frozenset({"charge"})
# stops_on: (the occasions that are this step by another name, how far the case is when it has been taken)
STEPS: dict[str, tuple[frozenset[str], int]] = {
    **dict.fromkeys(
        ("first_production", "first_appearance", "produced_prosecutor", "delivered_prosecutor",
         "remand_request", "probable_cause_finding", "hearing"),
        (IN_COURT, PRODUCTION),
    ),
    **dict.fromkeys(("charge_or_release", "inquest_filed"), (ACCUSED_NOW | {"@release"}, PRODUCTION)),
    "imputacion": (frozenset({"charge"}), CHARGE),
    **dict.fromkeys(
        ("charge_sheet_filed", "case_filed", "indictment", "indictment_or_hearing", "complaint_filed"),
        (ACCUSED_NOW, CHARGE),
    ),
    **dict.fromkeys(("resolution", "transmitted", "inquest_resolution", "investigation_opened"),
                    (frozenset({"filing"}), CHARGE)),
    **dict.fromkeys(("raffled", "warrant_or_dismissal", "pi_motion"), (frozenset(), CHARGE)),
    "arraignment": (frozenset({"arraignment"}), ARRAIGNMENT),
    **dict.fromkeys(("charge_framed", "committal", "closing_order", "acusacion", "papers_supplied",
                     "discharge_application", "disclosure_filed"), (frozenset(), ARRAIGNMENT)),
    "trial_start": (frozenset({"trial_start"}), TRIAL),
    "child_evidence_recorded": (frozenset({"@testimony"}), TRIAL),
    **dict.fromkeys(("case_submitted", "motion"), (frozenset(), TRIAL)),
    **dict.fromkeys(("judgment", "sentencia", "trial_concluded"), (frozenset({"judgment"}), JUDGMENT)),
    "bail_order": (frozenset({"@bail_decided"}), JUDGMENT),
    "review_hearing": (frozenset({"bail_hearing_start", "@bail_decided"}), JUDGMENT),
    **dict.fromkeys(("next_hearing", "next_date"), (frozenset({"@hearing"}), TRIAL)),
    **dict.fromkeys(("release", "extension_or_release"), (frozenset({"@release"}), TRIAL)),
    # Rules that name nothing that stops them belong to the time before the trial.
    "": (frozenset(), CHARGE),
}  # fmt: skip
# Any appeal stops a window for appeals.
WINDOWS = {
    "appeal_filed", "notice_of_appeal", "notice_filed", "application_filed", "casacion_filed",
    "cassation_filed", "dika_filed", "slp_filed", "petition_filed",
}  # fmt: skip
JUDGED = ("judgment", "judgment_notified", "verdict")


@dataclass(frozen=True)
class Running:
    """A clock as far as stopping it asks: its rule's words, whose it is, when it began and ends."""

    starts: str
    stops_on: str
    accused: UUID | None
    survivor: UUID | None
    proceedings: frozenset[UUID]
    start: Start
    due_on: date | None
    due_at: datetime | None
    by: tuple[str, ...] = ()
    while_held: bool = False
    source_id: UUID | None = None


@dataclass(frozen=True)
class Stop:
    """How and when it ended."""

    state: ClockState
    on: date | None = None
    by: str = ""
    doubts: tuple[str, ...] = ()


def concerns(occasion: Occasion, clock: Running) -> bool:
    """Is it about the same person or proceeding? What names nobody is about everybody."""
    if occasion.source_id == clock.source_id and occasion.code != "@release":
        return False
    if occasion.accused and clock.accused and occasion.accused != clock.accused:
        return False
    if occasion.survivor and clock.survivor and occasion.survivor != clock.survivor:
        return False
    return not (occasion.proceeding and clock.proceedings) or occasion.proceeding in clock.proceedings


def stop_of(clock: Running, happened: Iterable[Occasion]) -> Stop | None:
    """The first step that stops the clock, dated or not; None while it runs."""
    about = [row for row in happened if counts(row) and concerns(row, clock) and follows(row, clock)]
    direct = [row for row in about if stops(row, clock)]
    dated = [(row.code, row.start) for row in direct if row.start]
    if dated:
        return stopped(clock, *min(dated, key=lambda step: (step[1].first, step[0])))
    passed = [row for row in about if overtakes(row, clock)]
    return overtaken(clock, [*direct, *passed])


def counts(row: Occasion) -> bool:
    """A filing of which nobody wrote the day ends no clock: liberty may hang on that day."""
    return row.start is not None or row.code != "charge"


def is_undated(clock: Running, happened: Iterable[Occasion]) -> bool:
    """Would a filing stop the clock, if only its day were known?"""
    return any(not counts(row) and concerns(row, clock) and stops(row, clock) for row in happened)


def follows(row: Occasion, clock: Running) -> bool:
    """Can it have come after the beginning? The hearing that starts an interval does not end it."""
    if row.start is None:
        return True
    if clock.starts == "last_hearing":
        return row.start.first > clock.start.last
    if row.start.moment and clock.start.moment:
        return row.start.moment > clock.start.moment or row.code == clock.stops_on
    return row.start.last >= clock.start.first


def stops(row: Occasion, clock: Running) -> bool:
    if row.code == clock.stops_on:
        return True
    if row.code == "@release" and clock.while_held:
        return True
    if clock.stops_on in WINDOWS and clock.starts in JUDGED:
        return row.code == "@appeal" and (not clock.by or not row.by or row.by in clock.by)
    names, _reached = STEPS.get(clock.stops_on, (frozenset(), 0))
    return row.code in names


def overtakes(row: Occasion, clock: Running) -> bool:
    """A later stage was reached, or the proceeding is closed: the clock cannot still be running."""
    if row.code == "@closed":
        return row.proceeding in clock.proceedings
    _names, reached = STEPS.get(clock.stops_on, (frozenset(), JUDGMENT))
    return clock.stops_on in STEPS and REACHED.get(row.code, 0) > reached


def stopped(clock: Running, code: str, start: Start) -> Stop:
    """In time, too late, or one of the two when the day is not known."""
    if is_late(start.first, start.moment, clock):
        return Stop(ClockState.LATE, start.first, code)
    doubtful = clock.due_on is not None and start.last > clock.due_on
    return Stop(ClockState.STOPPED, start.first, code, (Doubt.END,) if doubtful else ())


def is_late(day: date, moment: datetime | None, clock: Running) -> bool:
    if moment and clock.due_at and clock.start.moment:
        return moment >= clock.due_at
    return clock.due_on is not None and day > clock.due_on


def overtaken(clock: Running, rows: Sequence[Occasion]) -> Stop | None:
    """The step was taken on a day that nobody wrote down: in time if what came after it was."""
    if not rows:
        return None
    dated = sorted((row.start.last, row.start.first, row.code) for row in rows if row.start)
    if not dated:
        return Stop(ClockState.OVER, None, rows[0].code)
    last, first, code = dated[0]
    if clock.due_on and last <= clock.due_on:
        return Stop(ClockState.STOPPED, first, code, (Doubt.END,))
    return Stop(ClockState.OVER, first, code)
