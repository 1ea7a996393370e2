from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from accounts.scope import ScopedManager
from cases.models.case import TRACK_REASONS, TRACK_STATUSES, CaseBearing, Keyed, of_case
from cases.querysets import RiskNoteQuerySet, ShareQuerySet
from cases.states import AgencyKind, CaseMilestoneKind, LinkKind, Naming, RiskLevel, SharePart, Track
from reference.fields import CodeField, PartialDateField, codes, keys


class Assignment(CaseBearing):
    """A person's need to know: who works on the case, as what, since when and until when."""

    case = of_case("assignments")
    user = models.ForeignKey(User, models.PROTECT, related_name="case_assignments", verbose_name=_("person"))
    role = CodeField(_("role"), choices=Role)
    kind = CodeField(_("kind"), choices=Naming, default=Naming.TEAM, editable=False)
    backup = models.BooleanField(_("stands in for the role"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="assignment_once_at_a_time", fields=["case", "user", "role"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="assignment_emergency_ends_and_says_why",
                condition=~Q(kind="break_glass") | (Q(until__isnull=False) & ~Q(reason="")),
            ),
        ]

    class Privacy:
        sensitive = {"reason"}
        neutral = {"user", "role", "kind", "backup", "started_at", "until", "ended_at"}


class Share(CaseBearing):
    """What a partner of another organisation may see of one case, for which purpose and until when."""

    case = of_case("shares")
    user = models.ForeignKey(User, models.PROTECT, related_name="shares", verbose_name=_("partner"))
    parts = codes(SharePart, verbose_name=_("what is shared"))
    purpose = models.CharField(_("purpose"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ScopedManager.from_queryset(ShareQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="share_has_an_end", condition=Q(until__gt=F("started_at"))),
            models.CheckConstraint(name="share_says_what_for", condition=~Q(purpose="")),
        ]

    class Privacy:
        sensitive = {"purpose"}
        neutral = {"user", "parts", "by", "started_at", "until", "ended_at"}


class TrackChange(CaseBearing):
    """One move of one track, in order."""

    case = of_case("track_changes")
    track = CodeField(choices=Track)
    position = models.PositiveIntegerField()
    status = CodeField(choices=TRACK_STATUSES)
    reason = CodeField(choices=TRACK_REASONS, blank=True)
    on = PartialDateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="track_change_in_order", fields=["case", "track", "position"]),
        ]

    class Privacy:
        sensitive = {"note"}
        neutral = {"track", "position", "status", "reason", "on", "by"}


class RiskNote(CaseBearing):
    """How great the danger was held to be, when and by whom; the latest counts, the earlier ones stay."""

    case = of_case("risk_notes")
    level = CodeField(_("risk"), choices=RiskLevel)
    on = PartialDateField(_("date"))
    note = models.TextField(_("why"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager.from_queryset(RiskNoteQuerySet)()

    class Privacy:
        sensitive = {"note"}
        neutral = {"level", "on", "by"}


class Agency(Keyed):
    """An organisation that plays a part in the case."""

    case = of_case("agencies")
    name = models.CharField(_("name"), max_length=1000)
    kind = CodeField(_("kind"), choices=AgencyKind)
    country = models.CharField(_("country"), max_length=2, blank=True)
    locality = models.CharField(_("town"), max_length=1000, blank=True)
    part_of = models.CharField(max_length=31, blank=True)
    partner = models.BooleanField(_("partner"), null=True, blank=True)
    trained_on = PartialDateField(_("trained on"))
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"name", "locality", "note"}
        neutral = {"kind", "country", "part_of", "partner", "trained_on"}


class ReferralStep(CaseBearing):
    """One step of the chain by which the case came to us; `us` stands for ourselves."""

    case = of_case("referral_steps")
    position = models.PositiveIntegerField()
    source = models.CharField(_("from"), max_length=1000)
    target = models.CharField(_("to"), max_length=1000)
    on = PartialDateField(_("date"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="referral_step_in_order", fields=["case", "position"])]

    class Privacy:
        sensitive = {"source", "target", "note"}
        neutral = {"position", "on"}


class Grant(CaseBearing):
    """Donor money that pays for the casework."""

    case = of_case("grants")
    name = models.CharField(_("donor or grant"), max_length=1000)
    through = models.CharField(_("through"), max_length=1000, blank=True)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"name", "through", "note"}
        neutral = {"starts_on", "ends_on"}


class CaseMilestone(CaseBearing):
    """Something the office wants to remember."""

    case = of_case("milestones")
    what = CodeField(_("what"), choices=CaseMilestoneKind)
    on = PartialDateField(_("date"))
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"note"}
        neutral = {"what", "on"}


class CaseLink(CaseBearing):
    """A typed tie to another case, by its number, or to one outside our system in plain words."""

    case = of_case("links")
    kind = CodeField(_("kind"), choices=LinkKind)
    number = models.CharField(_("number of the other case"), max_length=40, blank=True)
    outside = models.CharField(_("a case outside our system"), max_length=1000, blank=True)
    on = PartialDateField(_("since"))
    through = keys()
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="case_link_has_an_end", condition=~Q(number="") | ~Q(outside="")),
        ]
        indexes = [models.Index(name="case_link_to", fields=["number"])]

    class Privacy:
        sensitive = {"outside", "note"}
        neutral = {"kind", "number", "on", "through"}


class Note(CaseBearing):
    """A fact without a field, or what somebody wants the team to know."""

    case = of_case("notes")
    on = PartialDateField(_("date"))
    about = keys()
    text = models.TextField(_("text"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Privacy:
        sensitive = {"text"}
        neutral = {"on", "about", "author"}


class Task(CaseBearing):
    """Something somebody has to do."""

    case = of_case("tasks")
    title = models.CharField(_("what is to do"), max_length=200)
    due_on = models.DateField(_("due"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        User, models.PROTECT, related_name="tasks", null=True, blank=True, verbose_name=_("who")
    )
    about = models.CharField(max_length=31, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="task_done_by_somebody",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="task_open", fields=["assigned_to", "due_on"], condition=Q(done_at=None))
        ]

    class Privacy:
        sensitive = {"title"}
        neutral = {"due_on", "assigned_to", "about", "done_at", "done_by"}
