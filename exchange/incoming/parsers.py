"""What cells may hold: text, days, times, codes, countries, numbers; in several scripts and languages.

A parser takes a cell that is not empty and the reading of its file, and gives the value of a field or raises
Faulty with a code and bounds; what stands in the cell is never told.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import get_month_names
from django.utils import translation
from openpyxl.utils.datetime import from_excel

from exchange.incoming.contract import Faulty, Reading
from exchange.incoming.tables import shown
from reference.sealed import token
from reference.values import PartialDate, western

LANGUAGES = ("en", "es")
NOTHING = {"", "-", "--", "–", "—", "n/a", "#n/a", "#n/d", "null", "#ref!", "#value!", "#name?"}
FIRST_YEAR, LAST_YEAR = 1900, 2110
SERIALS = (20_000, 80_000)  # days as Excel counts them: 1954 to 2119
CLOCK = re.compile(r"^(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?\s*([ap])?\.?\s?(?:m\.?)?(?:hrs?)?$", re.I)
THREE = re.compile(r"^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$")
TWO = re.compile(r"^(\d{1,2})[/.\-](\d{4})$")


def plainly(text: Any) -> str:
    """Words as they are compared: small letters without accents and signs."""
    flat = unicodedata.normalize("NFKD", western(shown(text)).casefold())
    kept = (sign for sign in flat if not "\u0300" <= sign <= "\u036f")  # vowel signs of Khmer stay
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in kept).split())


def says_nothing(cell: Any) -> bool:
    """Is there nothing to read?"""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in NOTHING)


def text(limit: int, *, lines: bool = False) -> Callable:
    """Plain words."""

    def parse(cell: Any, _reading: Reading) -> str:
        said = shown(cell).strip()
        said = said if lines else " ".join(said.split())
        if len(said) > limit:
            raise Faulty("too_long", limit=limit)
        return said

    return parse


def whole(least: int, most: int) -> Callable:
    """A whole number."""

    def parse(cell: Any, _reading: Reading) -> int:
        said = western(shown(cell)).strip()
        if not re.fullmatch(r"\d{1,9}", said) or not least <= int(said) <= most:
            raise Faulty("number", least=least, most=most)
        return int(said)

    return parse


def day(*, partial: bool = True) -> Callable:
    """A date: a cell of dates, ISO, in figures or with the month in words; perhaps a year or month alone."""

    def parse(cell: Any, reading: Reading) -> PartialDate:
        found = day_of(cell, reading.dates)
        if found is None:
            raise Faulty("date")
        if not FIRST_YEAR <= found.parts[0] <= LAST_YEAR:
            raise Faulty("year", least=FIRST_YEAR, most=LAST_YEAR)
        if not partial and not found.exact:
            raise Faulty("date_whole")
        return found

    return parse


def day_of(cell: Any, order: str) -> PartialDate | None:
    """What day a cell means; None when it cannot be told."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return PartialDate(cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return of_number(cell)
    said = western(str(cell)).strip().rstrip(".")
    said = re.sub(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", "", said)
    try:
        return PartialDate(said)
    except ValueError:
        return of_figures(said, order) or of_words(said)


def of_number(cell: float) -> PartialDate | None:
    if FIRST_YEAR <= cell <= LAST_YEAR and cell == int(cell):
        return PartialDate(str(int(cell)))
    if SERIALS[0] <= cell <= SERIALS[1]:
        return PartialDate(from_excel(cell).date())
    return None


def of_figures(said: str, order: str) -> PartialDate | None:
    """12/03/2019 by the order of the file; a day that cannot be in that order is a fault, not a guess."""
    if two := TWO.match(said):
        return partial(f"{two[2]}-{int(two[1]):02d}")
    if said.isdecimal() and len(said) == len("43831") and SERIALS[0] <= int(said) <= SERIALS[1]:
        return of_number(int(said))
    if not (three := THREE.match(said)):
        return None
    one, two_, year = three.groups()
    month, number = (two_, one) if order == "dmy" else (one, two_)
    if not 1 <= int(month) <= 12 and 1 <= int(number) <= 12:
        raise Faulty("date_order")
    return partial(f"{full_year(year)}-{int(month):02d}-{int(number):02d}")


def full_year(year: str) -> str:
    """Two figures mean the last hundred years, and the next few."""
    if len(year) == 4:
        return year
    ahead = date.today().year % 100 + 5  # noqa: DTZ011  only a century is told by it
    return str((2000 if int(year) <= ahead else 1900) + int(year))


def of_words(said: str) -> PartialDate | None:
    """3 April 2019, April 3, 2019, 3 de abril de 2019, Apr-2019."""
    parts = [part for part in re.split(r"[\s,.\-/]+", said.casefold()) if part not in ("de", "del", "of", "")]
    months = [months_known().get(plainly(part)) for part in parts]
    names = [month for month in months if month]
    numbers = [part for part, month in zip(parts, months, strict=True) if not month]
    numbers = [re.sub(r"^(\d{1,2})(st|nd|rd|th|º|o)$", r"\1", number) for number in numbers]
    if len(names) != 1 or not all(number.isdecimal() for number in numbers):
        return None
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 and len(days) == 2 and len(numbers) == 2:
        years, days = [full_year(days[1])], days[:1]
    if len(years) != 1 or len(days) > 1:
        return None
    return partial(f"{years[0]}-{names[0]:02d}" + (f"-{int(days[0]):02d}" if days else ""))


@cache
def months_known() -> dict[str, int]:
    """The names of months and their short forms."""
    found = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found[plainly(name)] = number
    return found | {"sept": 9, "set": 9}


def partial(said: str) -> PartialDate | None:
    try:
        return PartialDate(said)
    except ValueError:
        return None


def clock(cell: Any, _reading: Reading) -> time:
    """A time of the day: a cell of times, 14:30, 2.30 pm, 9 am."""
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(cell, timedelta):
        cell = cell.total_seconds() / 86_400
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60)
    found = CLOCK.match(western(shown(cell)).strip())
    if not found or not (found[2] or found[3]):
        raise Faulty("time")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3].casefold() == "p" else 0)
    if hour > 23 or minute > 59:
        raise Faulty("time")
    return time(hour, minute)


