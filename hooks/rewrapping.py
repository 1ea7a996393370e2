"""The secrets of webhooks follow the master key in use."""

from django.db import transaction

from hooks.models import Webhook
from reference.sealed import rewrap

STEP = 100


def rewrap_secrets():
    """Bring every secret under the master key in use; how many webhooks were changed."""
    changed, last = 0, None
    while True:
        with transaction.atomic():
            rows = Webhook.objects.select_for_update(of=("self",)).filter(ended_at=None).order_by("pk")
            page = list((rows.filter(pk__gt=last) if last else rows)[:STEP])
            changed += sum(renew(hook) for hook in page)
        if len(page) < STEP:
            return changed
        last = page[-1].pk


def renew(hook):
    """Whether a secret of this webhook had to be wrapped anew."""
    old = {name: bytes(getattr(hook, name)) for name in ("secret", "old_secret") if getattr(hook, name)}
    again = {name: rewrap(kept, hook.about) for name, kept in old.items()}
    for name, kept in again.items():
        setattr(hook, name, kept)
    if again != old:
        hook.save(update_fields=[*again])
    return again != old
