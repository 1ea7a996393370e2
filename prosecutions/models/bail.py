from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from prosecutions.bail_states import Notice
from prosecutions.models.accused import Accused
from prosecutions.models.courts import Proceeding
from prosecutions.querysets import BailQuerySet
from prosecutions.states import LIVE_BAIL, Bail, BailEnd, BailKind
from reference.fields import CodeField, PartialDateField, amount, currency, money_is_whole, words


class BailOrder(CaseBearing):
    """Bail of one accused person, from application to end.

    At most one is live per person and proceeding: `grant_bail` sees to it. The constraint also looks at the
    kind, because history may hold bail before trial and bail pending appeal that were never ended.
    """

    case = of_case("bail_orders")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="bail_orders")
    proceeding = models.ForeignKey(
        Proceeding, models.PROTECT, related_name="bail_orders", null=True, blank=True
    )
    position = models.PositiveIntegerField(default=1)
    kind = CodeField(_("kind"), choices=BailKind, default=BailKind.PRETRIAL)
    status = CodeField(_("state"), choices=Bail, default=Bail.SOUGHT)
    applied_on = PartialDateField(_("applied on"))
    heard_on = PartialDateField(_("heard on"))
    heard_time = models.TimeField(_("time"), null=True, blank=True)
    decided_on = PartialDateField(_("decided on"))
    court = models.CharField(_("court"), max_length=1000, blank=True)
    opposed_by = words(1000)
    opposition = CodeField(
        _("our answer"),
        choices=[("filed", _("Opposition filed")), ("not_opposing", _("Not opposing"))],
        blank=True,
    )
    opposition_reason = models.CharField(_("reason"), max_length=300, blank=True)
    notice = CodeField(_("notice to the survivors"), choices=Notice, blank=True)
    notice_on = PartialDateField(_("notice given on"))
    notice_note = models.CharField(_("how, or why not"), max_length=300, blank=True)
    conditions = words(1000, verbose_name=_("conditions"))
    surety_low = amount(_("surety"))
    surety_high = amount()
    surety_currency = currency()
    released_on = PartialDateField(_("released on"))
    history = models.BooleanField(_("history, date not known"), default=False)
    ended_on = PartialDateField(_("ended on"))
    ended = CodeField(_("how it ended"), choices=BailEnd, blank=True)
    reoffended = models.BooleanField(_("a new offence followed"), default=False)
    reoffended_on = PartialDateField(_("on"))
    reoffended_case = models.CharField(_("case it led to"), max_length=40, blank=True)
    reoffended_venue = models.CharField(max_length=31, blank=True)
    reoffended_note = models.TextField(blank=True)
    note = models.TextField(_("note"), blank=True)
    external_id = models.CharField(max_length=80, blank=True, default="")

    objects = ScopedManager.from_queryset(BailQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bail_granted_has_a_date",
                condition=~Q(status__in=[*LIVE_BAIL, Bail.CANCELLED, Bail.ENDED])
                | ~Q(decided_on="")
                | Q(history=True),
            ),
            models.UniqueConstraint(
                name="bail_one_live_order_per_proceeding",
                fields=["accused", "proceeding", "kind"],
                condition=Q(status__in=LIVE_BAIL),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="bail_external_id_once", fields=["office", "external_id"], condition=~Q(external_id="")
            ),
            money_is_whole("bail", "surety"),
        ]
        indexes = [
            models.Index(name="bail_updated", fields=["updated_at", "id"]),
            models.Index(
                name="bail_live", fields=["office"], condition=Q(status__in=[*LIVE_BAIL, Bail.SOUGHT])
            ),
        ]

    class Privacy:
        sensitive = {
            "court", "opposed_by", "opposition_reason", "notice_note", "conditions", "reoffended_note",
            "note",
        }  # fmt: skip
        neutral = {
            "accused", "proceeding", "position", "kind", "status", "applied_on", "heard_on",
            "heard_time", "decided_on", "opposition", "notice", "notice_on", "surety_low", "surety_high",
            "surety_currency",
            "released_on", "history", "ended_on", "ended", "reoffended", "reoffended_on",
            "reoffended_case", "reoffended_venue", "external_id",
        }  # fmt: skip

    @property
    def since(self):
        """The day the person left custody on it, as far as it is known."""
        return self.released_on or self.decided_on


class BailBreach(CaseBearing):
    """A broken bail condition."""

    case = of_case("bail_breaches")
    bail = models.ForeignKey(BailOrder, models.PROTECT, related_name="breaches")
    condition = models.ForeignKey(
        "prosecutions.BailCondition", models.PROTECT, related_name="breaches", null=True, blank=True
    )
    on = PartialDateField(_("date"))
    what = models.CharField(_("what happened"), max_length=1000)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"what", "note"}
        neutral = {"bail", "condition", "on"}
