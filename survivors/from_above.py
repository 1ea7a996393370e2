"""What apps above know and consents must ask: who is accused, what no story may say, what rests on a consent.

In ``ready()`` of their apps.py::

    register_accused(lambda case_ids: {(case_id, key), ...})
    register_secrets(lambda case: [Secret("accused", "p1", "Ramon Salonga"), ...])
    register_resting(resting_on, end_with)

`resting_on(consents)` lists what was passed on under these consents; `end_with(consent, by=, now=)` does what
must follow when one of them ends, in the same transaction.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

_accused: list[Callable] = []
_secrets: list[Callable] = []
_resting: list[tuple[Callable, Callable]] = []


@dataclass(frozen=True)
class Secret:
    """A name, a place or a number of the case that no text for others may hold."""

    kind: str  # accused, staff, place, number
    code: str  # how it may be spoken of: p1, v2
    text: str


@dataclass(frozen=True)
class PassedOn:
    """Something that was told to somebody under a consent."""

    consent_id: Any
    what: str  # in words, with its date
    receiver: str
    url: str
    running: bool  # it goes on; nobody has ended it yet


def register_accused(listing: Callable[[Iterable[Any]], set]) -> None:
    """Who is accused in these cases, as (case, local key)."""
    _accused.append(listing)


def register_secrets(listing: Callable[[Any], Iterable[Secret]]) -> None:
    """What a text about this case must not say."""
    _secrets.append(listing)


def register_resting(resting_on: Callable, end_with: Callable) -> None:
    """What was passed on under consents, and what follows when one of them ends."""
    _resting.append((resting_on, end_with))


def accused_in(case_ids: Iterable[Any]) -> set:
    """(case, local key) of everybody accused in these cases."""
    wanted = set(case_ids)
    return set().union(*(listing(wanted) for listing in _accused)) if wanted else set()


def secrets_of(case: Any) -> list[Secret]:
    """Everything of this case that a text for others must not say."""
    return [secret for listing in _secrets for secret in listing(case)]


def passed_on(consents: Iterable[Any]) -> dict[Any, list[PassedOn]]:
    """{id of a consent: what was told under it}."""
    found: dict[Any, list[PassedOn]] = {}
    consents = list(consents)
    for resting_on, _end in _resting:
        for one in resting_on(consents):
            found.setdefault(one.consent_id, []).append(one)
    return found


def end_what_rests_on(consent: Any, *, by: Any, now: Any) -> None:
    """A consent has ended: call back, mark, tell."""
    for _resting_on, end_with in _resting:
        end_with(consent, by=by, now=now)
