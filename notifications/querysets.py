from django.apps import apps
from django.db import connection, models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from accounts.scope import ScopedQuerySet
from cases.querysets import OfCaseQuerySet, by_name, by_reach
from notifications.states import DUE_DELIVERY, LIVE_ALERT, BrakeState, DeliveryState, ReminderState

HELD = "held"
FEW_ONLY = ("O2",)  # an operation was given away: perhaps by somebody on the case
ASKED = "O4.asked"  # another office is asked to watch; tells nothing of the case, so needs no right to see it
EMERGENCY = "E1.asked"  # somebody opened a case in an emergency: whoever reviews it need not see the case
BLIND = (ASKED, EMERGENCY)


class AlertQuerySet(OfCaseQuerySet):
    """Words to ask for alerts with."""

    def visible_to(self, user):
        """Whoever sees the case sees its alerts, but for those that only the named few may know of."""
        told = apps.get_model("notifications", "InboxItem")._base_manager.filter(
            alert=OuterRef("pk"), user_id=user.pk
        )
        if not user.is_active:
            return self.none()
        of_case = (by_name(user, self.model) | by_reach(user)) & (~Q(rule__in=FEW_ONLY) | Exists(told))
        return self.filter(of_case | Q(case=None) & Exists(told))

    def live(self):
        """Neither closed nor replaced."""
        return self.filter(state__in=LIVE_ALERT)

    def for_list(self):
        return self.select_related("case", "office").order_by("-opened_at", "pk")


class AlertLogQuerySet(OfCaseQuerySet):
    """What became of an alert."""

    def visible_to(self, user):
        """Whoever sees the alert."""
        alerts = AlertQuerySet(apps.get_model("notifications", "Alert"))
        return self.filter(alert__in=alerts.visible_to(user))


class InboxQuerySet(OfCaseQuerySet):
    """What one person was told. The text is made when it is read, under the rights she has then."""

    def visible_to(self, user):
        """One's own, of cases that one may still see."""
        if not user.is_active:
            return self.none()
        still = by_name(user, self.model) | by_reach(user) | Q(title_code__in=BLIND) | Q(case=None)
        return self.filter(still, user_id=user.pk)

    def standing(self):
        """Not overtaken by something later."""
        return self.filter(superseded=False)

    def unread(self):
        return self.standing().filter(read_at=None)

    def for_list(self):
        """What waits for an answer and is unsafe first, then the newest."""
        waiting = Q(acked_at=None) & (Q(alert=None) | Q(alert__state="open"))
        rank = Case(
            When(waiting & Q(urgency="U-S"), then=Value(0)),
            When(waiting & Q(urgency="U-C"), then=Value(1)),
            When(waiting & Q(urgency="N-A"), then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        )
        return self.select_related("alert", "office").order_by(rank, "-created_at", "pk")


class PersonalQuerySet(ScopedQuerySet):
    """Rows that are about one person and nobody else's business."""

    def visible_to(self, user):
        return self.filter(user_id=user.pk) if user.is_active else self.none()


class EndpointQuerySet(PersonalQuerySet):
    """Words to ask for telephones, browsers and further addresses with."""

    def kept(self):
        """Not taken away by their owner."""
        return self.filter(removed_at=None)

    def for_list(self):
        return self.order_by("created_at", "pk")

    def reachable(self):
        """Verified, and not refused by their provider."""
        return self.kept().filter(verified_at__isnull=False, disabled_at=None)


class DeliveryQuerySet(PersonalQuerySet):
    """Words to ask for messages with."""

    def due(self, now):
        """Rows a worker may take now."""
        return self.filter(state__in=DUE_DELIVERY, next_at__lte=now)

    def overtaken(self, now):
        """Rows whose worker has not been heard of since its lease ended."""
        return self.filter(state__in=(DeliveryState.CLAIMED, DeliveryState.SENDING), lease_until__lt=now)


class ReminderQuerySet(OfCaseQuerySet):
    """Words to ask for the reminders of hearings with."""

    def planned(self):
        """Still to come."""
        return self.filter(state=ReminderState.PLANNED)

    def of_dates_that_hold(self):
        """Of hearings that are still ahead on that date."""
        return self.filter(hearing__outcome="", hearing__schedule_version=F("hearing_version"))

    def of_dates_gone(self):
        """Planned for a date that holds no more."""
        return self.planned().exclude(hearing__outcome="", hearing__schedule_version=F("hearing_version"))

    def standing(self, now):
        """Given, and the hearing is still ahead on that date."""
        return self.of_dates_that_hold().filter(state=ReminderState.FIRED, fire_until__gt=now)


class BeatQuerySet(models.QuerySet):
    """Words to ask for the loops with."""

    def held(self):
        """The row that keeps everything in the house, after a restore and until somebody has looked."""
        return self.filter(loop=HELD)

    def age(self):
        """Whole seconds since the sweep last ended well, by the database's clock; None before the first."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT extract(epoch FROM clock_timestamp() - max(ok_at))::int FROM notifications_beat"
                " WHERE loop = 'sweep'"
            )
            return cursor.fetchone()[0]


class LineQuerySet(models.QuerySet):
    """Words to ask for the lines of the channels with."""

    def down(self, now):
        """Channels whose provider failed and is not to be tried again yet."""
        return self.filter(next_try_at__gt=now)


class ReadingQuerySet(models.QuerySet):
    """Words to ask for the readings of the watch with."""

    def newest(self):
        return self.order_by("-at", "-pk").first()


class DeadLetterQuerySet(models.QuerySet):
    """Words to ask for what failed for good with."""

    def waiting(self):
        """Nobody has done anything about it yet."""
        return self.filter(done_at=None)

    def for_list(self):
        return self.select_related("office", "asked_by").order_by("-at", "pk")


class BrakeQuerySet(models.QuerySet):
    """Words to ask for brakes with."""

    def on(self):
        """Those that hold something back now."""
        return self.filter(state=BrakeState.HELD)


class OfficeRuleQuerySet(models.QuerySet):
    """Words to ask for what offices have tightened with."""

    def holding(self, at):
        """Those in force at that moment."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=at), began_at__lte=at)

    def for_list(self):
        return self.select_related("office", "set_by", "ended_by").order_by("-began_at", "-pk")


def people_at(kind, sender):
    """Who of us has confirmed this number, by its blind index; asked of the database where nobody looks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_at(%s, %s)", [str(kind), sender])
        return [user_id for (user_id,) in cursor.fetchall()]
