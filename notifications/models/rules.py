from django.db import models
from django.db.models import Q

from accounts.models import Office, User
from notifications.querysets import OfficeRuleQuerySet
from notifications.rules import To, Urgency
from reference.fields import CodeField, CodesField


class OfficeRule(models.Model):
    """How one office has tightened one rule, from when to when; the row is ended and never changed.

    Nothing here can weaken: `urgency` only rises, `pace` only shortens the waits (percent of the rule's
    own), `also_to` only adds people. docs/adr/0055-offices-tighten-and-never-weaken.md
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="alert_rules")
    rule = models.CharField(max_length=4)
    urgency = CodeField(choices=Urgency, blank=True)
    pace = models.PositiveSmallIntegerField(default=100)
    act_minutes = models.PositiveIntegerField(null=True, blank=True)
    also_to = CodesField(models.CharField(max_length=4, choices=To), default=list, blank=True)
    reason = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    objects = OfficeRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="office_rule_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="office_rule_asks_for_an_answer", condition=Q(urgency__in=["", "U-S", "U-C", "N-A"])
            ),
            models.CheckConstraint(
                name="office_rule_says_something",
                condition=~Q(urgency="", pace=100, act_minutes=None, also_to=[]) & ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="office_rule_one_at_a_time", fields=["office", "rule"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="office_rule_never_slower", condition=Q(pace__gte=10, pace__lte=100)),
        ]

    class Privacy:
        neutral = {
            "id", "office", "rule", "urgency", "pace", "act_minutes", "also_to", "reason", "began_at",
            "ended_at", "set_by", "ended_by", "ended_why",
        }  # fmt: skip

    def __str__(self):
        return f"{self.office_id} {self.rule}"
