from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from operations.models.attempts import OF_A_KNOWN_OPERATION, Operation
from operations.querysets import InsiderQuerySet, OfOperationQuerySet


class Insider(CaseBearing):
    """One of the few who may know of an operation before it is carried out; the first is whoever plans it."""

    case = of_case("insiders")
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="insiders", editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    reason = models.CharField(_("why this person must know"), max_length=200, blank=True)
    leads = models.BooleanField(_("leads the operation"), default=False, editable=False)
    # Named near the hour: in force only once a second person has agreed; the table refuses it otherwise.
    needs_two = models.BooleanField(default=False, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ScopedManager.from_queryset(InsiderQuerySet)()
    row_rule = f"operation_id = ANY((SELECT my_operations())::uuid[]) OR {OF_A_KNOWN_OPERATION}"
    # Whoever plans an operation stands in its circle before the operation itself is written.
    insert_rule = "user_id = (SELECT app_uid()) AND is_new_operation(operation_id)"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="insider_once_at_a_time", fields=["operation", "user"], condition=Q(ended_at=None)
            ),
            models.UniqueConstraint(
                name="insider_one_leads", fields=["operation"], condition=Q(leads=True, ended_at=None)
            ),
            models.CheckConstraint(
                name="insider_waits_for_a_second_only",
                condition=Q(needs_two=True) | Q(started_at__isnull=False),
            ),
        ]

    class Privacy:
        sensitive = {"reason"}
        neutral = {"operation", "user", "named_by", "leads", "needs_two", "started_at", "ended_at"}


class InsiderApproval(CaseBearing):
    """One of the two who agree that somebody joins the circle when the operation is near."""

    case = of_case("insider_approvals")
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="+", editable=False)
    insider = models.ForeignKey(Insider, models.PROTECT, related_name="approvals", editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager.from_queryset(OfOperationQuerySet)()
    row_rule = OF_A_KNOWN_OPERATION

    class Meta:
        constraints = [models.UniqueConstraint(name="insider_approval_once", fields=["insider", "by"])]

    class Privacy:
        neutral = {"operation", "insider", "by"}
