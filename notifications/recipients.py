"""Whom a rule reaches: roles of the catalogue turned into people, never without the need to know."""

from collections import defaultdict
from functools import partial

from accounts.models import Absence, Deputy, Duty, Membership, User
from accounts.roles import Reach, Role, roles_reaching
from cases.models import Assignment
from cases.querysets import OPEN_TO_OFFICE, SEALED, holding_now
from notifications.rules import FALLBACK, To

ON_CASE = {
    To.LAW: Role.LAWYER,
    To.PAR: Role.PARALEGAL,
    To.SW: Role.SOCIAL_WORKER,
    To.INV: Role.INVESTIGATOR,
    To.LD: Role.LEGAL_LEAD,
    To.SG: Role.SAFEGUARDING_LEAD,
    To.FOD: Role.OFFICE_DIRECTOR,
}
OF_OFFICE = {
    To.LD: Role.LEGAL_LEAD,
    To.SG: Role.SAFEGUARDING_LEAD,
    To.FOD: Role.OFFICE_DIRECTOR,
    To.RD: Role.REGIONAL_DIRECTOR,
}
# Small offices have one caseworker for everything: she stands where a case has nobody of the role.
STOOD_IN_FOR = (To.LAW, To.INV)


class Directory:
    """All that is needed to find the recipients for cases, in as many queries for one as for a thousand."""

    def __init__(self, cases, offices=()):
        self.cases = {case.pk: case for case in cases}
        self.offices = {case.office_id for case in self.cases.values()} | {office.pk for office in offices}
        self.team = defaultdict(list)
        rows = Assignment.objects.filter(holding_now(), case_id__in=self.cases).order_by("started_at", "pk")
        for row in rows:
            self.team[row.case_id].append(row)
        self.leads = self._leads()
        self.duty = defaultdict(list)
        for duty in Duty.objects.current().filter(office_id__in=self.offices):
            self.duty[duty.office_id].append(duty.user_id)
        self.deputies = self._deputies()
        self.active, self.seeing = self._people()
        self.away = self._away()

    def _leads(self):
        """(office, role) to people, by membership alone."""
        leads = defaultdict(list)
        reaching = [*roles_reaching(Reach.OFFICE, Reach.EVERYWHERE), Role.ADMINISTRATOR]
        for row in Membership.objects.filter(ended_at=None, role__in=reaching).order_by("started_at", "pk"):
            leads[(row.office_id, Role(row.role))].append(row.user_id)
        return leads

    def _named(self):
        """Everybody who may come into question, but for deputies."""
        named = {row.user_id for rows in self.team.values() for row in rows}
        return named | {user for users in (*self.leads.values(), *self.duty.values()) for user in users}

    def _deputies(self):
        """Who stands in for whom now."""
        deputies = defaultdict(list)
        held = Deputy.objects.current().filter(person__in=self._named(), person__is_active=True)
        for row in held.order_by("starts_at", "pk"):
            deputies[row.person_id].append(row.deputy_id)
        return deputies

    def _people(self):
        """Who of all these is active; who of the duty officers has a role that sees cases at all."""
        named = self._named() | {user for users in self.deputies.values() for user in users}
        people = User.objects.filter(pk__in=named, is_active=True, principal="")
        blind = roles_reaching(Reach.NOTHING, Reach.SHARED)
        seeing = Membership.objects.filter(ended_at=None, user_id__in=named).exclude(role__in=blind)
        return set(people.values_list("pk", flat=True)), set(seeing.values_list("user_id", flat=True))

    def _away(self):
        """Who of all these is away: she finds it afterwards, others are asked first."""
        current = (kind.objects.current().filter(person__in=self.active) for kind in (Deputy, Absence))
        one, other = (rows.values_list("person", flat=True) for rows in current)
        return set(one.union(other))

    def resting(self, found):
        """Of the people found, those who are told in passing: they are away, and somebody else is not."""
        away = self.away.intersection(found)
        return away if len(away) < len(found) else set()

    def may_see(self, case):
        """cases.people_who_may_see for many cases at once; a test keeps the two alike."""
        allowed = {row.user_id for row in self.team[case.pk]}
        away = {row.user_id for row in self.team[case.pk] if row.kind == "team"}
        if case.sensitivity == OPEN_TO_OFFICE:
            for (office, role), users in self.leads.items():
                in_office = office == case.office_id and role in roles_reaching(Reach.OFFICE)
                if in_office or role in roles_reaching(Reach.EVERYWHERE):
                    allowed.update(users)
                if in_office:
                    away.update(users)
            allowed.update(user for user in self.duty[case.office_id] if user in self.seeing)
        if case.sensitivity < SEALED:
            allowed.update(d for user in away for d in self.deputies.get(user, ()) if d in self.seeing)
        return allowed & self.active

    def resolve(self, case, to, *, known=None, fallback=FALLBACK, also=()):
        """The people of these roles who may see the case, each with the reason; others when there are none.

        Somebody who is away stays among them (see `resting`); the next in line who is not stands beside her.
        `known` gives the people of roles that only the occasion knows: who goes, who was told. `also` are
        roles that are told besides: they stand in for nobody.
        """
        allowed = self.may_see(case)
        found = self._reached(case, to, allowed, known or {})
        for role in fallback:
            found = found or self._reached(case, (role,), allowed, {})
        found = found or dict.fromkeys(sorted(allowed & self._last_resort()), To.RD)
        if self.away.intersection(found):
            reach = partial(self._reached, case, allowed=allowed)
            found = self._covered(found, to, fallback, reach=reach, known=known or {})
        return found | {
            user: role
            for user, role in self._reached(case, also, allowed, known or {}).items()
            if user not in found
        }

    def staff(self, office, to, *, known=None, fallback=FALLBACK):
        """The people of these roles for what is of no case: about the system, or about the office itself."""
        found = {}
        asked = {user for users in (known or {}).values() for user in users}
        active = self.active | here(asked - self.active)
        for role in (*to, None, *fallback, To.SYS):
            if role is None and not self.away.issuperset(found):
                break
            for user in (known or {}).get(role, ()) or self._of_office(office, role):
                for told in (user, *self.deputies.get(user, ())):
                    if told in active:
                        found.setdefault(told, role)
        return found

    def _of_office(self, office, role):
        """Who holds the role, whatever the case; administrators are of no office or of all."""
        if role is To.SYS:
            held = (users for (_office, name), users in self.leads.items() if name is Role.ADMINISTRATOR)
            return [user for users in held for user in users]
        if role is To.DUTY:
            return self.duty[office.pk]
        return self.leads[(office.pk, OF_OFFICE[role])] if role in OF_OFFICE else []

    def _covered(self, found, to, fallback, *, reach, known):
        """With the next in line who is here, where all the people of one role are away."""
        gone = [
            role for role in to if (people := reach((role,), known=known)) and self.away.issuperset(people)
        ]
        if not gone and not self.away.issuperset(found):
            return found
        for role in fallback:
            here = {user: why for user, why in reach((role,), known={}).items() if user not in self.away}
            if here:
                return found | {user: why for user, why in here.items() if user not in found}
        return found

    def left_out(self, case, to, *, known=None):
        """People of these roles who may not see the case (any more)."""
        everybody = {user for role in to for user in self._of_role(case, role, known or {})}
        return everybody - self.may_see(case)

    def _reached(self, case, to, allowed, known):
        found = {}
        for role in to:
            for user in self._of_role(case, role, known):
                for told in (user, *self.deputies.get(user, ())):
                    if told in allowed:
                        found.setdefault(told, role)
        return found

    def _of_role(self, case, role, known):
        """Everybody of this role, whether she may see the case or not."""
        if role in known:
            return known[role]
        team = self.team[case.pk]
        if role is To.TEAM:
            return [row.user_id for row in team]
        if role is To.BK:
            return [row.user_id for row in team if row.backup]
        if role is To.DUTY:
            return self.duty[case.office_id]
        named = [row.user_id for row in team if row.role == ON_CASE.get(role) and not row.backup]
        named += self.leads[(case.office_id, OF_OFFICE[role])] if role in OF_OFFICE else []
        if not named and role in STOOD_IN_FOR:
            named = [row.user_id for row in team if row.role == Role.CASEWORKER and not row.backup]
        return named

    def _last_resort(self):
        """Global directors: no alert without a reader."""
        return {
            user
            for (_office, role), users in self.leads.items()
            if role in roles_reaching(Reach.EVERYWHERE)
            for user in users
        }


def here(people):
    """Who of these works here."""
    if not people:
        return set()
    active = User.objects.filter(pk__in=people, is_active=True, principal="")
    return set(active.values_list("pk", flat=True))
