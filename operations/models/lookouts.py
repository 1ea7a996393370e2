"""What two offices share of a lookout: a sheet of chosen facts, and nothing that leads to the case.

None of these rows names the case. The team of the case meets them through the lookout, which only it sees;
the office that is asked meets its card, and the sheet for as long as the card is open.
"""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.scope import ScopedManager
from operations.models.around import Lookout
from operations.querysets import (
    CardQuerySet,
    LookoutNameQuerySet,
    OfCardQuerySet,
    ReplyQuerySet,
    SheetQuerySet,
)
from operations.states import AgeBand, LookoutAnswer, LookoutSex, LookoutWho
from reference import sealed
from reference.fields import CodeField, PartialDateField

LONGEST = timedelta(days=91)
SENT = "EXISTS (SELECT 1 FROM operations_lookout sent WHERE sent.id = {lookout})"
ASKED = "office_id = ANY((SELECT my_lookout_offices())::bigint[])"
# One's own office is asked, and it is neither closed nor over.
OPEN_CARD = (
    "EXISTS (SELECT 1 FROM operations_lookoutcard card WHERE card.lookout_id = {lookout}"
    " AND card.office_id = ANY((SELECT my_lookout_offices())::bigint[])"
    " AND card.closed_at IS NULL AND card.expires_at > clock_timestamp())"
)


class BetweenOffices(models.Model):
    """A row that bears no case, and is locked all the same."""

    case_bearing = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    class Privacy:
        neutral = {"id", "created_at", "updated_at"}

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"


class LookoutCard(BetweenOffices):
    """One office is asked to watch until a day. All that stays with it when that is over."""

    row_rule_alone = f"{SENT.format(lookout='lookout_id')} OR {ASKED}"

    lookout = models.ForeignKey(Lookout, models.PROTECT, related_name="cards", editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", editable=False)
    from_office = models.ForeignKey(Office, models.PROTECT, related_name="+", editable=False)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    renewed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    objects = ScopedManager.from_queryset(CardQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="lookout_card_once", fields=["lookout", "office"]),
            models.CheckConstraint(name="lookout_card_goes_elsewhere", condition=~Q(office=F("from_office"))),
            models.CheckConstraint(
                name="lookout_card_ends",
                condition=Q(expires_at__gt=F("renewed_at")) & Q(expires_at__lte=F("renewed_at") + LONGEST),
            ),
            models.CheckConstraint(
                name="lookout_card_sent_by_somebody",
                condition=Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
            models.CheckConstraint(
                name="lookout_card_closed_by_somebody",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="lookout_card_of_office", fields=["office", "-sent_at"])]

    class Privacy:
        neutral = {
            "lookout", "office", "from_office", "sent_at", "sent_by", "renewed_at", "expires_at", "closed_at",
            "closed_by",
        }  # fmt: skip

    @property
    def over_at(self):
        """When the watch ended, by hand or by its day; the day it will when it has not."""
        return min(self.closed_at, self.expires_at) if self.closed_at else self.expires_at

    @property
    def is_open(self):
        return self.closed_at is None and self.expires_at > timezone.now()


class LookoutSheet(BetweenOffices):
    """The facts that the sender chose, copied: what the offices asked may read while they watch."""

    row_rule_alone = f"{SENT.format(lookout='lookout_id')} OR " + OPEN_CARD.format(
        lookout="operations_lookoutsheet.lookout_id"
    )

    lookout = models.OneToOneField(Lookout, models.PROTECT, related_name="sheet", editable=False)
    who = CodeField(_("who is looked for"), choices=LookoutWho, blank=True)
    called = models.CharField(_("what to call the person"), max_length=60, blank=True)
    age_band = CodeField(_("age"), choices=AgeBand, blank=True)
    sex = CodeField(_("sex"), choices=LookoutSex, blank=True)
    language = models.CharField(_("languages"), max_length=80, blank=True)
    looks = models.TextField(_("how to recognise the person"), max_length=600, blank=True)
    places = models.TextField(_("where the person may be"), max_length=400, blank=True)
    risk = models.TextField(_("what the person is at risk of"), max_length=400, blank=True)
    keep_away = models.BooleanField(_("dangerous: do not approach"), default=False)
    if_seen = models.TextField(_("what to do when seen"), max_length=400, blank=True)

    objects = ScopedManager.from_queryset(SheetQuerySet)()

    class Privacy:
        sensitive = {"called", "language", "looks", "places", "risk", "if_seen"}
        neutral = {"lookout", "who", "age_band", "sex", "keep_away"}

    @property
    def facts(self):
        """[(label, words)] of what was chosen."""
        names = ("who", "called", "age_band", "sex", "language", "looks", "places", "risk", "if_seen")
        chosen = [name for name in names if getattr(self, name)]
        return [(self._meta.get_field(name).verbose_name, self.in_words(name)) for name in chosen]

    def in_words(self, name):
        """The answer as people read it."""
        words = getattr(self, f"get_{name}_display", None)
        return words() if words else getattr(self, name)


class LookoutName(BetweenOffices):
    """A name that the sender wants to be told, sealed; nobody else reads it before safeguarding agrees."""

    row_rule_alone = (
        f"({SENT.format(lookout='lookout_id')} AND 'identity.open' = ANY((SELECT my_verbs())::text[]))"
        " OR (agreed AND " + OPEN_CARD.format(lookout="operations_lookoutname.lookout_id") + ")"
    )

    lookout = models.OneToOneField(Lookout, models.PROTECT, related_name="name_asked", editable=False)
    name = models.BinaryField(editable=False)
    reason = models.CharField(_("why the name is needed"), max_length=300)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    agreed = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(LookoutNameQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lookout_name_asked_by_somebody",
                condition=Q(asked_at__isnull=False, asked_by__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="lookout_name_decided_by_somebody_else",
                condition=Q(decided_at=None, decided_by=None, agreed=False)
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decided_by=F("asked_by")),
            ),
        ]

    class Privacy:
        sensitive = {"name", "reason"}
        neutral = {"lookout", "asked_at", "asked_by", "decided_at", "decided_by", "agreed"}

    def seal_name(self, name: str) -> None:
        self.name = sealed.wrap(name.encode(), self.about)

    def open_name(self) -> str:
        """In clear; '' once the lookout is closed."""
        return sealed.unwrap(bytes(self.name), self.about).decode() if self.name else ""

    @property
    def about(self) -> str:
        return f"operations.LookoutName {self.pk}"


