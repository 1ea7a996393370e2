"""Which reasons for an adjournment come first: those that this court and this office give most often."""

from datetime import timedelta

from django.db.models import Count, Q

from prosecutions.hearing_states import USUAL_REASONS
from prosecutions.models import Hearing
from prosecutions.states import AdjournmentReason

LOOK_BACK = timedelta(days=730)
TAPS = 6
SAYS_NOTHING = ("", AdjournmentReason.OTHER, AdjournmentReason.UNKNOWN)
ALWAYS = AdjournmentReason.WITNESS_ABSENT


def frequent_reasons(hearing, now):
    """Six reasons, the most frequent of the court first; the usual ones where there is no history."""
    rows = Hearing.objects.filter(office=hearing.office_id, starts_at__gt=now - LOOK_BACK)
    here = Q(proceeding__court=hearing.proceeding.court) if hearing.proceeding.court else Q(pk=None)
    counted = rows.exclude(reason__in=SAYS_NOTHING).order_by().values("reason")
    counted = counted.annotate(here=Count("pk", filter=here), everywhere=Count("pk"))
    codes = counted.order_by("-here", "-everywhere", "reason").values_list("reason", flat=True)[:TAPS]
    found = list(dict.fromkeys([*map(AdjournmentReason, codes), *USUAL_REASONS]))[:TAPS]
    # What is ours to prevent stands among the taps whatever the court's habits.
    return found if ALWAYS in found else [*found[:-1], ALWAYS]
