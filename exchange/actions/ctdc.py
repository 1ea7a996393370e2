"""Sets that others have published: brought in, and taken away again whole."""

import gzip
import hashlib
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from cases.states import IllegalMove
from exchange.ctdc.anonymity import rarest
from exchange.ctdc.reading import NotCtdc, Reading, read_ctdc
from exchange.ctdc.shares import shares_of
from exchange.ctdc.writing import as_published
from exchange.models import CtdcSet


def add_ctdc_set(
    *, by: User, now: datetime, name: str, source: str, content: bytes
) -> tuple[CtdcSet, Reading]:
    """(the set, how its file was understood). IllegalMove where it is no such file, or is here already."""
    try:
        reading = read_ctdc(content)
    except NotCtdc as why:
        raise IllegalMove(_("This file does not have the columns of CTDC."), field="file") from why
    if not reading.rows:
        raise IllegalMove(_("This file has no rows."), field="file")
    plain = as_published(reading.rows)
    digest = hashlib.sha256(plain).hexdigest()
    if CtdcSet.objects.filter(sha256=digest).exists():
        raise IllegalMove(_("This set is here already."), field="file")
    one = CtdcSet.objects.create(
        name=name, source=source, generation=reading.generation, rows=len(reading.rows),
        faults=len(reading.faults), rarest=rarest(reading.rows), shares=shares_of(reading.rows),
        packed=gzip.compress(plain, mtime=0), sha256=digest, added_by=by, added_at=now,
    )  # fmt: skip
    record("ctdc.add", by=by, subject=one, at=now, rows=one.rows, sha256=digest)
    return one, reading


def drop_ctdc_set(set_id: UUID, *, by: User, now: datetime) -> None:
    """Take the set away; nothing of ours hangs from it."""
    one = CtdcSet.objects.select_for_update(of=("self",)).get(pk=set_id)
    record("ctdc.drop", by=by, subject=one, at=now, rows=one.rows, sha256=one.sha256)
    one.delete()


def rows_again(one: CtdcSet) -> bytes:
    """The file in the spelling of 2024."""
    return gzip.decompress(bytes(one.packed))
