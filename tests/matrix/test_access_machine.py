"""Whatever happens to people, cases and offices in whatever order: three tellings of one rule agree.

The manager, the second lock (raw SQL as the web role) and `people_who_may_see` are asked after every step,
for every person and every case. ATTACK=1 walks much longer.
"""

import os
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import Deputy, Duty, Membership, User
from accounts.roles import Role
from accounts.scope import viewing_as
from cases.actions import break_glass
from cases.models import Assignment, Case, Share
from cases.querysets import CASE_ROLES, people_who_may_see
from tests.factories import AssignmentMake, CaseMake, DutyMake, MembershipMake, OfficeMake, UserMake

PEOPLE, OFFICES, CASES = 6, 2, 4
people = st.integers(0, PEOPLE - 1)
offices = st.integers(0, OFFICES - 1)
cases = st.integers(0, CASES - 1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Access(RuleBasedStateMachine):
    """Six people, two offices, four cases; all that can happen between them."""

    def __init__(self):
        super().__init__()
        self.before = transaction.savepoint()
        self.offices = [OfficeMake() for _each in range(OFFICES)]
        self.cases = [CaseMake(office=self.offices[n % OFFICES], sensitivity=n % 3) for n in range(CASES)]
        self.people = [UserMake(factor=False) for _each in range(PEOPLE)]
        for place, user in enumerate(self.people):
            MembershipMake(user=user, office=self.offices[place % OFFICES], role=list(Role)[place])

    def teardown(self):
        transaction.set_rollback(False)
        transaction.savepoint_rollback(self.before)

    @rule(who=people, case=cases, role=st.sampled_from(CASE_ROLES))
    def assign(self, who, case, role):
        facts = {"case": self.cases[case], "user": self.people[who], "role": role}
        if not Assignment._base_manager.filter(ended_at=None, **facts).exists():
            AssignmentMake(**facts)

    @rule(who=people, case=cases)
    def unassign(self, who, case):
        rows = Assignment._base_manager.filter(user=self.people[who], case=self.cases[case], ended_at=None)
        rows.update(ended_at=timezone.now())

    @rule(who=people, case=cases, hours=st.sampled_from((-1, 1)))
    def an_assignment_has_an_end(self, who, case, hours):
        rows = Assignment._base_manager.filter(user=self.people[who], case=self.cases[case], kind="team")
        rows.update(until=timezone.now() + hours * HOUR)

    @rule(case=cases, level=st.integers(0, 2))
    def seal(self, case, level):
        Case._base_manager.filter(pk=self.cases[case].pk).update(sensitivity=level)

    @rule(case=cases, office=offices)
    def move_to_another_office(self, case, office):
        Case._base_manager.filter(pk=self.cases[case].pk).update(office=self.offices[office])

    @rule(who=people, office=offices, role=st.sampled_from(list(Role)))
    def start_role(self, who, office, role):
        place = None if role in Membership.OFFICELESS else self.offices[office]
        facts = {"user": self.people[who], "office": place, "role": role, "ended_at": None}
        Membership.objects.get_or_create(**facts)

    @rule(who=people, office=offices)
    def end_roles(self, who, office):
        rows = Membership.objects.filter(user=self.people[who], office=self.offices[office], ended_at=None)
        rows.update(ended_at=timezone.now())

    @rule(who=people)
    def end_roles_of_no_office(self, who):
        rows = Membership.objects.filter(user=self.people[who], office=None, ended_at=None)
        rows.update(ended_at=timezone.now())

    @rule(who=people, active=st.booleans())
    def let_go_or_take_back(self, who, active):
        User.objects.filter(pk=self.people[who].pk).update(is_active=active)

    @rule(who=people, office=offices)
    def duty_of_this_week(self, who, office):
        Duty.objects.filter(office=self.offices[office]).delete()
        DutyMake(user=self.people[who], office=self.offices[office])

    @rule(office=offices)
    def no_duty(self, office):
        Duty.objects.filter(office=self.offices[office]).delete()

    @rule(away=people, deputy=people, starts=st.sampled_from((-1, 1)))
    def deputy(self, away, deputy, starts):
        if away != deputy:
            now = timezone.now()
            facts = {
                "person": self.people[away],
                "deputy": self.people[deputy],
                "named_by": self.people[away],
            }
            Deputy.objects.create(starts_at=now + starts * HOUR, until=now + DAY, **facts)

    @rule(deputy=people)
    def end_deputies(self, deputy):
        Deputy.objects.filter(deputy=self.people[deputy]).update(ended_at=timezone.now())

    @rule(who=people, case=cases)
    def emergency(self, who, case):
        """By the verb itself: it opens or refuses, and the three still agree."""
        me = User.objects.get(pk=self.people[who].pk)
        if me.is_active:
            with viewing_as(me):
                break_glass(
                    self.cases[case].number, by=me, now=timezone.now(), reason="The child is in danger"
                )

    @rule(who=people, case=cases, parts=st.sampled_from((["case"], ["hearings"], ["case", "bail"])))
    def share(self, who, case, parts):
        now, one = timezone.now(), Case._base_manager.get(pk=self.cases[case].pk)
        Share._base_manager.create(
            case=one, office_id=one.office_id, sensitivity=one.sensitivity, user=self.people[who],
            parts=parts, purpose="A trial", by=self.people[0], started_at=now - HOUR, until=now + DAY,
        )  # fmt: skip

    @rule(who=people)
    def end_shares(self, who):
        Share._base_manager.filter(user=self.people[who]).update(ended_at=timezone.now())

    @invariant()
    def the_three_agree(self):
        backwards = {}
        for case in Case._base_manager.filter(pk__in=[case.pk for case in self.cases]):
            for person_id in people_who_may_see(case).values_list("pk", flat=True):
                backwards.setdefault(person_id, set()).add(case.pk)
        for user in User.objects.filter(pk__in=[user.pk for user in self.people]):
            with viewing_as(user):
                by_manager = set(Case.objects.values_list("pk", flat=True))
                by_database = seen_by_database()
            assert by_manager == by_database == backwards.get(user.pk, set()), user.held


def seen_by_database():
    """What the web role gets, whatever our code forgets; nothing for somebody who may not look at all."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT id FROM cases_case")
            return {key for (key,) in cursor.fetchall()}
    except DatabaseError as refused:
        if refused.__cause__.pgcode != "42501":
            raise
        return set()


def test_the_three_tellings_of_the_rule_agree_whatever_happens(db):
    long = bool(os.environ.get("ATTACK"))
    run_state_machine_as_test(
        Access,
        settings=settings(
            max_examples=30 if long else 6,
            stateful_step_count=30 if long else 20,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
