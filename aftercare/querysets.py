from datetime import timedelta

from django.conf import settings
from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Greatest, Least

from accounts.roles import ROLE_CAN, Can
from accounts.scope import ScopedQuerySet
from aftercare.states import CARE_GOES_ON, ServiceKind, TaskStatus
from cases.querysets import OfCaseQuerySet
from cases.states import RiskLevel
from reference.fields import Last

# What is done face to face: whoever had it was met.
MEETINGS = (
    ServiceKind.COUNSELLING, ServiceKind.TRAUMA_THERAPY, ServiceKind.MEDICAL, ServiceKind.HOME_VISIT,
    ServiceKind.LEGAL_ACCOMPANIMENT, ServiceKind.COURT_ACCOMPANIMENT, ServiceKind.FAMILY_MEDIATION,
)  # fmt: skip


def silent_days(risk):
    """After how many days without contact it is time to worry; an unknown risk counts as low."""
    return settings.NO_CONTACT_DAYS.get(risk) or settings.NO_CONTACT_DAYS[RiskLevel.LOW]


def too_long(now):
    """Silent for longer than the risk allows, on rows with `silent_since`."""
    found = Q()
    for risk in ("", *RiskLevel.values):
        found |= Q(risk=risk, silent_since__lt=now - timedelta(days=silent_days(risk)))
    return found


def offices_where(user, verb):
    """The offices in which this person herself holds the verb; for rows that bear no case."""
    if not user.can(verb):
        return []
    return [office for office, role in user.live_memberships if office and verb in ROLE_CAN.get(role, ())]


class CareQuerySet(OfCaseQuerySet):
    """Words to ask for people in aftercare with."""

    def going_on(self):
        """Not restored, moved away, handed over or lost: somebody still works with the person."""
        return self.filter(result__in=CARE_GOES_ON)

    def with_review(self):
        """Annotates `review_due`: the earliest review of the whole care or of a plan not reviewed yet."""
        # One look at the plans of each care: a join would group whole rows, and those joined to them.
        plans = self.model.plans.rel.related_model.objects.filter(care=OuterRef("pk"), reviewed_on="")
        first = plans.order_by().values("care").annotate(day=Min(Last("review_on"))).values("day")
        due = Least(Last("next_review_on"), Subquery(first), output_field=DateField())
        return self.annotate(review_due=due)

    def overdue(self, day):
        """A review date has passed on that day and nobody has marked the review as done."""
        return self.with_review().filter(review_due__lt=day)

    def due_between(self, first, last):
        """A review falls between these days, both included."""
        return self.with_review().filter(review_due__gte=first, review_due__lte=last)

    def with_last_seen(self):
        """Annotates `last_seen`, when somebody of us last surely met or reached the person, and
        `silent_since`, from when nobody counts her silence: then, or when she came to us or into this system.
        """
        of_care = {"care": OuterRef("pk")}
        contacts, checks, services = (
            self.model._meta.get_field(name).related_model.objects.filter(**of_care)
            for name in ("contacts", "safety_checks", "services")
        )
        met = services.filter(kind__in=MEETINGS).annotate(day=Cast(Last("starts_on"), DateTimeField()))
        last = [
            Subquery(contacts.filter(reached=True).order_by("-met_at").values("met_at")[:1]),
            # A look that ends with "not sure" may have been one without her.
            Subquery(checks.exclude(safe="unsure").order_by("-looked_at").values("looked_at")[:1]),
            Subquery(met.order_by("-day").values("day")[:1]),
        ]
        rows = self.annotate(last_seen=Greatest(*last, output_field=DateTimeField()))
        return rows.annotate(silent_since=Greatest("last_seen", "arrived_at", "created_at"))

    def with_silence(self, now):
        """Annotates `silent`: nobody has reached the person for longer than her risk allows."""
        over = When(too_long(now), survivor__isnull=False, result__in=CARE_GOES_ON, then=Value(True))
        return self.with_last_seen().annotate(silent=Case(over, default=Value(False)))

    def silent(self, now):
        """People whom nobody has reached for longer than their risk allows; groups are left out."""
        rows = self.going_on().filter(survivor__isnull=False).with_last_seen()
        return rows.filter(too_long(now))

    def for_list(self):
        """Overdue and soonest reviews first."""
        rows = self.with_review().select_related("case", "office", "survivor", "headcount", "worker")
        return rows.order_by(F("review_due").asc(nulls_last=True), "case__number", "created_at", "pk")


class HomeQuerySet(ScopedQuerySet):
    """Homes of the offices where the viewer works in aftercare; the database has the same rule."""

    def visible_to(self, user):
        return self.filter(office__in=offices_where(user, Can.VIEW_AFTERCARE))

    def open_on(self, day):
        """Not closed by that day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def with_taken(self):
        """Annotates `taken`: how many people live there, also those whose cases the viewer does not see."""
        return self.annotate(taken=Func(F("pk"), function="home_taken", output_field=IntegerField()))

    def for_list(self):
        """Open homes first, by what they are called."""
        rows = self.with_taken().select_related("office")
        return rows.order_by("office__name", F("closed_on").desc(nulls_first=True), "called", "pk")


class HomeAddressQuerySet(ScopedQuerySet):
    """Where homes stand, for those of the office who may open the address of a shelter."""

    def visible_to(self, user):
        return self.filter(office__in=offices_where(user, Can.OPEN_SHELTER))


class CareTaskQuerySet(OfCaseQuerySet):
    """What must be done for people."""

    def waiting(self):
        """Not done, not dropped."""
        return self.filter(status=TaskStatus.OPEN)

    def late(self, now):
        """Its moment has passed and nobody has done it."""
        return self.waiting().filter(due_at__lt=now)

    def of_worker(self, user):
        """Whose it is: the person named on it, else the social worker of the care."""
        return self.filter(Q(worker=user) | Q(worker=None, care__worker=user))

    def for_list(self):
        """Soonest first."""
        rows = self.select_related("case", "office", "care__survivor", "care__headcount", "worker", "hearing")
        return rows.order_by("due_at", "pk")


class ContactQuerySet(OfCaseQuerySet):
    """When people were met or reached."""

    def reaching(self):
        """Those that reached the person."""
        return self.filter(reached=True)

    def for_list(self):
        """Latest first."""
        return self.select_related("by").order_by("-met_at", "pk")


class TherapyNoteQuerySet(OfCaseQuerySet):
    """Notes of therapy: the case is not enough, it takes the verb."""

    def visible_to(self, user):
        """Whoever works in therapy and sees the case; to others on the case there is no such note."""
        return super().visible_to(user) if user.can(Can.VIEW_THERAPY) else self.none()

    def for_list(self):
        """Latest session first; the text stays sealed."""
        return self.select_related("by").order_by("-on", "-created_at", "pk")
