from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from accounts.roles import ROLE_CAN, Can, Reach, Role, roles_reaching
from accounts.scope import ScopedQuerySet
from cases.states import SHARED_TABLES, Sensitivity

OPEN_TO_OFFICE = Sensitivity.OFFICE
SEALED = Sensitivity.SEALED


class AppNow(Func):
    """The clock of the database, which tests can move."""

    function = "app_now"
    output_field = models.DateTimeField()


def holding_now():
    """Assignments that hold at this moment."""
    return Q(ended_at=None) & (Q(until=None) | Q(until__gt=AppNow()))


def cases_named_on(user):
    """Ids of the cases on which this person is named now, or somebody for whom she stands in."""
    # The base manager on purpose: the scoped one would ask this very rule again.
    assignments = apps.get_model("cases", "Assignment")._base_manager
    mine = Q(user=user)
    if away := [deputy.person_id for deputy in user.standing_in]:
        mine |= Q(user__in=away, sensitivity__lt=SEALED, kind="team")
    return assignments.filter(holding_now() & mine).values("case_id")


def cases_shared_with(user, model):
    """Ids of the cases of which this table is shared with a partner now."""
    parts = [part for part, tables in SHARED_TABLES.items() if model._meta.db_table in tables]
    shares = apps.get_model("cases", "Share")._base_manager
    holding = Q(ended_at=None, until__gt=AppNow(), sensitivity__lt=SEALED)
    return shares.filter(holding, user=user, parts__overlap=parts).values("case_id")


def by_name(user, model, case="case_id"):
    """The part of the rule that names the person: the team, or a share of this table."""
    named = Q(**{f"{case}__in": cases_named_on(user)})
    if not user.is_partner:
        return named
    return named | Q(**{f"{case}__in": cases_shared_with(user, model)})


def by_reach(user):
    """The part of the rule that comes from the reach of the person's roles."""
    if user.sees_everywhere:
        return Q(sensitivity=OPEN_TO_OFFICE)
    return Q(sensitivity=OPEN_TO_OFFICE, office_id__in=user.offices_in_reach)


class CaseQuerySet(ScopedQuerySet):
    """The need-to-know rule, and words to ask for cases with."""

    def visible_to(self, user):
        """Named on the case, or the case is open to an office within the person's reach."""
        if not user.is_active:
            return self.none()
        return self.filter(by_name(user, self.model, "pk") | by_reach(user))

    def for_list(self):
        return self.select_related("office").order_by(F("touched_at").desc(), "pk")

    def matching(self, text="", **codes):
        """Cases with the text in number or title, and with these codes; an empty code asks for nothing."""
        rows = self.filter(**{name: code for name, code in codes.items() if code not in ("", None)})
        return rows.filter(Q(number__icontains=text) | Q(title__icontains=text)) if text else rows

    def with_risk(self):
        """Each with `risk`, the note that counts as {level, on, note, by}; None where nobody assessed it."""
        notes = apps.get_model("cases", "RiskNote").objects.filter(case=OuterRef("pk"))
        told = JSONObject(level="level", on="on", note="note", by="by__name")
        return self.annotate(risk=Subquery(notes.latest_first().values_list(told)[:1]))

    def named_on(self, user):
        """Cases on whose team this person is now."""
        return self.filter(pk__in=cases_named_on(user))


class OfCaseQuerySet(ScopedQuerySet):
    """Rows that hang from a case and carry a copy of its office and sensitivity."""

    def visible_to(self, user):
        """Whoever sees the case sees the row; the copied scope saves the join."""
        if not user.is_active:
            return self.none()
        return self.filter(by_name(user, self.model) | by_reach(user))


class ShareQuerySet(OfCaseQuerySet):
    """What is shared of a case: the team sees all of it, a partner what is shared with herself now."""

    def visible_to(self, user):
        if not user.is_active:
            return self.none()
        rule = by_name(user, self.model) | by_reach(user)
        return self.filter(rule | holding_shares() & Q(user=user) if user.is_partner else rule)


def holding_shares():
    """Shares that hold at this moment; a sealed case is shared with nobody."""
    return Q(ended_at=None, until__gt=AppNow(), sensitivity__lt=SEALED)


