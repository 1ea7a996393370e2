from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from aftercare.actions.care import keep, lock, next_position, refuse_before, refuse_future
from aftercare.actions.homes import lock_home
from aftercare.agreeing import refuse_accused
from aftercare.companions import Group, group_of
from aftercare.fitting import Finding, Level, judge, wants_consent
from aftercare.models import Care, Home, Placement
from audit.actions import record
from cases.actions import touch
from cases.clock import today_in
from cases.states import IllegalMove
from reference.values import PartialDate
from survivors.models import Survivor


@dataclass(frozen=True)
class Move:
    """What is said of a move, of one person or of all who move together."""

    starts_on: PartialDate
    consent_by: str = ""
    consent_on: PartialDate | str = ""
    against: str = ""
    left_why: str = ""
    note: str = ""


def start_placement(
    care_id: UUID,
    *,
    by: User,
    now: datetime,
    starts_on: PartialDate,
    kind: str = "",
    home_id: UUID | None = None,
    at: str = "",
    address: str = "",
    knowing: Sequence[str] = (),
    **facts: Any,
) -> Placement:
    """The person has come to another home, of the office or any other; the stay before ends on that day."""
    if home_id:
        more = {"home_id": home_id, "starts_on": starts_on, "knowing": knowing, **facts}
        return place_people([care_id], by=by, now=now, **more)[0]
    care = lock(Care, care_id)
    move = Move(starts_on, **facts)
    refuse_accused(move.consent_by, people_of([care]), now=now)
    return move_in(care, Placement(kind=kind, at=at, address=address), move, by=by, now=now)


def place_people(
    care_ids: Sequence[UUID],
    *,
    by: User,
    now: datetime,
    home_id: UUID,
    starts_on: PartialDate,
    knowing: Sequence[str] = (),
    **facts: Any,
) -> list[Placement]:
    """One person, or a family at once, come to a home of the office. The home is held first, so that two who
    choose its last place at the same moment do not both get it.

    `knowing` are the codes of the rules that whoever chose had before her eyes; going against one of them
    takes a reason, and a rule that she had not seen refuses.
    """
    home = lock_home(home_id)
    held = {pk: lock(Care, pk) for pk in sorted(care_ids)}
    cares = [held[pk] for pk in care_ids]
    move, group = Move(starts_on, **facts), together(cares)
    broken = check_fit(home, group, move, knowing, now=now)
    refuse_accused(move.consent_by, people_of(cares), now=now)
    if not broken:
        move = replace(move, against="")
    moving = [one for one in cares if not lives_there(one, home)]
    if not moving:
        raise IllegalMove(_("They live there already."))
    keys = keys_there(home, group, cares)
    return [
        move_in(care, stay_in(home, keys - keys_of([care])), move, by=by, now=now, broken=broken)
        for care in moving
    ]


def stay_in(home: Home, companions: set[str]) -> Placement:
    """A stay in this home, beside these people of the same case."""
    return Placement(kind=home.kind, home=home, placed_with=sorted(companions))


def keys_there(home: Home, group: Group, moving: list[Care]) -> set[str]:
    """Who of the family will live in this home when the move is done."""
    going = {care.pk for care in moving}
    return keys_of([
        person.care
        for person in (*group.people, *group.others)
        if person.care.pk in going or any(stay.home_id == home.pk for stay in person.here)
    ])  # fmt: skip


def together(cares: list[Care]) -> Group:
    """Those who move, and the rest of the family; all of one case."""
    if len({care.case_id for care in cares}) != 1:
        raise IllegalMove(_("People of one case move together."))
    first = cares[0]
    group = group_of(first, whole_family=True)
    chosen = {care.pk for care in cares}
    everybody = group.people + group.others
    if not chosen <= {person.care.pk for person in everybody}:
        raise IllegalMove(_("These people are no family. Choose a home for each of them."))
    group.people = [person for person in everybody if person.care.pk in chosen]
    group.others = [person for person in everybody if person.care.pk not in chosen]
    return group


