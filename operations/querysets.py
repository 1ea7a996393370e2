from cases.querysets import OfCaseQuerySet
from operations.states import OperationStatus


class OperationQuerySet(OfCaseQuerySet):
    """Words to ask for operations with."""

    def for_list(self):
        """Latest first; a plan without a date stands on top, for it is still to come."""
        return self.select_related("case", "office", "follows").order_by("-on", "-created_at", "pk")

    def standing(self):
        """Planned or carried out; not those that were cancelled."""
        return self.exclude(status=OperationStatus.CANCELLED)

    def matching(self, **codes):
        """Those with these codes; an empty one asks for nothing."""
        return self.filter(**{name: code for name, code in codes.items() if code not in ("", None)})