class RiskNoteQuerySet(OfCaseQuerySet):
    """Words to ask for the risk of a case with."""

    def latest_first(self):
        """The first of a case is the one that counts."""
        return self.order_by("-created_at", "-pk")


def people_who_may_see(case):
    """The same rule read backwards: whom an alert about this case may reach."""
    users = apps.get_model("accounts", "User").objects
    assignments = apps.get_model("cases", "Assignment")._base_manager
    memberships = apps.get_model("accounts", "Membership").objects.filter(ended_at=None)
    named = assignments.filter(holding_now(), case_id=case.pk)
    leads = memberships.filter(role__in=roles_reaching(Reach.OFFICE), office_id=case.office_id)
    working = memberships.filter(role__in=SEEING).values("user_id")
    rule = Q(pk__in=named.values("user_id"))
    away = Q()
    if case.sensitivity < SEALED:
        away |= Q(person__in=named.filter(kind="team").values("user_id"))
    if case.sensitivity == OPEN_TO_OFFICE:
        everywhere = memberships.filter(role__in=roles_reaching(Reach.EVERYWHERE))
        on_duty = apps.get_model("accounts", "Duty").objects.current().filter(office_id=case.office_id)
        rule |= Q(pk__in=leads.values("user_id")) | Q(pk__in=everywhere.values("user_id"))
        rule |= Q(pk__in=on_duty.filter(user_id__in=working).values("user_id"))
        away |= Q(person__in=leads.values("user_id"))
    if away:
        deputies = apps.get_model("accounts", "Deputy").objects.current().filter(away, person__is_active=True)
        rule |= Q(pk__in=deputies.filter(deputy__in=working).values("deputy_id"))
    return users.filter(rule | Q(pk__in=partners_of(case)), is_active=True, principal="").order_by(
        "name", "pk"
    )


def partners_of(case):
    """Ids of the partners with whom the case itself is shared now."""
    shares = apps.get_model("cases", "Share")._base_manager
    holding = Q(ended_at=None, until__gt=AppNow(), sensitivity__lt=SEALED)
    of_partners = apps.get_model("accounts", "Membership").objects.filter(ended_at=None, role=Role.PARTNER)
    held = shares.filter(holding, case_id=case.pk, parts__overlap=["case"])
    return held.filter(user_id__in=of_partners.values("user_id")).values("user_id")


def colleagues_who_may_see(case):
    """Those of them who work here: a partner is given nothing to do."""
    seen_by_share = partners_of(case)
    named = apps.get_model("cases", "Assignment")._base_manager.filter(holding_now(), case_id=case.pk)
    strangers = Q(pk__in=seen_by_share) & ~Q(pk__in=named.values("user_id"))
    return people_who_may_see(case).exclude(strangers)


SEEING = roles_reaching(Reach.ASSIGNED, Reach.OFFICE, Reach.EVERYWHERE)
CASE_ROLES = (
    Role.CASEWORKER,
    Role.INVESTIGATOR,
    Role.LAWYER,
    Role.PARALEGAL,
    Role.SOCIAL_WORKER,
    Role.LEGAL_LEAD,
    Role.SAFEGUARDING_LEAD,
    Role.OFFICE_DIRECTOR,
)


def review_within():
    """How soon a lead has to look at an opening in an emergency."""
    return timedelta(hours=settings.EMERGENCY_REVIEW_HOURS)


class EmergencyQuerySet(ScopedQuerySet):
    """Words to ask for openings in an emergency with."""

    def visible_to(self, user):
        """One's own, and those of the offices whose unusual access one reviews."""
        if not user.is_active:
            return self.none()
        offices = {office for office, role in user.live_memberships if Can.REVIEW_ACCESS in ROLE_CAN[role]}
        if None in offices:
            return self.all()
        return self.filter(Q(user_id=user.pk) | Q(office_id__in=offices))

    def running(self, now):
        """Those that let somebody see a case at this moment."""
        return self.filter(ended_at=None, ends_at__gt=now)

    def waiting(self):
        """Those that nobody has reviewed yet."""
        return self.filter(reviewed_at=None)

    def overdue(self, now):
        """Those that should have been reviewed by now: their offices have lost the right meanwhile."""
        return self.waiting().filter(started_at__lt=now - review_within())

    def for_list(self):
        return self.select_related("user", "office", "reviewed_by").order_by("-started_at", "pk")
