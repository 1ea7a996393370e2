"""Instruments, and how people were scored with them (DOMAIN d.1)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from aftercare.models.care import Care
from aftercare.states import AssessmentReason, Domain, ForWhom
from cases.models import CaseBearing, of_case
from reference.fields import CodeField, PartialDateField, words


class Instrument(models.Model):
    """A set of questions with four steps each. No case data: the words that everybody scores with.

    Ours ships with the system; an organisation that holds a licence loads the official text from a file.
    What people were scored with is never changed: a new text is a new edition.
    """

    code = models.CharField(max_length=60)
    edition = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=10, default="en")
    name = models.CharField(_("name"), max_length=200)
    licence = models.TextField(_("licence"), blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    labels = words(60, verbose_name=_("the four steps"))
    # The share of the parts of a domain that must be scored before its average is shown.
    enough = models.DecimalField(max_digits=3, decimal_places=2, default="0.50")
    sha256 = models.CharField(max_length=64)
    in_use = models.BooleanField(_("in use"), default=False)
    loaded_at = models.DateTimeField(default=timezone.now, editable=False)
    loaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="instrument_edition_once", fields=["code", "language", "edition"]),
            models.UniqueConstraint(
                name="instrument_in_use_once_a_language", fields=["language"], condition=Q(in_use=True)
            ),
            models.CheckConstraint(
                name="instrument_enough_is_a_share", condition=Q(enough__gt=0, enough__lte=1)
            ),
        ]

    class Privacy:
        neutral = {
            "id", "code", "edition", "language", "name", "licence", "source", "labels", "enough", "sha256",
            "in_use", "loaded_at", "loaded_by",
        }  # fmt: skip

    def __str__(self):
        return f"{self.name} ({self.edition})"


class InstrumentPart(models.Model):
    """One part of a domain: a question, and in words what each of the four steps looks like."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="parts")
    domain = CodeField(_("domain"), choices=Domain)
    code = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    label = models.CharField(_("part"), max_length=200)
    question = models.TextField(_("question"), blank=True)
    steps = words(600, verbose_name=_("what each step looks like"))
    for_whom = CodeField(_("for"), choices=ForWhom, default=ForWhom.EVERYBODY)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="instrument_part_once", fields=["instrument", "code"]),
            models.CheckConstraint(name="instrument_part_has_four_steps", condition=Q(steps__len=4)),
        ]

    class Privacy:
        neutral = {
            "id", "instrument", "domain", "code", "position", "label", "question", "steps", "for_whom",
        }  # fmt: skip

    def __str__(self):
        return self.label


class Assessment(CaseBearing):
    """One scoring of the six domains, 1 most vulnerable to 4 least, against the home she will return to."""

    case = of_case("assessments")
    care = models.ForeignKey(Care, models.PROTECT, related_name="assessments")
    position = models.PositiveIntegerField(default=1)
    on = PartialDateField(_("date"))
    reason = CodeField(_("why now"), choices=AssessmentReason, blank=True)
    by = models.CharField(_("scored by"), max_length=1000, blank=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="assessments", null=True, blank=True
    )
    assessor = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    setting = models.CharField(_("scored against"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="assessment_has_a_date", condition=~Q(on=""))]

    class Privacy:
        sensitive = {"by", "setting", "note"}
        neutral = {"care", "position", "on", "reason", "instrument", "assessor"}


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


class PartScore(CaseBearing):
    """What one part was scored, 1 to 4; without a value, that not enough is known."""

    case = of_case("part_scores")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="part_scores")
    part = models.ForeignKey(InstrumentPart, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    evidence = models.CharField(_("what it rests on"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="part_score_once", fields=["assessment", "part"]),
            models.CheckConstraint(
                name="part_score_between_1_and_4", condition=Q(value=None) | Q(value__gte=1, value__lte=4)
            ),
        ]

    class Privacy:
        sensitive = {"value", "evidence"}
        neutral = {"assessment", "part"}


class SecondRating(CaseBearing):
    """Somebody else scored the same, without having seen the first scores. Never counted; only compared."""

    case = of_case("second_ratings")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="second_ratings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    on = PartialDateField(_("date"))
    scores = models.JSONField(default=dict)  # {code of the part: 1..4 or null}
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="second_rating_once_a_person", fields=["assessment", "by"])
        ]

    class Privacy:
        sensitive = {"scores", "note"}
        neutral = {"assessment", "by", "on"}
