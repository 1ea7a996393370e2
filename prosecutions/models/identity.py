import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from prosecutions.identity_states import MatchState, RingRole, Sameness
from prosecutions.models.accused import Accused, Network, Perpetrator
from prosecutions.querysets import PairQuerySet
from reference.fields import CodeField, PartialDateField


class NameForm(CaseBearing):
    """What an accused person is found by: keys of sound, so that spellings and scripts fall together.

    Written with every change of a name (prosecutions.actions.naming). `due` = the worker has not compared
    the person with other offices since.
    """

    case = of_case("name_forms")
    accused = models.OneToOneField(Accused, models.PROTECT, related_name="name_form")
    keys = ArrayField(models.CharField(max_length=80), default=list)
    due = models.BooleanField(default=True)

    class Meta:
        indexes = [
            GinIndex(name="name_form_keys", fields=["keys"]),
            models.Index(name="name_form_due", fields=["created_at"], condition=Q(due=True)),
        ]

    class Privacy:
        sensitive = {"keys"}
        neutral = {"accused", "due"}


class IdentityAnswer(CaseBearing):
    """What a person said to "may be the same as": kept, so that nobody is asked the same again."""

    case = of_case("identity_answers")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="identity_answers")
    other = models.ForeignKey(Accused, models.PROTECT, related_name="+")
    answer = CodeField(_("answer"), choices=Sameness)
    score = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="identity_answer_once", fields=["accused", "other"]),
            models.CheckConstraint(name="identity_answer_of_two", condition=~Q(accused=F("other"))),
            models.CheckConstraint(
                name="identity_answer_by_somebody",
                condition=Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    class Privacy:
        neutral = {"accused", "other", "answer", "score", "answered_at", "answered_by"}


class PersonLink(CaseBearing):
    """One record came to be the same human being as others; says who it was before, so that it can go back.

    All records that one decision moved bear the same `batch`.
    """

    case = of_case("person_links")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="person_links")
    was = models.ForeignKey(Perpetrator, models.PROTECT, related_name="+")
    now = models.ForeignKey(Perpetrator, models.PROTECT, related_name="+")
    batch = models.UUIDField(default=uuid.uuid4)
    why = models.CharField(_("why"), max_length=300, blank=True)
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    undone_why = models.CharField(_("why it was undone"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="person_link_moves", condition=~Q(was=F("now"))),
            models.CheckConstraint(
                name="person_link_by_somebody",
                condition=Q(linked_at__isnull=False, linked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="person_link_undone_by_somebody",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_why=""),
            ),
        ]
        indexes = [models.Index(name="person_link_batch", fields=["batch"])]

    class Privacy:
        sensitive = {"why", "undone_why"}
        neutral = {"accused", "was", "now", "batch", "linked_at", "linked_by", "undone_at", "undone_by"}


class MatchPair(models.Model):
    """Two records of two offices that may be one human being. No person reads it: each side has its own."""

    case_bearing = True
    row_rule_alone = "false"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(Accused, models.PROTECT, related_name="+")
    two = models.ForeignKey(Accused, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    state = CodeField(choices=MatchState, default=MatchState.OPEN)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScopedManager.from_queryset(PairQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="match_pair_once", fields=["one", "two"]),
            models.CheckConstraint(name="match_pair_in_order", condition=Q(one__lt=F("two"))),
        ]

    class Privacy:
        neutral = {"id", "one", "two", "score", "state", "created_at", "updated_at"}

    def __str__(self):
        return str(self.pk)


class MatchSide(CaseBearing):
    """What one office learns of a match: its own person, the other office, whom to ask. Nothing else."""

    case = of_case("match_sides")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="match_sides")
    pair = models.ForeignKey(MatchPair, models.PROTECT, related_name="sides")
    other_office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    ask = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = CodeField(_("state"), choices=MatchState, default=MatchState.OPEN)
    answer = CodeField(_("answer"), choices=Sameness, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="match_side_once", fields=["pair", "accused"]),
            # One at a time: how many the other office has is not told.
            models.UniqueConstraint(
                name="match_side_one_open", fields=["accused", "other_office"], condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="match_side_answered_by_somebody",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
            ),
        ]

    class Privacy:
        neutral = {
            "accused", "pair", "other_office", "ask", "state", "answer", "answered_at", "answered_by",
        }  # fmt: skip


class RingMember(CaseBearing):
    """What one accused person did in a ring, and from when until when."""

    case = of_case("ring_members")
    network = models.ForeignKey(Network, models.PROTECT, related_name="ring")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="ring_roles")
    role = CodeField(_("part in the ring"), choices=RingRole, blank=True)
    since = PartialDateField(_("since"))
    until = PartialDateField(_("until"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="ring_member_once", fields=["network", "accused", "role", "since"]),
        ]

    class Privacy:
        sensitive = {"note"}
        neutral = {"network", "accused", "role", "since", "until"}
