"""Does a home fit these people, and why: one sentence for each rule, said to whoever chooses."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aftercare.ages import may_be_child
from aftercare.companions import Group, Person, left_badly
from aftercare.models import Home
from aftercare.states import FamilyConsent, HomeFor, PlacementEnd
from reference.templatetags.show import edtf
from survivors.states import Gender, Vulnerability


class Level(StrEnum):
    """What a sentence says: it fits, ask first, or a rule is broken and going on needs a reason."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True)
class Finding:
    """One rule and what it says of this home."""

    rule: str
    level: Level
    words: str


@dataclass
class Fit:
    """A home with everything that speaks for and against it."""

    home: Home
    taken: int
    findings: list[Finding]
    lives_here: bool = False

    @property
    def broken(self) -> list[str]:
        """The codes of the rules against it."""
        return [one.rule for one in self.findings if one.level == Level.NO]

    @property
    def fits(self) -> bool:
        return not self.broken

    @property
    def free(self) -> int | None:
        """How many places are free; None when nobody has said how many there are."""
        return None if self.home.capacity is None else max(self.home.capacity - self.taken, 0)

    @property
    def rank(self) -> tuple:
        """Best first: no rule broken, then family there, little to ask, most places."""
        with_family = any(one.rule == "family" and one.level == Level.YES for one in self.findings)
        asks = sum(one.level == Level.ASK for one in self.findings)
        return len(self.broken), not with_family, asks, -(self.free or 0), self.home.called, str(self.home.pk)


WOMEN = {Gender.FEMININE, Gender.TRANSGENDER_FEMININE}
MEN = {Gender.MASCULINE, Gender.TRANSGENDER_MASCULINE}
TAKES = {HomeFor.WOMEN_AND_GIRLS: WOMEN, HomeFor.MEN_AND_BOYS: MEN}


def propose(homes: list[Home], group: Group) -> list[Fit]:
    """Every open home with its reasons, best first. The homes carry `taken`."""
    return sorted((judge(home, group) for home in homes), key=lambda fit: fit.rank)


def judge(home: Any, group: Group) -> Fit:
    """What speaks for and against one home, which carries `taken`."""
    moving = [one for one in group.people if not lives_in(one, home)]
    findings = [
        finding
        for rule in (places, gender, ages, siblings, consent, history, danger, language, steps)
        for finding in rule(home, group, moving)
    ]
    return Fit(home, home.taken, findings, lives_here=not moving)


def lives_in(person: Person, home: Home) -> bool:
    return any(stay.home_id == home.pk for stay in person.here)


def names(people: list[Person]) -> str:
    return ", ".join(person.called for person in people)


