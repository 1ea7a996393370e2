from cases.querysets import OfCaseQuerySet


class OperationQuerySet(OfCaseQuerySet):
    """Words to ask for operations with."""

    def for_list(self):
        """Latest first; a plan without a date stands on top, for it is still to come."""
        return self.select_related("case", "office", "follows").order_by("-on", "-created_at", "pk")

    def matching(self, **codes):
        """Those with these codes; an empty one asks for nothing."""
        return self.filter(**{name: code for name, code in codes.items() if code not in ("", None)})
