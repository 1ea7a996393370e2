from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import CaseBearing, of_case
from prosecutions.models.accused import Accused
from prosecutions.models.judgments import Award, Verdict
from prosecutions.sentencing import ReleaseState, Runs, SentenceKind, Told, WayOfEnforcing
from reference.fields import (
    CodeField,
    PartialDateField,
    QuantityField,
    amount,
    currency,
    money_is_whole,
)


class SentencePart(CaseBearing):
    """One part of a sentence: a term of prison, a fine, what follows when the fine is not paid.

    The columns of the verdict stay its summary. A part that a correction replaced is kept and stands no more.
    """

    case = of_case("sentence_parts")
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="parts")
    position = models.PositiveIntegerField(default=1)
    kind = CodeField(_("what"), choices=SentenceKind)
    months = QuantityField(_("months"))
    days = QuantityField(_("days"))
    runs = CodeField(_("how it runs"), choices=Runs, blank=True)
    amount_low = amount(_("amount"))
    amount_high = amount()
    amount_currency = currency()
    stands = models.BooleanField(default=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [
            money_is_whole("sentence_part", "amount"),
            models.UniqueConstraint(
                name="sentence_part_in_order", fields=["verdict", "position"], condition=Q(stands=True)
            ),
        ]

    class Privacy:
        sensitive = {"note"}
        neutral = {
            "verdict", "position", "kind", "months", "days", "runs", "amount_low", "amount_high",
            "amount_currency", "stands",
        }  # fmt: skip


class Release(CaseBearing):
    """When one convicted person leaves prison at the earliest, without remission.

    Laid down anew from the records after every verb (`reckon_releases`); a person may only write down what
    the court itself has reckoned, and what was decided about telling. `release_on` is the day that reminders
    go by, and `moves` counts how often it changed, so that each day is announced by itself.
    """

    case = of_case("releases")
    accused = models.OneToOneField(Accused, models.PROTECT, related_name="release")
    state = CodeField(_("state"), choices=ReleaseState)
    earliest_on = models.DateField(_("at the earliest"), null=True, blank=True)
    latest_on = models.DateField(_("at the latest"), null=True, blank=True)
    credit_low = models.PositiveIntegerField(_("days already in custody"), default=0)
    credit_high = models.PositiveIntegerField(default=0)
    stated_on = models.DateField(_("by the reckoning of the court"), null=True, blank=True)
    stated_reason = models.CharField(_("where this is from"), max_length=300, blank=True)
    release_on = models.DateField(_("out of prison on"), null=True, blank=True)
    moves = models.PositiveIntegerField(default=0)
    told = CodeField(_("were the survivors told?"), choices=Told, blank=True)
    told_reason = models.CharField(_("why not"), max_length=300, blank=True)
    told_move = models.PositiveIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="release_stated_with_a_reason", condition=Q(stated_on=None) | ~Q(stated_reason="")
            ),
            models.CheckConstraint(
                name="release_not_telling_has_a_reason",
                condition=~Q(told=Told.NOT_TOLD) | ~Q(told_reason=""),
            ),
        ]
        indexes = [
            models.Index(name="release_ahead", fields=["release_on"], condition=Q(release_on__isnull=False)),
            models.Index(name="release_updated", fields=["updated_at", "id"]),
        ]

    class Privacy:
        sensitive = {"stated_reason", "told_reason"}
        neutral = {
            "accused", "state", "earliest_on", "latest_on", "credit_low", "credit_high", "stated_on",
            "release_on", "moves", "told", "told_move", "answered_at",
        }  # fmt: skip

    @property
    def answered(self):
        """Was it said of this very day what the survivors were told?"""
        return bool(self.told) and self.told_move == self.moves


class AwardStep(CaseBearing):
    """One step to get the money that was ordered: who does what, and when to look again."""

    case = of_case("award_steps")
    award = models.ForeignKey(Award, models.PROTECT, related_name="steps")
    kind = CodeField(_("step"), choices=WayOfEnforcing)
    on = PartialDateField(_("date"))
    next_on = models.DateField(_("look again on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="award_step_has_a_date", condition=~Q(on=""))]

    class Privacy:
        sensitive = {"note"}
        neutral = {"award", "kind", "on", "next_on"}
