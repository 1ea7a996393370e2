"""How many were found and how many are on record: counted the same on every page that says it."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import F, Func, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.states import AftercareStatus
from operations.models import Headcount, Operation
from operations.states import HeadcountKind
from reference.values import Quantity
from survivors.models import HeadcountMember, Relief, Unregistered

# Groups that come to us; not those trapped or recruited elsewhere, nor those who have gone home.
ARRIVING = (HeadcountKind.FOUND, HeadcountKind.RELIEVED, HeadcountKind.INTERCEPTED)
NEWEST = 200


def number_of(text):
    """The least that a count says; 0 where it says nothing."""
    if not text:
        return 0
    known = Quantity.of(text)
    return int(known.low if known.low is not None else known.high or 0)


def people_of(counts):
    """How many a head-count or an operation found, and the words of the number."""
    told = counts.people or counts.relieved
    if told:
        return number_of(told), told
    both = number_of(counts.adults) + number_of(counts.children)
    return both, str(both) if both else ""


@dataclass
class Group:
    """People who came together, and how far they are on record: a head-count, or an operation without one."""

    headcount: Headcount | None
    operation: Operation | None
    case: object
    registered: int = 0
    excused: int = 0

    @property
    def counts(self):
        return self.headcount or self.operation

    @property
    def found(self):
        return people_of(self.counts)[0]

    @property
    def found_words(self):
        return people_of(self.counts)[1]

    @property
    def left(self):
        """How many of those who were counted are neither on record nor accounted for."""
        return max(self.found - self.registered - self.excused, 0)

    @property
    def percent(self):
        return round(100 * (self.registered + self.excused) / self.found) if self.found else 0

    @property
    def called(self):
        return (
            self.headcount.label if self.headcount else _("Operation %(key)s") % {"key": self.operation.key}
        )

    @property
    def choice(self):
        """How the arrival page is told which group: h: a head-count, o: an operation."""
        return f"h:{self.headcount.pk}" if self.headcount else f"o:{self.operation.pk}"

    @property
    def of_operation(self):
        """The same, as it was before the people of the operation were counted."""
        return f"o:{self.operation.pk}" if self.operation else ""

    @property
    def url(self):
        page = reverse("aftercare:arrival-register", args=[self.case.pk])
        return f"{page}?{urlencode({'group': self.choice})}"


def groups_of(case):
    """All groups of one case, oldest first."""
    counted = with_counts(Headcount.objects.filter(case=case, what__in=ARRIVING).select_related("operation"))
    carried_out = with_relieved(Operation.objects.filter(case=case).carried_out())
    return grouped(
        list(counted.order_by("key", "pk")), list(carried_out.order_by("key", "pk")), {case.pk: case}
    )


def open_groups_of(case):
    """Those of the case in which somebody is neither registered nor accounted for."""
    return [group for group in groups_of(case) if group.left]


def open_groups():
    """The newest of all cases that the viewer sees whose aftercare goes on; for the page of the day."""
    in_work = ~Q(case__aftercare_status=AftercareStatus.CLOSED)
    counted = Headcount.objects.filter(in_work, what__in=ARRIVING).select_related("operation", "case")
    newest = list(with_counts(counted).order_by("-created_at", "pk")[:NEWEST])
    carried_out = Operation.objects.filter(in_work, Q(people__gt="") | Q(relieved__gt=""), headcounts=None)
    carried_out = carried_out.carried_out().select_related("case")
    rows = with_relieved(carried_out).order_by("-created_at", "pk")
    cases = {row.case_id: row.case for row in newest}
    more = list(rows[:NEWEST])
    cases |= {row.case_id: row.case for row in more}
    return [group for group in grouped(newest, more, cases) if group.left]


def grouped(counted, carried_out, cases):
    """Head-counts, and operations that found people whom no head-count counts; never both for one group."""
    found_by = {row.operation_id for row in counted if row.operation_id and row.what == HeadcountKind.FOUND}
    counted = [
        row for row in counted
        if row.what != HeadcountKind.RELIEVED or row.operation_id not in found_by
    ]  # fmt: skip
    sharing = Counter(row.operation_id for row in counted if row.operation_id)
    groups = [Group(row, row.operation, cases[row.case_id]) for row in counted]
    groups += [Group(None, row, cases[row.case_id]) for row in carried_out if row.pk not in sharing]
    count_in(groups, sharing)
    return groups


def count_in(groups, sharing):
    """Who is on record and who is accounted for, as the rows were counted."""
    for group in groups:
        if group.headcount:
            group.registered, group.excused = group.headcount.members_now, group.headcount.excused_now
        if group.operation and sharing[group.operation.pk] < 2:
            group.registered += group.counts.relieved_now


def with_counts(headcounts):
    """Annotates how many of each group are on record and accounted for, and whom its operation relieved."""
    members = HeadcountMember.objects.filter(headcount=OuterRef("pk"))
    standing = Unregistered.objects.standing().filter(headcount=OuterRef("pk"))
    return with_relieved(headcounts, "operation").annotate(
        members_now=tallied(members, "COUNT", "pk"), excused_now=tallied(standing, "SUM", "number")
    )


def with_relieved(rows, operation="pk"):
    """Annotates who was registered before the group was counted, or from the page of survivors: the road
    out tells."""
    loose = Relief.objects.filter(operation=OuterRef(operation), survivor__headcount_memberships=None)
    return rows.annotate(relieved_now=tallied(loose, "COUNT", "survivor", "DISTINCT "))


def tallied(rows, function, field, distinct=""):
    """One number about the rows of each group, so that pages ask no more than once."""
    template = f"%(function)s({distinct}%(expressions)s)"
    number = Func(F(field), function=function, template=template, output_field=IntegerField())
    return Coalesce(Subquery(rows.order_by().annotate(told=number).values("told")), 0)
