"""The two tracks of a case: how far it has come by today, and what closed it."""

from desk.making.pen import Pen

ENDS = {"suspect_untraced": 4, "insufficient_evidence": 3, "witness_unwilling": 2, "withdrawn_by_survivor": 2,
        "no_jurisdiction": 1, "declined": 1}  # fmt: skip
CARE_ENDS = {
    "restored": 60,
    "moved": 10,
    "declined": 8,
    "lost_contact": 14,
    "transferred": 6,
    "re_trafficked": 2,
}


def walk(pen: Pen, tale) -> None:
    """Both tracks from the opening on. The trial's own moves follow when its hearings are told."""
    now, steps = tale.opened, []
    steps.append((now, "legal", "intake", ""))
    now += pen.spell(2.3, 0.8, 90)
    steps.append((now, "legal", "investigation", ""))
    now += pen.spell(4.0, 1.0, 900)
    if tale.accused or pen.often(0.6):
        steps.append((now, "legal", "relief", ""))
        tale.relieved = now if now <= tale.today else None
    if not tale.accused:
        now += pen.spell(5.6, 0.8, 1500)
        steps.append((now, "legal", "closed", pen.weighed(ENDS)))
    tale.moves = [step for step in steps if step[0] <= tale.today]
    care(pen, tale)


def care(pen: Pen, tale) -> None:
    """Aftercare begins with the relief and ends years later, for most with a safe life of their own."""
    if tale.relieved is None or pen.often(0.1):
        return
    now, steps = tale.relieved, []
    for status, middle in (
        ("crisis_care", 3.6),
        ("in_care", 5.8),
        ("reintegration", 5.2),
        ("follow_up", 5.6),
    ):
        steps.append((now, "aftercare", status, ""))
        now += pen.spell(middle, 0.6, 2000)
    steps.append((now, "aftercare", "closed", pen.weighed(CARE_ENDS)))
    tale.moves += [step for step in steps if step[0] <= tale.today]


def goes_on(tale, on: int, status: str, reason: str = "") -> None:
    """One more move of the legal track, unless that day has not come."""
    if on <= tale.today:
        tale.moves.append((on, "legal", status, reason))
