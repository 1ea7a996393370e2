import re

from babel.messages.pofile import read_po

from devservices.places import CHECKOUT
from devservices.texts import gather

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def spanish():
    with (CHECKOUT / "locale/es/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="es")


def words(text):
    return text if isinstance(text, (tuple, list)) else (text,)


def test_every_text_has_a_spanish_translation():
    known = spanish()
    missing = []
    for message in gather():
        if not message.id:
            continue
        there = known.get(message.id, message.context)
        if there is None or not all(words(there.string)) or there.fuzzy:
            missing.append(words(message.id)[0])
    assert missing == []


def test_translations_keep_the_placeholders():
    broken = [
        message.id
        for message in spanish()
        if message.id and message.string
        for english, translation in zip(words(message.id), words(message.string), strict=True)
        if set(PLACEHOLDER.findall(translation)) != set(PLACEHOLDER.findall(english))
    ]
    assert broken == []


def test_the_gathering_finds_texts_of_code_and_templates():
    found = gather()
    assert found.get("Choose the office of this role.") is not None
    assert found.get("Nobody matches. Try a part of the name.") is not None
