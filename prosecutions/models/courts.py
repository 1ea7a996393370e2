from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, Keyed, of_case
from law.models import Court, Identifier, Offence, Reason
from prosecutions.models.accused import Accused
from prosecutions.querysets import ChargeQuerySet, HearingQuerySet, ProceedingQuerySet
from prosecutions.states import (
    AdjournmentReason,
    AskedBy,
    Charging,
    HearingOutcome,
    HearingPurpose,
    PleaKind,
    ProceedingKind,
    Stage,
)
from reference.fields import CodeField, PartialDateField, QuantityField, amount, currency, money_is_whole
from survivors.models import Survivor


class Proceeding(Keyed):
    """One court proceeding."""

    case = of_case("proceedings")
    kind = CodeField(_("kind"), choices=ProceedingKind, blank=True)
    court = models.CharField(_("court"), max_length=1000, blank=True)
    # The court of the list, when it is one of them; `court` keeps what was written.
    known_court = models.ForeignKey(Court, models.PROTECT, related_name="+", null=True, blank=True)
    judge = models.CharField(_("judge"), max_length=200, blank=True)
    docket = models.CharField(_("docket"), max_length=1000, blank=True)
    # What kind of number the docket is, when its pattern was checked.
    docket_kind = models.ForeignKey(Identifier, models.PROTECT, related_name="+", null=True, blank=True)
    # The appeal that this proceeding hears, or that sent the matter back for a new trial.
    appeal = models.ForeignKey(
        "prosecutions.Appeal", models.PROTECT, related_name="proceedings", null=True, blank=True
    )
    stage = CodeField(_("stage"), choices=Stage, blank=True)
    fast_track = models.BooleanField(_("fast track"), null=True, blank=True)
    opened_on = PartialDateField(_("opened on"))
    closed_on = PartialDateField(_("closed on"))
    years = QuantityField(_("years"))
    times_postponed = QuantityField(_("times put off"))
    note = models.TextField(_("note"), blank=True)
    external_id = models.CharField(max_length=80, blank=True, default="")

    objects = ScopedManager.from_queryset(ProceedingQuerySet)()

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.UniqueConstraint(
                name="proceeding_external_id_once",
                fields=["office", "external_id"],
                condition=~Q(external_id=""),
            ),
        ]
        indexes = [models.Index(name="proceeding_updated", fields=["updated_at", "id"])]

    class Privacy:
        sensitive = {"court", "known_court", "judge", "docket", "note"}
        neutral = {
            "kind", "docket_kind", "appeal", "stage", "fast_track", "opened_on", "closed_on", "years",
            "times_postponed", "external_id",
        }  # fmt: skip

    @property
    def called(self):
        """Court and docket, or what kind of proceeding it is."""
        return " · ".join(filter(None, (self.court, self.docket))) or self.get_kind_display() or self.key


class Party(CaseBearing):
    """An accused person in a proceeding."""

    case = of_case("parties")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="parties")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="parties")

    class Meta:
        constraints = [models.UniqueConstraint(name="party_once", fields=["proceeding", "accused"])]

    class Privacy:
        neutral = {"proceeding", "accused"}


