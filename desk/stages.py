"""The eight steps of a case on one line, worked out from what has happened; nobody fills it in."""

from django.utils.translation import gettext as _

from cases.states import AftercareStatus, LegalStatus
from desk.timeline import first_day
from reference.templatetags.show import edtf

DONE, NOW, TODO = "done", "now", "todo"

# The legal states in the order of the line; judgment goes on through appeal and enforcement.
STEP_OF = {
    LegalStatus.INTAKE: 0,
    LegalStatus.INVESTIGATION: 1,
    LegalStatus.RELIEF: 2,
    LegalStatus.PRE_TRIAL: 3,
    LegalStatus.TRIAL: 4,
    LegalStatus.JUDGMENT: 5,
    LegalStatus.APPEAL: 5,
    LegalStatus.ENFORCEMENT: 5,
}
RESTORATION, CLOSED = 6, 7


def stages_of(case, rows):
    """The line: each step with its name, its first known day and whether it is behind, here or ahead."""
    days = days_of(case, rows)
    here = step_now(case)
    names = (
        _("Intake"),
        _("Investigation"),
        _("Relief"),
        _("Charges"),
        _("Trial"),
        _("Judgment"),
        _("Restoration"),
        _("Closed"),
    )
    return [
        {"label": name, "state": state_of(step, here, case, days), "note": note_of(step, case, days)}
        for step, name in enumerate(names)
    ]


def step_now(case):
    """The step the case stands at: the legal one while that track is open, then restoration, then closed."""
    if case.legal_status and case.legal_status != LegalStatus.CLOSED:
        return STEP_OF[case.legal_status]
    if case.aftercare_status not in ("", AftercareStatus.CLOSED):
        return RESTORATION
    return CLOSED if case.legal_status or case.aftercare_status else 0


def days_of(case, rows):
    """The first known day of each step, or None."""
    moves = {step: first_day(rows, "legal", *codes) for step, codes in codes_by_step().items()}
    return {
        0: case.opened_on or None,
        1: moves[1] or first_day(rows, "investigation"),
        2: first_day(rows, "relief") or moves[2],
        3: first_day(rows, "charge") or moves[3],
        4: moves[4],
        5: first_day(rows, "verdict") or moves[5],
        RESTORATION: case.aftercare_opened_on or first_day(rows, "placement"),
        CLOSED: closed_on(case),
    }


def codes_by_step():
    """The legal states that belong to each step."""
    steps = {}
    for status, step in STEP_OF.items():
        steps.setdefault(step, []).append(status)
    return steps


def closed_on(case):
    """The day on which the last track closed; None while one is open."""
    if step_now(case) != CLOSED:
        return None
    return max(case.legal_closed_on, case.aftercare_closed_on) or None


def state_of(step, here, case, days):
    """Behind us, here, or ahead; a step that never was stays pale even when later ones are done."""
    if step == here:
        return NOW
    if step == RESTORATION:
        return DONE if case.aftercare_status not in ("", AftercareStatus.NOT_STARTED) else TODO
    reached = days.get(step) is not None
    open_legal = case.legal_status not in ("", LegalStatus.CLOSED)
    return DONE if reached or (open_legal and step < here) else TODO


def note_of(step, case, days):
    """The grey words under a step."""
    day = days.get(step)
    if step == RESTORATION and case.aftercare_status in ("", AftercareStatus.NOT_STARTED):
        return ""
    return edtf(day) if day else ""
