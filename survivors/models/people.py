import re

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.scope import ScopedManager
from cases.models import CaseBearing, Keyed, of_case
from operations.models import OF_A_KNOWN_OPERATION, Headcount, Operation
from operations.querysets import OfOperationQuerySet
from reference.fields import CodeField, PartialDateField, QuantityField, codes, keys, words
from reference.sealed_fields import EncryptedDate, EncryptedJSON
from survivors.querysets import ConsentQuerySet, SurvivorQuerySet
from survivors.states import (
    AgeMoment,
    App,
    ConsentGiver,
    ConsentHow,
    ConsentPurpose,
    Control,
    Exploitation,
    FamilyPart,
    Gender,
    HealthKind,
    Industry,
    Recruiter,
    Recruitment,
    Relation,
    Relationship,
    ReliefRoad,
    SexualExploitation,
    Shared,
    Stance,
    StatementResult,
    Vulnerability,
)


class Survivor(Keyed):
    """A person who was exploited or about to be, or a dependant found with them. Never a real name here."""

    case = of_case("survivors")
    pseudonym = models.CharField(
        _("pseudonym"), max_length=1000, blank=True, help_text=_("Never a real name")
    )
    label = models.CharField(_("description"), max_length=1000, blank=True)
    gender = CodeField(_("gender"), choices=Gender, blank=True)
    born = EncryptedDate(_("born"))
    birth_year = PartialDateField(_("year of birth"))
    child = models.BooleanField(_("child at relief"), null=True, blank=True)
    nationality = words(2)
    home = EncryptedJSON(_("home"))
    language = models.CharField(_("language"), max_length=1000, blank=True)
    schooling = models.CharField(_("schooling"), max_length=1000, blank=True)
    vulnerabilities = codes(Vulnerability, verbose_name=_("what made the person easy to recruit"))
    family = models.ForeignKey(
        "survivors.Family", models.PROTECT, related_name="members", null=True, blank=True, editable=False
    )
    family_part = CodeField(_("in the family"), choices=FamilyPart, blank=True)
    dependant = models.BooleanField(_("dependant, not exploited personally"), default=False)
    stance = CodeField(_("as a witness"), choices=Stance, blank=True)
    testified = models.BooleanField(_("heard in court"), null=True, blank=True)
    testified_on = PartialDateField(_("heard on"))
    in_court_at_verdict = models.BooleanField(_("in court at the verdict"), null=True, blank=True)
    witness_note = models.TextField(blank=True)
    note = models.TextField(_("note"), blank=True)
    external_id = models.CharField(max_length=80, blank=True, default="")

    objects = ScopedManager.from_queryset(SurvivorQuerySet)()

    class Meta(Keyed.Meta):
        constraints = [
            *Keyed.Meta.constraints,
            models.CheckConstraint(
                name="survivor_is_called_something", condition=~Q(pseudonym="") | ~Q(label="")
            ),
            models.CheckConstraint(
                name="survivor_birth_year_is_no_date",
                condition=Q(birth_year="") | Q(birth_year__regex=r"^[0-9]{4}[~?%]?$"),
            ),
            models.UniqueConstraint(
                name="survivor_external_id_once",
                fields=["office", "external_id"],
                condition=~Q(external_id=""),
            ),
        ]
        indexes = [models.Index(name="survivor_updated", fields=["updated_at", "id"])]

    class Privacy:
        identifying = {"born", "home"}
        sensitive = {
            "pseudonym", "label", "schooling", "vulnerabilities", "witness_note", "note", "stance",
            "birth_year",
        }  # fmt: skip
        neutral = {
            "gender", "child", "nationality", "language", "dependant", "testified", "testified_on",
            "in_court_at_verdict", "external_id", "family", "family_part",
        }  # fmt: skip

    @property
    def called(self):
        """What staff call the person on screen."""
        return self.pseudonym or self.label

    @property
    def code(self):
        """S-1: the key as it is spoken of."""
        return re.sub(r"^s(\d+)$", r"S-\1", self.key)

    def get_absolute_url(self):
        return reverse("survivors:survivor-detail", args=[self.pk])


