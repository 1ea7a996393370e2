"""Survivors in aftercare on a day, those assessed again, and what their help cost.

Readings of the rules: a survivor with a record is in aftercare from the opening of her care until it has a
result that ends it, or the aftercare track of her case is closed. Dependants, who were found with a survivor
and were not exploited themselves, count as family; a care of a group without records counts nobody. What a
service costs stands in `aftercare.costs`, and nowhere else.
"""

from django.utils.translation import gettext_lazy as _

from aftercare.states import CARE_GOES_ON
from figures.rows import happened
from reference.values import PartialDate, Quantity

SURVIVOR, FAMILY = "survivor", "family"


def in_aftercare(snapshot):
    """Of the day; the code says survivor or family."""
    rows = []
    for care in snapshot.table("cares"):
        on = _began(care, snapshot)
        if care.survivor_id and happened(on, snapshot.as_of) and not _over(care, snapshot):
            code = FAMILY if care.survivor__dependant else SURVIVOR
            rows.append(
                snapshot.row(
                    care, "aftercare.Care", _("In aftercare"), key=care.survivor__key, on=on, code=code
                )
            )
    return rows


def _began(care, snapshot):
    """The arrival, else the first plan, else the opening of the track."""
    if care.arrived_at:
        return PartialDate(care.arrived_at.date())
    plans = [plan.on for plan in snapshot.grouped_once("plans", "care_id").get(care.id, ()) if plan.on]
    case = snapshot.by_case[care.case_id]
    return min(plans, key=lambda on: (on.first, on.last), default=case.aftercare_opened_on)


def _over(care, snapshot):
    """The care has come to an end by the day, or the whole track has."""
    if care.result not in CARE_GOES_ON and happened(care.result_on, snapshot.as_of):
        return True
    case = snapshot.by_case[care.case_id]
    return case.aftercare_status == "closed" and happened(case.aftercare_closed_on, snapshot.as_of)


def reassessed(snapshot):
    """Survivors assessed twice or more, dated by the second assessment."""
    rows = []
    for care in snapshot.table("cares"):
        given = [
            assessment
            for assessment in snapshot.grouped_once("assessments", "care_id").get(care.id, ())
            if happened(assessment.on, snapshot.as_of)
        ]
        if care.survivor_id and len(given) > 1:
            second = sorted(given, key=lambda one: (one.on.first, one.position))[1]
            rows.append(
                snapshot.row(
                    care, "aftercare.Care", _("Assessed again"), key=care.survivor__key, on=second.on
                )
            )
    return rows


def service_costs(snapshot):
    """What services have cost, by the day on which they began; the code is the kind of service."""
    return [
        snapshot.row(
            service,
            "aftercare.Service",
            _("Service"),
            on=service.starts_on,
            amount=Quantity(service.cost, service.cost),
            currency=service.cost_currency,
            code=service.kind,
        )
        for service in snapshot.table("services")
        if happened(service.starts_on, snapshot.as_of)
    ]
