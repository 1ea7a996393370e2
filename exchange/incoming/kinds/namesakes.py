"""Survivors who may be the person of a row: by the words of their names, of which only tokens are compared.

In the same case much of the name is enough; in another case of the office all of it has to be there. How
often a word occurs is asked once in a run, so that a common name costs no more in a large office.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from exchange.incoming.contract import Chunk, Row
from survivors.models import IdentityWord, Survivor

ENOUGH = 60  # per cent of the words of a name, in the same case
MOST_ALIKE = 5
TOO_COMMON = 200  # people who share even the rarest word: then a name says nothing

Names = dict[UUID, set[bytes]]  # {identity: the tokens of its words}


def find(chunk: Chunk, rows: list[Row]) -> None:
    """Propose to each row those whom its name fits."""
    here = in_cases({row.work["case"].pk for row in rows})
    elsewhere = in_office(chunk, rows)
    likely: dict[int, dict[UUID, int]] = {}
    for row in rows:
        words = row.work["words"]
        near = {one: share(words, said) for one, said in here.get(row.work["case"].pk, {}).items()}
        found = {one: percent for one, percent in near.items() if percent >= ENOUGH}
        found |= dict.fromkeys(elsewhere.get(row.number, ()), 100)
        likely[row.number] = found
    propose(rows, likely)


def share(words: frozenset[bytes], theirs: set[bytes]) -> int:
    """How much of a name is in another one, in per cent."""
    return round(100 * len(words & theirs) / len(words))


def in_cases(cases: set[UUID]) -> dict[UUID, Names]:
    """The names of these cases."""
    found: dict[UUID, Names] = {}
    words = IdentityWord.objects.filter(case_id__in=cases, kind="name").exclude(token=None)
    for case, identity, token in words.values_list("case_id", "identity_id", "token"):
        found.setdefault(case, {}).setdefault(identity, set()).add(bytes(token or b""))
    return found


def in_office(chunk: Chunk, rows: list[Row]) -> dict[int, list[UUID]]:
    """{row: identities of the office that have all words of its name}: looked for by the rarest word."""
    often = counted(chunk, {word for row in rows for word in row.work["words"]})
    rarest: dict[int, bytes] = {}
    for row in rows:
        words = row.work["words"]
        if len(words) >= 2 and all(often[word] for word in words):
            word = min(words, key=lambda one: often[one])
            if often[word] <= TOO_COMMON:
                rarest[row.number] = word
    ids = IdentityWord.objects.filter(office=chunk.office, kind="name", token__in=set(rarest.values()))
    names = names_of(set(ids.values_list("identity_id", flat=True))) if rarest else {}
    by_word: dict[bytes, list[UUID]] = {}
    for identity, said in names.items():
        for word in said:
            by_word.setdefault(word, []).append(identity)
    return {
        row.number: [one for one in by_word.get(rarest[row.number], ()) if row.work["words"] <= names[one]]
        for row in rows
        if row.number in rarest
    }


def counted(chunk: Chunk, words: set[bytes]) -> dict[bytes, int]:
    """How many people of the office have each word in their names, as far as it was asked in this run."""
    often: dict[bytes, int] = chunk.seen.setdefault("words of names", {})  # type: ignore[arg-type, assignment]
    new = words - often.keys()
    rows = IdentityWord.objects.filter(office=chunk.office, kind="name", token__in=new).order_by()
    often.update(dict.fromkeys(new, 0))
    for token, count in rows.values_list("token").annotate(count=Count("pk")) if new else ():
        often[bytes(token)] = count
    return often


def names_of(identities: Iterable[UUID]) -> Names:
    """The words of these people's names."""
    found: Names = {}
    rows = IdentityWord.objects.filter(identity_id__in=identities, kind="name").exclude(token=None)
    for identity, token in rows.values_list("identity_id", "token"):
        found.setdefault(identity, set()).add(bytes(token or b""))
    return found


def propose(rows: list[Row], likely: dict[int, dict[UUID, int]]) -> None:
    """Tell of the likeliest."""
    ids = {identity for found in likely.values() for identity in found}
    people = Survivor.objects.filter(identity__in=ids).select_related("identity") if ids else ()
    known = {survivor.identity.pk: survivor for survivor in people}
    for row in rows:
        ordered = sorted(likely[row.number].items(), key=lambda one: (-one[1], str(one[0])))
        for identity, percent in ordered[:MOST_ALIKE]:
            if identity in known:
                row.like(known[identity], percent)
