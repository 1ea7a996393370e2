"""The rows of the database that rows about people become; names of survivors are sealed on their way."""

from typing import Any

from exchange.incoming.contract import Chunk, Row
from exchange.incoming.kinds.shared import Keys
from prosecutions.models import Accused, Arrest, NameForm, Perpetrator
from prosecutions.proposals import keys_of_person
from prosecutions.states import Standing
from reference.sealed_fields import seal_with_newest
from survivors.actions import year_of
from survivors.models import Episode, Identity, IdentityWord, Relief, Survivor
from survivors.states import IdentityWordKind
from survivors.words import name_words, phone_words, tokens

SEALED = ("name", "latin_name", "other_names", "phones")


def write_survivors(chunk: Chunk, rows: list[Row], called: dict[int, str]) -> None:
    """Survivors with who they are, how they came out and what was done to them."""
    if not rows:
        return
    cases = {row.work["case"].pk for row in rows}
    seal_with_newest({row.work["case"].pk for row in rows if row["born"] or any(row[n] for n in SEALED)})
    keys = Keys(Survivor, "s", cases)
    made = [(row, survivor_of(chunk, row, keys, called[row.number])) for row in rows]
    Survivor.objects.bulk_create([survivor for _row, survivor in made])
    known = [(row, identity_of(row, survivor)) for row, survivor in made if any(row[n] for n in SEALED)]
    Identity.objects.bulk_create([identity for _row, identity in known])
    IdentityWord.objects.bulk_create(
        [word for row, identity in known for word in words_of(chunk, row, identity)]
    )
    Relief.objects.bulk_create(
        Relief(case=one.case, survivor=one, on=row["relieved_on"], how=row["relief_how"])
        for row, one in made
        if row["relief_how"]
    )
    Episode.objects.bulk_create(
        Episode(case=one.case, survivor=one, kinds=row["exploitation"])
        for row, one in made
        if row["exploitation"]
    )


def survivor_of(chunk: Chunk, row: Row, keys: Keys, called: str) -> Survivor:
    case = row.work["case"]
    label = row["label"] or ("" if row["pseudonym"] else called)
    plain: dict[str, Any] = {
        name: row[name] for name in ("pseudonym", "gender", "language", "note", "external_id")
    }
    return Survivor(
        case=case, key=keys.next(case.pk), label=label, born=row["born"], birth_year=year_of(row["born"]),
        child=row.said.get("child"), nationality=row["nationality"] or [], created_at=chunk.now,
        updated_at=chunk.now, **plain,
    )  # fmt: skip


def identity_of(row: Row, survivor: Survivor) -> Identity:
    return Identity(
        case=survivor.case, survivor=survivor, own_name=row["name"], latin_name=row["latin_name"],
        known_as="; ".join(row["other_names"] or ()), phones=row["phones"],
    )  # fmt: skip


def words_of(chunk: Chunk, row: Row, identity: Identity) -> list[IdentityWord]:
    """The blind index of who she is."""
    names = name_words(row["name"], row["latin_name"], *(row["other_names"] or ()))
    kinds = {
        IdentityWordKind.NAME: names,
        IdentityWordKind.PHONE: phone_words(row["phones"], chunk.office.country),
    }
    return [
        IdentityWord(case=identity.case, identity=identity, kind=kind.value, token=token)
        for kind, words in kinds.items()
        for token in tokens(kind, words)
    ]


def write_accused(chunk: Chunk, rows: list[Row]) -> None:
    """The accused, each a human being of her own until people find out otherwise; and their arrests."""
    if not rows:
        return
    cases = {row.work["case"].pk for row in rows}
    seal_with_newest({row.work["case"].pk for row in rows if row["phones"]})
    keys = Keys(Accused, "p", cases)
    people = [Perpetrator() for _row in rows]
    Perpetrator.objects.bulk_create(people)
    made = [accused_of(chunk, row, keys, one) for row, one in zip(rows, people, strict=True)]
    Accused.objects.bulk_create(made)
    NameForm.objects.bulk_create(
        NameForm(case=one.case, accused=one, keys=keys_of_person(one), due=True) for one in made
    )
    Arrest.objects.bulk_create(
        Arrest(case=one.case, accused=one, on=row["arrested_on"])
        for row, one in zip(rows, made, strict=True)
        if row["arrested_on"]
    )


def accused_of(chunk: Chunk, row: Row, keys: Keys, person: Perpetrator) -> Accused:
    case = row.work["case"]
    plain = {name: row[name] for name in ("name", "label", "gender", "note", "external_id")}
    return Accused(
        case=case, key=keys.next(case.pk), perpetrator=person, aliases=row["other_names"] or [],
        standing=row["standing"] or Standing.ACCUSED, nationality=row["nationality"] or [],
        born_year=row["born"].parts[0] if row["born"] else None,
        phones=[row["phones"]] if row["phones"] else None, created_at=chunk.now, updated_at=chunk.now,
        **plain,
    )  # fmt: skip
