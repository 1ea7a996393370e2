from django.apps import apps
from django.db.models import Count, Q, Sum

from accounts.models import Office
from accounts.roles import Can
from accounts.scope import ScopedQuerySet
from exchange.states import OF_NUMBERS, ExportState


def offices_exported_from(user):
    """Ids of the offices in which this person holds the right to export by a role of that office."""
    return [office for office, _role in user.live_memberships if user.can_in(office, Can.EXPORT_DATA)]


class ExportQuerySet(ScopedQuerySet):
    """Words to ask for exports with."""

    def visible_to(self, user):
        """One's own, and those of offices where one may export: the second person comes from there."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(requested_by=user) | Q(office_id__in=offices_exported_from(user)))

    def for_list(self):
        return self.select_related("requested_by", "office").order_by("-created_at", "pk")

    def spent_since(self, user, start):
        """(rows, files) that this person asked for since then; what came to nothing is not counted."""
        nothing = (ExportState.REFUSED, ExportState.FAILED)
        rows = self.filter(requested_by=user, created_at__gte=start).exclude(status__in=nothing)
        # Cancelled before it was made, it gave nothing away either.
        rows = rows.exclude(status=ExportState.CANCELLED, sha256="")
        of_people = Sum("rows", filter=~Q(kind__in=OF_NUMBERS))  # numbers are no rows of anybody
        spent = rows.aggregate(rows=of_people, files=Count("pk"))
        return spent["rows"] or 0, spent["files"]


def offices_of_exporter(user):
    """The offices whose leads may be the second person, in the order of their names."""
    mine = offices_exported_from(user)
    offices = Office.objects.order_by("name", "pk")
    return offices if user.sees_everywhere else offices.filter(pk__in=mine)


class HandoverQuerySet(ScopedQuerySet):
    """Words to ask for links with."""

    def visible_to(self, user):
        """Those one made, and those of exports one sees."""
        if not user.is_active:
            return self.none()
        exports = apps.get_model("exchange", "Export").objects.all()
        return self.filter(Q(made_by=user) | Q(export_id__in=exports.values("pk")))

    def for_list(self):
        return self.select_related("made_by").order_by("-created_at", "pk")


def offices_imported_to(user):
    """Ids of the offices into which this person may bring records, by a role of that office."""
    return [office for office, _role in user.live_memberships if user.can_in(office, Can.IMPORT_DATA)]


class BatchQuerySet(ScopedQuerySet):
    """Words to ask for batches with."""

    def visible_to(self, user):
        """One's own, and those of offices into which one may bring records."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(made_by=user) | Q(office_id__in=offices_imported_to(user)))

    def for_list(self):
        return self.select_related("made_by", "office").order_by("-created_at", "pk")


class OfBatchQuerySet(ScopedQuerySet):
    """What was found in files that one may see."""

    def visible_to(self, user):
        return self.filter(batch__in=apps.get_model("exchange", "Batch").objects.all().values("pk"))
