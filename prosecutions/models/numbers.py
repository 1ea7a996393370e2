from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from cases.querysets import OfCaseQuerySet
from law.models import Identifier
from prosecutions.models.courts import Proceeding


class ProceedingNumber(CaseBearing):
    """A further number of a proceeding: of police, prosecutor or another court, with its kind."""

    case = of_case("proceeding_numbers")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="numbers")
    kind = models.ForeignKey(
        Identifier, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("kind of number")
    )
    number = models.CharField(_("number"), max_length=120)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Written down by mistake: it stays, and is shown no more.
    wrong = models.BooleanField(_("this number was a mistake"), default=False)

    objects = ScopedManager.from_queryset(OfCaseQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(name="proceeding_number_says_one", condition=~Q(number="")),
            models.UniqueConstraint(
                name="proceeding_number_once",
                fields=["proceeding", "kind", "number"],
                condition=Q(wrong=False),
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        sensitive = {"number", "note"}
        neutral = {"proceeding", "kind", "wrong"}
