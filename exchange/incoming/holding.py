"""The file of a batch and what was seen in it, sealed with one key of their own."""

import hashlib
import json
from itertools import islice
from typing import Any

from exchange import keeping
from exchange.incoming.headers import header_at, joined, samples
from exchange.incoming.registry import kind_of
from exchange.incoming.tables import Table
from exchange.models import Batch
from reference.sealed import new_key, seal, unseal, unwrap, wrap

PEEK = 400  # rows that are looked at for samples


def about(batch: Batch) -> str:
    """Of what the sealed bytes are; they open for no other row."""
    return f"exchange.Batch {batch.pk}"


def put_away(batch: Batch, plain: bytes, name: str) -> None:
    """Seal the file and its name; nothing is saved yet but the bytes on the disk."""
    key = new_key()
    batch.file_key = wrap(key, about(batch))
    batch.sha256, batch.size = hashlib.sha256(plain).hexdigest(), len(plain)
    batch.file = keeping.put(seal(key, keeping.padded(plain), about(batch)))
    write_inside(batch, {"name": name[:200]})


def key_of(batch: Batch) -> bytes:
    return unwrap(bytes(batch.file_key), about(batch))


def plain_of(batch: Batch) -> bytes:
    """The file itself."""
    return keeping.unpadded(unseal(key_of(batch), keeping.taken(batch.file), about(batch)))


def inside(batch: Batch) -> dict[str, Any]:
    """What was seen in the file: name, form, sheets, header, samples, words that nobody knows."""
    if not batch.inside or not batch.file_key:
        return {}
    return json.loads(keeping.unpadded(unseal(key_of(batch), bytes(batch.inside), f"{about(batch)} inside")))


def write_inside(batch: Batch, told: dict[str, Any]) -> None:
    plain = json.dumps(told, ensure_ascii=False).encode()
    batch.inside = seal(key_of(batch), keeping.padded(plain), f"{about(batch)} inside")


def forget(batch: Batch) -> str:
    """Key, name and contents are gone with the row; the name of the file on the disk, to be destroyed."""
    name, batch.file, batch.file_key, batch.inside = batch.file, "", b"", b""
    return name


def table_of(batch: Batch) -> Table:
    return Table(plain_of(batch), inside(batch)["form"])


def look_into(batch: Batch, table: Table, *, find: bool) -> None:
    """See sheets, header and samples; where the header stands is guessed when `find` says so."""
    kind, seen = kind_of(batch.kind), inside(batch)
    rows = list(islice(table.rows(batch.sheet), PEEK))
    if find:
        found = kind.find_header([cells for _number, cells in rows])
        batch.header_at, batch.header_rows = found or header_at(rows, kind.columns)
    last = batch.header_at + batch.header_rows - 1
    header = joined([cells for number, cells in rows if batch.header_at <= number <= last])
    seen |= {
        "form": table.form, "sheets": table.sheets, "header": header,
        "samples": samples(rows, last, len(header)), "unknown": {},
    }  # fmt: skip
    write_inside(batch, seen)