def check_fit(home: Home, group: Group, move: Move, knowing: Sequence[str], *, now: datetime) -> list[str]:
    """The rules set aside, all of them seen and with a reason; else raise with what stands against it."""
    if home.office_id != group.people[0].care.case.office_id:
        raise IllegalMove(_("This home is of another office."))
    if home.closed_on and home.closed_on <= today_in(home.office, now):
        raise IllegalMove(_("This home is closed."))
    home = Home.objects.with_taken().select_related("office").get(pk=home.pk)
    found = [one for one in judge(home, group).findings if one.level == Level.NO]
    if not move.consent_by and wants_consent(home, group.people):
        words = _("The family, or who stands in its place, must agree: say who did, or why nobody was asked.")
        found.append(Finding("consent", Level.NO, words))
    unseen = [one for one in found if one.rule not in {*knowing, "consent"}]
    if unseen or (found and not move.against.strip()):
        raise AgainstRules(unseen or found)
    return [one.rule for one in found]


class AgainstRules(IllegalMove):
    """A home was chosen against its rules, without a reason or without knowing of one of them."""

    def __init__(self, found: list[Finding]):
        super().__init__(
            " ".join([*(one.words for one in found), _("Give a reason to choose it all the same.")]),
            field="against",
        )
        self.rules = [one.rule for one in found]


def people_of(cares: Sequence[Care]) -> list[Survivor]:
    """Those of them who have a record of their own."""
    return [care.survivor for care in cares if care.survivor]


def keys_of(cares: Sequence[Care]) -> set[str]:
    """The local keys of these people; groups without names have none here."""
    return {survivor.key for survivor in people_of(cares)}


def lives_there(care: Care, home: Home) -> bool:
    return care.placements.filter(home=home, ends_on="", over=False).exists()


def move_in(
    care: Care, stay: Placement, move: Move, *, by: User, now: datetime, broken: Sequence[str] = ()
) -> Placement:
    """End the stay before on the day of the move, and begin this one."""
    refuse_future(move.starts_on, office=care.office, now=now, field="starts_on")
    for before in care.placements.select_for_update().filter(ends_on="", over=False):
        close(before, move.starts_on, move.left_why, field="starts_on")
        record("placement.end", by=by, subject=before, at=now)
    stay.care, stay.case, stay.starts_on, stay.note = care, care.case, move.starts_on, move.note
    stay.consent_by, stay.consent_on, stay.against = move.consent_by, move.consent_on, move.against
    stay.position = next_position(care.placements)
    stay.save(force_insert=True)
    record("placement.start", by=by, subject=stay, at=now, kind=stay.kind, against=sorted(broken))
    touch(stay.case, now)
    return stay


def end_placement(
    placement_id: UUID,
    *,
    by: User,
    now: datetime,
    ends_on: PartialDate,
    ended_why: str = "",
    version: int | None = None,
) -> Placement:
    """The person has left this home."""
    placement = lock(Placement, placement_id, version)
    refuse_future(ends_on, office=placement.office, now=now, field="ends_on")
    close(placement, ends_on, ended_why, field="ends_on")
    record("placement.end", by=by, subject=placement, at=now)
    touch(placement.case, now)
    return placement


def open_shelter(placement_id: UUID, *, by: User, now: datetime) -> Placement:
    """Somebody looks where the person lives: no row in the audit, no page."""
    stays = Placement.objects.select_related("care__survivor", "case__office", "home")
    placement = stays.get(pk=placement_id)
    survivor = placement.care.survivor_id or ""
    record("shelter.open", by=by, subject=placement, at=now, survivor=survivor)
    return placement


def close(placement: Placement, ends_on: PartialDate, why: str = "", *, field: str) -> None:
    """Write the last day of a stay, which is not before its first."""
    refuse_before(ends_on, placement.starts_on, _("The stay began later than this day."), field=field)
    placement.ends_on, placement.ended_why = ends_on, why or placement.ended_why
    keep(placement, "ends_on", "ended_why")
