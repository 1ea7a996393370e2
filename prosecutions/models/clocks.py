from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scope import ScopedManager
from cases.models import CaseBearing, of_case
from law.models import ClockRule
from prosecutions.clock_querysets import ClockQuerySet
from prosecutions.models.accused import Accused
from prosecutions.models.courts import Proceeding
from prosecutions.states import ClockMoveKind, ClockState
from reference.fields import CodeField, PartialDateField, words
from survivors.models import Survivor


class CourtEvent(CaseBearing):
    """A step that moves a clock and has no record of its own: papers served, cognisance taken.

    `event` is a code of the law's lists: what clocks start on, or what they stop on.
    """

    case = of_case("court_events")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="events", null=True, blank=True)
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="events", null=True, blank=True)
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="court_events", null=True, blank=True)
    event = models.CharField(_("what happened"), max_length=60)
    on = PartialDateField(_("date"))
    happened_at = models.DateTimeField(_("time"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="court_event_has_a_date", condition=~Q(on=""))]

    class Privacy:
        sensitive = {"note"}
        neutral = {"proceeding", "accused", "survivor", "event", "on", "happened_at"}


class Clock(CaseBearing):
    """One period of the law that runs, ran or was set aside in this case.

    Rows follow from the records of the case: `reckon_clocks` lays them down anew after every verb. A person
    may only extend one or set it aside, and say why. `due_at` is the first moment after the period in the
    time zone of the court; `other_due_on` is the last day by the other reading, where courts differ.
    """

    case = of_case("clocks")
    rule = models.ForeignKey(ClockRule, models.PROTECT, related_name="clocks")
    accused = models.ForeignKey(Accused, models.PROTECT, related_name="clocks", null=True, blank=True)
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="clocks", null=True, blank=True)
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="clocks", null=True, blank=True)
    state = CodeField(_("state"), choices=ClockState, default=ClockState.RUNNING)
    by_hand = models.BooleanField(_("started by a person"), default=False)
    began_on = models.DateField(_("began on"))
    began_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    due_on = models.DateField(_("last day"), null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    other_due_on = models.DateField(_("last day by the other reading"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=60, blank=True)
    extended_until = models.DateField(_("extended until"), null=True, blank=True)
    # The last day at the latest, when the beginning is known to a month or an hour only.
    latest_on = models.DateField(_("last day at the latest"), null=True, blank=True)
    # What is not known, as codes of Doubt: the clock then shows and warns of the earlier day.
    doubts = words(40)
    # Had passed long ago when it was first worked out: it stands in lists and wakes nobody.
    quiet = models.BooleanField(default=False, editable=False)
    order = models.CharField(_("order it rests on"), max_length=300, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)

    objects = ScopedManager.from_queryset(ClockQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="clock_once",
                fields=["case", "rule", "accused", "survivor", "proceeding", "began_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="clock_moved_by_a_person_says_why",
                condition=(Q(extended_until=None) & ~Q(state="set_aside")) | ~Q(why=""),
            ),
        ]
        indexes = [
            models.Index(name="clock_due", fields=["due_at"], condition=Q(state="running")),
            models.Index(name="clock_of_office", fields=["office", "due_at"], condition=Q(state="running")),
        ]

    class Privacy:
        sensitive = {"order", "why"}
        neutral = {
            "rule", "accused", "survivor", "proceeding", "state", "by_hand", "began_on", "began_at", "source",
            "source_id", "due_on", "due_at", "other_due_on", "ended_on", "ended_by", "extended_until",
            "latest_on", "doubts", "quiet",
        }  # fmt: skip


class ClockMove(CaseBearing):
    """What a person did to a clock, and why: extended, set aside, taken back. Kept for good."""

    case = of_case("clock_moves")
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="moves")
    kind = CodeField(_("what was done"), choices=ClockMoveKind)
    until = models.DateField(_("extended until"), null=True, blank=True)
    order = models.CharField(_("order it rests on"), max_length=300, blank=True)
    why = models.CharField(_("why"), max_length=300)
    mover = models.ForeignKey(User, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="clock_move_says_why", condition=~Q(why="")),
            models.CheckConstraint(
                name="clock_move_extends_until_a_day",
                condition=Q(kind="extended", until__isnull=False) | ~Q(kind="extended"),
            ),
        ]

    class Privacy:
        sensitive = {"order", "why"}
        neutral = {"clock", "kind", "until", "mover", "moved_at"}


class Reckoning(CaseBearing):
    """From which state of the case and of the law its clocks were last worked out."""

    case = of_case("reckonings")
    touched_at = models.DateTimeField()
    law = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="reckoning_once_a_case", fields=["case"])]

    class Privacy:
        neutral = {"touched_at", "law"}
