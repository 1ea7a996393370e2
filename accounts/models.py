import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.querysets import AwayQuerySet, DutyQuerySet, InvitationQuerySet, UserManager, factors_of
from accounts.roles import HELD_BACK_UNDER_DURESS, ROLE_CAN, ROLE_REACH, SYSTEM_PRINCIPALS, Reach, Role


class Office(models.Model):
    """A field office: where cases are worked, in whose time and money."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    alias = models.CharField(_("neutral alias for mail"), max_length=40, default="Desk")
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2)
    region = models.CharField(_("region"), max_length=40, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40)
    currency = models.CharField(_("currency"), max_length=3)
    languages = ArrayField(
        models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True
    )
    opened = models.PositiveSmallIntegerField(_("opened"), null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="office_country_code", condition=Q(country__regex=r"^[A-Z]{2}$")),
            models.CheckConstraint(name="office_currency_code", condition=Q(currency__regex=r"^[A-Z]{3}$")),
        ]

    class Privacy:
        neutral = {
            "id", "key", "name", "alias", "city", "country", "region", "time_zone", "currency", "languages",
            "opened", "note",
        }  # fmt: skip

    def __str__(self):
        return self.name


class User(AbstractBaseUser):
    """A person who works here, or a system principal (which has no password and cannot sign in)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    principal = models.CharField(max_length=20, blank=True, default="")
    shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    # The hash of a second password, chosen for the day on which somebody forces her to sign in.
    duress = models.CharField(max_length=128, blank=True, default="")

    under_duress = False  # set for one request, by the session: she sees nothing, under both locks

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    is_staff = False
    is_superuser = False

    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_principal_known", condition=Q(principal__in=["", *sorted(SYSTEM_PRINCIPALS)])
            ),
            models.UniqueConstraint(
                name="user_principal_once", fields=["principal"], condition=~Q(principal="")
            ),
        ]

    class Privacy:
        identifying = {"email", "name"}
        sensitive = {"password", "duress", "last_login"}
        neutral = {"id", "language", "is_active", "principal", "shortcuts", "joined_at"}

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    @cached_property
    def enrolled(self):
        """Has this person a passkey or an app that shows codes? Recovery codes alone are no second factor."""
        known = getattr(self, "has_factor", None)  # asked together with the person, see accounts/backends.py
        return factors_of(self.pk).exists() if known is None else known

    @cached_property
    def held(self):
        """The memberships that hold now with their offices, in the order of the offices' names."""
        return list(
            self.memberships.filter(ended_at=None).select_related("office").order_by("office__name", "pk")
        )

    @cached_property
    def live_memberships(self):
        """(office id or None, role) of each membership that holds now."""
        return [(membership.office_id, Role(membership.role)) for membership in self.held]

    @cached_property
    def verbs(self):
        """What she may do somewhere; of a desk that shows nothing only what works on nothing."""
        held = frozenset().union(*(ROLE_CAN[role] for _office, role in self.live_memberships))
        return held - HELD_BACK_UNDER_DURESS if self.under_duress else held

    def can(self, verb):
        """May this person do that, somewhere?"""
        return self.is_active and verb in self.verbs

    def can_in(self, office_id, verb):
        """May this person do that by a role held in this very office?"""
        return self.can(verb) and any(
            office == office_id and verb in ROLE_CAN[role] for office, role in self.live_memberships
        )

    def can_on(self, verb, office_id):
        """May this person do that to a record of this office?

        What she is there decides, with the roles that belong to no office. Where she is nothing, as somebody
        named on a case of an office she has left or as its duty officer, any role she holds decides; whoever
        looks at every office as its overseer stays an overseer.
        """
        if not self.can(verb):
            return False
        if self.agrees_on(verb):
            return True
        here = [role for office, role in self.live_memberships if office == office_id]
        wide = [role for office, role in self.live_memberships if office is None]
        guest = not here and not (self.sees_everywhere and office_id not in self.offices_in_reach)
        return guest or any(verb in ROLE_CAN[role] for role in (*here, *wide))

    def agrees_on(self, verb):
        """All her roles say the same of this verb, so that the office does not matter."""
        return len({verb in ROLE_CAN[role] for _office, role in self.live_memberships}) < 2

    @cached_property
    def sees_everywhere(self):
        held = not self.under_duress and self.live_memberships
        return any(ROLE_REACH[role] is Reach.EVERYWHERE for _office, role in held or ())

    @cached_property
    def offices_in_reach(self):
        """Ids of the offices whose open cases this person sees: by role, or as this week's duty officer."""
        by_role = {office for office, role in self.live_memberships if ROLE_REACH[role] is Reach.OFFICE}
        if self.under_duress:
            return set()
        if not self.does_casework:
            return by_role
        away = [deputy.person_id for deputy in self.standing_in]
        leading = [role for role, reach in ROLE_REACH.items() if reach is Reach.OFFICE]
        led = Membership.objects.filter(user__in=away, role__in=leading, ended_at=None) if away else ()
        by_role |= {membership.office_id for membership in led}
        if not getattr(self, "has_duty", True):
            return by_role
        return by_role | set(self.duties.current().values_list("office_id", flat=True))

    @cached_property
    def does_casework(self):
        """Has a role that sees cases, not only what was shared: others have no duty."""
        seeing = (Reach.ASSIGNED, Reach.OFFICE, Reach.EVERYWHERE)
        return any(ROLE_REACH[role] in seeing for _office, role in self.live_memberships)

    @cached_property
    def standing_in(self):
        """For whom this person stands in now, each with `person` and `until`."""
        # Both this and a duty are asked together with the person, see accounts/backends.py.
        if self.under_duress or not self.does_casework or not getattr(self, "has_stand_in", True):
            return []
        held = self.stands_in_for.current().filter(person__is_active=True)
        return list(held.select_related("person").order_by("until", "pk"))

    @cached_property
    def is_partner(self):
        """Sees nothing but what was shared with her."""
        return any(ROLE_REACH[role] is Reach.SHARED for _office, role in self.live_memberships)

    @cached_property
    def offices_seen(self):
        """The offices whose open cases this person sees, in the order of their names."""
        offices = Office.objects.order_by("name", "pk")
        return list(offices if self.sees_everywhere else offices.filter(pk__in=self.offices_in_reach))

    @cached_property
    def home_office(self):
        """The office whose clock and name stand in the footer; None for people of no office."""
        return next((membership.office for membership in self.held if membership.office), None)