class Charge(CaseBearing):
    """One charge: offence, law and section, state and plea."""

    case = of_case("charges")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="charges")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="charges", null=True, blank=True)
    position = models.PositiveIntegerField(default=1)
    offence = models.CharField(_("offence"), max_length=1000, blank=True)
    statute = models.CharField(_("law"), max_length=1000, blank=True)
    section = models.CharField(_("section"), max_length=1000, blank=True)
    # The offence of the law in force on the day it was committed, when it is one we know.
    known_offence = models.ForeignKey(Offence, models.PROTECT, related_name="+", null=True, blank=True)
    committed_on = PartialDateField(_("committed on"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    attempted = models.BooleanField(_("attempt"), null=True, blank=True)
    status = CodeField(_("state"), choices=Charging, blank=True)
    filed_on = PartialDateField(_("filed on"))
    plea = CodeField(_("plea"), choices=PleaKind, blank=True)
    plea_on = PartialDateField(_("pleaded on"))
    plea_bargain = models.BooleanField(_("agreed with the prosecution"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(ChargeQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="charge_names_an_offence_or_law", condition=~Q(offence="") | ~Q(statute="")
            ),
            models.UniqueConstraint(name="charge_in_order", fields=["accused", "position"]),
        ]

    class Privacy:
        sensitive = {"note"}
        neutral = {
            "accused", "proceeding", "position", "offence", "statute", "section", "known_offence",
            "committed_on", "country", "attempted", "status", "filed_on", "plea", "plea_on", "plea_bargain",
        }  # fmt: skip

    @property
    def called(self):
        """The offence, with its law and section where they are known."""
        law = " ".join(filter(None, (self.statute, self.section)))
        return f"{self.offence} ({law})" if self.offence and law else self.offence or law


class Hearing(CaseBearing):
    """One hearing. Its schedule's version grows with date, time or place; reminders follow the version."""

    case = of_case("hearings")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="hearings")
    position = models.PositiveIntegerField(default=1)
    on = PartialDateField(_("date"))
    local_time = models.TimeField(_("time"), null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True, editable=False)
    room = models.CharField(_("room"), max_length=80, blank=True)
    judge = models.CharField(_("judge"), max_length=200, blank=True)
    purpose = CodeField(_("purpose"), choices=HearingPurpose, blank=True)
    who_goes = models.ForeignKey(
        User, models.PROTECT, related_name="hearings", null=True, blank=True, verbose_name=_("who goes")
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    schedule_version = models.PositiveIntegerField(default=1, editable=False)
    scheduled_at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = CodeField(_("outcome"), choices=HearingOutcome, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Made by the page that sent the outcome: the same key again is the same outcome, not a second one.
    outcome_key = models.UUIDField(null=True, blank=True, editable=False)
    reason = CodeField(_("why adjourned"), choices=AdjournmentReason, blank=True)
    # The exact reason of the law's list; `reason` is the short one it falls under.
    exact_reason = models.ForeignKey(Reason, models.PROTECT, related_name="+", null=True, blank=True)
    asked_by = CodeField(_("who asked"), choices=AskedBy, blank=True)
    wages_lost_low = amount(_("wages and fares lost"))
    wages_lost_high = amount()
    wages_lost_currency = currency()
    whose_wages = models.CharField(_("whose"), max_length=1000, blank=True)
    next_on = PartialDateField(_("next date"))
    next_time = models.TimeField(_("next time"), null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, related_name="followed_by", null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    external_id = models.CharField(max_length=80, blank=True, default="")

    objects = ScopedManager.from_queryset(HearingQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="hearing_has_a_date", condition=~Q(on="")),
            models.CheckConstraint(
                name="hearing_reason_only_when_put_off",
                condition=Q(reason="") | Q(outcome__in=["adjourned", "vacated"]),
            ),
            models.UniqueConstraint(
                name="hearing_external_id_once",
                fields=["office", "external_id"],
                condition=~Q(external_id=""),
            ),
            money_is_whole("hearing", "wages_lost"),
        ]
        indexes = [
            models.Index(name="hearing_updated", fields=["updated_at", "id"]),
            models.Index(name="hearing_of_office", fields=["office", "starts_at", "id"]),
            models.Index(name="hearing_expected", fields=["starts_at"], condition=Q(outcome="")),
        ]

    class Privacy:
        sensitive = {"room", "judge", "whose_wages", "note"}
        neutral = {
            "proceeding", "position", "on", "local_time", "starts_at", "purpose", "who_goes",
            "confirmed_at", "schedule_version", "scheduled_at", "outcome", "outcome_at", "outcome_key",
            "reason", "exact_reason", "asked_by", "wages_lost_low", "wages_lost_high", "wages_lost_currency",
            "next_on", "next_time", "follows", "external_id",
        }  # fmt: skip

    @property
    def called(self):
        """What the hearing is for."""
        return self.get_purpose_display() if self.purpose else _("Hearing")


class Attendance(CaseBearing):
    """A survivor who came, or is called, to a hearing."""

    case = of_case("attendances")
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="attendances")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="attendances")
    called = models.BooleanField(_("called"), default=False)
    came = models.BooleanField(_("came"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="attendance_once", fields=["hearing", "survivor"])]

    class Privacy:
        neutral = {"hearing", "survivor", "called", "came"}
