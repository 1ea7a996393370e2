"""The page of the rules speaks to people: no code, no sentence that stays English."""

import re

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import trans_real

from notifications.catalogue_words import PEOPLE, RULE_WORDS, SECTIONS
from notifications.rules import LADDERS, WORKING, Step, To, Urgency, catalogue
from tests.house.test_spanish import PLACEHOLDER

CODES = re.compile(
    r"\b([BCHDJSAXOPF]\d{1,2}|U-[SC]|N-A|T-\d+|b\.\d|LAW|PAR|SW|INV|BK|DUTY|LD|SG|FOD|RD|SYS)\b"
)


def main_of(answer):
    """The words inside <main>, without marks."""
    (inside,) = re.findall(r"<main.*?</main>", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", inside)


@pytest.fixture
def page(client, lawyer):
    def read(language="en"):
        client.force_login(lawyer)
        client.cookies["django_language"] = language
        type(lawyer).objects.filter(pk=lawyer.pk).update(language=language)
        return main_of(client.get(reverse("notifications:rule-list")))

    return read


def texts():
    """Every sentence of the catalogue in words."""
    for words in RULE_WORDS.values():
        yield from (text for text in (words.what, words.over, words.more) if text)
    yield from (*PEOPLE.values(), *SECTIONS.values())


def test_every_rule_of_the_catalogue_has_its_words():
    assert set(RULE_WORDS) == set(catalogue())
    assert {rule.section.partition(" ")[0] for rule in catalogue().values()} == set(SECTIONS)
    assert set(To) <= set(PEOPLE)


def test_the_words_are_whole_sentences_that_can_be_translated():
    assert all(isinstance(text, Promise) for text in texts())
    for words in RULE_WORDS.values():
        for text in (words.what, words.over, words.more):
            assert text is None or str(text)[0].isupper() and str(text).endswith(".")


@pytest.mark.parametrize("code", sorted(set(catalogue())))
def test_a_planned_rule_says_whom_and_how_hard_and_a_working_one_leaves_it_to_its_practice(code):
    words = RULE_WORDS[code]
    if code in WORKING:
        assert not words.to
    else:
        assert words.to
        assert words.urgency
        assert set(words.to) <= set(PEOPLE)


def test_the_page_shows_words_and_no_code(page):
    text = page()

    assert not CODES.search(text)
    assert "The court grants bail to somebody who is still in custody." in text
    assert (
        "the case lawyer, the legal lead, the safeguarding lead, the social workers of the survivors" in text
    )
    assert "the social workers of the survivors (in the inbox alone)" in text
    assert (
        "After 15 minutes: the same people again, the backup named on the case, and the duty officer" in text
    )
    assert "After 1 hour: the office director" in text
    assert "After 7 days: the safeguarding lead" in text
    watched, unwatched = text.split("Not watched yet", 1)
    assert str(RULE_WORDS["B3"].what) in watched
    assert str(RULE_WORDS["C8"].what) in unwatched


def test_the_spanish_page_has_no_english_sentence(page):
    text = page("es")

    with translation.override("es"):
        spanish = {original(each): str(each) for each in texts()}
    assert [english for english, here in spanish.items() if here != english and english in text] == []


def original(text):
    with translation.override(None):
        return str(text)


class Marked:
    """A catalogue that knows every text: what comes out unmarked was never given to it."""

    def get(self, text, _default=None):
        return mark(text)

    def plural(self, text, _number):
        return mark(text)

    def __getitem__(self, text):
        return mark(text)


def mark(text):
    return "§" + " ".join(PLACEHOLDER.findall(text.partition("\x04")[2] or text))


def test_every_text_of_the_page_can_be_translated(page, monkeypatch):
    monkeypatch.setattr(trans_real.translation("es"), "_catalog", Marked())

    text = page("es")

    assert text.count("§") > 200
    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"ref", "Cebu"}


def test_ladders_stand_on_the_page_as_they_are(page, monkeypatch):
    monkeypatch.setitem(LADDERS, Urgency.SAFETY, (Step(minutes=7, to=(To.RD,)),))

    assert "After 7 minutes: the regional director" in page()
