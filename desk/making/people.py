"""Survivors with what identifies them sealed, how they came out, and the care they get."""

import json
from functools import lru_cache

from desk.making import care
from desk.making.pen import Pen, day, listed, word_token
from survivors.words import name_words

GIRLS = {"csec": 0.9, "osec": 0.8, "sex_trafficking": 0.92, "sexual_violence": 0.93}
CHILDREN = {"osec": 0.9, "csec": 0.85, "child_labour_slavery": 0.97, "sexual_violence": 0.75}
LABOUR = ("bonded_labour", "trafficked_labour", "child_labour_slavery")
FLOWERS = (
    "Jasmine", "Lily", "Rose", "Dawn", "Star", "Pearl", "Hope", "Rain", "River", "Sparrow", "Fern",
    "Joy", "Amber", "Willow", "Coral", "Sky", "Ivy", "Dove", "Sunny", "Olive",
)  # fmt: skip
STREETS = ("Mabini", "Lake", "Station", "Temple", "Market", "School", "River", "Hill")
WEAK = ("poverty", "out_of_school", "broken_family", "orphaned", "migration", "debt", "previous_abuse",
        "illiteracy", "online_naivety")  # fmt: skip
CONTROL = (
    "PhysicalThreats", "DebtBondage", "FalsePromises", "PhysicalAbuse", "TakesEarnings",
    "WithholdsDocuments", "RestrictsMovement", "ThreatsLawEnforcement", "ExcessiveWorkingHours",
)  # fmt: skip
RECRUITED = ("ThroughFriendsOrSocialEvents", "ThroughOnlineSocialNetworks", "ThroughFamilyOrFamilyEvents",
             "AtAPlaceOfBusiness", "AtWork", "ThroughAnOnlineAdvertisement")  # fmt: skip
RECRUITERS = {
    "friend_or_acquaintance": 5,
    "family_or_guardian": 3,
    "intimate_partner": 2,
    "unknown": 2,
    "other": 1,
}
ROADS = {
    "operation": 66,
    "own_escape": 12,
    "third_party": 10,
    "interception": 6,
    "released": 3,
    "repatriation": 3,
}
FAILURES = ("tip_off", "victim_fled", "venue_empty", "suspect_absent")
STANCES = {"willing": 50, "not_yet": 20, "unwilling": 15, "only_with_protection": 10, "unknown": 5}
CONSENTS = {"legal_support": 5, "services": 4, "data_keeping": 3, "interview": 2, "shelter": 2}
NAMED = 12  # of a huge case only so many have identities and care of their own


def operation(pen: Pen, tale):
    """The operation that brought them out; None when they came out another way."""
    if tale.relieved is None or pen.often(0.25):
        return None
    key = pen.key()
    children = sum(pen.often(CHILDREN.get(tale.casework, 0.3)) for _one in range(tale.survivors))
    attempts = [(key, tale.relieved, "success", "", tale.survivors, children, tale.accused)]
    if pen.often(0.12):
        before = max(tale.opened, tale.relieved - pen.between(3, 40))
        attempts.insert(0, (pen.key(), before, "failed", pen.one(FAILURES), 0, 0, 0))
    for number, (row, on, outcome, failure, people, young, arrested) in enumerate(attempts, 1):
        pen.put(
            "operation",
            row,
            tale.scope,
            f"o{number}",
            day(on),
            "relief_and_arrest",
            "done",
            outcome,
            failure,
            people,
            young,
            people,
            arrested,
        )
    return key


def survivors(pen: Pen, tale, brought_out) -> list[str]:
    """All survivors of the case; returns their keys."""
    return [one(pen, tale, place, brought_out) for place in range(1, tale.survivors + 1)]


