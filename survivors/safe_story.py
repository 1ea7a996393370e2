"""Is a story safe to tell? What in its words could lead to a person, and what was found of it.

A finding says whose it is by code. The word itself is shown to those who may open identities alone.
"""

import re
from dataclasses import dataclass

from babel.dates import get_month_names
from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Can
from cases.models import Agency
from operations.models import Venue
from reference.values import western
from survivors.from_above import secrets_of
from survivors.models import IdentityWord, Survivor
from survivors.states import IdentityWordKind
from survivors.words import folded, name_words, number_word, tokens

SHORTEST_PHONE = 7
SHORTEST = 3  # a part of a name as short as "de" says nothing
LONGEST = 24
BY_WORD = ("accused", "staff")  # names are looked for word by word, places and numbers whole
MAIL = re.compile(r"\S+@\S+\.\w+|\b(?:https?://|www\.)\S+", re.I)
PHONE = re.compile(r"\+?\d[\d ().-]{5,}\d")
NUMBER = re.compile(r"\b(?=[\w/-]*\d)[\w][\w/-]{4,}\b")
NUMERIC_DATE = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
# Scripts that write no spaces between words: there every piece of a line may be a name.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Finding:
    """Something in the text that could lead to a person."""

    said: str  # a name of S-1
    words: tuple[str, ...]  # as they stand in the text
    may_stand: bool  # an ordinary word too: somebody may look at it and let it stand


def may_check(person, office_id):
    """Only whoever may open identities can compare a text with real names."""
    return person.can_on(Can.OPEN_IDENTITY, office_id)


def findings_in(text, case):
    """Everything found, by whose it is; read as whoever is looking."""
    rest, dates = dates_in(text)
    return [*dates, *plain_traces(rest), *real_names(text, case), *identity_numbers(rest, case),
            *secrets(text, case)]  # fmt: skip


def dates_in(text):
    """(the text without its dates, exact dates): a month is near enough."""
    months = {
        name for code, _name in settings.LANGUAGES for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for name in get_month_names(width, context, code).values() if len(name) > 1 and not name.isdigit()
    }  # fmt: skip
    any_month = "|".join(sorted((re.escape(name.rstrip(".")) for name in months), key=len, reverse=True))
    ordinal = r"(?:st|nd|rd|th|º|\.)?"
    day = rf"(?:[12]\d|3[01]|0?[1-9]){ordinal}"
    before = rf"\b{day}\s*(?:of|de)?\s*(?:{any_month})\.?(?!\w)"
    after = rf"(?<!\w)(?:{any_month})\.?\s+(?:the\s+)?{day}(?!\d)"
    named = re.compile(f"{before}|{after}", re.I)
    plain = western(text)
    found = [match.group() for pattern in (NUMERIC_DATE, named) for match in pattern.finditer(plain)]
    for pattern in (NUMERIC_DATE, named):
        plain = pattern.sub(" ", plain)
    return plain, [Finding(_("an exact day"), tuple(found), False)] if found else []


def plain_traces(text):
    """What nobody needs to be told: addresses of mail, numbers of telephones, long numbers."""
    mails = tuple(match.group() for match in MAIL.finditer(text))
    rest = MAIL.sub(" ", text)
    runs = [match.group() for match in PHONE.finditer(rest)]
    phones = tuple(run for run in runs if len(re.sub(r"\D", "", run)) >= SHORTEST_PHONE)
    numbers = tuple(match.group() for match in NUMBER.finditer(PHONE.sub(" ", rest)))
    rows = ((_("an address of mail or of a page"), mails, False), (_("a telephone number"), phones, False),
            (_("a long number"), numbers, True))  # fmt: skip
    return [Finding(*row) for row in rows if row[1]]


