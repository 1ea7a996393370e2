"""The page of the rules: each in words, whom it reaches, how hard it knocks, and how an alert climbs."""

from dataclasses import dataclass

from babel.lists import format_list
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from notifications.catalogue_words import PEOPLE, RULE_WORDS, SECTIONS, STAYS
from notifications.rules import LADDERS, Urgency, catalogue

HOUR, DAY = 60, 24 * 60


@dataclass
class Told:
    """One rule as the page shows it."""

    code: str
    what: str
    people: str
    urgency: list
    sentences: list
    climbs: list


def people_of(roles, quiet=()):
    """Roles in words, in a row: the case lawyer, the paralegal and the investigator."""
    names = [
        _("%(people)s (in the inbox alone)") % {"people": PEOPLE[role]}
        if role in quiet
        else str(PEOPLE[role])
        for role in roles
    ]
    return format_list(names, locale=to_locale(get_language() or "en"))


def after(step):
    """How long a step waits, in words."""
    minutes, days = step.minutes, step.working_days
    if days:
        return ngettext("After %(n)s working day", "After %(n)s working days", days) % {"n": days}
    if minutes % DAY == 0:
        return ngettext("After %(n)s day", "After %(n)s days", minutes // DAY) % {"n": minutes // DAY}
    if minutes % HOUR == 0:
        return ngettext("After %(n)s hour", "After %(n)s hours", minutes // HOUR) % {"n": minutes // HOUR}
    return ngettext("After %(n)s minute", "After %(n)s minutes", minutes) % {"n": minutes}


def climb(steps):
    """[(after how long, to whom)] of a ladder."""
    return [(after(step), people_of(step.to)) for step in steps]


def ladders():
    """[(urgency, what it asks for, its steps)], hardest first."""
    asks = {
        Urgency.NORMAL: _("Nobody need answer. It is read, and goes no further."),
        Urgency.DIGEST: _(
            "Nobody need answer. It will stand in a list every morning for as long as it is true."
        ),
    }
    answer = _("Somebody is to say that he or she has it. Until then it goes on:")
    return [(urgency.label, asks.get(urgency, answer), climb(LADDERS[urgency])) for urgency in Urgency]


def told(rule):
    """The words of one rule."""
    words, practice = RULE_WORDS[rule.code], rule.practice
    roles = practice.to if practice else words.to
    urgency = words.urgency or (practice.urgency,)
    sentences = [str(text) for text in (words.over, words.stays and STAYS, words.more) if text]
    return Told(
        code=rule.code,
        what=str(words.what),
        people=people_of(roles, practice.quiet if practice else ()),
        urgency=[each.label for each in urgency],
        sentences=sentences,
        climbs=climb(practice.steps) if practice and practice.steps else [],
    )


def sections():
    """[(section, its rules)] of what works today."""
    found = {}
    for rule in catalogue().values():
        if rule.practice:
            found.setdefault(SECTIONS[rule.section.partition(" ")[0]], []).append(told(rule))
    return list(found.items())


def not_watched():
    """What the system does not watch yet."""
    return [told(rule) for rule in catalogue().values() if not rule.practice]
