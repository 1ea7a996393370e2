from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from aftercare.querysets import CareQuerySet
from aftercare.states import CareMilestoneKind, CareResult
from cases.models import CaseBearing, of_case
from cases.states import RiskLevel
from operations.models import Headcount
from reference.fields import CodeField, PartialDateField, words
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
    # How great the danger is: it sets the pace of the work (DOMAIN d2). Said at each look at safety.
    risk = CodeField(_("risk"), choices=RiskLevel, blank=True)
    # When the person came to us; the first look at her safety and her social worker are due from here.
    arrived_at = models.DateTimeField(_("came to us"), null=True, blank=True)
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
        neutral = {
            "survivor", "headcount", "worker", "risk", "arrived_at", "next_review_on", "result", "result_on",
        }  # fmt: skip

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
