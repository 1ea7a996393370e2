"""Studies of how common trafficking is somewhere: what was measured, how, when, by whom and how surely.

A study says nothing about any case. It is never changed: whoever puts it right writes a new edition, with the
reason, and the old one stays (figures/policies.py refuses everything else).
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from figures.states import Representative, StudyMethod
from reference.fields import CodeField, PartialDateField, QuantityField


def per_cent(verbose_name):
    """A share of a hundred, with three decimals."""
    return models.DecimalField(verbose_name, max_digits=6, decimal_places=3, null=True, blank=True)


class StudyQuerySet(models.QuerySet):
    """Words to ask for studies with."""

    def newest(self):
        """The last edition of each."""
        later = Study.objects.filter(work=models.OuterRef("work"), edition__gt=models.OuterRef("edition"))
        return self.filter(~models.Exists(later))

    def for_list(self):
        return self.order_by("country", "place", "began_on", "published_on", "pk")


class Study(models.Model):
    """One edition of what is known of one study."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    work = models.UUIDField(default=uuid.uuid4, editable=False)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    why = models.CharField(_("why this edition"), max_length=500, blank=True)
    measure = models.CharField(_("what was measured"), max_length=300)
    place = models.CharField(_("place"), max_length=200)
    country = models.CharField(_("country"), max_length=2)
    began_on = PartialDateField(_("measured from"))
    ended_on = PartialDateField(_("measured until"))
    published_on = PartialDateField(_("published on"))
    method = CodeField(_("method"), choices=StudyMethod, default=StudyMethod.UNKNOWN)
    population = models.CharField(_("of whom"), max_length=300)
    sample = models.PositiveIntegerField(_("people in the sample"), null=True, blank=True)
    found = models.PositiveIntegerField(_("found among them"), null=True, blank=True)
    share = per_cent(_("share in per cent"))
    low = per_cent(_("lower end"))
    high = per_cent(_("upper end"))
    confidence = per_cent(_("level of confidence"))
    estimate = QuantityField(_("people in all"))
    representative = CodeField(_("representative?"), choices=Representative, default=Representative.UNKNOWN)
    source = models.CharField(_("source"), max_length=500)
    made_by = models.CharField(_("made by"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StudyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="study_edition_once", fields=["work", "edition"]),
            models.CheckConstraint(name="study_country_code", condition=Q(country__regex="^[A-Z]{2}$")),
            models.CheckConstraint(
                name="study_names_its_source", condition=~Q(source="") & ~Q(measure="") & ~Q(place="")
            ),
            models.CheckConstraint(
                name="study_share_is_of_a_hundred",
                condition=(Q(share=None) | Q(share__range=(0, 100)))
                & (Q(low=None) | Q(low__range=(0, 100)))
                & (Q(high=None) | Q(high__range=(0, 100))),
            ),
            models.CheckConstraint(
                name="study_share_lies_in_its_interval",
                condition=(Q(low=None, high=None) | Q(low__isnull=False, high__gte=F("low")))
                & (Q(share=None) | Q(low=None) | Q(low__lte=F("share"), high__gte=F("share"))),
            ),
            models.CheckConstraint(
                name="study_confidence_is_of_an_interval",
                condition=Q(confidence=None) | Q(confidence__gt=0, confidence__lt=100, low__isnull=False),
            ),
            models.CheckConstraint(
                name="study_found_in_its_sample",
                condition=Q(found=None) | Q(sample__gte=F("found")) | Q(sample=None),
            ),
            models.CheckConstraint(
                name="study_says_something",
                condition=Q(share__isnull=False) | Q(low__isnull=False) | Q(found__isnull=False)
                | ~Q(estimate=""),
            ),
            models.CheckConstraint(
                name="study_later_edition_says_why", condition=Q(edition=1) | ~Q(why="")
            ),
        ]  # fmt: skip

    class Privacy:
        neutral = {
            "id", "work", "edition", "why", "measure", "place", "country", "began_on", "ended_on",
            "published_on", "method", "population", "sample", "found", "share", "low", "high", "confidence",
            "estimate", "representative", "source", "made_by", "note", "written_by", "written_at",
        }  # fmt: skip

    def __str__(self):
        return f"study {self.pk}"

    def get_absolute_url(self):
        return reverse("figures:study-detail", args=[self.pk])

    @property
    def version(self):
        """The edition, as forms speak of it that two people may have open."""
        return self.edition
