"""Is a frozen month whole? Everything is worked out again from the rows; nothing stored is believed."""

from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from audit.keys import is_signed, public_keys
from cases.models import Case
from figures.models import MonthCase, MonthSeal, MonthSheet
from figures.models.months import Sealed
from figures.months import digest_of, digest_of_cases, digest_of_word, message_of
from figures.months_count import by_chunks, changes


class Finding(NamedTuple):
    """What is wrong with which sheet."""

    sheet: MonthSheet
    kind: str
    words: str

    def __str__(self):
        return f"{self.kind}: {self.sheet.office.key} {self.sheet.month:%Y-%m}: {self.words}"


def known_keys():
    """The sealer's public keys, by name; none where this machine has not got them."""
    path = Path(settings.AUDIT_PUBLIC_KEYS_FILE)
    return public_keys(path.read_text()) if path.exists() else None


def sheets():
    """Every sheet with what hangs from it, office by office, in the order of the chain."""
    rows = MonthSheet.objects.select_related("office", "previous", "word")
    return rows.prefetch_related("lines", "seals").order_by("office__key", "month")


def findings_of(sheet, keys):
    """What is wrong with one sheet, as far as whoever looks can see it: its lines, its word, its seals."""
    if digest_of(sheet, sheet.lines.all()) != sheet.digest:
        yield Finding(sheet, "changed", "what stands on the sheet is not what was counted")
    if sheet.previous and not (
        sheet.previous.month < sheet.month and sheet.previous.office_id == sheet.office_id
    ):
        yield Finding(sheet, "chain", "it follows a sheet that is not before it")
    word = getattr(sheet, "word", None)
    if word and digest_of_word(word) != word.digest:
        yield Finding(sheet, "word", "the word of whoever signed was changed")
    digests = {Sealed.COUNTED: sheet.digest, Sealed.SIGNED: word and word.digest}
    for seal in sheet.seals.all():
        if seal.digest != digests[seal.what]:
            yield Finding(sheet, "seal", "the house sealed something else")
        elif keys is not None and not is_true(seal, keys):
            yield Finding(sheet, "seal", "the signature of the house does not hold")


def is_true(seal: MonthSeal, keys):
    return is_signed(keys, seal.key, bytes(seal.signature), message_of(seal.what, seal.digest))


def verify(keys, recount=False):
    """(how many sheets, findings): every sheet, link and seal; with `recount` against today's records too."""
    found, before, count = [], None, 0
    for sheet in sheets():
        count += 1
        found += findings_of(sheet, keys)
        rows = MonthCase.objects.filter(sheet=sheet)
        if digest_of_cases(rows.iterator(chunk_size=2000)) != sheet.cases_digest:
            found.append(Finding(sheet, "changed", "what the cases gave is not what was counted"))
        first = before is None or before.office_id != sheet.office_id
        if (sheet.previous_id or None) != (None if first else before.pk):
            found.append(Finding(sheet, "chain", "a sheet before it is missing or was put in"))
        before = sheet
    return count, found + (recounted() if recount else [])


def recounted():
    """Figures of frozen months that come to something else today; no fault, but a correction to come."""
    found = []
    by_office = {}
    for sheet in sheets():
        by_office.setdefault(sheet.office_id, []).append(sheet)
    for office_id, of_office in by_office.items():
        late = {}
        for cases in by_chunks(Case.objects.filter(office=office_id)):
            for (name, month, currency), amounts in changes(cases, of_office).items():
                late[month, name, currency] = late.get((month, name, currency), 0) + len(amounts)
        months = {sheet.month: sheet for sheet in of_office}
        found += [
            Finding(months[month], "late", f"{name} {currency}: {number} cases give another number today")
            for (month, name, currency), number in sorted(late.items())
        ]
    return found
