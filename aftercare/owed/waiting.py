"""Who waits longest for what is owed, and with which office; a handful of queries, however many wait."""

from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from aftercare.models import Care, Entitlement
from aftercare.owed.facts import with_facts
from aftercare.owed.standing import ENDED, Law, owed_to
from aftercare.states import OwedBy
from cases.clock import today_in
from reference.values import PartialDate
from survivors.models import Relief

# So many people of whom nothing is begun are shown at once.
FIRST = 20


def last_relief(of):
    """The day of the last relief whose day is known, as text."""
    days = Relief.objects.filter(survivor=OuterRef(of)).exclude(on="").order_by("-on").values("on")[:1]
    return Subquery(days, output_field=CharField())


def waiting(level="", office="", authority=""):
    """Benefits that were begun and are neither paid nor refused, the longest wait first."""
    rows = Entitlement.objects.filter(~Q(status__in=ENDED), not_due="")
    rows = rows.filter(level=level) if level else rows
    rows = rows.filter(office__key=office) if office else rows
    rows = rows.filter(by=authority).exclude(law_code="") if authority else rows
    applied = NullIf("applied_on", Value(""), output_field=CharField())
    rows = rows.annotate(since=Coalesce(applied, last_relief("care__survivor"), output_field=CharField()))
    rows = rows.select_related("case", "office", "care__survivor", "care__headcount")
    return rows.order_by(F("since").asc(nulls_last=True), "case__number", "pk")


def authorities(rows, now):
    """[{level, by, number, days}]: the offices that owe, by how many wait with each."""
    # What was written by hand may name an agency by its key, which says nothing outside its case.
    named = Case(When(law_code="", then=Value("")), default=F("by"), output_field=CharField())
    grouped = rows.order_by().annotate(named=named).values("level", "named")
    found = grouped.annotate(number=Count("pk"), first=Min("since")).order_by("-number", "level", "named")
    levels = dict(OwedBy.choices)
    return [
        {
            "level": levels.get(row["level"], ""),
            "by": row["named"],
            "number": row["number"],
            "days": (now.date() - PartialDate(row["first"]).last).days if row["first"] else None,
        }
        for row in found
    ]


def begin_with(now, office=""):
    """People in care for whom nothing of the law has been begun, and what probably applies to them."""
    begun = Entitlement.objects.filter(care=OuterRef("pk")).exclude(law_code="")
    cares = Care.objects.going_on().filter(~Exists(begun), survivor__isnull=False)
    cares = cares.filter(office__key=office) if office else cares
    cares = cares.annotate(freed=last_relief("survivor"))
    rows = list(with_facts(cares).order_by(F("freed").asc(nulls_last=True), "case__number", "pk")[:FIRST])
    law = Law.read({care.case.country or care.office.country for care in rows})
    found = []
    for care in rows:
        likely = [one for one in owed_to(care, today_in(care.office, now), law, []) if one.likely]
        if likely:
            days = max((one.days for one in likely if one.days is not None), default=None)
            found.append({"care": care, "likely": likely, "days": days})
    return found