class LookoutReading(BetweenOffices):
    """Somebody of the office that is asked has opened the card: the sender sees who, and when first."""

    row_rule_alone = "EXISTS (SELECT 1 FROM operations_lookoutcard card WHERE card.id = card_id)"

    card = models.ForeignKey(LookoutCard, models.PROTECT, related_name="readings", editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    read_at = models.DateTimeField()

    objects = ScopedManager.from_queryset(OfCardQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(name="lookout_reading_once", fields=["card", "user"])]

    class Privacy:
        neutral = {"card", "user", "read_at"}


class LookoutReply(BetweenOffices):
    """What the office that is asked has to say; it goes to the team of the case."""

    row_rule_alone = (
        "EXISTS (SELECT 1 FROM operations_lookoutcard card WHERE card.id = card_id"
        " AND (card.closed_at IS NULL AND card.expires_at > clock_timestamp()"
        " OR EXISTS (SELECT 1 FROM operations_lookout sent WHERE sent.id = card.lookout_id)))"
    )

    card = models.ForeignKey(LookoutCard, models.PROTECT, related_name="replies", editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    replied_at = models.DateTimeField()
    answer = CodeField(_("answer"), choices=LookoutAnswer)
    seen_on = PartialDateField(_("when"))
    place = models.CharField(_("where"), max_length=300, blank=True)
    words = models.TextField(_("in words"), max_length=1000, blank=True)

    objects = ScopedManager.from_queryset(ReplyQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="lookout_sighting_says_where",
                condition=~Q(answer="sighting") | ~Q(place="") | ~Q(words=""),
            ),
        ]
        indexes = [models.Index(name="lookout_reply_of_card", fields=["card", "-replied_at"])]

    class Privacy:
        sensitive = {"place", "words"}
        neutral = {"card", "user", "replied_at", "answer", "seen_on"}