class Age(CaseBearing):
    """How old the person was at some moment, and who said so."""

    case = of_case("ages")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="ages")
    position = models.PositiveIntegerField(default=1)
    years = QuantityField(_("years"))
    months = QuantityField(_("months"))
    at = CodeField(_("at"), choices=AgeMoment)
    on = PartialDateField(_("date"))
    by = models.CharField(_("said or estimated by"), max_length=1000, blank=True)
    estimated = models.BooleanField(_("an estimate"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="age_says_something", condition=~Q(years="") | ~Q(months=""))
        ]

    class Privacy:
        sensitive = {"by", "note"}
        neutral = {"survivor", "position", "years", "months", "at", "on", "estimated"}


class Episode(CaseBearing):
    """One spell of exploitation in HTCDS terms; a person sold twice has two."""

    case = of_case("episodes")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="episodes")
    position = models.PositiveIntegerField(default=1)
    kinds = codes(Exploitation, verbose_name=_("exploitation"))
    sex = codes(SexualExploitation, verbose_name=_("form of sexual exploitation"))
    industry = CodeField(_("industry"), choices=Industry, blank=True, max_length=80)
    apps = codes(App, verbose_name=_("websites and apps"))
    venues = keys()
    by = keys()
    recruited = codes(Recruitment, verbose_name=_("how recruited"))
    promise = models.CharField(_("what was promised"), max_length=1000, blank=True)
    recruiter = CodeField(_("who recruited"), choices=Recruiter, blank=True)
    relationship = CodeField(_("relationship to the trafficker"), choices=Relationship, blank=True)
    control = codes(Control, verbose_name=_("means of control"))
    hours_per_day = QuantityField(_("hours a day"))
    quota = models.CharField(_("daily quota"), max_length=1000, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    started = PartialDateField(_("started"))
    ended = PartialDateField(_("ended"))
    months = QuantityField(_("months"))
    years = QuantityField(_("years"))
    prevented = models.BooleanField(_("stopped before it happened"), default=False)
    born_into = models.BooleanField(_("born in captivity"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"promise", "quota", "conditions", "note", "sex", "apps", "control", "kinds", "recruited"}
        neutral = {
            "survivor", "position", "industry", "venues", "by", "recruiter", "relationship", "hours_per_day",
            "started", "ended", "months", "years", "prevented", "born_into",
        }  # fmt: skip


class Relief(CaseBearing):
    """How an exploitation ended; a relief that was followed by a recapture did not hold."""

    case = of_case("reliefs")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="reliefs")
    position = models.PositiveIntegerField(default=1)
    on = PartialDateField(_("date"))
    how = CodeField(_("road out"), choices=ReliefRoad)
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="reliefs", null=True, blank=True)
    headcount = models.ForeignKey(Headcount, models.PROTECT, related_name="reliefs", null=True, blank=True)
    at = models.CharField(max_length=31, blank=True)
    by = models.CharField(_("brought out by"), max_length=1000, blank=True)
    recaptured = models.BooleanField(_("taken back afterwards"), default=False)
    recaptured_on = PartialDateField(_("taken back on"))
    recaptured_by = keys()
    recaptured_how = models.TextField(blank=True)
    recaptured_note = models.TextField(blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"by", "recaptured_how", "recaptured_note", "note"}
        neutral = {
            "survivor", "position", "on", "how", "operation", "headcount", "at", "recaptured",
            "recaptured_on", "recaptured_by",
        }  # fmt: skip