def words_of(text):
    """{folded word: as it stands in the text}, and each piece of a line without spaces."""
    found = {}
    for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\w+", text):
        for one in name_words(word):
            if len(one) > 1 and (one not in found or found[one].islower()):  # an initial is none
                found[one] = word
    for run in UNSPACED.findall(text):
        plain = folded(run)
        for start in range(len(plain)):
            for end in range(start + 2, min(start + LONGEST, len(plain)) + 1):
                found.setdefault(plain[start:end], plain[start:end])
    return found


def real_names(text, case):
    """Words of the real names of anybody in the case, by the blind index: no name is opened for it."""
    return by_index(case, IdentityWordKind.NAME, words_of(text), _("a name of %(code)s"), ordinary)


def ordinary(words):
    """One word, not written as a name: "hope" may stand, "Hope" and two parts of one name never may.

    A script without capitals tells no name from a word; there only what is too short to be sure may stand.
    """
    (word, *more) = words
    cased = word.lower() != word.upper()
    return not more and (word == word.lower() if cased else len(word) <= SHORTEST)


def identity_numbers(text, case):
    """Numbers of papers and telephones, by the blind index."""
    written = {number_word(word): word for word in re.findall(r"\S*\d\S*", text)}
    return by_index(case, IdentityWordKind.NUMBER, written, _("a number of %(code)s"), lambda _hits: False)


def by_index(case, kind, words, said, may_stand):
    by_token = dict(zip(tokens(kind, words), words.values(), strict=True)) if words else {}
    rows = IdentityWord.objects.filter(case=case, kind=kind, token__in=list(by_token))
    found = {}
    for row in rows.select_related("identity__survivor").order_by("identity__survivor__key"):
        found.setdefault(row.identity.survivor.code, set()).add(by_token[bytes(row.token)])
    rows = [(said % {"code": code}, tuple(sorted(hits))) for code, hits in found.items()]
    return [Finding(words, hits, may_stand(hits)) for words, hits in rows]


def secrets(text, case):
    """Names of the accused and of colleagues, places nearer than the region, numbers of the case."""
    known = secrets_of(case)
    names = [*colleagues(case), *((told(one), one.text) for one in known if one.kind in BY_WORD)]
    phrases = [*places(case), *((told(one), one.text, True) for one in known if one.kind not in BY_WORD)]
    written, plain = words_of(text), folded(text)
    found = [Finding(said, hits, True) for said, name in names if (hits := parts_in(name, written))]
    for said, phrase, may_stand in phrases:
        if len(phrase) >= SHORTEST and holds(plain, folded(phrase)):
            found.append(Finding(said, (phrase,), may_stand))
    return list(dict.fromkeys(found))


def parts_in(name, written):
    """The parts of a name that stand in the text."""
    parts = (part for part in name_words(name) if len(part) >= SHORTEST)
    return tuple(sorted({written[part] for part in parts if part in written}))


def holds(plain, phrase):
    """The phrase as whole words; inside a run of a script without spaces anywhere."""
    if UNSPACED.search(phrase):
        return phrase in plain
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", plain) is not None


def told(secret):
    """Whose it is, never what it is."""
    if secret.kind == "accused":
        return _("a name of the accused %(code)s") % {"code": secret.code}
    return _("a place of the case") if secret.kind == "place" else _("a number of the case")


def colleagues(case):
    """Names of everybody who works in the office: who helps her leads to her."""
    people = User.objects.filter(memberships__office=case.office_id, is_active=True).distinct()
    return [(_("a name of a colleague"), name) for name in people.values_list("name", flat=True)]


def places(case):
    """Venues, agencies and homes of the case: nearer than the region."""
    near = []
    for row in Venue.objects.filter(case=case):
        near += [row.name, row.ref, row.locality]
    for row in Agency.objects.filter(case=case):
        near += [row.name, row.locality]
    for survivor in Survivor.objects.filter(case=case):
        home = survivor.home.open() or {}
        near += [home.get("name", ""), home.get("locality", "")]
    parts = {part.strip() for text in near for part in re.split(r"[,;/()]", text or "")}
    near = [(_("a place of the case"), part, True) for part in sorted(parts) if part]
    return [*near, (_("a number of the case"), case.number, False)]
