"""What decisions of the higher courts and corrections of judgments call for."""

from collections.abc import Callable, Iterable
from datetime import datetime

from audit.models import Event
from notifications.actions.alerts import Opening
from notifications.actions.facts import alert, episode, subject_of
from notifications.rules import WORKING
from prosecutions.models import Appeal
from prosecutions.states import VerdictResult

BOTH = ("J1", "J2")


def verdict_corrected(event: Event, _now: datetime) -> Iterable[Opening]:
    """Another result is news of its own; another date or length is told quietly to the same people."""
    verdict = subject_of(event)
    rule = "J2" if verdict.result == VerdictResult.CONVICTED else "J1"
    if any(text.startswith("result=") for text in event.detail.get("was", ())):
        yield alert(rule, event, verdict, supersedes=BOTH)
    else:
        yield alert(
            "J2", event, verdict, title="J2.corrected", practice=WORKING["J2"],
            supersedes=("J2",) if rule == "J2" else (),
        )  # fmt: skip


def appeal_decided(event: Event, _now: datetime) -> Iterable[Opening]:
    """A conviction that falls hurts like an acquittal; everything else is for everybody to know."""
    appeal: Appeal = subject_of(event)
    fell = bool(event.detail.get("set_aside"))
    rule, title = ("J1", "J1.overturned") if fell else ("J2", "J2.appeal")
    key = episode(rule, event, appeal.case)
    yield Opening(rule, appeal.case, appeal.accused, key, title=title, supersedes=BOTH)


JUDGED: dict[str, Callable[[Event, datetime], Iterable[Opening]]] = {
    "verdict.correct": verdict_corrected,
    "appeal.decide": appeal_decided,
    "appeal.correct": appeal_decided,
}
