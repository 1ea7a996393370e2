import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from law.querysets import EntryQuerySet
from law.states import (
    About,
    Bailability,
    ClockKind,
    Confidence,
    Counts,
    Level,
    Moment,
    Party,
    RollOver,
    Severity,
    StartDay,
)
from law.wording import gift_of, length_of, penalty_of, short_of
from reference.fields import CodeField, words


class Jurisdiction(models.Model):
    """The law of one country, as far as we know it; "ZZ" holds what all countries share."""

    country = models.CharField(_("country"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    time_zones = words(60)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    languages = words(8)
    age_of_majority = models.PositiveSmallIntegerField(_("age of majority"), null=True, blank=True)
    bail_rules = words(1000)
    note = models.TextField(_("note"), blank=True)
    compiled_on = models.DateField(null=True, blank=True)
    edited = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="jurisdiction_country_code", condition=Q(country__regex="^[A-Z]{2}$"))
        ]

    class Privacy:
        neutral = {
            "country", "name", "time_zones", "currency", "languages", "age_of_majority", "bail_rules", "note",
            "compiled_on", "edited", "version",
        }  # fmt: skip

    def __str__(self):
        return self.name


class Entry(models.Model):
    """One row of law: a code that means one thing from a day to a day, with its source."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=300)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    confidence = CodeField(_("confidence"), choices=Confidence, blank=True)
    checked = models.BooleanField(_("compared with a text"), default=False)
    note = models.TextField(_("note"), blank=True)
    # A row that somebody changed here: loading the file again leaves it as it is.
    edited = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="%(class)s_one_meaning_a_day",
                expressions=[
                    ("jurisdiction", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    class Privacy:
        neutral = {
            "id", "jurisdiction", "code", "name", "valid_from", "valid_to", "source", "confidence", "checked",
            "note", "edited", "version",
        }  # fmt: skip

    def __str__(self):
        return self.name


class Statute(Entry):
    """A code, act or rule."""

    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    amended_by = words(60)

    class Privacy:
        neutral = {"year", "amended_by"}

    @property
    def short(self):
        """BNS for BNS-2023, as lawyers say it."""
        return short_of(self)


class Offence(Entry):
    """An offence, its section and what it may cost: months of prison, fines in the country's money."""

    statute = models.ForeignKey(Statute, models.PROTECT, related_name="offences")
    section = models.CharField(_("section"), max_length=100, blank=True)
    casework = words(60)
    months_min = models.PositiveIntegerField(_("least months of prison"), null=True, blank=True)
    months_max = models.PositiveIntegerField(_("most months of prison"), null=True, blank=True)
    life = models.BooleanField(_("life"), default=False)
    fine_min = models.DecimalField(_("least fine"), max_digits=16, decimal_places=2, null=True, blank=True)
    fine_max = models.DecimalField(_("highest fine"), max_digits=16, decimal_places=2, null=True, blank=True)
    bailable = CodeField(_("bail"), choices=Bailability, blank=True)
    attempted = models.BooleanField(_("an attempt can be charged"), default=False)
    replaces = models.CharField(_("replaces"), max_length=60, blank=True)

    class Privacy:
        neutral = {
            "statute", "section", "casework", "months_min", "months_max", "life", "fine_min", "fine_max",
            "bailable", "attempted", "replaces",
        }  # fmt: skip

    @property
    def cited(self):
        """BNS 143(2)"""
        return " ".join(filter(None, (self.statute.short, self.section)))

    @property
    def called(self):
        """What it is and where it stands: the words that link a charge to it."""
        return f"{self.name} · {self.cited}"

    @property
    def penalty(self):
        """Prison and fine in one line."""
        return penalty_of(self)


