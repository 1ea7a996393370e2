from django.db.models import F, Q

from accounts.roles import Can
from accounts.scope import ScopedQuerySet
from cases.querysets import OfCaseQuerySet
from rights.states import OPEN_REVIEWS, CorrectionState, RequestState, ReviewState


class RightsQuerySet(OfCaseQuerySet):
    """What survivors ask for, for those who record survivors; the database has the same rule."""

    def visible_to(self, user):
        return super().visible_to(user) if user.can(Can.WRITE_SURVIVOR) else self.none()


class RequestQuerySet(RightsQuerySet):
    """Words to ask for requests with."""

    def waiting(self):
        """Not answered yet."""
        return self.filter(status=RequestState.OPEN)

    def late(self, today):
        """Waiting, and the day by which an answer was due has passed."""
        return self.waiting().filter(due_on__lt=today)

    def for_list(self):
        """Those that wait longest first."""
        rows = self.select_related("case__office", "survivor", "written_by", "answered_by")
        return rows.order_by("due_on", "created_at", "pk")


class CorrectionQuerySet(RightsQuerySet):
    """Words to ask for corrections with."""

    def waiting(self):
        return self.filter(status=CorrectionState.ASKED)

    def for_list(self):
        rows = self.select_related("case__office", "survivor", "written_by", "decided_by")
        return rows.order_by("-asked_on", "-created_at", "pk")


class HoldQuerySet(RightsQuerySet):
    """Words to ask for holds with."""

    def for_list(self):
        return self.select_related("case__office", "placed_by").order_by("until", "pk")


class ReviewQuerySet(RightsQuerySet):
    """Words to ask for reviews with."""

    def undecided(self):
        """Not ended by a decision yet."""
        return self.filter(status__in=OPEN_REVIEWS)

    def done(self):
        """Carried out."""
        return self.filter(status=ReviewState.DONE)

    def kept(self):
        """Ended by keeping."""
        return self.filter(status=ReviewState.KEPT)

    def for_list(self):
        rows = self.select_related("case__office", "survivor", "proposed_by", "agreed_by")
        return rows.order_by("due_on", "created_at", "pk")


class NoteReleaseQuerySet(OfCaseQuerySet):
    """Which notes of therapy may stand in her copy: known to those who work in therapy."""

    def visible_to(self, user):
        return super().visible_to(user) if user.can(Can.VIEW_THERAPY) else self.none()


class RetentionRuleQuerySet(ScopedQuerySet):
    """How long offices keep, for whoever holds the verb there; no case data."""

    def visible_to(self, user):
        mine = [office for office, _role in user.live_memberships if user.can_in(office, Can.MANAGE_RIGHTS)]
        return self.filter(Q(office__in=mine))

    def for_list(self):
        return self.select_related("office", "set_by").order_by(F("office__name"), "pk")
