"""The sound of a word in Latin letters: spellings that people take for each other fall together."""

import re
from functools import lru_cache

VOWELS = "aeiou"

# In this order. Capitals are sounds that one small letter cannot say: C = ch, S = sh, N = ng.
SPELLINGS = [
    (r"[^a-z]", ""),
    (r"tch|chh|ch|ts", "C"),
    (r"ksh|x", "ks"),
    (r"sch|sh", "S"),
    (r"ph", "f"),
    (r"(?<=[bcdgjkptrz])h", ""),
    (r"ck|cq", "k"),
    (r"qu(?=[ei])|q", "k"),
    (r"gu(?=[ei])", "g"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"ll(?=[aeou])", "ly"),
    (r"nh|gn|ny(?=[aeou])", "ni"),
    (r"ng(?![aeiou])", "N"),
    (r"dy(?=[aeou])|dj", "j"),
    (r"gy(?=[aeou])", "g"),
    (r"oo|ou", "u"),
    (r"ee|ey\b|ie\b", "i"),
    (r"eau|au|[ao]w(?=[b-df-hj-np-tvxz])", "o"),
    (r"ai|ay|ae|ei", "e"),
    (r"ea", "a"),
    (r"y", "i"),
    (r"(.)\1+", r"\1"),
]
COMPILED = [(re.compile(pattern), to) for pattern, to in SPELLINGS]

# Groups within which a slip costs little: the first are one sound in most of our languages, the others near.
SAME = ("bvw", "sSz", "jz", "fp", "nN", "kq", "Cj", "sz")
NEAR = ("pb", "td", "kg", "sC", "SC", "jsS", "gj", "lr", "mn", "mN", "hj", "bf", "iy", "wu", "zC")
# For keys: one letter a group.
GROUPS = str.maketrans(
    {"v": "b", "w": "b", "f": "p", "S": "s", "z": "s", "j": "s", "C": "s", "N": "n", "q": "k"}
)


@lru_cache(maxsize=100_000)
def sound(word):
    """The word as it is heard, more or less."""
    for pattern, to in COMPILED:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=100_000)
def bones(word):
    """The consonants alone, one letter a group: what a word is looked up by."""
    heard = sound(word).translate(GROUPS)
    inner = re.sub(r"[aeiouh]", "", heard)
    first = "a" if heard[:1] in VOWELS and heard[:1] else ""
    return re.sub(r"(.)\1+", r"\1", first + inner) or heard[:1]


def _pairs(groups):
    return {(one, two) for group in groups for one in group for two in group if one != two}


_SAME, _NEAR = _pairs(SAME), _pairs(NEAR)


def weight(letter):
    """How much a sound tells: consonants much, vowels little."""
    if letter in VOWELS:
        return 0.4
    return 0.5 if letter == "h" else 1.0


def slip(one, two):
    """What it costs to write one sound for the other."""
    if one == two:
        return 0.0
    if one in VOWELS and two in VOWELS:
        return 0.2
    if (one, two) in _SAME:
        return 0.12
    if (one, two) in _NEAR:
        return 0.45
    return 1.1


@lru_cache(maxsize=200_000)
def alike(one, two):
    """How alike two words sound, from 0 to 1."""
    one, two = sound(one), sound(two)
    if one == two:
        return 1.0
    if not one or not two:
        return 0.0
    before = [0.0]
    for letter in two:
        before.append(before[-1] + left_out(letter))
    for letter in one:
        now = [before[0] + left_out(letter)]
        for column, other in enumerate(two):
            now.append(
                min(
                    before[column] + slip(letter, other),
                    before[column + 1] + left_out(letter),
                    now[column] + left_out(other),
                )
            )
        before = now
    full = max(sum(map(weight, one)), sum(map(weight, two)))
    first = 0.08 if slip(one[0], two[0]) > 0.5 else 0.0  # names are seldom wrong at their beginning
    return max(0.0, 1 - before[-1] / full - first)


def left_out(letter):
    """What it costs to leave a sound out."""
    if letter in VOWELS:
        return 0.22
    return {"h": 0.15, "r": 0.6}.get(letter, 0.85)  # many do not speak an r after a vowel
