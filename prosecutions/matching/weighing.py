"""All that speaks for and against two records being one human being, line by line, and the sum of it."""

from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from prosecutions.matching.likeness import NONE, compare
from prosecutions.matching.scripts import latin

# From this score on two records are proposed to somebody who sees both: a look costs little.
PROPOSE = 45
# From this score on another office is told that there may be a match: it costs two people's time.
ACROSS = 60
NAME_TELLS = 0.7  # a name less alike than this is no line of evidence


class Kind(models.TextChoices):
    """What speaks for it or against?"""

    NAME = "name", _("Name")
    SECOND_NAME = "second_name", _("Another name too")
    PHONE = "phone", _("Phone")
    PLACE = "place", _("Place")
    POSITION = "position", _("Position")
    ROLE = "role", _("Part played")
    BORN = "born", _("Year of birth")
    NETWORK = "network", _("Network")
    VENUE = "venue", _("Venue")
    CO_ACCUSED = "co_accused", _("Accused with")
    GENDER = "gender", _("Gender")
    NATIONALITY = "nationality", _("Nationality")


@dataclass(frozen=True)
class Traits:
    """What is compared of one record; phones are tokens that can only be equal."""

    names: tuple = ()
    phones: frozenset = frozenset()
    places: tuple = ()
    position: str = ""
    roles: frozenset = frozenset()
    born: int | None = None
    networks: tuple = ()
    venues: tuple = ()
    with_people: frozenset = frozenset()
    gender: str = ""
    nationality: frozenset = frozenset()


@dataclass(frozen=True)
class Line:
    """One line of evidence: what kind, what stands on each side, how much it weighs."""

    kind: Kind
    points: int
    ours: str = ""
    theirs: str = ""
    percent: int = 0


@dataclass
class Weighed:
    """The lines, the heaviest first, and the score from 0 to 100."""

    score: int = 0
    lines: list[Line] = field(default_factory=list)


def weigh(ours: Traits, theirs: Traits) -> Weighed:
    """Compare two records."""
    lines = [line for rule in RULES for line in rule(ours, theirs)]
    lines.sort(key=lambda line: -line.points)
    return Weighed(max(0, min(100, sum(line.points for line in lines))), lines)


def names(ours: Traits, theirs: Traits) -> Any:
    """The two names that are most alike; a second pair of other names adds a little."""
    found = sorted(
        ((compare(a, b), a, b) for a, b in product(ours.names, theirs.names)),
        key=lambda row: (-worth(row[0]), row[1], row[2]),
    )
    best, one, two = found[0] if found else (NONE, "", "")
    if best.degree < (NAME_TELLS if best.words else 0.35):
        return
    yield Line(Kind.NAME, worth(best), one, two, round(best.degree * 100))
    for other, a, b in found[1:]:
        if a != one and b != two and other.words and other.degree >= 0.85:
            yield Line(Kind.SECOND_NAME, 8, a, b, round(other.degree * 100))
            return


def worth(likeness: Any) -> int:
    """Two words that agree tell much; one alone tells less; a letter tells little."""
    full = 70 if likeness.words > 1 else 48 if likeness.words else 26
    # Below three quarters the points fall off fast: names of one family share that much.
    return round(full * max(0.0, 1 - (1 - likeness.degree) * 1.25))


def phone(ours: Traits, theirs: Traits) -> Any:
    if ours.phones & theirs.phones:
        yield Line(Kind.PHONE, 45)


def place(ours: Traits, theirs: Traits) -> Any:
    for one, two in product(ours.places, theirs.places):
        if compare(one, two).degree >= 0.85:
            yield Line(Kind.PLACE, 8, one, two)
            return


def position(ours: Traits, theirs: Traits) -> Any:
    if ours.position and ours.position == theirs.position and ours.position != "other":
        yield Line(Kind.POSITION, 6, ours.position, theirs.position)
    elif shared := sorted((ours.roles & theirs.roles) - {"Other"}):
        yield Line(Kind.ROLE, 4, shared[0], shared[0])


def born(ours: Traits, theirs: Traits) -> Any:
    if ours.born is None or theirs.born is None:
        return
    apart = abs(ours.born - theirs.born)
    points = 10 if apart <= 1 else 5 if apart <= 3 else 0 if apart <= 5 else -12 if apart <= 10 else -30
    if points:
        yield Line(Kind.BORN, points, str(ours.born), str(theirs.born))


def network(ours: Traits, theirs: Traits) -> Any:
    for one, two in product(ours.networks, theirs.networks):
        if same_words(one, two):
            yield Line(Kind.NETWORK, 12, one, two)
            return


def venue(ours: Traits, theirs: Traits) -> Any:
    for one, two in product(ours.venues, theirs.venues):
        if same_words(one, two):
            yield Line(Kind.VENUE, 12, one, two)
            return


def same_words(one: str, two: str) -> bool:
    """Names of things: the same words, whatever the script and the capitals."""
    return latin(one).split() == latin(two).split() or compare(one, two).degree >= 0.93


def co_accused(ours: Traits, theirs: Traits) -> Any:
    if ours.with_people & theirs.with_people:
        yield Line(Kind.CO_ACCUSED, 14)


def gender(ours: Traits, theirs: Traits) -> Any:
    if ours.gender and theirs.gender and ours.gender != theirs.gender:
        yield Line(Kind.GENDER, -30, ours.gender, theirs.gender)


def nationality(ours: Traits, theirs: Traits) -> Any:
    if ours.nationality and theirs.nationality and not ours.nationality & theirs.nationality:
        yield Line(
            Kind.NATIONALITY, -6, ", ".join(sorted(ours.nationality)), ", ".join(sorted(theirs.nationality))
        )


RULES = (
    names,
    phone,
    place,
    position,
    born,
    network,
    venue,
    co_accused,
    gender,
    nationality,
)


def groups(records: list[Traits], limit: int = PROPOSE) -> list[list[int]]:
    """Which of these records are one human being, by their places in the list: whoever is like one joins."""
    found: list[list[int]] = []
    for at, record in enumerate(records):
        joined = [g for g in found if any(weigh(records[other], record).score >= limit for other in g)]
        merged = sorted({at, *(other for g in joined for other in g)})
        found = [g for g in found if g not in joined] + [merged]
    return sorted(found)
