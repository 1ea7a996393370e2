"""Families: people who came out together and belong together, and the ties that their parts tell of."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record, record_many
from cases.actions import lock_case, touch
from cases.keys import next_key
from cases.models import Case
from cases.states import IllegalMove, check_version
from operations.models import Headcount
from survivors.actions.people import lock_survivor
from survivors.models import Family, Kinship, Survivor
from survivors.states import FamilyPart, Gender, Relation

YOUNG = (FamilyPart.CHILD, FamilyPart.SIBLING)
GIRLS, BOYS = (Gender.FEMININE, Gender.TRANSGENDER_FEMININE), (Gender.MASCULINE, Gender.TRANSGENDER_MASCULINE)


def found_families(
    case: Case,
    people: Sequence[Survivor],
    parts: Sequence[tuple[str, str]],
    headcount: Headcount | None,
    *,
    by: User,
    now: datetime,
) -> dict[str, Family]:
    """The same letter within one group is the same family, today and tomorrow: parts[i] is of people[i]."""
    labels = {letter: _("Family %(letter)s") % {"letter": letter} for letter, _part in parts if letter}
    if not labels:
        return {}
    known = Family.objects.filter(case=case, label__in=labels.values())
    known = known.filter(members__headcount_memberships__headcount=headcount) if headcount else known.none()
    families = {family.label: family for family in known.distinct()}
    first = int(next_key(Family, case, "f")[1:])
    missing = sorted(set(labels.values()) - families.keys())
    made = [Family(case=case, key=f"f{number}", label=label) for number, label in enumerate(missing, first)]
    Family.objects.bulk_create(made)
    record_many("family.add", by=by, subjects=made, at=now)
    families |= {family.label: family for family in made}
    for person, (letter, part) in zip(people, parts, strict=True):
        if letter:
            person.family, person.family_part = families[labels[letter]], part
    Survivor.objects.bulk_update([one for one in people if one.family_id], ["family", "family_part"])
    members = Survivor.objects.filter(family__in=families.values()).order_by("created_at", "key")
    tie(case, ties_of(members), by=by, now=now)
    return {letter: families[label] for letter, label in labels.items()}


def ties_of(people: Iterable[Survivor]) -> list[tuple[str, str, str]]:
    """(of, who, relation) that the parts in their families tell of; what they leave open is not guessed."""
    families: dict[object, list[Survivor]] = {}
    for person in people:
        families.setdefault(person.family_id, []).append(person)
    return [found for members in families.values() for found in ties_in(members)]


def ties_in(members: list[Survivor]) -> list[tuple[str, str, str]]:
    """Of one family: who is mother, father or grandparent to the young, who are siblings, who is married."""
    young = [person for person in members if person.family_part in YOUNG]
    elders = {
        part: [person for person in members if person.family_part == part]
        for part in (FamilyPart.MOTHER, FamilyPart.FATHER, FamilyPart.GRANDPARENT, FamilyPart.SPOUSE)
    }
    up = [
        (child.key, elders[part][0].key, str(relation))
        for part, relation in (
            (FamilyPart.MOTHER, Relation.MOTHER), (FamilyPart.FATHER, Relation.FATHER),
            (FamilyPart.GRANDPARENT, Relation.GRANDPARENT),
        )
        if len(elders[part]) == 1
        for child in young
    ]  # fmt: skip
    parents = [len(elders[part]) for part in (FamilyPart.MOTHER, FamilyPart.FATHER)]
    one_nest = any(parents) and max(parents) == 1
    across = [
        (one.key, other.key, sibling(other))
        for one, other in combinations(young, 2)
        if one_nest or FamilyPart.SIBLING in (one.family_part, other.family_part)
    ]
    couple = elders[FamilyPart.MOTHER] + elders[FamilyPart.FATHER]
    married = elders[FamilyPart.SPOUSE]
    if len(couple) == len(married) == 1:
        across.append((couple[0].key, married[0].key, str(Relation.SPOUSE)))
    return up + across


def sibling(person: Survivor) -> str:
    """Sister or brother, as far as it is known."""
    if person.gender in GIRLS:
        return str(Relation.SISTER)
    return str(Relation.BROTHER if person.gender in BOYS else Relation.SIBLING)


def tie(case: Case, ties: Iterable[tuple[str, str, str]], *, by: User, now: datetime) -> list[Kinship]:
    """Write down what is not known yet; where two people have a tie already, whoever wrote it knew better."""
    pairs = Kinship.objects.filter(case=case).exclude(who="").values_list("of", "who")
    known = {frozenset(pair) for pair in pairs}
    rows = [
        Kinship(case=case, of=of, who=who, relation=relation)
        for of, who, relation in ties
        if frozenset((of, who)) not in known
    ]
    Kinship.objects.bulk_create(rows)
    for row in rows:
        record("kinship.add", by=by, subject=row, at=now, of=row.of, who=row.who, relation=row.relation)
    return rows


def make_family(case_id: UUID, *, by: User, now: datetime, label: str) -> Family:
    """A family of the case, still without members."""
    case = lock_case(case_id)
    if not label.strip():
        raise IllegalMove(_("Give the family a name of your own, never a real one."), field="label")
    family = Family(case=case, key=next_key(Family, case, "f"), label=label.strip())
    family.save(force_insert=True)
    record("family.add", by=by, subject=family, at=now)
    touch(case, now)
    return family


def join_family(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    family_id: UUID | None,
    label: str = "",
    part: str = "",
    version: int | None = None,
) -> Survivor:
    """She belongs to this family of the case, to a new one called so, or to none."""
    survivor = lock_survivor(survivor_id)
    check_version(survivor, version)
    if family_id is None and label.strip():
        family_id = make_family(survivor.case_id, by=by, now=now, label=label).pk
    family = Family.objects.filter(case=survivor.case_id, pk=family_id).first() if family_id else None
    if family_id and family is None:
        raise IllegalMove(_("This family belongs to another case."), field="family_id")
    survivor.family, survivor.family_part = family, part if family else ""
    survivor.version += 1
    survivor.save(update_fields=["family", "family_part", "version"])
    if family:
        record("family.join", by=by, subject=survivor, at=now, family=family.pk, part=part)
        members = Survivor.objects.filter(Q(pk=survivor.pk) | Q(family=family)).order_by("key")
        hers = [found for found in ties_of(members) if survivor.key in found[:2]]
        tie(survivor.case, hers, by=by, now=now)
    else:
        record("family.leave", by=by, subject=survivor, at=now)
    touch(survivor.case, now)
    return survivor


def edit_family(
    family_id: UUID,
    *,
    by: User,
    now: datetime,
    label: str,
    keep_together: bool,
    note: str = "",
    version: int | None = None,
) -> Family:
    """What the family is called, and whether it must stay together."""
    rows = Family.objects.select_for_update(of=("self",)).select_related("case")
    family = rows.get(pk=family_id)
    check_version(family, version)
    family.label, family.keep_together, family.note = label.strip(), keep_together, note
    family.version += 1
    family.save(update_fields=["label", "keep_together", "note", "version"])
    record("family.edit", by=by, subject=family, at=now, version=family.version)
    touch(family.case, now)
    return family