class Statement(CaseBearing):
    """One interview or statement."""

    case = of_case("statements")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="statements")
    round = models.PositiveSmallIntegerField(_("round"))
    on = PartialDateField(_("date"))
    by = models.CharField(_("taken by"), max_length=31, blank=True)
    result = CodeField(_("result"), choices=StatementResult)
    language = models.CharField(_("language"), max_length=1000, blank=True)
    names = keys()
    presence = models.CharField(_("who sat with the survivor"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"presence", "note"}
        neutral = {"survivor", "round", "on", "by", "result", "language", "names"}


class Consent(CaseBearing):
    """What the survivor, or the person who may, agreed to or refused."""

    case = of_case("consents")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="consents")
    purpose = CodeField(_("for"), choices=ConsentPurpose)
    given = models.BooleanField(_("given"))
    on = PartialDateField(_("date"))
    by = models.CharField(_("given by"), max_length=1000, blank=True)
    giver = CodeField(_("who gave it"), choices=ConsentGiver, blank=True)
    giver_key = models.CharField(max_length=31, blank=True)  # local key of the relative, when on record
    assent = models.BooleanField(_("the child agrees too"), null=True, blank=True)
    how = CodeField(_("how"), choices=ConsentHow, blank=True)
    what = codes(Shared, verbose_name=_("what may be told"))
    to = models.CharField(_("receiver"), max_length=31, blank=True)
    receiver = models.CharField(_("receiver without a record"), max_length=200, blank=True)
    until = PartialDateField(_("until"))
    withdrawn_on = PartialDateField(_("withdrawn on"))
    note = models.TextField(_("note"), blank=True)

    objects = ScopedManager.from_queryset(ConsentQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_never_against_the_child",
                condition=~Q(given=True) | ~Q(assent=False) | Q(assent__isnull=True),
            ),
            models.CheckConstraint(
                name="consent_of_herself_names_nobody_else", condition=~Q(giver="self") | Q(giver_key="")
            ),
            models.CheckConstraint(
                name="consent_for_one_receiver_or_all", condition=Q(to="") | Q(receiver="")
            ),
        ]

    class Privacy:
        sensitive = {"by", "receiver", "note"}
        neutral = {
            "survivor", "purpose", "given", "on", "giver", "giver_key", "assent", "how", "what", "to",
            "until", "withdrawn_on",
        }  # fmt: skip


class HealthEvent(CaseBearing):
    """A health event that matters to the case."""

    case = of_case("health_events")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="health_events")
    what = CodeField(_("what"), choices=HealthKind)
    on = PartialDateField(_("date"))
    age = models.JSONField(null=True, blank=True)
    child = models.CharField(max_length=31, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"what", "age", "note"}
        neutral = {"survivor", "on", "child"}


class Kinship(CaseBearing):
    """Who is the (mother) of this person: among survivors, accused, head-counts, or without a record."""

    case = of_case("kinships")
    of = models.CharField(max_length=31)
    who = models.CharField(max_length=31, blank=True)
    relation = CodeField(_("relation"), choices=Relation)
    role = models.CharField(_("part played"), max_length=1000, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Privacy:
        sensitive = {"role", "note"}
        neutral = {"of", "who", "relation"}


class HeadcountMember(CaseBearing):
    """A survivor with a record who belongs to a head-count."""

    case = of_case("headcount_members")
    headcount = models.ForeignKey(Headcount, models.PROTECT, related_name="members")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="headcount_memberships")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="headcount_member_once", fields=["headcount", "survivor"])
        ]

    class Privacy:
        neutral = {"headcount", "survivor"}


class MissingPerson(CaseBearing):
    """A survivor who ran away or was moved before or during an operation and is looked for."""

    case = of_case("missing_people")
    operation = models.ForeignKey(Operation, models.PROTECT, related_name="missing_people")
    survivor = models.ForeignKey(Survivor, models.PROTECT, related_name="times_missing")

    objects = ScopedManager.from_queryset(OfOperationQuerySet)()
    row_rule = OF_A_KNOWN_OPERATION

    class Meta:
        constraints = [models.UniqueConstraint(name="missing_person_once", fields=["operation", "survivor"])]

    class Privacy:
        neutral = {"operation", "survivor"}
