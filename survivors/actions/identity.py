"""Who a survivor is by law: opened, changed, searched for. Each leaves a row that names no value."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.models import User
from accounts.roles import Can
from audit.actions import record
from cases.actions import touch
from cases.states import check_version
from reference.values import PartialDate
from survivors.actions.people import lock_survivor, year_of
from survivors.models import Identity, IdentityWord, Survivor
from survivors.states import IdentityPart, IdentityWordKind
from survivors.words import name_words, number_word, phone_words, tokens

NAMES = ("own_name", "latin_name", "known_as")
CONTACTS = ("phones", "address", "safe_contact", "family_contact")
FACTS = {*NAMES, *CONTACTS, "numbers"}
MOST_FOUND = 50


def open_identity(survivor_id: UUID, *, by: User, now: datetime, parts: Sequence[str] = ()) -> Survivor:
    """Somebody looks at who she is: no row in the audit, no page. `parts` are those shown in clear."""
    survivor = Survivor.objects.select_related("case__office").get(pk=survivor_id)
    shown = [part.value for part in IdentityPart if part in parts]
    record("identity.open", by=by, subject=survivor, at=now, parts=shown)
    return survivor


def edit_identity(
    survivor_id: UUID,
    *,
    by: User,
    now: datetime,
    version: int | None = None,
    born: PartialDate | str | None = None,
    home: dict[str, str] | None = None,
    **facts: Any,
) -> Identity:
    """Write down who she is and how to reach her. What is not given stays."""
    survivor = lock_survivor(survivor_id)
    identity = identity_of(survivor)
    check_version(identity, version)
    if not facts.keys() <= FACTS:
        raise TypeError(f"not facts of an identity: {sorted(facts.keys() - FACTS)}")
    changed = [name for name, value in facts.items() if getattr(identity, name) != value]
    for name in changed:
        setattr(identity, name, facts[name])
    keep(identity, changed)
    index_identity(identity, survivor.office.country)
    changed += change_birth(survivor, born, home)
    record("identity.edit", by=by, subject=survivor, at=now, fields=changed, version=identity.version)
    touch(survivor.case, now)
    return identity


def identity_of(survivor: Survivor) -> Identity:
    """Her identity, held until the transaction ends; a new one, of version 0, when there is none yet."""
    rows = Identity.objects.select_for_update(of=("self",)).filter(survivor=survivor)
    return rows.first() or Identity(case=survivor.case, survivor=survivor, version=0)


def keep(identity: Identity, changed: list[str]) -> None:
    """Save what was set, in a version of its own."""
    identity.version += 1
    if identity._state.adding:
        identity.save(force_insert=True)
    else:
        identity.save(update_fields=[*changed, "version"])


def change_birth(survivor: Survivor, born: Any, home: dict[str, str] | None) -> list[str]:
    """What is sealed on the survivor herself, and the year that may be read."""
    changed = []
    if born is not None and survivor.born != born:
        survivor.born, survivor.birth_year = born, year_of(born)
        changed += ["born", "birth_year"]
    if home is not None and survivor.home != home:
        survivor.home = home
        changed.append("home")
    if changed:
        survivor.version += 1
        survivor.save(update_fields=[*changed, "version"])
    return changed


def index_identity(identity: Identity, country: str) -> None:
    """Bring the blind index up to what the identity says now."""
    names = [getattr(identity, name).open() for name in NAMES]
    numbers = [number_word(row["number"]) for row in identity.numbers.open() or ()]
    wanted = [
        *pairs(IdentityWordKind.NAME, name_words(*names)),
        *pairs(IdentityWordKind.PHONE, phone_words(identity.phones.open(), country)),
        *pairs(IdentityWordKind.NUMBER, sorted(set(numbers))),
    ]
    spare = list(IdentityWord.objects.filter(identity=identity).order_by("pk"))
    for row in spare:
        row.kind, row.token = wanted.pop() if wanted else (row.kind, None)
    IdentityWord.objects.bulk_update(spare, ["kind", "token"])
    IdentityWord.objects.bulk_create(
        IdentityWord(case_id=identity.case_id, identity=identity, kind=kind, token=token)
        for kind, token in wanted
    )


def pairs(kind: IdentityWordKind, words: Iterable[str]) -> list[tuple[str, bytes]]:
    """(kind, token) of each word."""
    return [(kind.value, token) for token in tokens(kind, words)]


def search_identities(text: str, *, by: User, now: datetime) -> list[Survivor]:
    """The survivors with all these words in their names, or with this phone or identity number."""
    offices = [*by.offices_seen, *(held.office for held in by.held if held.office)]
    countries = sorted({office.country for office in offices if office.country})
    kinds = (
        ("name", name_words(text), all),
        ("phone", phone_words(text, *countries), any),
        ("number", [number_word(text)], all),
    )
    found: set[UUID] = set()
    for kind, words, how in kinds:
        sought = tokens(kind, words)
        groups = [sought] if how is all else [[one] for one in sought]
        for group in filter(None, groups):
            rows = Identity.objects.with_words(kind, group)
            found |= set(rows.order_by("pk").values_list("survivor_id", flat=True)[:MOST_FOUND])
    rows = Survivor.objects.filter(pk__in=found).for_list()[:MOST_FOUND]
    people = [one for one in rows if by.can_on(Can.OPEN_IDENTITY, one.office_id)]
    record("identity.search", by=by, subject=by, at=now, found=len(people))
    return people