def one(pen: Pen, tale, place: int, brought_out) -> str:
    """One survivor: age, what was done to her, how she came out, who she is, the care she gets."""
    key, culture = pen.key(), tale.place.culture
    girl = pen.often(GIRLS.get(tale.casework, 0.45))
    child = pen.often(CHILDREN.get(tale.casework, 0.3))
    years = pen.between(7, 17) if child else 18 + min(int(pen.luck.expovariate(1 / 9)), 45)
    seen = tale.relieved or tale.opened
    born = seen - years * 365 - pen.between(0, 364)
    known = place <= NAMED and pen.often(0.6)
    seal = tale.seals.seal
    home = json.dumps({"country": tale.place.country, "locality": tale.place.name})
    pen.put(
        "survivor", key, tale.scope, f"s{place}", f"{pen.common(FLOWERS)}{'' if place == 1 else f' {place}'}",
        "Feminine" if girl else "Masculine",
        seal("survivors_survivor.born", key, day(born)) if known else None,
        day(born)[:4] if known or pen.often(0.7) else "", child, listed([tale.place.country]),
        seal("survivors_survivor.home", key, home) if known and pen.often(0.5) else None,
        tale.place.language, listed(sorted({pen.common(WEAK) for _turn in range(pen.between(0, 3))})),
        pen.weighed(STANCES) if tale.accused else "",
    )  # fmt: skip
    pen.put("age", pen.key(), tale.scope, key, years, "relief", day(seen), pen.often(0.3))
    exploited(pen, tale, key, seen)
    if tale.relieved is not None:
        how = "operation" if brought_out else pen.weighed(ROADS | {"operation": 0})
        pen.put("relief", pen.key(), tale.scope, key, day(seen), how, brought_out)
        if place <= NAMED:
            care.look_after(pen, tale, key, child)
    if known:
        identify(pen, tale, key, culture, culture.girls if girl else culture.boys)
    agreed(pen, tale, key, child, seen)
    return key


def exploited(pen: Pen, tale, key: str, seen: int) -> None:
    """One spell of exploitation."""
    labour = tale.casework in LABOUR
    kinds = ["ForcedLabour" if labour else "SexualExploitation"]
    sex = [] if labour else ["RemoteInteractiveServices" if tale.casework == "osec" else "Prostitution"]
    started = day(seen - pen.spell(5.5, 1.0, 4000))
    control = sorted({pen.common(CONTROL) for _turn in range(pen.between(1, 3))})
    pen.put(
        "episode",
        pen.key(),
        tale.scope,
        key,
        listed(kinds),
        listed(sex),
        "C_Manufacturing" if labour else "",
        listed([pen.common(RECRUITED)]),
        pen.weighed(RECRUITERS),
        listed(control),
        started[: pen.one((4, 7, 10))],
        day(seen),
    )


def identify(pen: Pen, tale, key: str, culture, given) -> None:
    """Name, telephone, papers and address, each sealed; and the blind index that finds her by them."""
    row, seal = pen.key(), tale.seals.seal
    names = [pen.common(given), *(pen.common(culture.families) for _turn in range(culture.families_each))]
    own, latin = (" ".join(name[form] for name in names) for form in (0, 1))
    words = [("name", word_token("name", word)) for word in written(own) + written(latin)]
    phone = tale.place.phone.format(pen.between(0, 999)) if pen.often(0.7) else ""
    if phone:
        words.append(("phone", fresh_token("phone", phone)))
    paper = f"{tale.place.letters}{pen.between(10**6, 10**7)}" if pen.often(0.3) else ""
    if paper:
        words.append(("number", fresh_token("number", paper.lower())))
    address = f"{pen.between(1, 400)} {pen.one(STREETS)} street, {tale.place.name}"
    papers = f'[{{"kind": "national", "number": "{paper}"}}]'
    plain = (own, latin, phone, address, papers if paper else "", "Through the aunt, after dark")
    columns = ("own_name", "latin_name", "phones", "address", "numbers", "safe_contact")
    sealed_ones = [
        seal(f"survivors_identity.{column}", row, text) if text else None
        for column, text in zip(columns, plain, strict=True)
    ]
    pen.put("identity", row, tale.scope, key, *sealed_ones)
    for kind, token in dict.fromkeys(words):
        pen.put("word", pen.key(), tale.scope, row, kind, token)


@lru_cache(maxsize=20_000)
def written(name: str) -> list[str]:
    """The words of a name as the index has them."""
    return name_words(name)


def fresh_token(kind: str, word: str) -> str:
    """A token that is not worth remembering: nobody else has this number."""
    return word_token.__wrapped__(kind, word)


def agreed(pen: Pen, tale, key: str, child: bool, seen: int) -> None:
    """What she agreed to, or a guardian with her."""
    if not pen.often(0.8):
        return
    giver, assent = ("guardian", True) if child else ("self", None)
    how = pen.weighed({"written": 6, "spoken": 2, "thumbprint": 2})
    pen.put("consent", pen.key(), tale.scope, key, pen.weighed(CONSENTS), pen.often(0.93), day(seen), giver,
            assent, how)  # fmt: skip
