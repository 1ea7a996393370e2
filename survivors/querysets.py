from django.db.models import Exists, OuterRef, Q

from accounts.roles import Can
from cases.querysets import OfCaseQuerySet
from operations.querysets import operations_inside
from operations.states import OperationStatus
from reference.fields import Last


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


class ConsentQuerySet(OfCaseQuerySet):
    """Words to ask for consents with."""

    def holding(self, today):
        """Given, not withdrawn, not run out, and not refused since to the same receiver."""
        same = {"survivor": OuterRef("survivor"), "purpose": OuterRef("purpose"), "to": OuterRef("to")}
        refused = Exists(
            self.model.objects.filter(given=False, created_at__gt=OuterRef("created_at"), **same)
        )
        rows = self.filter(given=True, withdrawn_on="").annotate(last_day=Last("until"))
        return rows.filter(~refused, Q(last_day=None) | Q(last_day__gte=today))

    def refused(self):
        """Refused from the beginning, or given and taken back."""
        return self.filter(Q(given=False) | ~Q(withdrawn_on=""))


class IdentityQuerySet(OfCaseQuerySet):
    """Identities, for those who may open them."""

    def visible_to(self, user):
        """Whoever sees the case and may open identities; the database has the same rule."""
        return super().visible_to(user) if user.can(Can.OPEN_IDENTITY) else self.none()

    def with_words(self, kind, tokens):
        """Those that hold every one of these words."""
        rows = self
        for token in tokens:
            rows = rows.filter(pk__in=self.words().filter(kind=kind, token=token).values("identity_id"))
        return rows

    def words(self):
        return self.model._meta.get_field("words").related_model.objects


class ContactRuleQuerySet(OfCaseQuerySet):
    """How people are reached, for those who may open identities."""

    def visible_to(self, user):
        return super().visible_to(user) if user.can(Can.OPEN_IDENTITY) else self.none()


class IdentityWordQuerySet(OfCaseQuerySet):
    """The words of identities, for those who may open them."""

    def visible_to(self, user):
        return super().visible_to(user) if user.can(Can.OPEN_IDENTITY) else self.none()


class UnregisteredQuerySet(OfCaseQuerySet):
    """People who were counted and will not be registered."""

    def visible_to(self, user):
        """Whoever may know of the group."""
        known = Q(headcount__operation=None) | Q(headcount__operation__status=OperationStatus.DONE)
        return super().visible_to(user).filter(known | Q(headcount__operation__in=operations_inside(user)))

    def standing(self):
        """Not taken back."""
        return self.filter(recalled_at=None)
