"""What names are looked up by: bones of two words together, of a word with a letter, of a word alone."""

from itertools import combinations

from prosecutions.matching.names import name_of
from prosecutions.matching.sounds import bones, sound
from prosecutions.matching.titles import SHORT_FOR

PAIR, HALF, ALONE, LETTER = "2", "h", "1", "i"


def keys_of(text):
    """Every key of one name."""
    name = name_of(text)
    words = [SHORT_FOR.get(word, word) for word in name.words]
    keys = set()
    for word in words:
        keys.add(f"{ALONE}:{bones(word)}")
    for one, two in combinations(words, 2):
        keys.add(pair(bones(one), bones(two)))
        keys.add(half(one, two))
        keys.add(half(two, one))
    for at in range(len(words) - 1):
        keys.add(f"{ALONE}:{bones(words[at] + words[at + 1])}")
    for letter in name.initials:
        keys.update(f"{HALF}:{bones(word)}+{bones(letter)[:1]}" for word in words)
        keys.add(f"{LETTER}:{letter}")
    if not words and len(name.initials) == 1:
        return {f"{LETTER}:{name.initials[0]}"}
    return keys


def pair(one, two):
    return f"{PAIR}:{'+'.join(sorted((one, two)))}"


def half(whole, begun):
    """One word whole and how the other begins: finds it where the other was badly misheard."""
    return f"{HALF}:{bones(whole)}+{bones(sound(begun))[:1]}"


def keys_of_all(names):
    """The keys of a person: of every name she goes by, in one order."""
    return sorted({key for name in names if name for key in keys_of(name)})


def search_keys(names):
    """(keys to ask for first, keys for when that finds too little)."""
    found = keys_of_all(names)
    first = [key for key in found if key[0] in (PAIR, HALF)]
    alone = [key for key in found if key[0] in (ALONE, LETTER)]
    return (first, alone) if first else (alone, [])
