"""How far two people who scored the same person agree, part by part."""

from aftercare.models import SecondRating
from aftercare.scoring import in_domains

APART = 2  # so many steps between two scores mean that they looked at different things
LATEST = 100  # ratings of an office that its share of agreement is reckoned from


def compared(part_scores, rating):
    """Both scores of each part, the steps between them, and the share of parts on which they agree."""
    rows = [(row.part, row.value, rating.scores.get(row.part.code)) for row in part_scores]
    found = [
        (part, {"first": first, "second": second, "apart": apart(first, second), "far": far(first, second)})
        for part, first, second in rows
    ]
    return {"rating": rating, "domains": [(d.label, r) for d, r in in_domains(found) if r], **share(rows)}


def apart(first, second):
    """The steps between two scores; None where one of them did not know enough."""
    return None if first is None or second is None else abs(first - second)


def far(first, second):
    steps = apart(first, second)
    return steps is not None and steps >= APART


def share(rows):
    """How many parts both knew, and on how many of them they chose the same step or stood far apart."""
    both = [apart(first, second) for _part, first, second in rows if apart(first, second) is not None]
    same = sum(steps == 0 for steps in both)
    return {
        "both": len(both),
        "same": same,
        "far": sum(steps >= APART for steps in both),
        "percent": round(100 * same / len(both)) if both else None,
    }


def agreement_of(office):
    """The agreement of the latest second ratings of an office, of those that this person may see."""
    ratings = SecondRating.objects.filter(office=office).select_related("assessment")
    ratings = ratings.order_by("-created_at", "pk")[:LATEST]
    ratings = ratings.prefetch_related("assessment__part_scores__part")
    rows = [
        (row.part, row.value, rating.scores.get(row.part.code))
        for rating in ratings
        for row in rating.assessment.part_scores.all()
    ]
    return {"ratings": len(ratings), **share(rows)}
