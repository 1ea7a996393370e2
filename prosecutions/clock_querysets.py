"""Words to ask for clocks with."""

from datetime import timedelta

from django.db.models import F, Q

from cases.querysets import OfCaseQuerySet
from cases.states import AftercareStatus, LegalStatus
from law.states import About, ClockKind, Severity
from prosecutions.states import ClockState


class ClockQuerySet(OfCaseQuerySet):
    """Words to ask for clocks with."""

    def running(self):
        """Those that run, also past their end."""
        return self.filter(state=ClockState.RUNNING)

    def awake(self):
        """Not history, not of a closed track; what is about a survivor goes on while she is in care."""
        closed = Q(case__legal_status=LegalStatus.CLOSED)
        no_care = Q(case__aftercare_status__in=["", AftercareStatus.CLOSED])
        return self.filter(quiet=False).exclude(closed & (~Q(rule__about=About.SURVIVOR) | no_care))

    def shown_as(self, show, now):
        """What a list of clocks shows; what may not happen before a day that has come is done with."""
        if show == "all":
            return self
        if show in ("ended", "aside"):
            over = [ClockState.STOPPED, ClockState.LATE, ClockState.OVER]
            return self.filter(state__in=over if show == "ended" else [ClockState.SET_ASIDE])
        rows = self.running().awake().exclude(rule__kind=ClockKind.MINIMUM, due_at__lte=now)
        if show == "passed":
            return rows.filter(due_at__lte=now)
        return rows.filter(due_at__lte=now + timedelta(days=8)) if show == "week" else rows

    def pressing(self, now):
        """Those that end within two weeks or ended of late: what a day begins with."""
        rows = self.running().awake().filter(rule__kind=ClockKind.DEADLINE)
        rows = rows.exclude(rule__severity=Severity.INFO)
        return rows.filter(due_at__lt=now + timedelta(days=15), due_at__gt=now - timedelta(days=30))

    def for_board(self):
        """What ends first stands first."""
        rows = self.select_related("rule", "accused", "survivor", "proceeding", "case", "office")
        return rows.order_by(F("due_at").asc(nulls_last=True), "pk")
