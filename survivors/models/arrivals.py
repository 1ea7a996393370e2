"""Who was counted and will not be registered, and why: so that nobody is forgotten between two numbers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, by_somebody, of_case
from operations.models import Headcount
from reference.fields import CodeField
from survivors.querysets import UnregisteredQuerySet
from survivors.states import UnregisteredWhy


class Unregistered(CaseBearing):
    """Some people of a head-count will have no record of their own, for this reason."""

    case = of_case("unregistered")
    headcount = models.ForeignKey(Headcount, models.PROTECT, related_name="unregistered", editable=False)
    number = models.PositiveSmallIntegerField(_("how many"))
    why = CodeField(_("why not"), choices=UnregisteredWhy)
    note = models.CharField(_("note"), max_length=300, blank=True)
    said_at = models.DateTimeField(editable=False)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    # Said by mistake, or the person has come after all.
    recalled_at = models.DateTimeField(null=True, blank=True, editable=False)
    recalled_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )

    objects = ScopedManager.from_queryset(UnregisteredQuerySet)()
    row_rule = "EXISTS (SELECT 1 FROM operations_headcount h WHERE h.id = headcount_id)"

    class Meta:
        constraints = [
            by_somebody("unregistered", "said"),
            by_somebody("unregistered", "recalled"),
            models.CheckConstraint(name="unregistered_somebody", condition=Q(number__gt=0)),
            models.CheckConstraint(
                name="unregistered_other_says_why", condition=~Q(why="other") | ~Q(note="")
            ),
        ]

    class Privacy:
        sensitive = {"note"}
        neutral = {"headcount", "number", "why", "said_at", "said_by", "recalled_at", "recalled_by"}
