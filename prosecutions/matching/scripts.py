"""Any script to plain Latin letters: Khmer by a table of our own, the others by ICU."""

import re
import unicodedata
from functools import cache, lru_cache

import icu

COENG = "\u17d2"  # the next consonant stands below the last
KHMER = re.compile(r"[\u1780-\u17ff]")
INDIC = re.compile(r"[\u0900-\u0dff]")

# As names of people are usually written in Cambodia; the two series of vowels are not told apart, because
# the comparison of sounds gives vowels little weight.
_LETTERS = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ"
_SPOKEN = "k kh k kh ng ch ch ch ch nh d th d th n t th t th n b ph p ph m y r l v s h l"
CONSONANTS = dict(zip(_LETTERS, [*_SPOKEN.split(), ""], strict=True))
VOWELS = {
    "ា": "a", "ិ": "e", "ី": "y", "ឹ": "oe", "ឺ": "eu", "ុ": "o", "ូ": "ou", "ួ": "uo", "ើ": "aeu",
    "ឿ": "oeu", "ៀ": "ie", "េ": "e", "ែ": "ae", "ៃ": "ai", "ោ": "o", "ៅ": "au", "ំ": "am", "ះ": "ah",
}  # fmt: skip
INDEPENDENT = {"ឥ": "e", "ឦ": "ey", "ឧ": "u", "ឩ": "ou", "ឪ": "ov", "ឫ": "rue", "ឬ": "rueu", "ឭ": "lue",
               "ឮ": "lueu", "ឯ": "ae", "ឰ": "ai", "ឱ": "ao", "ឲ": "ao", "ឳ": "au"}  # fmt: skip
HARD_B = "ប៉"


@cache
def transliterator(rules):
    return icu.Transliterator.createInstance(rules)


@lru_cache(maxsize=20_000)
def latin(text):
    """Small Latin letters, spaces and the dots of initials; whatever script it was."""
    text = unicodedata.normalize("NFC", text)
    if KHMER.search(text):
        text = "".join(khmer(part) if KHMER.match(part) else part for part in re.split(r"(\s+)", text))
    if INDIC.search(text):
        text = " ".join(indic(part) for part in text.split())
    if not text.isascii():
        text = transliterator("Any-Latin; Latin-ASCII").transliterate(text)
    return text.lower()


def indic(word):
    """A word of Bengali or Devanagari; the vowel that is written at its end and not spoken goes."""
    if not INDIC.search(word):
        return word
    marked = transliterator("Any-Latin").transliterate(word)
    if len(marked) > 3 and marked.endswith("a"):  # the long vowel of the end bears a mark
        marked = marked[:-1]
    plain = transliterator("Latin-ASCII").transliterate(marked).replace("'", "")
    return re.sub(r"c(?!h)", "ch", plain.replace("cch", "chch"))  # ICU writes c for what is spoken ch


def khmer(word):
    """A word of Khmer, letter by letter; between two bare consonants stands an a."""
    out = []
    word = word.replace(HARD_B, "ព")
    for place, letter in enumerate(word):
        if letter in CONSONANTS:
            out.append(CONSONANTS[letter])
            after = word[place + 1 : place + 2]
            bare = after in CONSONANTS and len(word) > place + 2 and word[place + 2] != COENG
            if (bare and not closes(word, place)) or (letter == "អ" and after not in VOWELS):
                out.append("a")
        else:
            out.append(VOWELS.get(letter) or INDEPENDENT.get(letter, ""))
    return "".join(out)


def closes(word, place):
    """Does this consonant end a syllable that has its vowel already?"""
    return place > 0 and word[place - 1] in VOWELS
