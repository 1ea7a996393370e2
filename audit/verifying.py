"""Checking the whole trail: every finding says which row or which seal, and what is wrong with it.

Nothing that the database has worked out is believed: digests, roots, links and signatures are made again
from the rows, and compared with the witness outside.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from audit import witness
from audit.hashing import COLUMNS, NOTHING_BEFORE, commitment_of, digest_of, root_of, seal_hash, split
from audit.keys import is_signed

SEALS_AT_A_TIME = 500
ROWS_AT_A_TIME = 20_000
LATE = timedelta(seconds=60)
# No transaction lasts so long: a row that is older than the seal before its own was not there when that was
# made.
SLACK = timedelta(hours=1)
SEALS = "SELECT no, sealed_at, ids, leaves, root, previous, hash, key, signature FROM audit_seal"
SIZES = "SELECT no, cardinality(ids) FROM audit_seal WHERE no > %s ORDER BY no LIMIT %s"
ROWS = f"SELECT {COLUMNS}, detail::text, salt, digest, seal_no FROM audit_event"  # noqa: S608


class Finding(NamedTuple):
    """What is wrong, with which seal, with which row."""

    kind: str
    seal: int | None
    row: int | None
    words: str


@dataclass
class Report:
    """What was looked at, and what was found."""

    findings: list[Finding] = field(default_factory=list)
    rows: int = 0
    seals: int = 0
    unsealed: int = 0
    erased: set[int] = field(default_factory=set)
    erasures: set[int] = field(default_factory=set)
    last: tuple[int, str] | None = None
    hashes: dict[int, str] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)

    def find(self, kind: str, words: str, *, seal: int | None = None, row: int | None = None) -> None:
        self.findings.append(Finding(kind, seal, row, words))


class Row:
    """One event as it lies in the database."""

    def __init__(self, columns: tuple):
        *said, self.detail, salt, digest, self.seal_no = columns
        said[-1] = bytes(said[-1])
        self.said, self.commitment = said, said[-1]
        self.pk, self.written_at, self.verb = said[0], said[2], said[7]
        self.salt = None if salt is None else bytes(salt)
        self.digest = bytes(digest)

    @property
    def detail_holds(self) -> bool:
        return self.salt is None or commitment_of(self.salt, self.detail) == self.commitment

    @property
    def digest_holds(self) -> bool:
        return digest_of(self.said) == self.digest


def verify(cursor: Any, keys: dict, seen: tuple[list[witness.Line], list[int]] | None) -> Report:
    """Look at every seal, every row and every line that the witness held before this began."""
    report = Report()
    before: tuple[int, bytes, datetime | None] = (0, NOTHING_BEFORE, None)
    for seals in seals_in_turn(cursor):
        rows = rows_of(cursor, seals[0][0], seals[-1][0])
        for seal in seals:
            check_seal(report, seal, before, keys)
            check_rows(report, cursor, seal, rows.pop(seal[0], {}), before[2])
            before = (seal[0], bytes(seal[6]), seal[1])
        for number, strangers in rows.items():
            for pk in strangers:
                report.find(
                    "row.added", f"row {pk} names seal {number}, which is not there", seal=number, row=pk
                )
    check_unsealed(report, cursor, before[0])
    for pk in sorted(report.erased - report.erasures):
        report.find("row.erased", f"the detail of row {pk} was erased, and no event says so", row=pk)
    if seen is not None:
        check_witness(report, *seen, keys)
    return report


def seals_in_turn(cursor: Any) -> Iterator[list]:
    """The seals in their order, some at a time: many small ones or a few large ones."""
    last = 0
    while True:
        cursor.execute(SIZES, [last, SEALS_AT_A_TIME])
        sizes, upto, rows = cursor.fetchall(), last, 0
        if not sizes:
            return
        for no, size in sizes:
            upto, rows = no, rows + size
            if rows > ROWS_AT_A_TIME:
                break
        cursor.execute(f"{SEALS} WHERE no > %s AND no <= %s ORDER BY no", [last, upto])
        yield cursor.fetchall()
        last = upto


def rows_of(cursor: Any, first: int, last: int) -> dict[int, dict[int, Row]]:
    """The rows that name one of these seals, by seal and id."""
    cursor.execute(f"{ROWS} WHERE seal_no BETWEEN %s AND %s ORDER BY seal_no, id", [first, last])
    found: dict[int, dict[int, Row]] = {}
    while some := cursor.fetchmany(ROWS_AT_A_TIME):
        for columns in some:
            row = Row(columns)
            found.setdefault(row.seal_no, {})[row.pk] = row
    return found


def check_seal(report: Report, seal: tuple, before: tuple, keys: dict) -> None:
    """Number, link, root, hash and signature of one seal."""
    no, sealed_at, ids, leaves, root, previous, digest, key, signature = seal
    root, previous, digest = bytes(root), bytes(previous), bytes(digest)
    report.seals += 1
    report.hashes[no] = digest.hex()
    report.last = (no, digest.hex())
    for missing in range(before[0] + 1, no):
        report.find("seal.missing", f"seal {missing} is not there", seal=missing)
    if no == before[0] + 1 and previous != before[1]:
        report.find("seal.unchained", f"seal {no} does not follow from seal {before[0]}", seal=no)
    if seal_hash(no, sealed_at, ids, root, previous) != digest:
        report.find("seal.altered", f"seal {no} was altered: its hash is not that of what it says", seal=no)
    if len(leaves) != 32 * len(ids) or root_of(split(bytes(leaves))) != root:
        report.find("seal.altered", f"seal {no} was altered: its digests do not give its root", seal=no)
    if not is_signed(keys, key, bytes(signature), digest):
        report.find("seal.forged", f"seal {no} is not signed by a key of the sealer", seal=no)


def check_rows(report: Report, cursor: Any, seal: tuple, rows: dict[int, Row], sealed_before: Any) -> None:
    """The rows of one seal against the digests that the seal keeps."""
    no, ids = seal[0], seal[2]
    listed = dict(zip(ids, split(bytes(seal[3])), strict=False))
    report.rows += len(rows)
    for pk in listed.keys() - rows.keys():
        cursor.execute("SELECT seal_no FROM audit_event WHERE id = %s", [pk])
        found = cursor.fetchone()
        words = f"row {pk} of seal {no} is not there" if found is None else (
            f"row {pk} of seal {no} now names seal {found[0] if found[0] is not None else 'nothing'}"
        )  # fmt: skip
        report.find("row.removed" if found is None else "row.moved", words, seal=no, row=pk)
    for pk, row in rows.items():
        if pk not in listed:
            report.find("row.added", f"row {pk} was put into seal {no} after it was made", seal=no, row=pk)
        else:
            check_row(report, row, no, listed[pk])
        if sealed_before is not None and row.written_at < sealed_before - SLACK:
            words = f"row {pk} of seal {no} says it was written before the seal before, which lacks it"
            report.find("row.backdated", words, seal=no, row=pk)


def check_row(report: Report, row: Row, no: int, leaf: bytes) -> None:
    """One row against its own digest and that of the seal."""
    note_erasure(report, row)
    if not row.detail_holds:
        report.find(
            "row.altered", f"the detail of row {row.pk} of seal {no} was altered", seal=no, row=row.pk
        )
    elif not row.digest_holds:
        report.find("row.altered", f"row {row.pk} of seal {no} was altered", seal=no, row=row.pk)
    elif row.digest != leaf:
        words = f"row {row.pk} of seal {no} was written anew: its digest is not the one that was sealed"
        report.find("row.altered", words, seal=no, row=row.pk)


def note_erasure(report: Report, row: Row) -> None:
    """Which details are gone, and of which an event says that they were erased."""
    if row.salt is None:
        report.erased.add(row.pk)
    if row.verb == "audit.erase":
        text = row.detail.replace("[", " ").replace("]", " ").replace(",", " ")
        report.erasures |= {int(word) for word in text.split() if word.isdecimal()}


def check_unsealed(report: Report, cursor: Any, last: int) -> None:
    """Rows that no seal holds: whole, and not older than a minute; rows that name a seal yet to come."""
    cursor.execute("SELECT clock_timestamp()")
    (now,) = cursor.fetchone()
    cursor.execute("SELECT no FROM audit_seal WHERE sealed_at > %s", [now - LATE])
    report.fresh = {no for (no,) in cursor.fetchall()}  # the witness may not have heard of them yet
    cursor.execute(f"{ROWS} WHERE seal_no IS NULL OR seal_no > %s ORDER BY id", [last])
    while some := cursor.fetchmany(ROWS_AT_A_TIME):
        for row in map(Row, some):
            report.rows += 1
            report.unsealed += row.seal_no is None
            note_erasure(report, row)
            if row.seal_no is not None:
                words = f"row {row.pk} names seal {row.seal_no}, which is not there"
                report.find("row.added", words, seal=row.seal_no, row=row.pk)
            elif not (row.detail_holds and row.digest_holds):
                report.find("row.altered", f"row {row.pk}, not yet sealed, was altered", row=row.pk)
            elif now - row.written_at > LATE:
                report.find(
                    "row.unsealed", f"row {row.pk} was written long ago and no seal holds it", row=row.pk
                )


def check_witness(report: Report, lines: list[witness.Line], broken: list[int], keys: dict) -> None:
    """What the witness saw must be there, as it saw it."""
    for number in broken:
        report.find("witness.torn", f"line {number} of the witness cannot be read")
    begun = max((place for place, line in enumerate(lines) if line.word == witness.RESTORED), default=-1)
    kept = lines[begun].no if begun >= 0 else 0
    seen = set()
    for place, line in enumerate(lines):
        if line.no == 0 or (place < begun and line.no > kept):
            continue  # seals that a restored database lost; the sealer was told, and its signed line says so
        seen.add(line.no)
        check_line(report, line, keys)
    for no in sorted(report.hashes.keys() - seen - report.fresh):
        report.find("witness.lacks", f"the witness never saw seal {no}", seal=no)


def check_line(report: Report, line: witness.Line, keys: dict) -> None:
    if not is_signed(keys, line.key, bytes.fromhex(line.signature), witness.message(line)):
        report.find("witness.forged", f"what the witness says of seal {line.no} is not signed", seal=line.no)
    elif line.no not in report.hashes:
        report.find("seal.cut", f"the witness saw seal {line.no}, which is not there", seal=line.no)
    elif report.hashes[line.no] != line.hash:
        report.find("seal.replaced", f"seal {line.no} is not the one that the witness saw", seal=line.no)
