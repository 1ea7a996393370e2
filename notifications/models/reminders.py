from django.db import models
from django.db.models import Q

from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from notifications.querysets import ReminderQuerySet
from notifications.states import Offset, ReminderState
from prosecutions.models import Hearing
from reference.fields import CodeField


class Reminder(CaseBearing):
    """One reminder of one date of one hearing: when it is due, and what became of it.

    The wall time of the office is the truth (`wall_on`, `wall_time`, `zone`); `due_at` is what it comes to,
    and is worked out anew every night, for holidays and laws of time change. docs/adr, reminders are planned.
    """

    case = of_case("reminders")
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="reminders")
    hearing_version = models.PositiveIntegerField()
    step = CodeField(choices=Offset)
    # The hearing as it was planned for: its day, its beginning, and since when it has been on record.
    day = models.DateField()
    begins_at = models.DateTimeField()
    known_at = models.DateTimeField()
    wall_on = models.DateField()
    wall_time = models.TimeField()
    zone = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    fire_until = models.DateTimeField()
    state = CodeField(choices=ReminderState, default=ReminderState.PLANNED)
    reason = models.CharField(max_length=20, blank=True)
    fired_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(ReminderQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reminder_once", fields=["hearing", "hearing_version", "step"]),
            models.CheckConstraint(
                name="reminder_fired_at_a_moment",
                condition=Q(state="fired", fired_at__isnull=False) | ~Q(state="fired") & Q(fired_at=None),
            ),
        ]
        indexes = [
            # What is due, of what is planned; what stands, of what was sent; what was missed too early.
            models.Index(name="reminder_due", fields=["due_at"], condition=Q(state="planned")),
            models.Index(name="reminder_standing", fields=["fire_until"], condition=Q(state="fired")),
            models.Index(name="reminder_missed", fields=["due_at"], condition=Q(state="missed")),
        ]

    class Privacy:
        neutral = {
            "hearing", "hearing_version", "step", "day", "begins_at", "known_at", "wall_on", "wall_time",
            "zone", "due_at", "fire_until", "state", "reason", "fired_at",
        }  # fmt: skip
