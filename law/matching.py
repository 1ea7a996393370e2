"""Which offence or court of the lists somebody means by what she wrote. Exact or not at all."""

import re
import unicodedata
from datetime import date

from law.models import Court, Offence

SECTION_WORDS = re.compile(r"^(sections?|secs?|arts?|articles?|s|u s)\s+", re.IGNORECASE)


def plainly(text):
    """Without capitals, marks and doubled spaces: how two spellings of one thing are compared."""
    text = unicodedata.normalize("NFKC", str(text or "")).casefold()
    # Vowel signs of Bengali, Khmer and Devanagari are marks (M): they belong to the word.
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in text)
    return " ".join("".join(kept).split())


def section_of(text):
    """143(2), s. 143 (2) and section 143(2) are one section."""
    return SECTION_WORDS.sub("", plainly(text)).replace(" ", "")


def offences_of(country):
    """Every offence of the country that we know, with its statute."""
    rows = Offence.objects.of_country(country).select_related("statute")
    return rows.order_by("statute__name", "section", "code", "valid_from", "pk")


def means(offence, words, statute, section):
    """True when these words name the offence: by its own line, by law and section, or by name and law."""
    if plainly(words) in (plainly(offence.called), plainly(offence.code), plainly(offence.cited)):
        return True
    law = offence.statute
    if plainly(statute) not in map(plainly, (law.name, law.short, law.code, f"{law.name} {law.year}")):
        return False
    if section:
        return section_of(section) == section_of(offence.section)
    return plainly(words) == plainly(offence.name)


def named(country, words, statute="", section=""):
    """The offences of the country that somebody may mean, whatever the day."""
    if not (words or statute):
        return []
    return [row for row in offences_of(country) if means(row, words, statute, section)]


def on_day(offences, committed_on):
    """Those that were law on a day that may be half known; all of them when nothing is known of it."""
    if not committed_on:
        return list(offences)
    first, last = committed_on.first, committed_on.last
    return [
        row
        for row in offences
        if (row.valid_from or date.min) <= last and first <= (row.valid_to or date.max)
    ]


def offence_named(country, words, statute="", section="", committed_on=""):
    """The one offence that is meant and was law on that day; None when it is not certain."""
    fitting = on_day(named(country, words, statute, section), committed_on)
    return fitting[0] if len(fitting) == 1 else None


def courts_of(country):
    """The courts of the country that are still used."""
    return Court.objects.filter(jurisdiction=country, closed=False).order_by("name", "place", "pk")


def court_named(country, words):
    """The one court of the list that is meant; None when it is not certain."""
    words = plainly(words)
    fitting = [court for court in courts_of(country) if words and words in spellings(court)]
    return fitting[0] if len(fitting) == 1 else None


def spellings(court):
    """Every way in which the court is written."""
    return {plainly(name) for name in (court.name, f"{court.name} {court.place}", *court.also_called)}
