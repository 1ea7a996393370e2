"""Code lists and life cycles of plans, goals, steps and tasks."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanArea(models.TextChoices):
    """Area of the plan: HTCDS support plan type or a domain"""

    EDUCATION = "Education", _("Education")
    FINANCIAL = "Financial", _("Financial")
    HEALTH = "Health", _("Health")
    LABOUR_EXPLOITATION_REHABILITATION = (
        "LabourExploitationRehabilitation",
        _("Labour exploitation rehabilitation"),
    )
    LEGAL = "Legal", _("Legal")
    LIVELIHOOD = "Livelihood", _("Livelihood")
    RIGHTS_BASED_TRAINING = "RightsBasedTraining", _("Rights-based training")
    SEXUAL_EXPLOITATION_REHABILITATION = (
        "SexualExploitationRehabilitation",
        _("Sexual exploitation rehabilitation"),
    )
    SOCIAL_CARE = "SocialCare", _("Social care")
    SAFETY = "safety", _("Safety")
    LEGAL_PROTECTION = "legal_protection", _("Legal protection")
    MENTAL_WELLBEING = "mental_wellbeing", _("Mental wellbeing")
    ECONOMIC_EMPOWERMENT_EDUCATION = "economic_empowerment_education", _("Economic empowerment education")
    SOCIAL_SUPPORT = "social_support", _("Social support")
    PHYSICAL_WELLBEING = "physical_wellbeing", _("Physical wellbeing")
    SECURITY = "Security", _("Security")
    PSYCHOSOCIAL = "Psychosocial", _("Psychosocial")


class GoalStatus(models.TextChoices):
    """State of the goal"""

    OPEN = "open", _("Open")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class StepStatus(models.TextChoices):
    """Where does a step of a goal stand?"""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", pgettext_lazy("plan", "Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class TaskKind(models.TextChoices):
    """What must be done for the person?"""

    NAME_WORKER = "name_worker", _("Name a social worker")
    FIRST_SAFETY = "first_safety", _("First look at safety")
    MEDICAL_CHECK = "medical_check", _("Medical check")
    SAFETY_REVIEW = "safety_review", _("Look at safety again")
    RESCORE = "rescore", _("Score again")
    PREPARE = "prepare", _("Prepare for court")
    TRAVEL = "travel", _("Arrange the way to court")
    ACCOMPANY = "accompany", _("Go to court with the person")
    AFTER_COURT = "after_court", _("Talk after court")
    TELL = "tell", _("Tell the person what happened")
    FOLLOW_UP = "follow_up", _("Visit after the end of care")
    PLAN_REVIEW = "plan_review", _("Look at the plan again")
    DECISION = "decision", _("Decided in a conference")
    OTHER = "other", _("Something else")


class TaskStatus(models.TextChoices):
    """Where does a task stand?"""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped, with a reason")
    MOOT = "moot", _("No longer needed")


LIVE_GOALS = ("", GoalStatus.OPEN, GoalStatus.IN_PROGRESS)

GOAL_MOVES = {
    GoalStatus.OPEN: {GoalStatus.IN_PROGRESS, GoalStatus.DONE, GoalStatus.DROPPED},
    GoalStatus.IN_PROGRESS: {GoalStatus.OPEN, GoalStatus.DONE, GoalStatus.DROPPED},
    GoalStatus.DONE: {GoalStatus.IN_PROGRESS},
    GoalStatus.DROPPED: {GoalStatus.OPEN},
}

STEP_MOVES = {
    StepStatus.PLANNED: {StepStatus.UNDER_WAY, StepStatus.DONE, StepStatus.DROPPED},
    StepStatus.UNDER_WAY: {StepStatus.PLANNED, StepStatus.DONE, StepStatus.DROPPED},
    StepStatus.DONE: {StepStatus.UNDER_WAY},
    StepStatus.DROPPED: {StepStatus.PLANNED},
}

TASK_MOVES = {
    TaskStatus.OPEN: {TaskStatus.DONE, TaskStatus.DROPPED, TaskStatus.MOOT},
    TaskStatus.DONE: {TaskStatus.OPEN},
    TaskStatus.DROPPED: {TaskStatus.OPEN},
    TaskStatus.MOOT: set(),
}
