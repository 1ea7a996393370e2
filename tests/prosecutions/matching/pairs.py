"""A labelled set of pairs of names: the same person written twice, and two people who are easily confused.

Reproducible: `labelled("held_out")` is always the same. People are split by family name into a half to work
with ("open") and a half to judge by ("held_out"); rules and limits were set on the first alone.
"""

import random
from dataclasses import dataclass

from tests.prosecutions.matching.people import CULTURES
from tests.prosecutions.matching.spelling import TITLES, respelled

SEEDS = {"open": 11, "held_out": 20260322}


@dataclass(frozen=True)
class Pair:
    culture: str
    one: str
    two: str
    same: bool
    kind: str


def halves(rows, which):
    """Every second name belongs to each half."""
    start = 0 if which == "open" else 1
    return rows[start::2]


def people(culture, which):
    """Every (given, family) of one half, each (native, latin)."""
    given, family = CULTURES[culture]
    return [(g, f) for g in halves(given, which) for f in halves(family, which)]


def written(person, culture, luck):
    """(text, kind): the person as somebody else wrote her down."""
    (given_native, given), (family_native, family) = person
    ways = ["respelled"] * 5 + ["title", "order", "initial", "one_word", "joined", "middle"]
    ways += ["native"] * 3 if given_native else []
    kind = luck.choice(ways)
    if kind == "native":
        return f"{given_native} {family_native}", kind
    first = respelled(given, culture, luck, luck.choice((1, 1, 2)))
    last = respelled(family, culture, luck, luck.choice((0, 1, 1)))
    texts = {
        "respelled": f"{first} {last}",
        "title": luck.choice([title for title in TITLES[culture] if "Jr" not in title]).format(
            f"{first} {last}"
        ),
        "order": luck.choice((f"{last} {first}", f"{last}, {first}")),
        "initial": luck.choice((f"{given[0]}. {last}", f"{first} {family[0]}.")),
        "one_word": first,
        "joined": f"{first}{last.lower()}",
        "middle": f"{first} {respelled(luck.choice(CULTURES[culture][0])[1], culture, luck, 0)} {last}",
    }
    return texts[kind], kind


def positives(culture, which, luck, number):
    rows = people(culture, which)
    for _turn in range(number):
        person = luck.choice(rows)
        text, kind = written(person, culture, luck)
        yield Pair(culture, f"{person[0][1]} {person[1][1]}", text, True, kind)


def negatives(culture, which, luck, number):
    """Same family name, same given name, father and son, and a respelling of somebody else's name."""
    given, family = (halves(rows, which) for rows in CULTURES[culture])
    for turn in range(number):
        one, other = luck.sample(given, 2)
        mine, theirs = luck.sample(family, 2)
        kind = ("same_family", "same_given", "father_son", "respelled_other")[turn % 4]
        name = f"{one[1]} {mine[1]}"
        second = {
            "same_family": f"{other[1]} {mine[1]}",
            "same_given": f"{one[1]} {theirs[1]}",
            "father_son": f"{other[1]} {one[1]} {mine[1]}" if turn % 8 == 2 else f"{name} Jr.",
            "respelled_other": " ".join(
                (respelled(other[1], culture, luck, 2), respelled(mine[1], culture, luck, 1))
            ),
        }[kind]
        yield Pair(culture, name, second, False, kind)


def labelled(which="held_out", same=420, different=320):
    """So many pairs of each culture."""
    luck = random.Random(SEEDS[which])  # noqa: S311  reproducible on purpose
    return [
        pair
        for culture in CULTURES
        for make, number in ((positives, same), (negatives, different))
        for pair in make(culture, which, luck, number)
    ]
