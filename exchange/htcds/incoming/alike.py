"""Who of a file may be here already: by our own keys, by names that sound alike, with birth and citizenship.

Nothing is ever joined by itself: people answer each proposal. Names of survivors are sealed; they are
compared only for whoever may open them, among those that share a whole word by the blind index, and that is
written down as a search.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from audit.actions import record
from exchange.incoming.contract import Chunk, Row
from prosecutions.matching.keys import search_keys
from prosecutions.matching.weighing import PROPOSE, Traits, weigh
from prosecutions.models import Accused
from survivors.models import Identity, IdentityWord, Survivor
from survivors.words import name_words, tokens

CERTAIN = 100
MOST_ALIKE = 5
MOST_LOOKED_AT = 40  # of one row


def propose(chunk: Chunk, *, names: bool) -> None:
    """Look-alikes of the rows that can be brought in."""
    victims = [row for row in chunk.good if row["x_part"] != "per"]
    accused = [row for row in chunk.good if row["x_part"] == "per"]
    by_key(chunk, Survivor, victims)
    by_key(chunk, Accused, accused)
    in_the_file(chunk, victims + accused)
    if names:
        survivors_by_name(chunk, [row for row in victims if name_of(row) and not row.likes])
    accused_by_name(chunk, [row for row in accused if name_of(row) and not row.likes])


def name_of(row: Row) -> str:
    """The name as one line."""
    parts = ("prs_FirstName", "prs_MiddleName", "prs_SecondName")
    return " ".join(filter(None, (row[name] for name in parts)))


def as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def by_key(chunk: Chunk, model: type[Survivor] | type[Accused], rows: list[Row]) -> None:
    """The record that this very row was made of, or that was made of it before."""
    said = {row["x_person"]: row for row in rows if row["x_person"]}
    ours = {key: row for text, row in said.items() if (key := as_key(text))}
    here = model.objects.filter(office=chunk.office)
    for one in here.filter(external_id__in=said):
        said[one.external_id].like(one, CERTAIN)
    for one in here.filter(pk__in=ours):
        ours[one.pk].like(one, CERTAIN)


def in_the_file(chunk: Chunk, rows: list[Row]) -> None:
    """The same name and birth in an earlier row."""
    for row in rows:
        words = tuple(name_words(name_of(row)))
        key = ("htcds-person", row["x_part"], words, str(row["prs_Birthdate"]), str(row["prs_Citizenship"]))
        if words and (first := chunk.again(key, row)):
            row.like_row(first, 90)


def traits(name: str, birth: str, gender: str, nationality: Iterable[str]) -> Traits:
    year = int(birth[:4]) if birth else None
    return Traits(names=(name,), born=year, gender=gender, nationality=frozenset(nationality or ()))


def of_row(row: Row) -> Traits:
    return traits(name_of(row), str(row["prs_Birthdate"]), row["prs_Gender"], row["prs_Citizenship"])


def survivors_by_name(chunk: Chunk, rows: list[Row]) -> None:
    """Those who share a whole word with her name, then by sound, year of birth and citizenship."""
    wanted: dict[bytes, list[Row]] = defaultdict(list)
    for row in rows:
        for word in tokens("name", name_words(name_of(row))):
            wanted[word].append(row)
    shared: dict[int, set[UUID]] = defaultdict(set)
    words = IdentityWord.objects.filter(office=chunk.office, kind="name", token__in=list(wanted))
    for word, identity in words.values_list("token", "identity_id"):
        for row in wanted[bytes(word or b"")]:
            if len(shared[row.number]) < MOST_LOOKED_AT:
                shared[row.number].add(identity)
    asked = {identity for found in shared.values() for identity in found}
    known = Identity.objects.filter(pk__in=asked).select_related("survivor")
    compare(rows, shared, {one.pk: one for one in known})
    if asked:
        record("identity.search", by=chunk.by, subject=chunk.by, at=chunk.now, found=len(asked))


def compare(rows: list[Row], shared: dict[int, set[UUID]], known: dict[UUID, Identity]) -> None:
    """Weigh each pair; the heaviest first."""
    theirs = {pk: (one.survivor, traits_of(one)) for pk, one in known.items()}
    for row in rows:
        found = [
            (weigh(of_row(row), facts).score, survivor)
            for pk in shared.get(row.number, ())
            if pk in theirs
            for survivor, facts in [theirs[pk]]
        ]
        put(row, found)


def traits_of(identity: Identity) -> Traits:
    """What is compared of somebody who is here; it goes no further than the comparison."""
    who = identity.survivor
    name = identity.latin_name.open() or identity.own_name.open()
    return traits(name, str(who.birth_year), who.gender, who.nationality)


def put(row: Row, found: Sequence[tuple[int, Any]]) -> None:
    likely = sorted((one for one in found if one[0] >= PROPOSE), key=lambda one: -one[0])
    for score, other in likely[:MOST_ALIKE]:
        row.like(other, score)


def accused_by_name(chunk: Chunk, rows: list[Row]) -> None:
    """Accused of the office, by the keys of sound that every name is found by."""
    keys = {row.number: set(search_keys([name_of(row)])[0]) for row in rows}
    asked = {key for found in keys.values() for key in found}
    if not asked:
        return
    here = Accused.objects.filter(office=chunk.office, name_form__keys__overlap=sorted(asked))
    known = list(here.select_related("name_form")[: MOST_LOOKED_AT * len(rows)])
    theirs = [(one, set(one.name_form.keys), traits_of_accused(one)) for one in known]
    for row in rows:
        ours = of_row(row)
        near = [(one, facts) for one, found, facts in theirs if keys[row.number] & found]
        put(row, [(weigh(ours, facts).score, one) for one, facts in near])


def traits_of_accused(one: Accused) -> Traits:
    return traits(one.called, str(one.born_year or ""), one.gender, one.nationality)
