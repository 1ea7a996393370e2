"""Who may agree to a home for somebody: never one who is accused, or close to somebody who is."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from aftercare.companions import CLOSE, Group
from cases.states import IllegalMove
from prosecutions.models import Accused
from survivors.consents import Fitness
from survivors.models import Kinship, Survivor
from survivors.states import ConsentGiver, Relation

MAY_AGREE = {
    *CLOSE, Relation.STEPPARENT, Relation.AUNT, Relation.UNCLE, Relation.OTHER_RELATIVE,
} - {Relation.SON, Relation.DAUGHTER, Relation.CHILD}  # fmt: skip
SHORTEST = 3  # a part of a name as short as that says nothing


def relatives_who_may(group: Group, now: datetime) -> list[tuple[str, str]]:
    """(code, in words) of the relatives on record whose word counts for all of these people."""
    people = survivors_of(group)
    fitness = Fitness(people, now)
    ours = {one.key: one for one in people}
    barred = {tie.relation for tie in group.kin if tie.of in ours and bars(fitness, ours[tie.of], tie)}
    found = {
        tie.relation: tie.get_relation_display()
        for tie in group.kin
        if tie.of in ours and tie.who not in ours and tie.relation in MAY_AGREE - barred
    }
    return [(f"kin-{code}", words) for code, words in found.items()]


def barred_words(group: Group) -> list[str]:
    """Relatives who are accused, as the page says that they are not asked."""
    accused = {one.key: one for one in group.accused}
    return [f"{tie.get_relation_display()} ({accused[tie.who].code})" for tie in group.accused_kin]


def refuse_accused(words: str, survivors: Sequence[Survivor], *, now: datetime) -> None:
    """No accused of the case agrees for these people, by name or as their relative."""
    if not words or not survivors:
        return
    said, case = set(parts_of(words)), survivors[0].case
    names = [name for one in Accused.objects.filter(case=case) for name in (one.name, *one.aliases)]
    fitness = Fitness(survivors, now)
    ties = list(Kinship.objects.filter(case=case, of__in=[one.key for one in survivors]))
    if any(parts_of(name) and set(parts_of(name)) <= said for name in names) or any(
        names_barred_relative(said, one, fitness, ties) for one in survivors
    ):
        raise IllegalMove(
            _("Who is accused in this case, or close to somebody accused, agrees to nothing for these people."
              " Ask another relative, a guardian or the authority."),
            field="consent_by",
        )  # fmt: skip


def names_barred_relative(
    said: set[str], survivor: Survivor, fitness: Fitness, ties: Sequence[Kinship]
) -> bool:
    """The words name a relative by what she is to the person, and no relative of that kind may agree."""
    for relation in MAY_AGREE:
        if not said & {*parts_of(relation), *parts_of(str(Relation(relation).label))}:
            continue
        known = [tie for tie in ties if tie.of == survivor.key and tie.relation == relation]
        if known and all(bars(fitness, survivor, tie) for tie in known):
            return True
        if not known and fitness.bars(survivor, ConsentGiver.PARENT):
            return True
    return False


def bars(fitness: Fitness, survivor: Survivor, tie: Kinship) -> bool:
    """This relative may not answer for the person."""
    return fitness.bars(survivor, ConsentGiver.PARENT, tie.who)


def survivors_of(group: Group) -> list[Survivor]:
    return [person.survivor for person in group.people if person.survivor]


def parts_of(name: str) -> list[str]:
    """The words of a name, folded."""
    return [part for part in re.findall(r"\w+", name.casefold()) if len(part) >= SHORTEST]
