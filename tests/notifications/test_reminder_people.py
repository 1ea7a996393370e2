"""The statement that finds the people of thousands of reminders says what the Directory says of each."""

import random
from datetime import date, timedelta

import pytest

from accounts.models import Absence, Deputy
from accounts.roles import Role
from cases.models import Case
from notifications.actions.reminding import people_of, unusual_of
from notifications.clock import as_reminders
from notifications.models import Delivery, InboxItem, Reminder
from notifications.recipients import Directory
from prosecutions.models import Attendance
from tests.factories import AttendanceMake, CaseMake, DutyMake, MembershipMake, UserMake
from tests.notifications.conftest import hearing_at, local
from tests.people import on_case, person

NOW = local("2026-12-08T09:00")  # two days before the hearings, all entered long ago
ROLES = [
    Role.LAWYER, Role.LAWYER, Role.PARALEGAL, Role.SOCIAL_WORKER, Role.CASEWORKER, Role.INVESTIGATOR,
    Role.LEGAL_LEAD, Role.OFFICE_DIRECTOR, Role.SAFEGUARDING_LEAD,
]  # fmt: skip
HEARINGS = 40


@pytest.fixture
def offices(office, other_office, director, legal_lead):
    """Two offices; one has leads and a duty officer, the other nobody; and one who sees everything."""
    person(Role.GLOBAL_DIRECTOR, None)
    on_duty = person(Role.LAWYER, office)
    DutyMake(office=office, user=on_duty, days=(date(2026, 12, 1), date(2026, 12, 20)))
    return [office, other_office], [director, legal_lead, on_duty]


def away(user, dice, others):
    """Away now, over, or not yet; with somebody who stands in for her, or without."""
    kind = dice.choice(["now", "now", "over", "later", "ended"])
    since = NOW + {"later": timedelta(days=1)}.get(kind, timedelta(days=-9))
    period = {
        "starts_at": since, "until": since + timedelta(days=1 if kind == "over" else 30), "named_by": user,
        "ended_at": NOW - timedelta(hours=1) if kind == "ended" else None,
    }  # fmt: skip
    if dice.random() < 0.7:
        Deputy.objects.create(person=user, deputy=dice.choice([o for o in others if o != user]), **period)
    else:
        Absence.objects.create(person=user, **period)


def team_of(case, dice, crowd):
    """Some people of some roles: present, past, for a while, as backup, in an emergency, or gone for good."""
    members = []
    for user in dice.sample(crowd, dice.choice([0, 2, 3, 4, 5, 6])):
        fields = {"backup": dice.random() < 0.2, "kind": "team"}
        fields["ended_at"] = NOW - timedelta(days=1) if dice.random() < 0.15 else None
        fields["until"] = dice.choice([None, None, None, NOW + timedelta(days=3), NOW - timedelta(days=3)])
        members.append(on_case(user, case, dice.choice(ROLES), **fields))
    return members


def arrange(offices, leads, dice):
    """A crowd, some of whom are away or have left, on cases that are open, of the team alone, or sealed."""
    crowd = []
    for number in range(14):
        user = UserMake(is_active=dice.random() > 0.1)
        MembershipMake(user=user, office=offices[number % 2], role=dice.choice(ROLES))
        crowd.append(user)
    for user in dice.sample([*crowd, *leads], 4):
        away(user, dice, [*crowd, *leads])
    for number in range(HEARINGS):
        case = CaseMake(office=dice.choice(offices), sensitivity=dice.choice([0, 0, 1, 2]))
        members = team_of(case, dice, crowd)
        goes = dice.choice([None, None, *members, *members, *members, *leads, *crowd[:2]])
        zone = {"who_goes": goes, "confirmed_at": dice.choice([None, NOW - timedelta(days=2)])}
        hearing = hearing_at(case, f"2026-12-10T{9 + number % 8:02}:30", **zone)
        if dice.random() < 0.4:
            AttendanceMake(case=case, hearing=hearing, called=True)


@pytest.mark.parametrize("seed", [7, 1873])
def test_the_statement_and_the_directory_name_the_same_people(seed, offices, sweep):
    arrange(*offices, random.Random(seed))  # noqa: S311

    sweep(local("2026-12-08T17:30"))

    with as_reminders("a test looks", at=local("2026-12-08T17:30")):
        given = Reminder.objects.filter(state="fired").select_related("hearing__case__office")
        told = {}
        for user, key, why in InboxItem.objects.filter(key__startswith="h2:").values_list(
            "user", "key", "why"
        ):
            told.setdefault(key, {})[user] = why
        assert given
        for row in given:
            key = f"h2:{row.hearing_id}:v{row.hearing_version}:{row.step}"
            called = Attendance.objects.filter(hearing=row.hearing, called=True).exists()
            alone = Directory([Case.objects.select_related("office").get(pk=row.hearing.case_id)])
            assert told.pop(key, {}) == people_of(row, called, alone), (
                row.step,
                row.hearing.case.sensitivity,
            )
        assert told == {}
        plain = len(given) - len(unusual_of([str(row.pk) for row in given], now=local("2026-12-08T17:30")))
        assert 8 < plain < len(given)
        assert Delivery.objects.count() <= InboxItem.objects.count()
