"""Care that ends: asked for by one person, agreed to by another, followed afterwards, taken up again."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from aftercare.models.care import Care
from aftercare.states import CareResult, ReopenWhy
from cases.models import CaseBearing, by_somebody, of_case
from reference.fields import CodeField, PartialDateField


class Closure(CaseBearing):
    """A social worker asks that the care of one person ends, and why; a supervisor agrees, or not."""

    case = of_case("closures")
    care = models.ForeignKey(Care, models.PROTECT, related_name="closures")
    result = CodeField(_("how it ends"), choices=CareResult)
    on = PartialDateField(_("from"))
    basis = models.TextField(_("what it rests on"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(editable=False)
    # The gates as they stood when it was asked for: what whoever agreed could rely on.
    gates = models.JSONField(default=list, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    agreed = models.BooleanField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    follow_up_months = models.JSONField(default=list, blank=True)
    reopened_on = PartialDateField(_("taken up again on"))
    reopened_why = CodeField(_("why"), choices=ReopenWhy, blank=True)

    class Meta:
        constraints = [
            by_somebody("closure", "asked"),
            models.UniqueConstraint(name="closure_asked_once", fields=["care"], condition=Q(decided_at=None)),
            models.CheckConstraint(
                name="closure_decided_by_somebody_else",
                condition=Q(decided_by=None, decided_at=None, agreed=None)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False, agreed__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
            ),
            models.CheckConstraint(name="closure_rests_on_something", condition=~Q(basis="")),
            models.CheckConstraint(
                name="closure_taken_up_again_says_why",
                condition=Q(reopened_on="", reopened_why="") | (~Q(reopened_on="") & ~Q(reopened_why="")),
            ),
        ]

    class Privacy:
        sensitive = {"basis", "gates", "answer"}
        neutral = {
            "care", "result", "on", "asked_by", "asked_at", "decided_by", "decided_at", "agreed",
            "follow_up_months", "reopened_on", "reopened_why",
        }  # fmt: skip
