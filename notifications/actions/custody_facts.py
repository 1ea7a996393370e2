"""What facts of bail and custody call for, beside the application, the grant and the release."""

from collections.abc import Callable, Iterable
from datetime import datetime

from audit.models import Event
from notifications.actions.alerts import Opening
from notifications.actions.openings import alert, bail_of, elsewhere, subject_of
from notifications.rules import To, Urgency
from prosecutions.bail_states import LET_GO, CustodyEnd, Whereabouts
from prosecutions.models import Accused, BailOrder
from prosecutions.states import LIVE_BAIL, BailEnd

# Where the law on our list gives survivors a right to notice of bail or to be heard on it: India (BNSS 483,
# the SC/ST Act, Jagjeet Singh) and the United States (18 USC 3771). Elsewhere nobody is asked for a proof.
NOTICE_LANDS = ("IN", "US")
HELD_AGAIN = (BailEnd.REARRESTED, BailEnd.RETURNED_TO_PRISON)


def bail_not_given(event: Event, _now: datetime) -> Iterable[Opening]:
    yield alert("B5", event, bail_of(event))


def bail_taken_back(event: Event, _now: datetime) -> Iterable[Opening]:
    yield alert("B8", event, bail_of(event))


def bail_ended(event: Event, _now: datetime) -> Iterable[Opening]:
    """Only when the person is inside again; a bail that ends with the judgment is told by the judgment."""
    if event.detail.get("ended") in HELD_AGAIN:
        yield alert("B8", event, bail_of(event))


def bail_varied(event: Event, _now: datetime) -> Iterable[Opening]:
    yield alert("B11", event, bail_of(event))


def bail_reoffended(event: Event, _now: datetime) -> Iterable[Opening]:
    """A new crime on bail: the team at once, and the social workers of every case of the same person."""
    bail = bail_of(event)
    yield alert("F1", event, bail)
    yield from elsewhere(event, bail.accused, "F1", "F1.elsewhere", (To.SW,))


def notice_owed(event: Event, bail: BailOrder) -> Iterable[Opening]:
    """Granted, and nobody has proved that the survivors were told before, where the law wants it."""
    if wants_notice(bail):
        yield alert("B12", event, bail, urgency=Urgency.SAFETY, supersedes=("B12",))


def wants_notice(bail: BailOrder) -> bool:
    """Does the law of the place ask for notice, and is none on record?"""
    return not bail.notice and (bail.case.country or bail.case.office.country) in NOTICE_LANDS


def custody_ended(event: Event, _now: datetime) -> Iterable[Opening]:
    """Out without bail, gone, or dead. An end of which nobody says how is taken for a release."""
    custody = subject_of(event)
    accused, how = custody.accused, custody.how_ended
    if how == CustodyEnd.ESCAPED:
        yield from escaped(event, accused)
    elif how == CustodyEnd.DIED:
        yield alert("C5", event, accused)
    elif how in LET_GO or (not how and let_out(accused)):
        yield alert("C2", event, accused)
        yield from elsewhere(event, accused, "C2", "B4.elsewhere", (To.SW,))


def let_out(accused: Accused) -> bool:
    """Neither held under another spell, nor out on a bail that has told of it already."""
    held = accused.custodies.running().exists()
    return not held and not accused.bail_orders.filter(status__in=LIVE_BAIL).exists()


def escaped(event: Event, accused: Accused) -> Iterable[Opening]:
    yield alert("C3", event, accused)
    yield from elsewhere(event, accused, "C3", "C3.elsewhere", (To.SW,))


def custody_moved(event: Event, _now: datetime) -> Iterable[Opening]:
    yield alert("C4", event, subject_of(event).accused)


def status_confirmed(event: Event, _now: datetime) -> Iterable[Opening]:
    """Where she is, is no news; that she is gone, is."""
    if event.detail.get("status") == Whereabouts.ABSCONDED:
        yield from escaped(event, subject_of(event).accused)


CALLS_FOR_CUSTODY: dict[str, Callable[[Event, datetime], Iterable[Opening]]] = {
    "bail.refuse": bail_not_given,
    "bail.withdraw": bail_not_given,
    "bail.cancel": bail_taken_back,
    "bail.end": bail_ended,
    "bail.vary": bail_varied,
    "bail.reoffend": bail_reoffended,
    "custody.end": custody_ended,
    "custody.transfer": custody_moved,
    "status.confirm": status_confirmed,
}
