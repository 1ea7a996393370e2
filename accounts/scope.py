"""Who is looking. Every read of case data passes through the current viewer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import models, transaction

from accounts.roles import SYSTEM_PRINCIPALS

# A User, Django's AnonymousUser, or None where nobody looks.
_viewer: ContextVar[Any] = ContextVar("viewer", default=None)


class NoViewer(RuntimeError):
    """Case data was read where nobody is looking: wrap the code in viewing_as()."""


class OutOfReach(RuntimeError):
    """A system principal asked for a table that is not of its job."""


def viewer() -> Any:
    """The person or principal looking now; None when nobody is."""
    return _viewer.get()


@contextmanager
def viewing_as(user: Any) -> Iterator[Any]:
    """Look as this person, in the one transaction that everything done here belongs to."""
    with transaction.atomic(durable=True):
        token = _viewer.set(user)
        try:
            yield user
        finally:
            _viewer.reset(token)


def become(user: Any) -> None:
    """Go on in the same transaction as somebody else: an API request that has just shown its token."""
    if _viewer.get() is None:
        raise NoViewer("become() outside viewing_as()")
    _viewer.set(user)


@contextmanager
def system_access(principal: str, reason: str) -> Iterator[Any]:
    """Work as one named system principal; for tasks and commands only, never under views."""
    if not reason:
        raise ValueError("say why the system must look")
    account = apps.get_model("accounts", "User").objects.get(principal=principal)
    with viewing_as(account):
        yield account


class ScopedQuerySet(models.QuerySet):
    """Rows that only some may see."""

    def visible_to(self, user: Any) -> "ScopedQuerySet":
        raise NotImplementedError(f"{type(self).__name__} must say who may see what")


class ScopedManager(models.Manager):
    """The default manager of case-bearing models: shows the viewer what she may see, or raises."""

    def get_queryset(self) -> Any:
        looking = _viewer.get()
        if looking is None:
            raise NoViewer(self.model._meta.label)
        rows: Any = super().get_queryset()
        if not looking.is_authenticated:
            return rows.none()
        if looking.principal:
            if self.model._meta.app_label not in SYSTEM_PRINCIPALS[looking.principal]:
                raise OutOfReach(f"{looking.principal} may not read {self.model._meta.label}")
            return rows
        return rows.visible_to(looking)
