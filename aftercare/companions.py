"""Who belongs together: one person or her family, with all that a choice of a home must know of them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from aftercare.ages import UNKNOWN, Range, age_today
from aftercare.models import Care, Home, Placement, SafetyCheck
from aftercare.states import CARE_GOES_ON, Danger, PlacementEnd
from cases.clock import today_in
from prosecutions.models import Accused
from survivors.models import Consent, Kinship, Survivor, Threat
from survivors.states import ConsentPurpose, Relation, ThreatKind

CLOSE = {
    Relation.MOTHER, Relation.FATHER, Relation.PARENT, Relation.SISTER, Relation.BROTHER, Relation.SIBLING,
    Relation.SON, Relation.DAUGHTER, Relation.CHILD, Relation.SPOUSE, Relation.GRANDPARENT,
}  # fmt: skip
AT_THE_DOOR = (ThreatKind.VISIT, ThreatKind.FOLLOWED)
NOT_SAFE_THERE = {Danger.HOME_UNSAFE.value, Danger.ACCUSED_NEAR.value}


@dataclass
class Person:
    """One care, and what a home asks of whoever comes."""

    care: Care
    heads: int
    age: Range = UNKNOWN
    stays: list[Placement] = field(default_factory=list)
    refused_shelter: Consent | None = None

    @property
    def survivor(self) -> Survivor | None:
        return self.care.survivor

    @property
    def called(self) -> str:
        return self.care.called

    @property
    def here(self) -> list[Placement]:
        """Where the person lives now; none or one, unless a file says more."""
        return [stay for stay in self.stays if is_open(stay)]


@dataclass
class Group:
    """Those for whom a home is sought, and those who belong to them."""

    people: list[Person]
    others: list[Person]
    together: bool
    accused: list[Accused]
    kin: list[Kinship]
    dangerous: set[Any]
    today: date

    @property
    def heads(self) -> int:
        return sum(person.heads for person in self.people)

    @property
    def accused_kin(self) -> list[Kinship]:
        """Relatives of these people who are accused in the case: they agree to nothing."""
        keys = {one.key for one in self.accused}
        ours = {person.survivor.key for person in self.people if person.survivor}
        return [tie for tie in self.kin if tie.of in ours and tie.who in keys]


def is_open(stay: Placement) -> bool:
    """The person lives there now."""
    return not stay.ends_on and not stay.over


def heads_of(care: Care) -> int:
    """One for a person; of a group as many as are known to be in it, at least one."""
    if care.headcount is None:
        return 1
    digits = ""
    for sign in str(care.headcount.people)[:4]:
        if not sign.isdigit():
            break
        digits += sign
    return max(1, int(digits or 1))


def group_of(care: Care, *, whole_family: bool = False) -> Group:
    """The person, alone or with all of her family who are in our care, in a fixed number of queries."""
    case, today = care.case, today_in(care.case.office, timezone.now())
    kin = list(Kinship.objects.filter(case=case).order_by("created_at", "pk"))
    cares = Care.objects.filter(case=case).select_related(
        "case", "survivor__family", "survivor__case", "headcount"
    )
    known = {one.pk: one for one in cares.prefetch_related("survivor__ages", "placements")}
    own = known[care.pk]
    family = relatives(own, list(known.values()), kin)
    refused = refusals(case)
    chosen, others = ([own, *family], []) if whole_family else ([own], family)
    return Group(
        people=[person_of(one, refused, today) for one in chosen],
        others=[person_of(one, refused, today) for one in others],
        together=own.survivor is None or own.survivor.family is None or own.survivor.family.keep_together,
        accused=list(Accused.objects.filter(case=case)),
        kin=kin,
        dangerous=dangerous_homes(case, list(known.values())),
        today=today,
    )


def relatives(own: Care, cares: list[Care], kin: list[Kinship]) -> list[Care]:
    """Those of the same family, or close kin on record, whose care goes on in this case."""
    if own.survivor is None:
        return []
    key, family = own.survivor.key, own.survivor.family_id
    tied = {tie.who for tie in kin if tie.of == key and tie.relation in CLOSE}
    tied |= {tie.of for tie in kin if tie.who == key and tie.relation in CLOSE}
    found = [
        one
        for one in cares
        if one.pk != own.pk
        and one.survivor
        and one.result in CARE_GOES_ON
        and (one.survivor.key in tied or (family and one.survivor.family_id == family))
    ]
    return sorted(found, key=lambda one: (len(one.code), one.code))


def person_of(care: Care, refused: dict[Any, Consent], today: date) -> Person:
    came = care.arrived_at and care.arrived_at.date()
    age = age_today(care.survivor, today, came) if care.survivor else UNKNOWN
    stays = sorted(care.placements.all(), key=lambda stay: (stay.position, str(stay.starts_on)))
    return Person(care, heads_of(care), age, stays, refused.get(care.survivor_id))


def refusals(case: Any) -> dict[Any, Consent]:
    """The last word of those who refused a shelter, or took their consent back."""
    said: dict[Any, Consent] = {}
    for one in Consent.objects.filter(case=case, purpose=ConsentPurpose.SHELTER).order_by("created_at", "pk"):
        said[one.survivor_id] = one
    return {survivor: one for survivor, one in said.items() if not one.given or one.withdrawn_on}


def dangerous_homes(case: Any, cares: list[Care]) -> set[Any]:
    """Homes to which somebody of the other side found the way, or where somebody of the case was not safe."""
    lived = {care.survivor_id: list(care.placements.all()) for care in cares}
    found = set()
    for threat in Threat.objects.filter(case=case, kind__in=AT_THE_DOOR):
        reached = [threat.survivor_id] if threat.survivor_id else list(lived)
        stays = [stay for one in reached for stay in lived.get(one, [])]
        found |= {stay.home_id for stay in stays if was_there(stay, threat.on)}
    by_care = {care.pk: list(care.placements.all()) for care in cares}
    newest: dict[Any, SafetyCheck] = {}
    for look in SafetyCheck.objects.filter(case=case).order_by("looked_at", "pk"):
        newest[look.care_id] = look
    for care_id, look in newest.items():
        if NOT_SAFE_THERE & set(look.dangers):
            found |= {stay.home_id for stay in by_care.get(care_id, []) if is_open(stay)}
    return found - {None}


def was_there(stay: Any, on: Any) -> bool:
    """The stay may have lasted on that day; a day not known may be any."""
    if not on:
        return True
    begun = not stay.starts_on or stay.starts_on.first <= on.last
    return begun and (is_open(stay) or not stay.ends_on or stay.ends_on.last >= on.first)


def left_badly(person: Person, home: Home) -> Placement | None:
    """The stay in this very home that ended because the person was not safe, or ran away."""
    bad = (PlacementEnd.UNSAFE, PlacementEnd.RAN_AWAY)
    past = [stay for stay in person.stays if stay.home_id == home.pk and stay.ended_why in bad]
    return past[-1] if past else None
