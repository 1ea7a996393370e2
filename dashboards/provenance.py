"""Where one number comes from: what it counts, under which filters, as of when, and what may be missing."""

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.models import Office
from aftercare.states import ServiceKind
from cases.models import Case
from figures import restraint
from figures.publishing import elsewhere
from operations.states import OperationOutcome
from prosecutions.states import AdjournmentReason, AskedBy, HearingOutcome, VerdictResult

# The words of the parts of figures; one without words is asked for by no link here.
PARTS = {
    "adjournments_by_reason": dict(AdjournmentReason.choices),
    "adjournments_by_asker": dict(AskedBy.choices),
    "reviews_due": {"overdue": lazy("Overdue"), "soon": lazy("Due soon")},
    "survivors_in_aftercare": {"survivor": lazy("Survivors"), "family": lazy("Family members")},
    "people_restrained": restraint.WORDS,
    "conviction_rate": dict(VerdictResult.choices),
    "hearings_total": dict(HearingOutcome.choices),
    "operations_total": dict(OperationOutcome.choices),
    "service_costs": dict(ServiceKind.choices),
}


def told(scope, figure, code):
    """What stands beside the records of a number."""
    words = PARTS.get(figure.name, {})
    return {
        "filters": " · ".join([scope.said, *([str(words.get(code, code))] if code in words else [])]),
        "parts": parts_of(scope, figure.name, words, code),
        "silent": silent_offices(scope),
        "elsewhere": elsewhere_of(scope, figure, code),
        "definition": reverse("figures:definition-detail", args=[figure.name]),
    }


def parts_of(scope, name, words, code):
    """Each part of the figure with its list: [(label, url, is it the one that is shown)]."""
    if not words:
        return []
    counted = [part for part in scope.board.parts(name) if part[0]]
    links = [
        (str(words.get(part, _("Unknown"))), scope.url("figure-list", name, code=part), part == code)
        for part, _count in counted
    ]
    several = len(links) > 1 or code
    return [(_("All"), scope.url("figure-list", name), not code), *links] if several else []


def silent_offices(scope):
    """Offices in reach of whose cases none was touched since the period began, or which have none at all.

    Whatever happened there in the period, nobody has written it down yet.
    """
    newest = Case.objects.filter(office=OuterRef("pk")).order_by("-touched_at").values("touched_at")[:1]
    seen = [office.pk for office in scope.user.offices_seen if within(office, scope)]
    offices = Office.objects.filter(pk__in=seen).annotate(last=Subquery(newest)).order_by("name")
    first = scope.period[0] if scope.period else None
    return [one for one in offices if one.last is None or (first and one.last.date() < first)]


def within(office, scope):
    """Is the office among those that the filters leave?"""
    narrow = scope.narrow
    return narrow.offices is None or office.pk in narrow.offices


def elsewhere_of(scope, figure, code):
    """About how many more were published of offices that one may not open, where the cut was published."""
    asked = {name: value for name, value in scope.asked.items() if value and name not in ("period",)}
    year = None
    if scope.period:
        first, last = scope.period
        if (first.month, first.day, last.month, last.day) != (1, 1, 12, 31) or first.year != last.year:
            return None
        year = first.year
    if asked or code or scope.user.sees_everywhere:
        return None
    found = elsewhere(scope.user, figure.name, year)
    url = reverse("figures:published-list", query={"figure": figure.name})
    return found and {"about": found[0], "edition": found[1], "url": url}
