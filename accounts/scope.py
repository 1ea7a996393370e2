"""Who is looking. Every read of case data passes through the current viewer."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from accounts import signing
from accounts.roles import SYSTEM_PRINCIPALS

# A User, Django's AnonymousUser, or None where nobody looks.
_viewer: ContextVar[Any] = ContextVar("viewer", default=None)
# What she sees of each table, worded once: a prefetch asks the manager again for every row of a page.
_seen: ContextVar[dict[Any, Any] | None] = ContextVar("what the viewer sees", default=None)


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
        before = tell_database(user)
        token, seen = _viewer.set(user), _seen.set({})
        try:
            yield user
        finally:
            _viewer.reset(token)
            _seen.reset(seen)
    if connection.in_atomic_block:  # the transaction of a test goes on, as whoever looked before
        restore(before)


def tell_database(user: Any) -> str:
    """Say to the second lock who looks from here on in this transaction; returns what it was told before."""
    with connection.cursor() as cursor:
        if not sees_something(user):
            cursor.execute("SELECT current_setting('app.ctx', true), set_config('app.ctx', 'nobody', true)")
            return cursor.fetchone()[0] or ""
        word = signing.signed_word(user.pk, connection.connection.info.backend_pid)
        cursor.execute("SELECT current_setting('app.ctx', true), begin_principal(%s)", [word])
        return cursor.fetchone()[0] or ""


def sees_something(user: Any) -> bool:
    """Nobody is told to the database for strangers, for people who left and for a person under duress."""
    return bool(user.is_authenticated and user.is_active and not getattr(user, "under_duress", False))


def restore(word: str) -> None:
    """Past Django's count of statements: only the transaction of a test comes here."""
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.ctx', %s, true)", [word])


def become(user: Any) -> None:
    """Go on in the same transaction as somebody else: an API request that has just shown its token."""
    if _viewer.get() is None:
        raise NoViewer("become() outside viewing_as()")
    tell_database(user)
    _viewer.set(user)
    _seen.set({})


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
        if not sees_something(looking):
            return super().get_queryset().none()
        if looking.principal:
            if self.model._meta.app_label not in SYSTEM_PRINCIPALS[looking.principal]:
                raise OutOfReach(f"{looking.principal} may not read {self.model._meta.label}")
            return super().get_queryset()
        return self.seen_by(looking)

    def seen_by(self, looking: Any) -> Any:
        """The rows that this person may see; a copy of what was worded before in the same look."""
        known = _seen.get()
        key = (looking, looking.is_active, self.model, self._queryset_class, self._db)  # type: ignore[attr-defined]
        if known is None or key not in known:
            rows: Any = super().get_queryset().visible_to(looking)  # type: ignore[misc, attr-defined]
            if known is None:
                return rows
            known[key] = rows
        return known[key].all()
