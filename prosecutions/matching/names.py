"""A name as a list of words that can be compared."""

import re
from dataclasses import dataclass
from functools import lru_cache

from prosecutions.matching.scripts import latin
from prosecutions.matching.titles import GENERATIONS, SHORT_FOR, TITLES

_PARTICLES = "de la del delos dela las los da dos y bin binti bint ibn al el san sta sto"
PARTICLES = frozenset(_PARTICLES.split())
GLUED = re.compile(r"^(dela|delos|delas|del)(?=[b-df-hj-np-tv-z]\w{3})")


@dataclass(frozen=True)
class Name:
    """Words that tell, letters that stand for words, and which of two generations."""

    words: tuple
    initials: tuple = ()
    generation: str = ""


@lru_cache(maxsize=50_000)
def name_of(text):
    """The name in a text: titles and kin words left out, unless nothing else is there."""
    plain = re.sub(r"[\"'`’“”()\[\]]", " ", latin(text))
    plain = re.sub(r"\b(ma|md|sk|kr)\.", r"\1 ", plain)
    if "," in plain:  # Santos, Maria
        last, first = plain.split(",", 1)
        plain = f"{first} {last}"
    parts = re.findall(r"[a-z]+", re.sub(r"-", " ", plain))
    generation = next((GENERATIONS[part] for part in parts[1:] if part in GENERATIONS), "")
    parts = [part for at, part in enumerate(parts) if not (at and part in GENERATIONS)]
    initials = tuple(part for part in parts if len(part) == 1)
    long = [part for part in parts if len(part) > 1 and part not in PARTICLES]
    long = [GLUED.sub("", part) for part in long]
    words = [part for part in long if part not in TITLES or SHORT_FOR.get(part, part) != part]
    if not words and not initials:
        words = long
    if len(words) > 1:  # Ma. before a name, Md. before a name
        words = [SHORT_FOR.get(word, word) if len(word) < 3 else word for word in words]
    return Name(tuple(dict.fromkeys(words)), initials, generation)