def places(home: Any, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """Places free for all of them."""
    if home.capacity is None:
        yield Finding("full", Level.ASK, _("How many places it has is not written down. Ask first."))
        return
    free, wanted = max(home.capacity - home.taken, 0), sum(one.heads for one in moving)
    words = ngettext(
        "%(free)s of %(all)s place is free.", "%(free)s of %(all)s places are free.", home.capacity
    ) % {"free": free, "all": home.capacity}
    if wanted > free:
        facts = {"free": free, "all": home.capacity, "wanted": wanted}
        words = _("It is full: %(all)s of %(all)s places are taken.") % facts
        if free:
            words = _("Only %(free)s of %(all)s places are free; %(wanted)s are needed.") % facts
    yield Finding("full", Level.NO if wanted > free else Level.YES, words)


def gender(home: Home, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """Whom the home takes."""
    if home.takes == HomeFor.ANYBODY:
        return
    takes = home.get_takes_display()
    others = MEN if home.takes == HomeFor.WOMEN_AND_GIRLS else WOMEN
    told = {one.called: one.survivor.gender if one.survivor else "" for one in moving}
    wrong = [called for called, code in told.items() if code in others]
    unknown = [called for called, code in told.items() if code not in WOMEN | MEN]
    words = {"takes": takes.lower(), "who": ", ".join(wrong or unknown)}
    if wrong:
        yield Finding("gender", Level.NO, _("It takes %(takes)s; not %(who)s.") % words)
    elif unknown:
        yield Finding(
            "gender", Level.ASK, _("It takes %(takes)s. Ask about %(who)s: the gender does not say.") % words
        )
    else:
        yield Finding("gender", Level.YES, _("It takes %(takes)s.") % words)


def ages(home: Home, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """From which age to which."""
    if home.youngest is None and home.oldest is None:
        return
    limits = {"limits": limits_of(home)}
    wrong = [one for one in moving if outside(home, one) is True]
    unsure = [one for one in moving if outside(home, one) is None]
    if wrong:
        who = ", ".join(f"{one.called} ({age_words(one)})" for one in wrong)
        yield Finding("age", Level.NO, _("It takes people %(limits)s; not %(who)s.") % {**limits, "who": who})
    elif unsure:
        who = ", ".join(f"{one.called} ({age_words(one)})" for one in unsure)
        yield Finding(
            "age", Level.ASK, _("It takes people %(limits)s. Ask about %(who)s.") % {**limits, "who": who}
        )
    else:
        yield Finding("age", Level.YES, _("It takes people %(limits)s.") % limits)


def limits_of(home: Home) -> str:
    """From 12 to 17; from 18; up to 12."""
    numbers = {"low": home.youngest, "high": home.oldest}
    if home.oldest is None:
        return _("from the age of %(low)s") % numbers
    if home.youngest is None:
        return _("up to the age of %(high)s") % numbers
    return _("from %(low)s to %(high)s years") % numbers


def outside(home: Home, person: Person) -> bool | None:
    """Too young or too old, whatever is not known; None when it may be."""
    low, high = person.age
    young, old = home.youngest, home.oldest
    if (young is not None and high is not None and high < young) or (
        old is not None and low is not None and low > old
    ):
        return True
    surely_old_enough = young is None or (low is not None and low >= young)
    surely_young_enough = old is None or (high is not None and high <= old)
    return False if surely_old_enough and surely_young_enough else None


def age_words(person: Person) -> str:
    """14; 14 or 15; at least 18; not known."""
    low, high = person.age
    if low is None and high is None:
        return _("age not known")
    if low is None:
        return _("at most %(high)s") % {"high": high}
    if high is None:
        return _("at least %(low)s") % {"low": low}
    if low == high:
        return str(low)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def siblings(home: Home, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """Brothers and sisters stay together, unless their family said otherwise."""
    there = [one for one in group.others if lives_in(one, home)]
    if there:
        yield Finding("family", Level.YES, _("Of the family there already: %(who)s.") % {"who": names(there)})
    if not group.together:
        return
    if len(group.people) > 1:
        keeps = home.siblings_together
        words = _("It keeps brothers and sisters together.") if keeps else _("It parts brothers and sisters.")
        yield Finding("siblings", Level.YES if keeps else Level.NO, words)
    elif group.others and not there:
        parted = _("This parts the family: %(who)s.") % {"who": names(group.others)}
        yield Finding("siblings", Level.NO, parted)


def consent(home: Home, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """What the person, or who stands in her place, has said, and what the home wants said."""
    refused = [one for one in moving if one.refused_shelter]
    if refused:
        yield Finding("refused", Level.NO, _("A shelter was refused for %(who)s.") % {"who": names(refused)})
    if wants_consent(home, moving):
        words = _("The family, or who stands in its place, must agree: the next page asks who did.")
        yield Finding("consent", Level.ASK, words)


def wants_consent(home: Home, people: list[Person]) -> bool:
    """The rule of the home, and of age."""
    if home.family_consent == FamilyConsent.ALWAYS:
        return True
    return home.family_consent == FamilyConsent.FOR_CHILDREN and any(may_be_child(one.age) for one in people)


def history(home: Home, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """Nobody is sent back without a thought to where she was not safe."""
    for person in moving:
        stay = left_badly(person, home)
        if stay is None:
            continue
        facts = {"who": person.called, "date": edtf(stay.ends_on)}
        if stay.ended_why == PlacementEnd.UNSAFE:
            words = _("%(who)s left it on %(date)s because it was not safe there.") % facts
            yield Finding("unsafe", Level.NO, words)
        else:
            words = _("%(who)s ran away from it on %(date)s. Ask why first.") % facts
            yield Finding("ran_away", Level.ASK, words)


def danger(home: Home, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """The other side knows the way there."""
    if home.pk in group.dangerous:
        words = _("Somebody of this case was threatened, followed or not safe while living there.")
        yield Finding("danger", Level.NO, words)


def language(home: Home, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """Somebody there speaks with each of them."""
    wanted = sorted({one.survivor.language.strip() for one in moving if one.survivor} - {""})
    spoken = {word.casefold() for word in home.languages}
    if not spoken:
        return
    for word in wanted:
        known = word.casefold() in spoken
        words = (
            _("%(language)s is spoken there.") if known else _("Nobody is known to speak %(language)s there.")
        )
        yield Finding("language", Level.YES if known else Level.ASK, words % {"language": word})


def steps(home: Home, group: Group, moving: list[Person]) -> Iterator[Finding]:
    """A house with steps, for somebody who may not manage them."""
    held_up = [
        one for one in moving if one.survivor and Vulnerability.DISABILITY in one.survivor.vulnerabilities
    ]
    if not held_up:
        return
    if home.step_free:
        yield Finding("steps", Level.YES, _("It has no steps."))
    else:
        words = _("It has steps.") if home.step_free is False else _("Whether it has steps is not known.")
        ask = _("%(words)s A disability is on record for %(who)s: ask.")
        yield Finding("steps", Level.ASK, ask % {"words": words, "who": names(held_up)})