class Membership(models.Model):
    """A person's role in an office; no office for roles that belong to none."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, related_name="memberships", null=True, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    OFFICELESS = (Role.GLOBAL_DIRECTOR, Role.ADMINISTRATOR, Role.AUDITOR)

    class Meta:
        constraints = [
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="membership_office_unless_officeless",
                condition=Q(office__isnull=False)
                | Q(role__in=["global_director", "administrator", "auditor"]),
            ),
            models.UniqueConstraint(
                name="membership_once_at_a_time",
                fields=["user", "office", "role"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        neutral = {"id", "user", "office", "role", "started_at", "ended_at"}

    def __str__(self):
        return f"{self.role} #{self.pk}"


class Duty(models.Model):
    """Who is the duty officer of an office in which days (the end day is not included)."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="duties")
    user = models.ForeignKey(User, models.PROTECT, related_name="duties")
    days = DateRangeField()

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="duty_one_officer_at_a_time",
                # A range of one office id: equality in GiST would need an extension that a server may lack.
                expressions=[
                    (
                        Func("office_id", "office_id", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("days", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    class Privacy:
        neutral = {"id", "office", "user", "days"}

    def __str__(self):
        return f"{self.office_id} {self.days}"


class Away(models.Model):
    """A period for which a person is away, by whom it was written down, and whether it was ended early."""

    starts_at = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = AwayQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(name="%(class)s_has_an_end", condition=Q(until__gt=F("starts_at")))
        ]

    class Privacy:
        neutral = {"id", "person", "starts_at", "until", "ended_at", "named_by"}

    def __str__(self):
        return str(self.person_id)


class Deputy(Away):
    """Who stands in for a person for a period: sees the cases that person is named on, but sealed ones."""

    person = models.ForeignKey(
        User, models.PROTECT, related_name="deputies", verbose_name=_("person who is away")
    )
    deputy = models.ForeignKey(
        User, models.PROTECT, related_name="stands_in_for", verbose_name=_("stands in")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="deputy_is_somebody_else", condition=~Q(person=F("deputy"))),
            *Away.Meta.constraints,
        ]

    class Privacy:
        sensitive = {"reason"}
        neutral = {"deputy"}


class Absence(Away):
    """Somebody is away and nobody sees her cases for her: others are asked first, she finds it afterwards."""

    person = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("who is away"))


class SignIn(AbstractBaseSession):
    """One browser that somebody is signed in with, or has just come to the door with."""

    handle = models.UUIDField(default=uuid.uuid4, unique=True)  # what addresses name; the key is a secret
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", null=True, blank=True)
    device = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        sensitive = {"session_key", "session_data", "device"}
        neutral = {"handle", "user", "expire_date", "started_at", "seen_at"}

    def __str__(self):
        return str(self.handle)


class Invitation(models.Model):
    """A link that lets a new colleague choose her password: works once, for a time, unless it is revoked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Privacy:
        sensitive = {"digest"}
        neutral = {"id", "user", "invited_by", "sent_at", "expires_at", "accepted_at", "revoked_at"}

    def __str__(self):
        return str(self.pk)


class Signal(models.Model):
    """Somebody signed in under duress: the leads of her offices must reach her, away from the screen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="signals")
    given_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    called = ArrayField(models.UUIDField(), default=list)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signal_answered_by_somebody",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    class Privacy:
        sensitive = {"user"}
        neutral = {"id", "given_at", "called_at", "calls", "called", "answered_at", "answered_by"}

    def __str__(self):
        return str(self.pk)


class Sending(models.Model):
    """One form sent once: a repeated key (double click, back button, bad line) gets the first answer."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="sendings")
    path = models.CharField(max_length=200)
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Privacy:
        neutral = {"key", "user", "path", "location", "at"}

    def __str__(self):
        return str(self.key)
