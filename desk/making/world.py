"""Offices with their staff, and the cases they carry, in as many processes as may be."""

import math
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Office, User
from accounts.roles import Role
from desk.making.loading import Rows
from desk.making.pen import Desk, Pen, World
from desk.making.places import PLACES, Place
from desk.making.story import LONG_AGO, tell

AT_A_TIME = 500
AHEAD = 3  # batches that wait for the database: what is in memory stays the same, however many cases
GOING = 0.45  # about this share of all cases is still worked on
CARRIES = {Role.LAWYER: 60, Role.CASEWORKER: 60, Role.SOCIAL_WORKER: 60, Role.INVESTIGATOR: 150,
           Role.PARALEGAL: 120, Role.LEGAL_LEAD: 400, Role.SAFEGUARDING_LEAD: 1200}  # fmt: skip
MADE_HOST = "made.example"


def settle_in(cases: int, offices: int, seed: int, today: date, first_number: int) -> World:
    """Make the offices and people who are not here yet; by Zipf's law the second has half the cases."""
    weights = tuple(1 / rank for rank in range(1, offices + 1))
    luck, desks = Random(seed), []  # noqa: S311
    for rank, place in enumerate(PLACES[:offices]):
        office = office_at(place, rank)
        carried = cases * weights[rank] / sum(weights) * GOING
        since = today.toordinal() - int(LONG_AGO * (1 - 0.6 * rank / offices))
        desks.append(Desk(place, office.pk, staff_of(office, place, carried, luck), since))
    return World(tuple(desks), weights, today.toordinal(), seed, first_number)


def office_at(place: Place, rank: int) -> Office:
    """The office of this key, which the demonstration may have made already."""
    facts = {
        "name": place.name, "alias": f"Desk {rank + 1}", "city": place.name, "country": place.country,
        "region": place.region, "time_zone": place.zone, "currency": place.currency, "languages": ["en"],
    }  # fmt: skip
    return Office.objects.get_or_create(key=place.key, defaults=facts)[0]


def staff_of(office: Office, place: Place, carried: float, luck: Random) -> dict[str, tuple[str, ...]]:
    """As many people of each role as carry the cases of the office; those who are here come first."""
    rows = Membership.objects.filter(office=office, ended_at=None, user__is_active=True).order_by("pk")
    staff: dict[str, list[str]] = {role.value: [] for role in CARRIES}
    for role, user_id in rows.filter(role__in=staff).values_list("role", "user_id"):
        staff[role].append(user_id.hex)
    fresh, memberships = [], []
    for role, number in CARRIES.items():
        for place_in_line in range(len(staff[role]), max(1, math.ceil(carried / number))):
            given, family = luck.choice(place.culture.girls)[1], luck.choice(place.culture.families)[1]
            email = f"{role.value}.{place_in_line}.{place.key}@{MADE_HOST}"
            user = User(email=email, name=f"{given} {family} (made up)", password=make_password(None))
            fresh.append(user)
            memberships.append(Membership(user=user, office=office, role=role))
            staff[role].append(user.pk.hex)
    User.objects.bulk_create(fresh, batch_size=2000)
    Membership.objects.bulk_create(memberships, batch_size=2000)
    return {role: tuple(people) for role, people in staff.items()}


def batch(world: World, first: int, last: int) -> Rows:
    """All rows of the cases with these numbers, as COPY reads them."""
    pen = Pen(Random(f"{world.seed} {world.first_number + first}"))  # noqa: S311
    for number in range(first, last):
        tell(pen, world, number)
    return {name: ("\n".join(lines) + "\n").encode() for name, lines in pen.lines.items() if lines}


def batches(world: World, cases: int, processes: int) -> Iterator[Rows]:
    """Every batch in its order, a few of them made while the database takes in the one before."""
    spans = [(first, min(first + AT_A_TIME, cases)) for first in range(0, cases, AT_A_TIME)]
    if not processes:
        yield from (batch(world, *span) for span in spans)
        return
    waiting: deque[Future[Rows]] = deque()
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        for span in spans:
            waiting.append(pool.submit(batch, world, *span))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
