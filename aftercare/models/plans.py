"""Plans with their goals and steps, conferences with their decisions, and the tasks that all of it makes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from aftercare.costs import GoalStepQuerySet
from aftercare.models.assessments import Assessment, InstrumentPart
from aftercare.models.care import Care
from aftercare.querysets import CareTaskQuerySet
from aftercare.states import GoalStatus, PlanArea, ServiceKind, StepStatus, TaskKind, TaskStatus
from cases.models import CaseBearing, Grant, of_case
from prosecutions.models import Hearing
from reference.fields import CodeField, PartialDateField, amount, currency, words


def cost_is_whole(name):
    """A cost has its currency, or there is none of it."""
    return models.CheckConstraint(
        name=f"{name}_cost_is_whole",
        condition=Q(cost=None, cost_currency="") | Q(cost__gte=0, cost_currency__regex="^[A-Z]{3}$"),
    )


class Plan(CaseBearing):
    """One care plan with the day on which it must be looked at again."""

    case = of_case("plans")
    care = models.ForeignKey(Care, models.PROTECT, related_name="plans")
    position = models.PositiveIntegerField(default=1)
    on = PartialDateField(_("made on"))
    by = models.CharField(_("made by"), max_length=1000, blank=True)
    review_on = PartialDateField(_("review due"))
    reviewed_on = PartialDateField(_("reviewed on"))
    agreed_on = PartialDateField(_("the person agreed on"))
    ended_on = PartialDateField(_("ended on"))
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"by", "note"}
        neutral = {"care", "position", "on", "review_on", "reviewed_on", "agreed_on", "ended_on"}


class Goal(CaseBearing):
    """One line of a plan."""

    case = of_case("goals")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    position = models.PositiveIntegerField(default=1)
    area = CodeField(_("area"), choices=PlanArea)
    goal = models.CharField(_("goal"), max_length=1000, blank=True)
    # The same in plain words and in the language of the person, for the sheet that she keeps.
    own_words = models.CharField(_("in the person's own language"), max_length=500, blank=True)
    part = models.ForeignKey(InstrumentPart, models.PROTECT, related_name="+", null=True, blank=True)
    # The scoring that the goal was born from: what its part stood at then is read there.
    born_of = models.ForeignKey(
        Assessment, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    due = PartialDateField(_("due"))
    done_on = PartialDateField(_("done on"))
    status = CodeField(_("state"), choices=GoalStatus, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"goal", "own_words", "next_step", "note"}
        neutral = {"plan", "position", "area", "due", "done_on", "status", "part", "born_of"}


class GoalStep(CaseBearing):
    """One thing that will be done for a goal: what, by whom, when, at what cost and out of whose money."""

    case = of_case("goal_steps")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField(default=1)
    kind = CodeField(_("service"), choices=ServiceKind)
    what = models.CharField(_("what exactly"), max_length=300, blank=True)
    provider = models.CharField(_("by whom"), max_length=200, blank=True)
    starts_on = PartialDateField(_("from"))
    ends_on = PartialDateField(_("to"))
    cost = amount(_("cost"))
    cost_currency = currency()
    grant = models.ForeignKey(
        Grant, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("donor or grant")
    )
    status = CodeField(_("state"), choices=StepStatus, default=StepStatus.PLANNED)
    done_on = PartialDateField(_("done on"))

    objects = ScopedManager.from_queryset(GoalStepQuerySet)()

    class Meta:
        constraints = [cost_is_whole("goal_step")]

    class Privacy:
        sensitive = {"what", "provider"}
        neutral = {
            "goal", "position", "kind", "starts_on", "ends_on", "cost", "cost_currency", "grant", "status",
            "done_on",
        }  # fmt: skip


class Conference(CaseBearing):
    """People sat down over one person's road: who, what was said, when again."""

    case = of_case("conferences")
    care = models.ForeignKey(Care, models.PROTECT, related_name="conferences")
    on = PartialDateField(_("date"))
    present = words(120, verbose_name=_("who was there"))
    heard = models.BooleanField(_("the person herself was heard"), null=True, blank=True)
    summary = models.TextField(_("what was said"), blank=True)
    next_on = PartialDateField(_("next conference"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Privacy:
        sensitive = {"present", "summary"}
        neutral = {"care", "on", "heard", "next_on", "by"}


class CareTask(CaseBearing):
    """Something that must be done for one person until a moment: made by an event, a decision or by hand.

    What is due is computed by the database from the record (actions/tasks.py); the source makes it unique,
    so that the same event makes each of its tasks once, however often it is looked at.
    """

    case = of_case("care_tasks")
    care = models.ForeignKey(Care, models.PROTECT, related_name="tasks")
    kind = CodeField(_("what"), choices=TaskKind)
    what = models.CharField(_("in words"), max_length=300, blank=True)
    due_at = models.DateTimeField(_("until"))
    worker = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, blank=True)
    # The record that made it: its verb (bail.grant) and its key. Empty when somebody wrote it by hand.
    source = models.CharField(max_length=40, blank=True, editable=False)
    source_id = models.UUIDField(null=True, blank=True, editable=False)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="+", null=True, blank=True)
    status = CodeField(_("state"), choices=TaskStatus, default=TaskStatus.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(CareTaskQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="care_task_once_from_its_source",
                fields=["care", "kind", "source_id"],
                condition=Q(source_id__isnull=False),
            ),
            models.CheckConstraint(
                name="care_task_ended_when_it_ended",
                condition=Q(status="open", ended_at=None, ended_by=None)
                | (~Q(status="open") & Q(ended_at__isnull=False, ended_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="care_task_by_hand_says_what", condition=~Q(kind="other") | ~Q(what="")
            ),
        ]
        indexes = [
            models.Index(name="care_task_open", fields=["due_at", "id"], condition=Q(status="open")),
        ]

    class Privacy:
        sensitive = {"what", "note"}
        neutral = {
            "care", "kind", "due_at", "worker", "source", "source_id", "hearing", "status", "ended_at",
            "ended_by",
        }  # fmt: skip


class Decision(CaseBearing):
    """What a conference decided; it becomes a task of somebody."""

    case = of_case("decisions")
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="decisions")
    position = models.PositiveIntegerField(default=1)
    what = models.CharField(_("decided"), max_length=300)
    task = models.OneToOneField(CareTask, models.PROTECT, related_name="decision", null=True, blank=True)

    class Privacy:
        sensitive = {"what"}
        neutral = {"conference", "position", "task"}
