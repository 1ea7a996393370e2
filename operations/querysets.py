from django.apps import apps
from django.db.models import Case, CharField, Func, Q, Value, When

from cases.querysets import OfCaseQuerySet
from operations.states import OperationStatus


def operations_inside(user):
    """Ids of the operations in whose circle this person stands now, as a subquery."""
    # The base manager on purpose: the scoped one would ask this very rule again.
    insiders = apps.get_model("operations", "Insider")._base_manager
    return insiders.filter(ended_at=None, started_at__isnull=False, user=user).values("operation_id")


class NextKey(Func):
    """The next free key of a case's operations, counted by the database past the viewer's eyes."""

    function = "next_operation_key"
    output_field = CharField()


class OperationQuerySet(OfCaseQuerySet):
    """The rule of the circle, and words to ask for operations with."""

    def visible_to(self, user):
        """Whoever sees the case sees what was carried out; a plan, only the few who are named on it."""
        known = Q(status=OperationStatus.DONE) | Q(pk__in=operations_inside(user))
        return super().visible_to(user).filter(known)

    def for_list(self):
        """Plans on top in the order they were made, for their days are not told here; then latest first."""
        plan = Q(status=OperationStatus.PLANNED)
        rows = self.select_related("case", "office").annotate(
            told_on=Case(When(plan, then=Value("")), default="on", output_field=CharField())
        )
        last = Case(When(plan, then=Value(0)), default=Value(1))
        return rows.order_by(last, "-told_on", "-created_at", "pk")

    def carried_out(self):
        """Those that took place, whatever came of them."""
        return self.filter(status=OperationStatus.DONE)

    def standing(self):
        """Planned or carried out; not those that were cancelled."""
        return self.exclude(status=OperationStatus.CANCELLED)

    def matching(self, **codes):
        """Those with these codes; an empty one asks for nothing."""
        return self.filter(**{name: code for name, code in codes.items() if code not in ("", None)})


class OfOperationQuerySet(OfCaseQuerySet):
    """Rows that hang from an operation; whoever may not know of it does not know of them."""

    def visible_to(self, user):
        known = Q(operation__status=OperationStatus.DONE) | Q(operation__in=operations_inside(user))
        return super().visible_to(user).filter(known | Q(operation=None))


class InsiderQuerySet(OfOperationQuerySet):
    """Words to ask for the circle of an operation with."""

    def in_force(self):
        """Those who know of it now."""
        return self.filter(ended_at=None, started_at__isnull=False)

    def waiting(self):
        """Those on whom a second person has still to agree."""
        return self.filter(ended_at=None, started_at=None)

    def for_list(self):
        return self.select_related("user", "named_by").order_by("created_at", "pk")
