from cases.querysets import OfCaseQuerySet


class SurvivorQuerySet(OfCaseQuerySet):
    """Words to ask for survivors with."""

    def for_list(self):
        return self.select_related("case", "office").order_by("case__number", "key", "pk")
