"""Names that wait in lookouts lie under the master key; a rotation brings them under the new one."""

from accounts.scope import system_access
from operations.models import LookoutName
from reference.sealed import rewrap


def rewrap_names():
    """Every name that is kept; how many were changed. There are few, and none of closed lookouts."""
    with system_access("reminders", "brings names in lookouts under the new master key"):
        rows = LookoutName.objects.exclude(name=b"").select_for_update().order_by("pk")
        return sum(renew(row) for row in rows)


def renew(row):
    """Whether the name had to be wrapped anew."""
    again = rewrap(row.name, row.about)
    if again == bytes(row.name):
        return False
    row.name = again
    row.save(update_fields=["name"])
    return True