# --- codes


def words_of(choices: Any) -> dict[str, str]:
    """{word as it is compared: code} of a list: its codes, and its words in every language."""
    found: dict[str, str] = {}
    for language in (*reversed(LANGUAGES), None):
        for code, label in choices.choices:
            if language is None:
                found[plainly(code)] = code
            else:
                with translation.override(language):
                    found[plainly(label)] = code
    return found


def value_token(name: str, word: str) -> str:
    """By which a word of a file is remembered: nobody can read it back."""
    return token(f"exchange word of {name}", word).hex()


def code_of(name: str, choices: Any, also: dict[str, str] | None = None) -> Callable:
    """One code of a list, by its code, its words, or what people of the office said the word means."""

    def parse(cell: Any, reading: Reading) -> str:
        word = plainly(cell)
        return find(word, name, table(), reading)

    @cache
    def table() -> dict[str, str]:
        return (also or {}) | words_of(choices)

    return parse


def codes_of(name: str, choices: Any, also: dict[str, str] | None = None) -> Callable:
    """Several codes of a list, with ; or / or | between them, or commas."""
    one = code_of(name, choices, also)

    def parse(cell: Any, reading: Reading) -> list[str]:
        parts = [part for part in re.split(r"[;|/\n]|,(?! )|, ", shown(cell)) if plainly(part)]
        return sorted({one(part, reading) for part in parts})

    return parse


def find(word: str, name: str, table: dict[str, str], reading: Reading) -> str:
    if word in table:
        return table[word]
    told = reading.codes.get(name)
    if told and (code := told.get(value_token(name, word))):
        return code
    raise Faulty("code")


def yes_or_no(cell: Any, _reading: Reading) -> bool:
    """Yes or no in a few languages."""
    word = plainly(cell)
    if word in {"yes", "y", "true", "1", "si", "x", "verdadero", "ja", "oui"}:
        return True
    if word in {"no", "n", "false", "0", "falso"}:
        return False
    raise Faulty("yes_or_no")


# --- countries


@cache
def countries_known() -> dict[str, str]:
    """{name or code: code of two letters}."""
    found = {}
    for language in (*reversed(LANGUAGES),):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "UN", "EZ", "QO", "XA", "XB"):
                found[plainly(name)] = code
                found[code.casefold()] = code
    extra = {"philippine islands": "PH", "burma": "MM", "ivory coast": "CI", "uk": "GB", "usa": "US",
             "filipino": "PH", "filipina": "PH", "cambodian": "KH", "khmer": "KH", "indian": "IN",
             "bangladeshi": "BD", "ghanaian": "GH", "dominican": "DO", "dominicano": "DO", "dominicana": "DO",
             "boliviano": "BO", "boliviana": "BO", "guatemalteco": "GT", "guatemalteca": "GT"}  # fmt: skip
    return found | extra


def country(cell: Any, _reading: Reading) -> str:
    """A country by its two letters or its name."""
    code = countries_known().get(plainly(cell))
    if code is None:
        raise Faulty("country")
    return code


def countries(cell: Any, reading: Reading) -> list[str]:
    """Several countries."""
    parts = [part for part in re.split(r"[;/|,]", shown(cell)) if part.strip()]
    return list(dict.fromkeys(country(part, reading) for part in parts))


def split(limit: int) -> Callable:
    """Several short texts with ; between them."""
    one = text(limit)

    def parse(cell: Any, reading: Reading) -> list[str]:
        parts: Iterable[str] = re.split(r"[;|\n]", shown(cell))
        return [one(part, reading) for part in parts if part.strip()]

    return parse
