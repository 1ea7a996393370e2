"""Model fields whose column holds sealed bytes; the plain value exists only where somebody opens it.

::

    class Identity(CaseBearing):
        full_name = EncryptedText()

    identity.full_name = "..."          # sealed when the row is saved
    bool(identity.full_name)            # is there anything?
    identity.full_name.open()           # the one way to the plain value
    Identity.objects.filter(full_name__isnull=False)    # the one question the database can answer

`str`, `repr` and templates see the word "sealed" and nothing else; nothing is decrypted that nobody opens.
The bytes are bound to table, column and row. The data key is the case's own; see `register_keys`. The fields
are for records of a case (CaseBearing); other secrets are wrapped by `reference.sealed.wrap` themselves.
"""

import json
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from reference import sealed
from reference.values import PartialDate

NOTHING = (None, "", {}, [])
_source = []
_in_hand = ContextVar("data keys in hand", default=None)


def register_keys(source):
    """`source` has `newest`, `newest_of`, `numbered` and `of_cases`, as cases.sealing.CaseKeys has them."""
    _source[:] = [source]


@contextmanager
def keys_in_hand(case_ids=()):
    """Ask for each data key once while many rows are opened or sealed; inside one transaction only."""
    known = {"newest": {}, "numbered": _source[0].of_cases(case_ids) if case_ids else {}}
    token = _in_hand.set(known)
    try:
        yield
    finally:
        _in_hand.reset(token)


def seal_with_newest(case_ids):
    """Have the newest keys of many cases in hand before much is sealed for them; inside keys_in_hand only."""
    known = _in_hand.get()
    missing = [case_id for case_id in case_ids if case_id not in known["newest"]]
    if missing:
        known["newest"].update(_source[0].newest_of(missing))


def _asked_once(kind, place, ask):
    known = _in_hand.get()
    if known is None:
        return ask()
    if place not in known[kind]:
        known[kind][place] = ask()
    return known[kind][place]


def newest_key(case_id):
    """(number, key) with which the case seals."""
    return _asked_once("newest", case_id, lambda: _source[0].newest(case_id))


def numbered_key(case_id, number):
    """The key with which the case sealed something before."""
    key = _asked_once("numbered", (case_id, number), lambda: _source[0].numbered(case_id, number))
    if key is None:
        raise sealed.SealBroken("there is no such data key, or the case is not the viewer's")
    return key


class SealedValue:
    """A value of one field of one row: sealed, or said and not yet sealed. Shows nothing by itself."""

    __slots__ = ("_bytes", "_field", "_plain", "_row")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, field, row, kept=None, plain=None):
        self._field, self._row, self._bytes, self._plain = field, row, kept, plain

    def __bool__(self):
        return self._bytes is not None or self._plain is not None

    def __repr__(self):
        return "sealed" if self else "nothing sealed"

    __str__ = __repr__

    def __eq__(self, other):
        return self.open() == (other.open() if isinstance(other, SealedValue) else self._field.shaped(other))

    def __reduce_ex__(self, protocol):
        raise TypeError("A sealed value is neither copied nor kept outside its row.")

    def open(self):
        """The plain value; '' (or the field's own nothing) when there is none."""
        if self._plain is not None:
            return self._plain
        if self._bytes is None:
            return self._field.nothing
        key = numbered_key(self._row.case_id, sealed.number_in(self._bytes))
        return self._field.from_bytes(sealed.unseal(key, self._bytes, self._about()))

    def sealed(self):
        """The bytes for the column; None when there is nothing."""
        if self._plain is None:
            return self._bytes
        # Sealed anew at every save: a key that was made in a transaction that failed is gone with it.
        number, key = newest_key(self._row.case_id)
        return sealed.seal(key, self._field.to_bytes(self._plain), self._about(), number)

    def renew(self):
        """Seal the same value again, with the newest key of the case."""
        self._plain = self.open() if self else None

    def of(self, field, row):
        """The same value for another object of the same row, or said anew for another row."""
        if (field, row.pk) == (self._field, self._row.pk):
            return SealedValue(field, row, self._bytes, self._plain)
        return SealedValue(field, row, plain=self.open() if self else None)

    def _about(self):
        table = self._row._meta.db_table
        return f"{table}.{self._field.column} {self._row.pk}"


class Column:
    """What the database gave, before it is known of which row: also what `values_list` shows."""

    __slots__ = ("field", "kept")

    def __init__(self, field, kept):
        self.field, self.kept = field, kept

    def __bool__(self):
        return self.kept is not None

    def __eq__(self, other):
        """The same row kept as it was; two rows with the same value differ, since each is sealed anew."""
        if not isinstance(other, Column):
            return NotImplemented
        return bytes(self.kept or b"") == bytes(other.kept or b"")

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self):
        return "sealed" if self else "nothing sealed"

    def of(self, case_id, pk):
        """The value of the row with this key, to be opened."""
        row = self.field.model(pk=pk, case_id=case_id)
        return SealedValue(self.field, row, kept=self.kept)


class SealedAttribute(DeferredAttribute):
    """Gives a SealedValue, and takes a plain one."""

    def __set__(self, row, value):
        field = self.field
        if isinstance(value, SealedValue):
            value = value.of(field, row)
        elif isinstance(value, Column):
            value = SealedValue(field, row, kept=value.kept)
        else:
            plain = field.shaped(value)
            value = SealedValue(field, row, plain=None if plain in NOTHING else plain)
        row.__dict__[field.attname] = value


class EncryptedField(models.BinaryField):
    """Bytes that open with the data key of the case, for this column of this row alone."""

    descriptor_class = SealedAttribute
    nothing: Any = ""
    # For the type checker: what a row takes and gives.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args, **kwargs):
        kwargs["null"] = kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("null"), kwargs.pop("blank")
        return name, path, args, kwargs

    def get_lookup(self, name):
        if name != "isnull":
            raise FieldError(f"{self.name} is sealed: the database cannot look into it.")
        return super().get_lookup(name)

    def get_transform(self, name):
        raise FieldError(f"{self.name} is sealed: the database cannot look into it.")

    def get_default(self):
        return None

    def from_db_value(self, value, expression, connection):
        return Column(self, None if value is None else bytes(value))

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None:
            return None
        if not isinstance(value, SealedValue):
            raise TypeError(f"{self.name} is sealed: give it to a row and save the row.")
        kept = value.sealed()
        return None if kept is None else super().get_db_prep_value(kept, connection, prepared)

    def value_to_string(self, obj):
        raise TypeError(f"{self.name} is sealed and leaves in no dump of ours.")

    def shaped(self, value):
        """A plain value in the shape in which it is kept."""
        return "" if value is None else str(value)

    def to_bytes(self, plain):
        return plain.encode()

    def from_bytes(self, kept):
        return kept.decode()


class EncryptedText(EncryptedField):
    """Sealed words."""


class EncryptedDate(EncryptedField):
    """A sealed date that may be half known."""

    def shaped(self, value):
        return PartialDate(value) if value else ""

    def from_bytes(self, kept):
        return PartialDate(kept.decode())


class EncryptedJSON(EncryptedField):
    """A sealed list or record."""

    nothing = None

    def shaped(self, value):
        return None if value in NOTHING else value

    def to_bytes(self, plain):
        return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()

    def from_bytes(self, kept):
        return json.loads(kept)
