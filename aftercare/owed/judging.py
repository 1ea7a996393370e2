"""One benefit of the law against the facts of one person: does it apply, and why, in a sentence."""

from dataclasses import dataclass

from babel import Locale
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from aftercare.owed.facts import SAME_WORK
from cases.states import CaseworkType
from law.whom import FOREIGN, OWN
from reference.values import PartialDate
from survivors.states import Exploitation, Gender


class Stand(models.TextChoices):
    """Does the benefit apply to this person?"""

    APPLIES = "applies", lazy("Applies")
    PROBABLY = "probably", lazy("Probably applies")
    CHECK = "check", lazy("To be checked")
    NOT = "not", lazy("Does not apply")


RANK = {stand: place for place, stand in enumerate(Stand)}
TONES = {Stand.APPLIES: "done", Stand.PROBABLY: "info", Stand.CHECK: "soon", Stand.NOT: "past"}


@dataclass(frozen=True)
class Judged:
    """What became of one benefit, and the sentence that says why."""

    stand: Stand
    why: str


def judge(law, facts):
    """The row of law for this person: the group of it that fits best decides."""
    if not law.for_whom:
        return Judged(
            Stand.CHECK, _("The law as it is written here does not say for whom: read the condition.")
        )
    found = [judge_group(group, facts) for group in law.for_whom]
    best = min(found, key=lambda one: RANK[one.stand])
    if best.stand == Stand.NOT:
        # Why not: of the group that came nearest, the one thing that is otherwise.
        return Judged(Stand.NOT, max(found, key=nearness).why)
    return dated(law, facts, Judged(best.stand, best.why))


@dataclass(frozen=True)
class Tried:
    """One group against the facts."""

    stand: Stand
    why: str
    missed: int = 0


def nearness(tried):
    return -tried.missed


def judge_group(group, facts):
    """All that the group names must be so; what cannot be told is asked, never guessed."""
    answers = [(TESTS[key](facts, group[key]), key) for key in TESTS if key in group]
    wrong = [key for answer, key in answers if answer is False]
    if wrong:
        return Tried(Stand.NOT, sentence_against(wrong[0], facts, group), len(wrong))
    unknown = [key for answer, key in answers if answer is None]
    if unknown:
        return Tried(Stand.CHECK, sentences_asking()[unknown[0]])
    if facts.dependant and ("casework" in group or "exploitation" in group):
        return Tried(Stand.CHECK, _("Recorded as somebody who was not exploited personally: ask the office."))
    if group.get("ask"):
        return Tried(Stand.CHECK, group["ask"])
    if group.get("check"):
        return Tried(Stand.PROBABLY, group["check"])
    because = ", ".join(sentence_for(key, facts) for _answer, key in answers)
    why = _("Because of: %(facts)s.") % {"facts": because} if because else _("For everybody.")
    return Tried(Stand.APPLIES, why)


def dated(law, facts, judged):
    """Nobody knows the day of relief: then nobody knows whether this was law."""
    bounded = law.valid_from or law.valid_to
    if not bounded:
        return judged
    if not facts.day:
        return Judged(Stand.CHECK, _("The day of relief is not on record: this is the law of today."))
    day = PartialDate(facts.day)
    whole = (law.valid_from or day.first) <= day.first and day.last <= (law.valid_to or day.last)
    return (
        judged
        if whole
        else Judged(Stand.CHECK, _("The law changed about the day of relief: check the amount."))
    )


def by_age(facts, wanted):
    return None if facts.child is None else facts.child == (wanted == "child")


def by_gender(facts, wanted):
    return facts.gender in wanted if facts.gender else None


def by_casework(facts, wanted):
    return facts.casework in wanted


def by_exploitation(facts, wanted):
    return None if facts.exploitation is None else bool(facts.exploitation & set(wanted))


def by_nationality(facts, wanted):
    """From the country of the law, from another one, or from one that is named."""
    if not facts.nationality:
        return None
    own = facts.country in facts.nationality
    named = set(wanted) & set(facts.nationality)
    return bool(named) or (OWN in wanted and own) or (FOREIGN in wanted and not own)


TESTS = {
    "casework": by_casework,
    "exploitation": by_exploitation,
    "age": by_age,
    "gender": by_gender,
    "nationality": by_nationality,
}


LISTS = {"gender": Gender, "exploitation": Exploitation, "casework": CaseworkType}


def sentences_asking():
    """What must be written down before anybody can tell."""
    return {
        "age": _("Nobody has recorded whether the person was a child at relief."),
        "gender": _("The gender is not on record."),
        "exploitation": _("The kind of exploitation is not on record."),
        "nationality": _("The nationality is not on record."),
        "casework": _("The kind of case is not on record."),
    }


def sentence_for(key, facts):
    """The fact that made it fit, in words."""
    if key == "age":
        return _("a child at relief") if facts.child else _("an adult at relief")
    return words_for(key, having(key, facts))


def having(key, facts):
    """The codes of the person's own facts."""
    value = getattr(facts, key)
    return [value] if isinstance(value, str) else sorted(value)


def words_for(key, codes):
    """Codes in words, as they stand within a sentence."""
    if key == "nationality":
        places = Locale.parse((get_language() or "en").split("-")[0]).territories
        known = {OWN: _("of this country"), FOREIGN: _("of another country"), **places}
        return ", ".join(known.get(code, code) for code in codes)
    known = {SAME_WORK.get(code, code): words for code, words in LISTS[key].choices}
    return ", ".join(str(known.get(code, code)).lower() for code in codes)


def sentence_against(key, facts, group):
    """The fact that is otherwise, in words."""
    if key == "age":
        return _("For adults only.") if facts.child else _("For children only.")
    wanted = words_for(key, group[key])
    return {
        "gender": _("Only for: %(who)s.") % {"who": wanted},
        "casework": _("Only in cases of: %(kinds)s.") % {"kinds": wanted},
        "exploitation": _("Nothing on record says: %(kinds)s.") % {"kinds": wanted},
        "nationality": _("Only for people %(who)s.") % {"who": wanted},
    }[key]
