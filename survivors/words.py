"""What the blind index is made of: words, phone numbers and identity numbers, written one way only."""

import re
import unicodedata

import phonenumbers

from reference.sealed import token
from reference.values import western
from survivors.states import IdentityWordKind

SHORTEST_PHONE = 6
MARKS = re.compile("[\u0300-\u036f]")  # accents alone; the vowel signs of Khmer and Bengali are letters here


def folded(text):
    """Without accents, in small letters."""
    return unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold())


def name_words(*names):
    """The words of names: María-José dela Cruz gives maria, jose, dela and cruz."""
    plain = "".join(
        sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded(" ".join(names))
    )
    return sorted(set(plain.split()))


def phone_words(text, *countries):
    """Each number in the one form that is the same everywhere, read as numbers of these countries are."""
    found = set()
    for line in re.split(r"[\n,;/]", western(text)):
        if len(re.sub(r"\D", "", line)) >= SHORTEST_PHONE:
            found |= {one_phone(line, country) for country in countries or (None,)}
    return sorted(found)


def one_phone(line, country):
    """E.164 where the number can be read; else its digits."""
    try:
        number = phonenumbers.parse(line, country or None)
    except phonenumbers.NumberParseException:
        return re.sub(r"\D", "", line)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def number_word(number):
    """An identity number without spaces, dashes and capitals."""
    return "".join(sign for sign in folded(western(number)) if sign.isalnum())


def tokens(kind, words):
    """The blind index of these words, each kind with a key of its own."""
    return [token(f"survivors.IdentityWord {IdentityWordKind(kind).value}", word) for word in words if word]
