"""How alike two names are: words set against each other in whatever order, with what is left over."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from prosecutions.matching.names import name_of
from prosecutions.matching.sounds import alike, slip, sound
from prosecutions.matching.titles import COMMON, SHORT_FOR

SAME_WORD = 0.74  # below it two words are two words


@dataclass(frozen=True)
class Likeness:
    """From 0 to 1, and how many words of each stand for each other."""

    degree: float
    words: int


NONE = Likeness(0.0, 0)


def tells(word):
    """How much it says that this word is the same."""
    return 0.6 if SHORT_FOR.get(word, word) in COMMON else 1.0


@lru_cache(maxsize=100_000)
def word_likeness(one, two):
    """Two words: by their sound, or as a name and what it is called for short."""
    if SHORT_FOR.get(one, one) == SHORT_FOR.get(two, two):
        return 1.0 if one == two else 0.95
    degree = alike(one, two)
    return degree if degree >= SAME_WORD else 0.0


def compare(one, two):
    """Two names as they were written, in any script."""
    first, second = name_of(one), name_of(two)
    if not (first.words or first.initials) or not (second.words or second.initials):
        return NONE
    laid = [
        more_words(set_against(a, first.initials, b, second.initials), joined)
        for a, b, joined in readings(first.words, second.words)
    ]
    best = max(laid, key=lambda found: (found.degree * (1 + (found.words > 1)), found.words))
    if first.generation != second.generation:  # father and son bear one name
        best = Likeness(best.degree * 0.68, best.words)
    return best


def readings(one, two):
    """Both as they are, and with two words that follow each other written as one (Mari Cel, Maricel)."""
    yield one, two, False
    if len(one) != len(two):
        longer, shorter = (one, two) if len(one) > len(two) else (two, one)
        for at in range(len(longer) - 1):
            joined = (*longer[:at], longer[at] + longer[at + 1], *longer[at + 2 :])
            yield (joined, shorter, True) if longer is one else (shorter, joined, True)


def more_words(found, joined):
    """Two words that are written as one are still two."""
    return Likeness(found.degree, found.words + 1) if joined and found.words else found


def set_against(one, initials_one, two, initials_two):
    """The best way to lay the words beside each other."""
    found = sorted(
        ((word_likeness(a, b), a, b) for a, b in product(one, two)), key=lambda row: row[0], reverse=True
    )
    left, right, total, full, words = list(one), list(two), 0.0, 0.0, 0
    for degree, a, b in found:
        if degree and a in left and b in right:
            left.remove(a), right.remove(b)
            worth = (tells(a) + tells(b)) / 2
            total, full, words = total + worth * degree, full + worth, words + 1
    total, full, hinted = by_initials(left, initials_two, total, full)
    total, full, more = by_initials(right, initials_one, total, full)
    if not words and not hinted and not more:
        return both_initials(initials_one, initials_two)
    found_one = judged(total, full, words, left, right)
    if words > 1 and begins_otherwise(one, two, left or right):
        return Likeness(found_one.degree * 0.82, words)
    return found_one


def begins_otherwise(one, two, spare):
    """A word too many stands first: perhaps the child, who bears the names of the parent after her own."""
    longer = one if len(one) > len(two) else two
    return len(spare) == 1 and spare[0] == longer[0] and tells(spare[0]) == 1


def by_initials(words, initials, total, full):
    """A letter stands for a word that begins with it."""
    hinted = 0
    for letter in initials:
        word = next((word for word in words if slip(sound(word)[:1] or "?", letter) < 0.3), None)
        if word:
            words.remove(word)
            total, full, hinted = total + 0.5 * 0.8, full + 0.5, hinted + 1
    return total, full, hinted


def both_initials(one, two):
    shared = set(one) & set(two)
    return Likeness(0.4, 0) if shared else NONE


def judged(total, full, words, left, right):
    """What is alike, less what is left over: on both sides it speaks against, on one it may be a surname."""
    degree = total / full if full else 0.0
    clash = min(len(left), len(right))
    spare = max(len(left), len(right)) - clash
    weigh_left, weigh_right = sum(map(tells, left)), sum(map(tells, right))
    against = min(weigh_left, weigh_right)
    if clash:
        degree *= full / (full + 1.9 * against)
    degree -= spare * (0.05 if words > 1 else 0.12)
    return Likeness(max(0.0, degree), words)
