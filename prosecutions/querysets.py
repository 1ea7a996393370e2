from django.db.models import Exists, OuterRef, Q

from accounts.scope import ScopedQuerySet
from cases.querysets import OfCaseQuerySet
from prosecutions.states import LIVE_BAIL, Bail, Standing


class PerpetratorQuerySet(ScopedQuerySet):
    """A human being is visible through the accused records of cases that are."""

    def visible_to(self, user):
        if not user.is_active:
            return self.none()
        of_case = self.model.accused_records.rel.related_model._base_manager.all()
        seen = OfCaseQuerySet.visible_to(_as_of_case(of_case), user).filter(perpetrator_id=OuterRef("pk"))
        return self.filter(Exists(seen))


def _as_of_case(rows):
    return OfCaseQuerySet(model=rows.model, query=rows.query.chain(), using=rows._db)


class AccusedQuerySet(OfCaseQuerySet):
    """Words to ask for the accused with."""

    def counted(self):
        """Accused and suspects; those accused elsewhere or merely mentioned count nowhere."""
        return self.filter(standing__in=[Standing.ACCUSED, Standing.SUSPECT])

    def for_list(self):
        return self.select_related("case", "office").order_by("case__number", "key", "pk")


class BailQuerySet(OfCaseQuerySet):
    """Words to ask for bail with."""

    def live(self):
        return self.filter(status__in=LIVE_BAIL)

    def pending(self):
        return self.filter(status=Bail.SOUGHT)

    def for_list(self):
        return self.select_related("accused", "case", "office", "proceeding").order_by("-created_at", "pk")


class HearingQuerySet(OfCaseQuerySet):
    """Words to ask for hearings with."""

    def between(self, start, end):
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def expected(self):
        """Not vacated, adjourned or held yet."""
        return self.filter(outcome="")

    def unrecorded(self, now):
        """Begun, and nobody has said what happened."""
        return self.filter(outcome="", starts_at__lt=now)

    def naming(self, text):
        return self.filter(Q(proceeding__docket__icontains=text) | Q(proceeding__court__icontains=text))

    def for_list(self):
        return self.select_related("proceeding", "case", "office", "who_goes").order_by("starts_at", "pk")
