"""Arrivals in the demonstration: a family of a larger group, who is missing of it, and one look at safety."""

from datetime import timedelta

from accounts.models import User
from accounts.roles import Role
from accounts.scope import viewing_as
from aftercare.actions import look_at_safety, register_arrival
from aftercare.models import Care
from casefiles.demo import LIVE, OFFICE
from cases.models import Case
from operations.models import Headcount, Operation
from survivors.actions import add_relief, excuse_arrival
from survivors.models import Relief

LABEL = "Family and neighbours who came at night (demo)"
FAMILY = (
    {
        "called": "Corazon",
        "years": "34",
        "gender": "Feminine",
        "family": "A",
        "part": "mother",
        "medical": True,
    },
    {"called": "Tala", "years": "9", "gender": "Feminine", "family": "A", "part": "child", "risk": "high"},
    {"called": "", "months": "8", "gender": "Masculine", "family": "A", "part": "child", "dependant": True},
)


def show_arrivals(now):
    """Once: those freed by the operation are counted in, and a family has come."""
    with viewing_as(User.objects.get(email=f"{Role.SOCIAL_WORKER}.{OFFICE}@demo.example")) as by:
        case = Case.objects.get(external_id=LIVE)
        if Headcount.objects.filter(case=case, label=LABEL).exists():
            return
        operation = Operation.objects.filter(case=case).carried_out().get()
        freed = case.survivors.exclude(pk__in=Relief.objects.filter(case=case).values("survivor"))
        for survivor in freed.order_by("key"):
            add_relief(survivor.pk, by=by, now=now, how="operation", operation=operation)
        people = [person | {"clothes": True, "food": True} for person in FAMILY]
        group = register_arrival(
            case.pk, by=by, now=now, people=people, label=LABEL, risk="medium", worker_id=by.pk,
            counts={"people": "6", "adults": "3", "children": "3"}, arrived_at=now - timedelta(hours=20),
        )  # fmt: skip
        excuse_arrival(
            group.pk, by=by, now=now, number=1, why="declined", note="Went on to her sister (demo)"
        )
        mother = Care.objects.get(case=case, survivor__pseudonym="Corazon")
        look_at_safety(mother.pk, by=by, now=now, safe="yes", risk="low", reason="arrival")
