"""The addresses of people's channels lie under the master key; a rotation brings them under the new one."""

from accounts.scope import system_access
from notifications.models import Endpoint
from reference.sealed import rewrap

STEP = 200


def rewrap_addresses():
    """Every address that is kept, in small steps that each stand alone; how many were changed."""
    changed, last = 0, None
    while True:
        with system_access("reminders", "brings addresses of channels under the new master key"):
            rows = Endpoint.objects.kept().select_for_update().order_by("pk")
            page = list((rows.filter(pk__gt=last) if last else rows)[:STEP])
            changed += sum(renew(endpoint) for endpoint in page)
        if len(page) < STEP:
            return changed
        last = page[-1].pk


def renew(endpoint):
    """Whether the address had to be wrapped anew."""
    again = rewrap(endpoint.address, endpoint.about)
    if again == bytes(endpoint.address):
        return False
    endpoint.address = again
    endpoint.save(update_fields=["address"])
    return True
