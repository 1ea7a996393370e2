from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from aftercare.querysets import CareQuerySet, TherapyNoteQuerySet
from aftercare.states import (
    AssessmentReason,
    CareMilestoneKind,
    CareResult,
    Domain,
    EntitlementStatus,
    GoalStatus,
    PlacementKind,
    PlanArea,
    ServiceKind,
    SessionKind,
)
from cases.models import CaseBearing, of_case
from operations.models import Headcount
from reference.fields import CodeField, PartialDateField, amount, currency, keys, money_is_whole, words
from reference.sealed_fields import EncryptedText
from survivors.models import Survivor


class Care(CaseBearing):
    """Aftercare of one survivor, or of a head-count group."""

    case = of_case("cares")
    survivor = models.OneToOneField(Survivor, models.PROTECT, related_name="care", null=True, blank=True)
    headcount = models.OneToOneField(Headcount, models.PROTECT, related_name="care", null=True, blank=True)
    worker = models.ForeignKey(
        User, models.PROTECT, related_name="cares", null=True, blank=True, verbose_name=_("social worker")
    )
    worker_words = models.CharField(max_length=1000, blank=True)
    wishes = words(1000, verbose_name=_("wishes"))
    next_review_on = PartialDateField(_("next review"))
    result = CodeField(_("result"), choices=CareResult, blank=True)
    result_on = PartialDateField(_("since"))
    basis = models.TextField(_("what it rests on"), blank=True)
    result_note = models.TextField(blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(CareQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="care_is_of_a_person_or_a_group",
                condition=Q(survivor=None, headcount__isnull=False)
                | Q(survivor__isnull=False, headcount=None),
            ),
        ]
        indexes = [models.Index(name="care_updated", fields=["updated_at", "id"])]

    class Privacy:
        sensitive = {"worker_words", "wishes", "basis", "result_note", "note"}
        neutral = {"survivor", "headcount", "worker", "next_review_on", "result", "result_on"}

    @property
    def called(self):
        """What staff call the person or the group on screen."""
        return self.survivor.called if self.survivor else self.headcount.label

    @property
    def code(self):
        """The short code beside the name."""
        return self.survivor.code if self.survivor else self.headcount.key.upper()

    def latest_assessment(self):
        """The newest scoring; of two on one day the one made later. None when there is none."""
        return max(self.assessments.all(), key=lambda one: (one.on.last, one.position), default=None)

    def get_absolute_url(self):
        return reverse("aftercare:care-detail", args=[self.pk])


class Placement(CaseBearing):
    """One stay in a place of care."""

    case = of_case("placements")
    care = models.ForeignKey(Care, models.PROTECT, related_name="placements")
    position = models.PositiveIntegerField(default=1)
    kind = CodeField(_("kind"), choices=PlacementKind)
    at = EncryptedText(_("where"))
    address = EncryptedText(_("address"))
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    over = models.BooleanField(_("over, date not known"), default=False)
    placed_with = keys()
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        identifying = {"at", "address"}
        sensitive = {"note"}
        neutral = {"care", "position", "kind", "starts_on", "ends_on", "over", "placed_with"}


class Plan(CaseBearing):
    """One care plan with the day on which it must be looked at again."""

    case = of_case("plans")
    care = models.ForeignKey(Care, models.PROTECT, related_name="plans")
    position = models.PositiveIntegerField(default=1)
    on = PartialDateField(_("made on"))
    by = models.CharField(_("made by"), max_length=1000, blank=True)
    review_on = PartialDateField(_("review due"))
    reviewed_on = PartialDateField(_("reviewed on"))
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"by", "note"}
        neutral = {"care", "position", "on", "review_on", "reviewed_on"}


