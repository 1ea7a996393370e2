"""A small world in three zones: teams of every make, hearings near and far, people asking for bail."""

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Deputy
from accounts.roles import Role
from accounts.scope import viewing_as
from audit.actions import record
from cases.models import Assignment
from tests.factories import (
    AccusedMake,
    AttendanceMake,
    BailOrderMake,
    CaseMake,
    DutyMake,
    HearingMake,
    OfficeMake,
    PerpetratorMake,
    ProceedingMake,
    SurvivorMake,
    arranging,
)
from tests.people import on_case, person

# Nobody has written down the holidays of XX: its weekends alone are free, to the product and to the oracle.
PLACES = (("Asia/Manila", "XX"), ("America/New_York", "US"), ("Europe/London", "XX"))
LEADS = (Role.LEGAL_LEAD, Role.SAFEGUARDING_LEAD, Role.OFFICE_DIRECTOR, Role.REGIONAL_DIRECTOR)
TEAM = (Role.LAWYER, Role.PARALEGAL, Role.SOCIAL_WORKER, Role.INVESTIGATOR)
LONG_AGO = timedelta(days=60)


@dataclass
class World:
    """Who and what there is; `now` is the moment by the clock of the database at which it was made."""

    now: datetime
    seed: int = 1
    offices: list = field(default_factory=list)
    leads: dict = field(default_factory=dict)
    teams: dict = field(default_factory=dict)
    cases: list = field(default_factory=list)
    hearings: list = field(default_factory=list)
    bails: list = field(default_factory=list)

    def __post_init__(self):
        self.dice = random.Random(self.seed)  # noqa: S311  seeded on purpose: a run can be had again

    # ------------------------------------------------------------ places and people
    def office(self, zone, country):
        office = OfficeMake(time_zone=zone, country=country)
        self.offices.append(office)
        self.leads[office.pk] = {role: person(role, office, factor=False) for role in LEADS}
        duty = person(Role.CASEWORKER, office, factor=False)
        days = (self.now.date() - timedelta(days=3), self.now.date() + timedelta(days=60))
        DutyMake(office=office, user=duty, days=days)
        return office

    def case(self, office, roles=TEAM, **fields):
        case = CaseMake(office=office, **fields)
        self.cases.append(case)
        self.teams[case.pk] = {role: self.member(case, role) for role in roles}
        return case

    def member(self, case, role, **fields):
        return on_case(
            person(role, case.office, factor=False), case, role, started_at=self.now - LONG_AGO, **fields
        )

    def lawyer(self, case):
        return self.teams[case.pk].get(Role.LAWYER) or next(iter(self.teams[case.pk].values()))

    def deputy(self, of, office):
        stands_in = person(Role.LAWYER, office, factor=False)
        Deputy.objects.create(
            person=of, deputy=stands_in, named_by=of,
            starts_at=self.now - timedelta(days=1), until=self.now + timedelta(days=60),
        )  # fmt: skip
        return stands_in

    def leaves(self, user, case):
        with arranging():
            Assignment._base_manager.filter(case=case, user=user).update(ended_at=self.now)

    # ------------------------------------------------------------ facts
    def hearing(self, case, days, hour, *, told=False, on_record=None, **fields):
        """So many days from today where the office is, on record for two months unless it is said."""
        zone = ZoneInfo(case.office.time_zone)
        day = self.now.astimezone(zone).date() + timedelta(days=days)
        begins = datetime.combine(day, hour or time(), tzinfo=zone)
        on_record = on_record or self.now - LONG_AGO
        hearing = HearingMake(
            case=case, on=f"{day}", local_time=hour, starts_at=begins, scheduled_at=on_record,
            proceeding=self.proceeding(case), updated_at=self.now, created_at=on_record, **fields,
        )  # fmt: skip
        self.hearings.append(hearing)
        if told:
            self.fact("hearing.schedule", self.lawyer(case), hearing, version=1)
        return hearing

    def proceeding(self, case):
        return ProceedingMake(case=case)

    def bail(self, case, verb, *, person_of=None, **fields):
        """A bail of which the court has decided; `verb` is the fact that the audit holds."""
        accused = AccusedMake(case=case, perpetrator=person_of or PerpetratorMake())
        bail = BailOrderMake(case=case, accused=accused, **fields)
        self.bails.append(bail)
        self.fact(verb, self.lawyer(case), bail, kind="pretrial")
        return bail

    def granted(self, case, **more):
        return self.bail(case, "bail.grant", status="GRANTED", decided_on="2026-11-01", **more)

    def released(self, case, **more):
        return self.bail(
            case, "bail.release", status="GRANTED", decided_on="2026-11-01", released_on="2026-11-02", **more
        )

    def fact(self, verb, by, subject, **detail):
        with viewing_as(by):
            record(verb, by=by, subject=subject, **detail)


def seeded(now, *, seed=1, cases=4, hearings=True):
    """Three offices, their cases of every secrecy, hearings that are due now, and facts of bail."""
    world = World(now=now, seed=seed)
    for zone, country in PLACES:
        office = world.office(zone, country)
        for number in range(cases):
            furnish(world, office, number, hearings=hearings)
    one_person_in_two_places(world)
    return world


def furnish(world, office, number, *, hearings):
    """One case after the other, each of another make."""
    roles = TEAM if number % 4 != 3 else (Role.CASEWORKER, Role.SOCIAL_WORKER)
    case = world.case(office, roles, sensitivity=(0, 1, 0, 2)[number % 4])
    team = world.teams[case.pk]
    if number % 4 == 1:
        world.deputy(team[Role.LAWYER], office)
        world.member(case, Role.LAWYER, backup=True)
    if number % 4 == 2:  # the paralegal has left, and so has the social worker's account
        world.leaves(team[Role.PARALEGAL], case)
        gone = team[Role.SOCIAL_WORKER]
        type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    if hearings:
        court_days(world, case, team)
    world.granted(case)
    if number % 2 == 0:
        world.released(case)
        world.bail(case, "bail.refuse", status="REFUSED", decided_on="2026-11-01")


def court_days(world, case, team):
    """Hearings of which each is at another point of its reminders."""
    goes = team.get(Role.LAWYER) or team[Role.CASEWORKER]
    sure = {"confirmed_at": world.now - timedelta(days=1)}
    world.hearing(case, 1, time(11), who_goes=goes, **sure)
    world.hearing(case, 2, time(1, 15), who_goes=goes, **sure)
    world.hearing(case, 7, time(0, 45), **sure)
    speaks = world.hearing(case, 13, time(9), who_goes=goes, **sure)
    AttendanceMake(case=case, hearing=speaks, survivor=SurvivorMake(case=case), called=True)
    world.hearing(case, 3, None, who_goes=goes, **sure)
    world.hearing(case, 20, time(10), who_goes=goes, told=True, **sure)
    world.hearing(case, 30, time(10), on_record=world.now, **sure)
    outsider = person(Role.LAWYER, case.office, factor=False)
    world.hearing(case, 5, time(9, 30), who_goes=outsider, **sure)
    world.hearing(case, -1, time(9), who_goes=goes)  # H5: nobody has said what happened
    if world.dice.random() < 0.5:
        world.hearing(case, 1, time(15), outcome="vacated")


def one_person_in_two_places(world):
    """The same human being on files of two offices: the other team hears of its own file alone."""
    here, there = world.cases[0], world.cases[-1]
    somebody = PerpetratorMake()
    AccusedMake(case=there, perpetrator=somebody)
    world.released(here, person_of=somebody)