class CourtTier(Entry):
    """A kind of court; tier 0 is a body that is not a criminal court."""

    local_name = models.CharField(_("local name"), max_length=200, blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"))
    tries_trafficking = models.BooleanField(_("tries trafficking"), default=False)

    class Privacy:
        neutral = {"local_name", "tier", "tries_trafficking"}


class CourtStage(Entry):
    """A stage of a proceeding."""

    local_name = models.CharField(_("local name"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Privacy:
        neutral = {"local_name", "order"}


class HearingType(Entry):
    """A kind of hearing."""

    local_name = models.CharField(_("local name"), max_length=200, blank=True)
    stage = models.CharField(_("stage"), max_length=60, blank=True)
    survivor_attends = models.BooleanField(_("the survivor usually attends"), default=False)

    class Privacy:
        neutral = {"local_name", "stage", "survivor_attends"}


class ClockRule(Entry):
    """A period that the law sets: what starts it, how long it is, what stops it and what happens then.

    Length: months or years when there are any, else hours, else days, else fraction_of_max (of the longest
    term of the offences charged); none of them means that the law names no number.
    """

    starts = models.CharField(_("starts on"), max_length=60)
    stops_on = models.CharField(_("stops on"), max_length=60, blank=True)
    hours = models.PositiveIntegerField(_("hours"), null=True, blank=True)
    days = models.PositiveIntegerField(_("days"), null=True, blank=True)
    months = models.PositiveIntegerField(_("months"), null=True, blank=True)
    years = models.PositiveIntegerField(_("years"), null=True, blank=True)
    fraction_of_max = models.DecimalField(
        _("share of the longest term"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    counts = CodeField(_("days that count"), choices=Counts, default=Counts.CALENDAR)
    start_day = CodeField(_("first day"), choices=StartDay, default=StartDay.EXCLUDED)
    roll_over = CodeField(_("last day on a holiday"), choices=RollOver, default=RollOver.NONE)
    suspended_by = models.CharField(_("does not run during"), max_length=60, blank=True)
    readings = models.JSONField(_("other readings"), default=dict, blank=True)
    kind = CodeField(_("kind"), choices=ClockKind, default=ClockKind.DEADLINE)
    applies = models.CharField(_("applies to"), max_length=500, blank=True)
    consequence = models.CharField(_("what happens at the end"), max_length=500, blank=True)
    severity = CodeField(_("severity"), choices=Severity)
    about = CodeField(_("whose clock"), choices=About, default=About.ACCUSED)
    # When the system starts it by itself (law/conditions.yaml); null: only a person does.
    starts_when = models.JSONField(_("starts by itself when"), null=True, blank=True)

    class Privacy:
        neutral = {
            "starts", "stops_on", "hours", "days", "months", "years", "fraction_of_max", "counts",
            "start_day", "roll_over", "suspended_by", "readings", "kind", "applies", "consequence",
            "severity", "about", "starts_when",
        }  # fmt: skip

    @property
    def length(self):
        """How long the period is, in words."""
        return length_of(self)


class Reason(Entry):
    """A reason for an adjournment: whose it was, and whether preparation could have prevented it."""

    party = CodeField(_("on whose side"), choices=Party)
    avoidable = models.BooleanField(_("avoidable"))
    # The reason of the short list of the case-file format that it falls under.
    falls_under = models.CharField(max_length=60)

    class Privacy:
        neutral = {"party", "avoidable", "falls_under"}


class Entitlement(Entry):
    """What the law or a scheme gives a survivor; the amount is the most there is when no range is known."""

    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, null=True, blank=True)
    amount_max = models.DecimalField(_("up to"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    condition = models.CharField(_("condition"), max_length=1000, blank=True)
    # Groups of people (law/whom.py); one that fits is enough. None: the row does not say, so ask.
    for_whom = models.JSONField(_("for whom"), default=list, blank=True)
    moment = CodeField(_("when"), choices=Moment, blank=True)
    level = CodeField(_("owed by"), choices=Level, blank=True)
    authority = models.CharField(_("office that owes it"), max_length=200, blank=True)
    refunded = models.BooleanField(_("the centre pays it back"), default=False)
    papers = words(60, verbose_name=_("papers it depends on"))
    due_days = models.PositiveIntegerField(_("days in which it is due"), null=True, blank=True)
    claim_months = models.PositiveIntegerField(_("months in which to claim it"), null=True, blank=True)
    # Of the rows of a country with the same word here a person gets one.
    one_of = models.CharField(_("one of"), max_length=60, blank=True)

    class Privacy:
        neutral = {
            "amount", "amount_max", "currency", "condition", "for_whom", "moment", "level", "authority",
            "refunded", "papers", "due_days", "claim_months", "one_of",
        }  # fmt: skip

    @property
    def worth(self):
        """The amount in words."""
        return gift_of(self)


class Identifier(Entry):
    """A kind of number that courts and police give, and the pattern it must keep to, if there is one."""

    local_name = models.CharField(_("local name"), max_length=200, blank=True)
    pattern = models.CharField(_("pattern"), max_length=300, blank=True)
    example = models.CharField(_("example"), max_length=100, blank=True)

    class Privacy:
        neutral = {"local_name", "pattern", "example"}


class CommonCode(models.Model):
    """A code of a list that all countries share (common.yaml), with hints for software."""

    list = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField()
    hints = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="common_code_once", fields=["list", "code"])]

    class Privacy:
        neutral = {"id", "list", "code", "name", "position", "hints"}

    def __str__(self):
        return self.name


class Court(models.Model):
    """A court with its name and place. Public knowledge: that a case is heard there stands with the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="named_courts")
    tier = models.ForeignKey(CourtTier, models.PROTECT, related_name="courts", null=True, blank=True)
    name = models.CharField(_("name"), max_length=300)
    also_called = words(300, verbose_name=_("also written"))
    place = models.CharField(_("town"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40)
    subdivision = models.CharField(_("state or province (ISO 3166-2)"), max_length=10, blank=True)
    note = models.TextField(_("note"), blank=True)
    closed = models.BooleanField(_("no longer used"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="court_once", fields=["jurisdiction", "name", "place"])]

    class Privacy:
        neutral = {
            "id", "jurisdiction", "tier", "name", "also_called", "place", "time_zone", "subdivision", "note",
            "closed", "version",
        }  # fmt: skip

    def __str__(self):
        return self.name


class Travel(models.Model):
    """How long the way between two courts takes; the same both ways, so each pair stands once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey(Court, models.PROTECT, related_name="+")
    other = models.ForeignKey(Court, models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField(_("minutes"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="travel_once", fields=["one", "other"]),
            models.CheckConstraint(name="travel_in_order", condition=Q(one__lt=F("other"))),
        ]

    class Privacy:
        neutral = {"id", "one", "other", "minutes"}

    def __str__(self):
        return str(self.minutes)


class Revision(models.Model):
    """One change of a row of law by a person: why, what it was and what it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.CharField(max_length=40)
    entry_id = models.CharField(max_length=40)
    reason = models.CharField(_("reason"), max_length=500)
    was = models.JSONField(default=dict)
    now = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="revision_says_why", condition=~Q(reason=""))]
        indexes = [models.Index(name="revision_of_entry", fields=["table", "entry_id", "made_at"])]

    class Privacy:
        neutral = {"id", "table", "entry_id", "reason", "was", "now", "by", "made_at"}

    def __str__(self):
        return self.reason
