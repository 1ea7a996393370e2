"""Watching somebody who waits for judgment: terms of the bail, whether they are kept, and where she is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from prosecutions.bail_states import ConditionKind, HowKnown, Kept, Rhythm, Whereabouts
from prosecutions.models.accused import Accused
from prosecutions.models.bail import BailOrder
from prosecutions.querysets import ConditionQuerySet, MemoQuerySet
from reference.fields import CodeField, PartialDateField, amount, currency, words
from survivors.models import Survivor


class BailCondition(CaseBearing):
    """One condition of a bail, and the day on which somebody is to look whether it is kept.

    `next_on` is the next day that nobody has answered for; none where a condition holds all the time.
    """

    case = of_case("bail_conditions")
    bail = models.ForeignKey(BailOrder, models.PROTECT, related_name="terms")
    position = models.PositiveIntegerField(default=1)
    kind = CodeField(_("kind"), choices=ConditionKind, default=ConditionKind.OTHER)
    text = models.CharField(_("in words"), max_length=300, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="protected_by", null=True, blank=True)
    rhythm = CodeField(_("how often"), choices=Rhythm, default=Rhythm.ALWAYS)
    every_days = models.PositiveSmallIntegerField(_("every how many days"), null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), null=True, blank=True)
    next_on = models.DateField(_("next due"), null=True, blank=True)
    lifted_on = PartialDateField(_("lifted on"))

    objects = ScopedManager.from_queryset(ConditionQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="condition_keeps_its_rhythm",
                condition=Q(rhythm__in=[Rhythm.ALWAYS, Rhythm.ONCE], every_days=None, weekday=None)
                | Q(rhythm=Rhythm.EVERY, every_days__gte=1, weekday=None)
                | Q(rhythm=Rhythm.WEEKLY, every_days=None, weekday__lte=6),
            ),
        ]
        indexes = [
            models.Index(name="condition_due", fields=["next_on"], condition=Q(next_on__isnull=False)),
        ]

    class Privacy:
        sensitive = {"text", "place"}
        neutral = {
            "bail", "position", "kind", "survivor", "rhythm", "every_days", "weekday", "next_on", "lifted_on",
        }  # fmt: skip

    @property
    def called(self):
        """The condition in one line."""
        return self.text or self.get_kind_display()


class ConditionCheck(CaseBearing):
    """Was a condition kept? One answer, for one due day where the condition has such."""

    case = of_case("condition_checks")
    condition = models.ForeignKey(BailCondition, models.PROTECT, related_name="checks")
    due_on = models.DateField(_("for"), null=True, blank=True)
    result = CodeField(_("kept"), choices=Kept)
    on = PartialDateField(_("known on"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    how = CodeField(_("how it is known"), choices=HowKnown, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="condition_answered_once_a_day_due",
                fields=["condition", "due_on"],
                condition=Q(due_on__isnull=False),
            ),
        ]

    class Privacy:
        sensitive = {"note"}
        neutral = {"condition", "due_on", "result", "on", "by", "how"}


class BailVariation(CaseBearing):
    """The court changed the terms of a bail that runs; what stood before is kept."""

    case = of_case("bail_variations")
    bail = models.ForeignKey(BailOrder, models.PROTECT, related_name="variations")
    on = PartialDateField(_("date"))
    conditions_before = words(1000)
    surety_before_low = amount()
    surety_before_high = amount()
    surety_before_currency = currency()
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"conditions_before", "note"}
        neutral = {"bail", "on", "surety_before_low", "surety_before_high", "surety_before_currency"}


class StatusCheck(CaseBearing):
    """Somebody made sure where the accused person is."""

    case = of_case("status_checks")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="status_checks")
    status = CodeField(_("where the person is"), choices=Whereabouts)
    on = models.DateField(_("as of"))
    at = models.CharField(_("place"), max_length=200, blank=True)
    how = CodeField(_("how it is known"), choices=HowKnown)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(name="status_check_latest", fields=["accused", "-on"])]

    class Privacy:
        sensitive = {"at", "note"}
        neutral = {"accused", "status", "on", "how", "by"}


class Memo(CaseBearing):
    """A memo against bail as it was composed: its lines with their sources, and the digest of them.

    It may speak of cases that other readers of this one may not see, so only whoever composed it opens it.
    """

    case = of_case("memos")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="memos")
    bail = models.ForeignKey(BailOrder, models.PROTECT, related_name="memos", null=True, blank=True)
    composed_at = models.DateTimeField()
    composed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    language = models.CharField(max_length=8)
    grounds = models.TextField(_("grounds"), blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, editable=False)

    objects = ScopedManager.from_queryset(MemoQuerySet)()
    row_rule = "composed_by_id = (SELECT app_uid())"

    class Meta:
        constraints = [
            models.CheckConstraint(name="memo_has_its_digest", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="memo_composed_by_somebody",
                condition=Q(composed_at__isnull=False, composed_by__isnull=False),
            ),
        ]

    class Privacy:
        sensitive = {"grounds", "content"}
        neutral = {"accused", "bail", "composed_at", "composed_by", "language", "sha256"}
