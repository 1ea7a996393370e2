"""A story as it may be told outside: approved by two, with consent, called back at a word."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import CaseBearing, by_somebody, of_case
from reference.fields import CodeField, words
from survivors.models.people import Survivor
from survivors.states import StoryState


def whoever():
    """Who did it; nobody yet."""
    return models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True, editable=False)


class Story(CaseBearing):
    """A text that may leave the house: chosen names, a region, a month; never more."""

    case = of_case("stories")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    receiver = models.CharField(_("for whom"), max_length=200)
    people: models.ManyToManyField = models.ManyToManyField(
        Survivor, through="StorySubject", related_name="+"
    )
    status = CodeField(choices=StoryState, default=StoryState.DRAFT)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    first_by, second_by = whoever(), whoever()
    first_at = models.DateTimeField(null=True, blank=True, editable=False)
    second_at = models.DateTimeField(null=True, blank=True, editable=False)
    recalled_at = models.DateTimeField(null=True, blank=True, editable=False)
    recalled_why = models.CharField(_("why it was called back"), max_length=300, blank=True)
    looked_at = words(80, verbose_name=_("found by the check, and may stand all the same"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="story_approved_by_two_others",
                condition=~Q(status="approved")
                | (
                    Q(first_by__isnull=False, second_by__isnull=False)
                    & ~Q(first_by=F("second_by"))
                    & ~Q(first_by=F("written_by"))
                    & ~Q(second_by=F("written_by"))
                ),
            ),
            by_somebody("story", "first"),
            by_somebody("story", "second"),
            models.CheckConstraint(
                name="story_called_back_says_why", condition=~Q(status="recalled") | ~Q(recalled_why="")
            ),
        ]

    class Privacy:
        sensitive = {"title", "text", "receiver", "recalled_why", "looked_at"}
        neutral = {
            "status", "written_by", "first_by", "second_by", "first_at", "second_at", "recalled_at",
        }  # fmt: skip

    def get_absolute_url(self):
        return reverse("survivors:story-detail", args=[self.pk])


class StorySubject(CaseBearing):
    """Somebody of whom a story tells."""

    case = of_case("story_subjects")
    story = models.ForeignKey(Story, models.PROTECT, related_name="subjects")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="story_subjects")

    class Meta:
        constraints = [models.UniqueConstraint(name="story_subject_once", fields=["story", "survivor"])]

    class Privacy:
        neutral = {"story", "survivor"}
