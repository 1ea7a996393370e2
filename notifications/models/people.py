import uuid
from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from notifications.querysets import EndpointQuerySet, PersonalQuerySet
from notifications.states import Kind
from reference import sealed
from reference.fields import CodeField


class Personal(models.Model):
    """What rows about the outside messages of one person have in common."""

    case_bearing = True
    row_rule_alone = "user_id = (SELECT app_uid())"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"id", "user", "created_at", "updated_at"}

    def __str__(self):
        return str(self.pk)


class Endpoint(Personal):
    """One place outside where a person is reached: a telephone, a browser, another mail address.

    The address lies sealed under the master key, bound to its row; `token` is its blind index, by which an
    answer finds its sender. Nothing is sent to an endpoint before `verified_at`, nor after `disabled_at`
    (the provider refuses it) or `removed_at` (the person took it away; the address is then empty).
    """

    kind = CodeField(_("channel"), choices=Kind)
    label = models.CharField(_("your name for it"), max_length=60, blank=True)
    address = models.BinaryField(editable=False)
    token = models.BinaryField(editable=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_ends_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    disabled_at = models.DateTimeField(null=True, blank=True)
    disabled_why = models.CharField(max_length=80, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    ok_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(EndpointQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="endpoint_once", fields=["user", "kind", "token"], condition=Q(removed_at=None)
            ),
        ]
        indexes = [models.Index(name="endpoint_by_token", fields=["token"])]

    class Privacy:
        sensitive = {"address", "token", "label", "code_digest"}
        neutral = {
            "kind", "verified_at", "code_ends_at", "code_tries", "disabled_at", "disabled_why", "removed_at",
            "failures", "ok_at",
        }  # fmt: skip

    def seal_address(self, address: str) -> None:
        """Keep this address: E.164 for telephones, JSON of the subscription for a browser."""
        self.address = sealed.wrap(address.encode(), self.about)
        self.token = sealed.token(f"endpoint {self.kind}", address)

    def open_address(self) -> str:
        """The address in clear, for the moment of sending; SealBroken if it was moved or altered."""
        return sealed.unwrap(bytes(self.address), self.about).decode()

    @property
    def about(self) -> str:
        return f"notifications.Endpoint {self.pk}"


class Choice(Personal):
    """When and how one person is told of what is not urgent. Urgent matters ask nobody's leave."""

    user = models.OneToOneField(User, models.PROTECT, related_name="alert_choice")
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    digest = models.BooleanField(_("send me the list of the day every morning"), default=True)
    digest_at = models.TimeField(_("in the morning at"), default=time(7))
    digest_on = models.DateField(null=True, blank=True, editable=False)  # the last morning that was looked at
    # Channels for what is to be confirmed and for what is only to be read; mail when nothing was chosen.
    confirm_by = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    normal_by = ArrayField(models.CharField(max_length=12), default=list, blank=True)

    objects = ScopedManager.from_queryset(PersonalQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="choice_quiet_from_and_until",
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    class Privacy:
        neutral = {"quiet_from", "quiet_until", "digest", "digest_at", "digest_on", "confirm_by", "normal_by"}
