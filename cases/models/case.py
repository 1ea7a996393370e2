import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from accounts.scope import ScopedManager
from cases.querysets import CaseQuerySet, OfCaseQuerySet
from cases.states import (
    AftercareReason,
    AftercareStatus,
    CaseworkType,
    LegalReason,
    LegalStatus,
    Sensitivity,
    Track,
)
from reference.fields import CodeField, PartialDateField, words


def either(one, two, *more):
    """The codes of two lists, each once, in the order of the alphabet."""
    lists = dict((*one, *two, *more))
    return [(code, lists[code]) for code in sorted(lists)]


TRACK_STATUSES = either(LegalStatus.choices, AftercareStatus.choices, ("reopened", _("Reopened")))
TRACK_REASONS = either(LegalReason.choices, AftercareReason.choices)


class Case(models.Model):
    """The situation everything else hangs from: two tracks, one team, one office."""

    case_bearing = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("case number"), max_length=40, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="cases", verbose_name=_("office"))
    sensitivity = models.PositiveSmallIntegerField(
        _("who may open it"), choices=Sensitivity, default=Sensitivity.OFFICE
    )
    casework_type = CodeField(_("casework type"), choices=CaseworkType)
    title = models.CharField(_("title"), max_length=1000, help_text=_("Short, without real names"))
    summary = models.TextField(_("summary"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    opened_on = PartialDateField(_("opened on"))
    led_by = models.CharField(_("led by"), max_length=1000, blank=True)
    supported_by = words(1000)
    legal_status = CodeField(_("legal track"), choices=LegalStatus, blank=True)
    legal_opened_on = PartialDateField()
    legal_closed_on = PartialDateField()
    legal_reason = CodeField(choices=LegalReason, blank=True)
    legal_note = models.TextField(blank=True)
    aftercare_status = CodeField(_("aftercare track"), choices=AftercareStatus, blank=True)
    aftercare_opened_on = PartialDateField()
    aftercare_closed_on = PartialDateField()
    aftercare_reason = CodeField(choices=AftercareReason, blank=True)
    aftercare_note = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    as_of = PartialDateField()
    loaded_on = models.DateField(null=True, blank=True)
    sources = words(1000)
    external_id = models.CharField(max_length=80, blank=True, default="")
    # Written by the database from who is looking, once; lets whoever opened a case name herself on it.
    opened_by = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(CaseQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="case_scope", fields=["id", "office", "sensitivity"]),
            models.UniqueConstraint(
                name="case_external_id_once", fields=["office", "external_id"], condition=~Q(external_id="")
            ),
            models.CheckConstraint(name="case_sensitivity_known", condition=Q(sensitivity__in=[0, 1, 2])),
        ]
        indexes = [
            models.Index(name="case_of_office", fields=["office", "-touched_at", "id"]),
            models.Index(name="case_updated", fields=["updated_at", "id"]),
        ]

    class Privacy:
        sensitive = {
            "title", "summary", "led_by", "supported_by", "legal_note", "aftercare_note", "sources",
        }  # fmt: skip
        neutral = {
            "id", "number", "office", "sensitivity", "casework_type", "country", "opened_on", "legal_status",
            "legal_opened_on", "legal_closed_on", "legal_reason", "aftercare_status", "aftercare_opened_on",
            "aftercare_closed_on", "aftercare_reason", "demo", "as_of", "loaded_on", "external_id",
            "opened_by", "version", "created_at", "updated_at", "touched_at",
        }  # fmt: skip

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("desk:case-page", args=[self.pk])

    def status_of(self, track):
        """Where this track stands; '' when it never started."""
        kinds = LegalStatus if track == Track.LEGAL else AftercareStatus
        code = getattr(self, f"{Track(track).value}_status")
        return kinds(code) if code else ""


class CaseSequence(models.Model):
    """The last number that an office gave to a case in a year."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="case_sequences")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="case_sequence_once", fields=["office", "year"])]

    class Privacy:
        neutral = {"id", "office", "year", "last"}

    def __str__(self):
        return f"{self.office_id} {self.year}"


def by_somebody(noun, name):
    """A deed has its moment and its person, or it was not done."""
    none = Q(**{f"{name}_at": None, f"{name}_by": None})
    both = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    return models.CheckConstraint(name=f"{noun}_{name}_by_somebody", condition=none | both)


def of_case(related_name):
    """The case a record hangs from."""
    return models.ForeignKey(Case, models.PROTECT, related_name=related_name, editable=False)


class CaseBearing(models.Model):
    """What every record of a case carries: a random key, and the case's scope as the database copies it."""

    case_bearing = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", editable=False)
    sensitivity = models.PositiveSmallIntegerField(editable=False, null=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(OfCaseQuerySet)()

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"id", "case", "office", "sensitivity", "version", "created_at", "updated_at"}

    def __str__(self):
        return f"{self._meta.model_name} {getattr(self, 'key', '') or self.pk}"


class Keyed(CaseBearing):
    """A record that other records of the case point to by its local key: s1, p1, v1."""

    key = models.CharField(max_length=31, editable=False)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(name="%(class)s_key_once", fields=["case", "key"])]

    class Privacy:
        neutral = {"key"}
