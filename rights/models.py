"""What survivors ask about their own records, how long records are kept, and how they end."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from accounts.scope import ScopedManager
from aftercare.models import TherapyNote
from cases.models import CaseBearing, by_somebody, of_case
from reference.fields import CodeField
from reference.sealed_fields import EncryptedText
from rights.querysets import (
    CorrectionQuerySet,
    HoldQuerySet,
    NoteReleaseQuerySet,
    RequestQuerySet,
    RetentionRuleQuerySet,
    ReviewQuerySet,
)
from rights.states import CorrectionState, Decision, RequestKind, RequestState, ReviewState, ReviewWhy
from survivors.models import Survivor
from survivors.states import ConsentGiver

# Whoever does not record survivors finds no row here, also by raw SQL with the application's credentials.
MAY_READ = "'survivor.write' = ANY((SELECT my_verbs())::text[])"


def whoever():
    """Who did it; nobody yet."""
    return models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, editable=False)


def moment():
    """When it was done; not yet."""
    return models.DateTimeField(null=True, blank=True, editable=False)


class RightsRequest(CaseBearing):
    """A survivor, or somebody who may speak for her, asks something about her record."""

    row_rule = MAY_READ

    case = of_case("rights_requests")
    survivor = models.ForeignKey(
        Survivor, models.PROTECT, related_name="rights_requests", null=False, editable=False
    )
    kind = CodeField(_("what is asked for"), choices=RequestKind)
    asker = CodeField(_("who asks"), choices=ConsentGiver)
    what = EncryptedText(_("in the person's own words"))
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("answer due"))
    status = CodeField(_("state"), choices=RequestState, default=RequestState.OPEN)
    answer = EncryptedText(_("answer"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    answered_at, answered_by = moment(), whoever()

    objects = ScopedManager.from_queryset(RequestQuerySet)()

    class Meta:
        constraints = [
            by_somebody("rightsrequest", "answered"),
            models.CheckConstraint(
                name="rightsrequest_open_or_answered",
                condition=Q(status="open", answered_at=None)
                | (~Q(status="open") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="rightsrequest_due_after_asked", condition=Q(due_on__gte=F("asked_on"))
            ),
        ]
        indexes = [models.Index(name="rightsrequest_due", fields=["status", "due_on"])]

    class Privacy:
        sensitive = {"what", "answer"}
        neutral = {
            "survivor", "kind", "asker", "asked_on", "due_on", "status", "written_by", "answered_at",
            "answered_by",
        }  # fmt: skip

    def get_absolute_url(self):
        return reverse("rights:request-detail", args=[self.pk])


class Correction(CaseBearing):
    """She says that something in her record is wrong: what stands there, what should, what became of it."""

    row_rule = MAY_READ

    case = of_case("corrections")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="corrections", editable=False)
    request = models.ForeignKey(
        RightsRequest, models.PROTECT, related_name="corrections", null=True, blank=True, editable=False
    )
    what = EncryptedText(_("what it is about"))
    was = EncryptedText(_("what stands in the record"))
    should_be = EncryptedText(_("what should stand there"))
    asked_on = models.DateField(_("said on"))
    status = CodeField(_("state"), choices=CorrectionState, default=CorrectionState.ASKED)
    why = EncryptedText(_("reason"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    decided_at, decided_by = moment(), whoever()

    objects = ScopedManager.from_queryset(CorrectionQuerySet)()

    class Meta:
        constraints = [
            by_somebody("correction", "decided"),
            models.CheckConstraint(
                name="correction_asked_or_decided",
                condition=Q(status="asked", decided_at=None)
                | (~Q(status="asked") & Q(decided_at__isnull=False)),
            ),
        ]

    class Privacy:
        sensitive = {"what", "was", "should_be", "why"}
        neutral = {"survivor", "request", "asked_on", "status", "written_by", "decided_at", "decided_by"}

    def get_absolute_url(self):
        return self.survivor.get_absolute_url()


class NoteRelease(CaseBearing):
    """A therapist lets one note of hers stand in the copy that the survivor is given."""

    row_rule = "'therapy.view' = ANY((SELECT my_verbs())::text[])"

    case = of_case("note_releases")
    note = models.OneToOneField(TherapyNote, models.PROTECT, related_name="release", editable=False)
    released_at = models.DateTimeField(editable=False)
    released_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager.from_queryset(NoteReleaseQuerySet)()

    class Meta:
        constraints = [by_somebody("noterelease", "released")]

    class Privacy:
        neutral = {"note", "released_at", "released_by"}


class RetentionRule(models.Model):
    """For how long an office keeps closed cases. Without a row the settings say it."""

    office = models.OneToOneField(Office, models.PROTECT, related_name="retention_rule", editable=False)
    years = models.PositiveSmallIntegerField(_("years after both tracks were closed"))
    child_until_age = models.PositiveSmallIntegerField(_("of children at least until this age"))
    set_at = models.DateTimeField(editable=False)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager.from_queryset(RetentionRuleQuerySet)()

    class Meta:
        constraints = [
            by_somebody("retentionrule", "set"),
            models.CheckConstraint(
                name="retentionrule_reasonable", condition=Q(years__range=(1, 75), child_until_age__lte=75)
            ),
        ]

    class Privacy:
        neutral = {"id", "office", "years", "child_until_age", "set_at", "set_by"}

    def __str__(self):
        return f"rule of {self.office_id}"

    @staticmethod
    def of_the_house(office):
        """What holds where an office has said nothing."""
        return RetentionRule(
            office=office, years=settings.RETENTION_YEARS, child_until_age=settings.RETENTION_CHILD_UNTIL
        )


class Hold(CaseBearing):
    """Somebody says that a case must be kept although its time is over: why, and until when."""

    row_rule = MAY_READ

    case = of_case("holds")
    reason = models.CharField(_("reason"), max_length=200)
    until = models.DateField(_("until"))
    placed_at = models.DateTimeField(editable=False)
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    lifted_at, lifted_by = moment(), whoever()

    objects = ScopedManager.from_queryset(HoldQuerySet)()

    class Meta:
        constraints = [
            by_somebody("hold", "placed"),
            by_somebody("hold", "lifted"),
            models.CheckConstraint(name="hold_says_why", condition=~Q(reason="")),
        ]

    class Privacy:
        sensitive = {"reason"}
        neutral = {"until", "placed_at", "placed_by", "lifted_at", "lifted_by"}


class Review(CaseBearing):
    """A case, or one person of it, whose time is over: what two people decide, and that it was done."""

    row_rule = MAY_READ

    case = of_case("reviews")
    # None: the whole case.
    survivor = models.ForeignKey(
        Survivor, models.PROTECT, related_name="reviews", null=True, blank=True, editable=False
    )
    why = CodeField(_("why"), choices=ReviewWhy)
    due_on = models.DateField(_("due since"))
    status = CodeField(_("state"), choices=ReviewState, default=ReviewState.WAITING)
    decision = CodeField(_("what becomes of the record"), choices=Decision, blank=True)
    keep_until = models.DateField(_("keep until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    proposed_at, proposed_by = moment(), whoever()
    agreed_at, agreed_by = moment(), whoever()
    done_at = moment()
    rows = models.PositiveIntegerField(default=0, editable=False)

    objects = ScopedManager.from_queryset(ReviewQuerySet)()

    class Meta:
        constraints = [
            by_somebody("review", "proposed"),
            by_somebody("review", "agreed"),
            models.CheckConstraint(
                name="review_agreed_by_somebody_else",
                condition=Q(agreed_by=None) | (Q(proposed_by__isnull=False) & ~Q(agreed_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="review_ends_by_two",
                condition=~Q(status__in=["agreed", "kept", "done"])
                | (Q(agreed_by__isnull=False) & ~Q(decision="")),
            ),
            models.CheckConstraint(
                name="review_keeps_until_a_day", condition=~Q(decision="keep") | Q(keep_until__isnull=False)
            ),
            models.CheckConstraint(
                name="review_done_says_when",
                condition=Q(status="done", done_at__isnull=False) | (~Q(status="done") & Q(done_at=None)),
            ),
            models.UniqueConstraint(
                name="review_once",
                fields=["case", "survivor"],
                condition=Q(status__in=["waiting", "proposed", "agreed"]),
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        sensitive = {"reason"}
        neutral = {
            "survivor", "why", "due_on", "status", "decision", "keep_until", "proposed_at", "proposed_by",
            "agreed_at", "agreed_by", "done_at", "rows",
        }  # fmt: skip

    def get_absolute_url(self):
        return reverse("rights:review-detail", args=[self.pk])
