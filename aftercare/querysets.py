from django.db.models import DateField, F, Min, Q
from django.db.models.functions import Least

from accounts.roles import Can
from aftercare.states import CARE_GOES_ON
from cases.querysets import OfCaseQuerySet
from reference.fields import Last

OPEN_PLAN = Q(plans__reviewed_on="")


class CareQuerySet(OfCaseQuerySet):
    """Words to ask for people in aftercare with."""

    def going_on(self):
        """Not restored, moved away, handed over or lost: somebody still works with the person."""
        return self.filter(result__in=CARE_GOES_ON)

    def with_review(self):
        """Annotates `review_due`: the earliest review of the whole care or of a plan not reviewed yet."""
        of_plans = Min(Last("plans__review_on"), filter=OPEN_PLAN)
        return self.annotate(review_due=Least(Last("next_review_on"), of_plans, output_field=DateField()))

    def overdue(self, day):
        """A review date has passed on that day and nobody has marked the review as done."""
        return self.with_review().filter(review_due__lt=day)

    def due_between(self, first, last):
        """A review falls between these days, both included."""
        return self.with_review().filter(review_due__gte=first, review_due__lte=last)

    def for_list(self):
        """Overdue and soonest reviews first."""
        rows = self.with_review().select_related("case", "office", "survivor", "headcount", "worker")
        return rows.order_by(F("review_due").asc(nulls_last=True), "case__number", "pk")


class TherapyNoteQuerySet(OfCaseQuerySet):
    """Notes of therapy: the case is not enough, it takes the verb."""

    def visible_to(self, user):
        """Whoever works in therapy and sees the case; to others on the case there is no such note."""
        return super().visible_to(user) if user.can(Can.VIEW_THERAPY) else self.none()

    def for_list(self):
        """Latest session first; the text stays sealed."""
        return self.select_related("by").order_by("-on", "-created_at", "pk")