class Goal(CaseBearing):
    """One line of a plan."""

    case = of_case("goals")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    position = models.PositiveIntegerField(default=1)
    area = CodeField(_("area"), choices=PlanArea)
    goal = models.CharField(_("goal"), max_length=1000, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    due = PartialDateField(_("due"))
    done_on = PartialDateField(_("done on"))
    status = CodeField(_("state"), choices=GoalStatus, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"goal", "next_step", "note"}
        neutral = {"plan", "position", "area", "due", "done_on", "status"}


class Assessment(CaseBearing):
    """One scoring of the six domains, 1 most vulnerable to 4 least, against the home she will return to."""

    case = of_case("assessments")
    care = models.ForeignKey(Care, models.PROTECT, related_name="assessments")
    position = models.PositiveIntegerField(default=1)
    on = PartialDateField(_("date"))
    reason = CodeField(_("why now"), choices=AssessmentReason, blank=True)
    by = models.CharField(_("scored by"), max_length=1000, blank=True)
    setting = models.CharField(_("scored against"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="assessment_has_a_date", condition=~Q(on=""))]

    class Privacy:
        sensitive = {"by", "setting", "note"}
        neutral = {"care", "position", "on", "reason"}


class Score(CaseBearing):
    """A domain: its score, or the average of its parts. No row: not enough information."""

    case = of_case("scores")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scores")
    domain = CodeField(_("domain"), choices=Domain)
    value = models.DecimalField(_("score"), max_digits=5, decimal_places=4)
    parts = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="score_once", fields=["assessment", "domain"]),
            models.CheckConstraint(name="score_between_1_and_4", condition=Q(value__gte=1, value__lte=4)),
        ]

    class Privacy:
        sensitive = {"value", "parts"}
        neutral = {"assessment", "domain"}


class Service(CaseBearing):
    """One service."""

    case = of_case("services")
    care = models.ForeignKey(Care, models.PROTECT, related_name="services")
    kind = CodeField(_("kind"), choices=ServiceKind)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    by = models.CharField(_("by"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"by", "note"}
        neutral = {"care", "kind", "starts_on", "ends_on"}


class Entitlement(CaseBearing):
    """A benefit owed by a public scheme or a fund."""

    case = of_case("entitlements")
    care = models.ForeignKey(Care, models.PROTECT, related_name="entitlements")
    scheme = models.CharField(_("scheme"), max_length=1000)
    by = models.CharField(_("authority"), max_length=1000, blank=True)
    granted_low = amount(_("granted"))
    granted_high = amount()
    granted_currency = currency()
    applied_on = PartialDateField(_("applied on"))
    granted_on = PartialDateField(_("granted on"))
    paid_low = amount(_("received"))
    paid_high = amount()
    paid_currency = currency()
    paid_on = PartialDateField(_("received on"))
    status = CodeField(_("state"), choices=EntitlementStatus, blank=True)
    document = models.CharField(_("paper it depends on"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [money_is_whole("entitlement", "granted"), money_is_whole("entitlement", "paid")]

    class Privacy:
        sensitive = {"by", "document", "note"}
        neutral = {
            "care", "scheme", "granted_low", "granted_high", "granted_currency", "applied_on", "granted_on",
            "paid_low", "paid_high", "paid_currency", "paid_on", "status",
        }  # fmt: skip


class CareMilestone(CaseBearing):
    """A step on the survivor's road."""

    case = of_case("care_milestones")
    care = models.ForeignKey(Care, models.PROTECT, related_name="milestones")
    on = PartialDateField(_("date"))
    what = CodeField(_("what"), choices=CareMilestoneKind)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"note"}
        neutral = {"care", "on", "what"}


class TherapyNote(CaseBearing):
    """What was said in therapy. Nobody on the case reads it but those who work in therapy."""

    case = of_case("therapy_notes")
    care = models.ForeignKey(Care, models.PROTECT, related_name="therapy_notes", editable=False)
    on = PartialDateField(_("day of the session"))
    kind = CodeField(_("kind of session"), choices=SessionKind)
    text = EncryptedText(_("note"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager.from_queryset(TherapyNoteQuerySet)()
    row_rule = "'therapy.view' = ANY((SELECT my_verbs())::text[])"

    class Privacy:
        sensitive = {"text"}
        neutral = {"care", "on", "kind", "by"}

    def get_absolute_url(self):
        return reverse("aftercare:therapy-detail", args=[self.pk])
