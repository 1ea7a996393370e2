"""The sheet of a plan that the person takes home: what stands on it, and the PDF where fonts can write it."""

import json
import re
from functools import cache
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from aftercare.sheet_words import words_in
from cases.states import IllegalMove
from survivors.safe_story import real_names

PAGE = Path(__file__).with_name("sheet.typ")
# Letters that the fonts inside the printer know, and those for which this machine must have a font.
ALWAYS = r"[\u0000-\u017F\u2000-\u206F\u20AC]"
FONTS = {
    r"[\u0180-\u02FF\u0300-\u036F\u1E00-\u1EFF\u20B1\u20B5\u20B9]": "Noto Sans",
    r"[\u0900-\u097F]": "Noto Sans Devanagari",
    r"[\u0980-\u09FF]": "Noto Sans Bengali",
    r"[\u0E00-\u0E7F\u0E3F]": "Noto Sans Thai",
    r"[\u1780-\u17FF\u19E0-\u19FF]": "Noto Sans Khmer",
}


def sheet_of(care, *, language, goals, named, wishes, meet_on, call, dates):
    """Everything that stands on the sheet, as plain words; `goals` are (goal, its words)."""
    words = words_in(language)
    lines = [
        words.meet.format(words.day(meet_on)) if meet_on else "",
        words.call.format(call) if call else "",
        words.change,
    ]
    return {
        "lang": language if len(language) == 2 else "",
        "title": words.title,
        "name": care.survivor.pseudonym if named and care.survivor else "",
        "wishes": list(wishes),
        "goals": [{"words": said, "until": until_of(words, goal) if dates else ""} for goal, said in goals],
        "lines": [line for line in lines if line],
        "words": {"wishes": words.wishes, "goals": words.goals},
    }


def until_of(words, goal):
    """By when, in the language of the sheet."""
    return words.until.format(words.day(goal.due)) if goal.due else ""


def refuse_telling(care, texts):
    """Nothing on the sheet says to somebody who finds it what it is about: no number, no name of ours, and
    no real name."""
    telling = [care.case.number, "IJM"]
    for text in texts:
        found = [word for word in telling if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)]
        found += sealed_names(care, text)
        if found:
            raise IllegalMove(
                _("“%(word)s” tells what the paper is about. Find other words.") % {"word": found[0]}
            )


def sealed_names(care, text):
    """Real names in it, as far as whoever writes may compare them; the name that she chose is none."""
    for word in (care.survivor.pseudonym if care.survivor else "").split():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return [word for one in real_names(text, care.case) if not one.may_stand for word in one.words]


def written(told):
    """All the words of the sheet in a row."""
    goals = [part for goal in told["goals"] for part in goal.values()]
    return " ".join([told["title"], told["name"], *told["wishes"], *goals, *told["lines"]])


@cache
def families():
    """The fonts that this machine has."""
    return frozenset(typst.Fonts().families())


def can_write(text, have=None):
    """Is there a font for every letter, so that none becomes an empty box?"""
    have = families() if have is None else have
    known = "|".join([ALWAYS, *(letters for letters, font in FONTS.items() if font in have)])
    return re.fullmatch(f"(?:{known})*", text) is not None


def printed(told):
    """The sheet as PDF; None where a letter has no font, and the browser must print the page instead."""
    if not can_write(written(told)):
        return None
    return typst.compile(PAGE.read_bytes(), format="pdf", sys_inputs={"told": json.dumps(told)})
