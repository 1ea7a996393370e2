from django.apps import apps
from django.db.models import Case, CharField, Func, Q, Value, When

from accounts.models import Duty
from accounts.roles import ROLE_CAN, Can
from accounts.scope import ScopedQuerySet
from cases.querysets import AppNow, OfCaseQuerySet
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


def watched_offices(user):
    """Ids of the offices for which this person reads the lookouts of others: by role, or on duty there."""
    watching = {office for office, role in user.live_memberships if Can.WATCH_LOOKOUT in ROLE_CAN[role]}
    if user.does_casework:
        watching |= set(Duty.objects.current().filter(user=user).values_list("office_id", flat=True))
    return watching


def lookouts_of(user):
    """Ids of the lookouts of the cases that this person sees, as a subquery."""
    return OfCaseQuerySet(apps.get_model("operations", "Lookout")).visible_to(user).values("pk")


def open_card(prefix=""):
    """The office is still asked to watch."""
    return Q(**{f"{prefix}closed_at": None, f"{prefix}expires_at__gt": AppNow()})


class CardQuerySet(ScopedQuerySet):
    """What offices ask each other to watch for."""

    def visible_to(self, user):
        """The team of the case, and those who watch for the office that is asked."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(lookout__in=lookouts_of(user)) | Q(office__in=watched_offices(user)))

    def open(self):
        """Neither closed nor over."""
        return self.filter(open_card())

    def received_by(self, user):
        """Those that an office asked this person's to watch for."""
        return self.filter(office__in=watched_offices(user))

    def for_list(self):
        """Open ones first, the newest on top."""
        first = Case(When(open_card(), then=Value(0)), default=Value(1))
        rows = self.select_related("office", "from_office", "sent_by")
        return rows.order_by(first, "-sent_at", "pk")


class SheetQuerySet(ScopedQuerySet):
    """The facts of a lookout."""

    def visible_to(self, user):
        """The team of the case, and for as long as it watches the office that is asked."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(lookout__in=lookouts_of(user)) | Q(lookout__in=self.watched_by(user)))

    @staticmethod
    def watched_by(user):
        """Ids of the lookouts for which an office of this person is watching now."""
        # The base manager on purpose: the scoped one would ask the same once more.
        cards = apps.get_model("operations", "LookoutCard")._base_manager
        return cards.filter(open_card(), office__in=watched_offices(user)).values("lookout")


class LookoutNameQuerySet(SheetQuerySet):
    """The name that a lookout may tell."""

    def visible_to(self, user):
        if not user.is_active:
            return self.none()
        told = Q(agreed=True, lookout__in=self.watched_by(user))
        return self.filter(told | Q(lookout__in=lookouts_of(user)) if user.can(Can.OPEN_IDENTITY) else told)


class OfCardQuerySet(ScopedQuerySet):
    """Who has read a card."""

    def visible_to(self, user):
        """Whoever sees the card."""
        cards = CardQuerySet(apps.get_model("operations", "LookoutCard"))
        return self.filter(card__in=cards.visible_to(user).values("pk"))


class ReplyQuerySet(OfCardQuerySet):
    """What the office that is asked has said."""

    def visible_to(self, user):
        """Whoever sees the card; those who watch, for as long as they do."""
        return super().visible_to(user).filter(open_card("card__") | Q(card__lookout__in=lookouts_of(user)))
