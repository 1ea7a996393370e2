"""Public holidays of the countries of offices, in the language of the reader where they are translated."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=512)
def of_year(country: str, year: int, language: str, subdivision: str = "") -> Mapping[date, str]:
    """The holidays of one country in one year; none where nobody has written them down."""
    try:
        known = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return {}
    spoken = speaks(known.supported_languages, language)
    state = subdivision.rpartition("-")[2]
    part = state if state in known.subdivisions else None
    return dict(holidays.country_holidays(country, subdiv=part, years=year, language=spoken))


def speaks(languages: Iterable[str], wanted: str) -> str | None:
    """The language of the list that the reader understands best; None is the country's own."""
    wanted = wanted.replace("-", "_")
    ranked = [one for one in languages if one.partition("_")[0] == wanted.partition("_")[0]]
    ranked += [one for one in languages if one == "en_US"]
    return ranked[0] if ranked else None


def names_of(first: date, last: date, places: Iterable[tuple[str, str]], language: str) -> dict[date, str]:
    """{day: the names of its holidays}; with more than one country each is told by its code."""
    places = sorted(set(places))
    several = len({country for country, _part in places}) > 1
    found: dict[date, list[str]] = {}
    for country, part in places:
        for year in range(first.year, last.year + 1):
            for day, name in of_year(country, year, language, part).items():
                if first <= day <= last:
                    words = f"{country}: {name}" if several else name
                    found.setdefault(day, [])
                    found[day] += [words] if words not in found[day] else []
    return {day: " · ".join(sorted(names)) for day, names in found.items()}
