"""A receiver that is really there, and webhooks that tell it."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from hooks import actions
from hooks.models import Webhook

HOST = "hooks.example.org"


@pytest.fixture(autouse=True)
def listed(settings):
    settings.OUTGOING_HOSTS = {HOST}


@pytest.fixture(autouse=True)
def whole(monkeypatch):
    """In a test everything happens in one transaction, which never ends: it counts as ended."""
    edge = iter(range(2**40, 2**41))
    for module in ("hooks.telling", "hooks.actions", "hooks.sending", "api.hooks"):
        monkeypatch.setattr(f"{module}.horizon", lambda: next(edge))


@pytest.fixture
def hook_of(db, looking):
    """A webhook of this person: `hook_of(user, verbs=["note.*"])`."""

    def make(user, verbs=("note.*",), by=None):
        with looking(by or user):
            hook = actions.add_hook(
                user.pk, by=by or user, now=timezone.now(), label="Calendar of the court",
                url=f"https://{HOST}/in?from=ijm", verbs=verbs,
            )  # fmt: skip
        Webhook.objects.filter(pk=hook.pk).update(past_xid=0)
        return Webhook.objects.get(pk=hook.pk)

    return make


class Receiver:
    """Answers as it is told to, and keeps what came."""

    def __init__(self):
        self.status, self.headers, self.raised, self.got = 204, {}, None, []

    def __call__(self, url, body, *, headers):
        self.got.append(SimpleNamespace(url=url, body=body, headers=headers))
        if self.raised:
            raise self.raised
        return SimpleNamespace(status=self.status, body=b"", headers=self.headers)


@pytest.fixture
def receiver():
    return Receiver()
