from cases.querysets import OfCaseQuerySet


class SurvivorQuerySet(OfCaseQuerySet):
    """Words to ask for survivors with."""

    def for_list(self):
        return self.select_related("case", "office").order_by("case__number", "key", "pk")

    def matching(self, **codes):
        """Those with these codes; an empty one asks for nothing."""
        return self.filter(**{name: code for name, code in codes.items() if code not in ("", None)})

    def with_ages_and_reliefs(self):
        """For lists that say how old the person was and which way she came out."""
        return self.prefetch_related("ages", "reliefs")
