"""Before days of birth go: who was a child is said once more, so that figures count the same afterwards."""

from uuid import UUID

from cases.models import Case
from figures.children import by_birth
from figures.rows import NOTHING, ONE
from survivors.models import Relief, Survivor


def settle_ages(case: Case, survivor_id: UUID | None) -> None:
    """Write down as a plain answer what the day or the year of birth alone has said till now."""
    people = Survivor.objects.filter(case=case).order_by("pk")
    for survivor in people.filter(pk=survivor_id) if survivor_id else people:
        answer = by_birth(survivor.born.open() or survivor.birth_year, relieved_on(survivor))
        if answer in (ONE, NOTHING) and survivor.child is not (answer == ONE):
            survivor.child = answer == ONE
            survivor.save(update_fields=["child"])


def relieved_on(survivor: Survivor) -> str:
    """The day of the road out that held, its own or that of its operation; else of the last one taken."""
    rows = Relief.objects.filter(survivor=survivor).select_related("operation")
    roads = list(rows.order_by("position", "pk"))
    held = [road for road in roads if not road.recaptured] or roads
    if not held:
        return ""
    return held[-1].on or (held[-1].operation.on if held[-1].operation else "")
