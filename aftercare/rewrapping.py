"""Addresses of homes lie under the master key; a rotation brings them under the new one."""

from accounts.scope import system_access
from aftercare.models import HomeAddress
from reference.sealed import rewrap


def rewrap_addresses():
    """Every address; how many were changed. An office has a handful."""
    with system_access("reminders", "brings the addresses of homes under the new master key"):
        return sum(renew(row) for row in HomeAddress.objects.select_for_update().order_by("pk"))


def renew(row):
    """Whether the address had to be wrapped anew."""
    again = rewrap(row.place, row.about)
    if again == bytes(row.place):
        return False
    row.place = again
    row.save(update_fields=["place"])
    return True
