"""Every text that leaves the house, in every language and by every way, against what it may say."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings as site
from django.template import loader
from django.template.base import VariableNode
from django.templatetags.i18n import BlockTranslateNode
from django.utils import translation

from notifications.channels.channel import Outgoing
from notifications.channels.texts import (
    GSM,
    GSM_PART,
    GSM_TWICE,
    TEXTS,
    allowed,
    gsm,
    length_of,
    noted,
    one_part,
    written,
)
from notifications.states import Kind
from tests.notifications.conftest import local
from tests.notifications.test_mail_tells_nothing import DENIED

ROOT = Path(site.BASE_DIR) / "templates" / "notifications"
FORMS = ("mail", "line", "push")
FILES = sorted(path for form in FORMS for path in (ROOT / form).iterdir())
LANGUAGES = [code for code, _name in site.LANGUAGES]
# What a text may say, and what it may ask before it says it.
WORDS = {"alias", "code", "count", "counter", "time", "host", "link"}
ASKED = {"answers"}


def outgoing(text, language, *, count=1, channel=Kind.SMS, alias="Maple"):
    return Outgoing(
        token=UUID(int=3), message=UUID(int=2), address="+639171234567", language=language, alias=alias,
        time_zone="Asia/Manila", code="KQWRT", count=count, urgent=text == "urgent", item_id=None,
        at=local("2026-12-01T10:00"), channel=channel, template=text,
    )  # fmt: skip


@pytest.fixture(params=[set(), {"sms", "whatsapp", "telegram"}], ids=["no answers", "answers"])
def answers(request, settings):
    settings.ANSWERS_BY = request.param
    settings.SITE_URL = "https://desk.example.org"
    return request.param


def test_every_text_has_a_template_for_every_way_and_there_is_none_besides():
    wanted = {f"line/{text}.txt" for text in (*TEXTS, "noted")} | {f"push/{text}.txt" for text in TEXTS}
    wanted |= {f"mail/{text}{part}.txt" for text, part in product(TEXTS, ("", "_subject"))}

    assert {path.relative_to(ROOT).as_posix() for path in FILES} == wanted


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_template_uses_nothing_but_the_words_on_the_list(path):
    """As the template engine itself understood it, not as a pattern reads it."""
    nodes = loader.get_template(path.relative_to(ROOT.parent).as_posix()).template.nodelist
    shown = {node.filter_expression.token for node in nodes.get_nodes_by_type(VariableNode)}
    for block in nodes.get_nodes_by_type(BlockTranslateNode):
        shown |= {
            token.contents for token in [*block.singular, *block.plural] if token.token_type.name == "VAR"
        }
        shown |= {value.token for value in block.extra_context.values()}
        shown |= {block.counter.token} if block.counter else set()

    assert shown <= WORDS
    text = path.read_text()
    assert set(re.findall(r"{%\s*(\w+)", text)) <= {
        "load", "autoescape", "endautoescape", "blocktranslate", "endblocktranslate", "plural", "translate",
        "if", "else", "endif",
    }  # fmt: skip
    assert set(re.findall(r"{%\s*if\s+([^%]+?)\s*%}", text)) <= ASKED
    assert set(re.findall(r"{%\s*load\s+([^%]+?)\s*%}", text)) == {"i18n"}


def test_the_values_behind_these_words_hold_nothing_of_the_item(answers):
    with translation.override("en"):
        words = allowed(outgoing("urgent", "en"))

    assert set(words) == (WORDS | ASKED) - {"counter"}
    assert words == {
        "alias": "Maple", "code": "KQWRT", "count": 1, "time": "1 Dec 2026, 10:00",
        "host": "desk.example.org",
        "link": "https://desk.example.org/r/KQWRT/", "answers": bool(answers),
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_says_what_it_is_about_in_any_language_nor_who_we_are(answers, language):
    for form, text, count, channel in product(FORMS, TEXTS, (1, 3), (Kind.SMS, Kind.MAIL)):
        subject, body = written(outgoing(text, language, count=count, channel=channel), form)
        said = f"{subject}\n{body}"
        assert bool(subject) == (form == "mail")
        assert "\n" not in (subject if form == "mail" else body)
        bare = re.sub(r"https://desk\.example\.org/[\w/]*", "", said)

        assert not DENIED.findall(bare), (form, text, said)
        assert "example" not in bare, (form, text)
        assert "{" not in said
        assert "\u00a0" not in said
        assert "\u202f" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_message_is_one_part_in_signs_that_every_telephone_has(answers, settings, language):
    """With the longest alias that an office may have, and a long address of the house."""
    settings.SITE_URL = "https://desk.of-some-office.example.org"
    for text, count, alias in product(TEXTS, (1, 99), ("M" * 40, "Señal Ñandú – Bogotá")):
        line = one_part(outgoing(text, language, count=count, alias=alias))

        assert length_of(line) <= GSM_PART, (len(line), line)
        assert set(line) <= GSM | GSM_TWICE
        assert "\n" not in line
    assert noted("KQWRT", language).endswith("KQWRT")
    assert not DENIED.findall(noted("KQWRT", language))


def test_signs_that_a_text_message_lacks_lose_their_accent_or_go():
    assert gsm("Bogotá – señal\u00a0“ú” ñ ü é à ខ្មែរ €[") == 'Bogota - señal "u" ñ ü é à  €['
    assert length_of("a€[") == 5


def test_a_line_asks_for_an_answer_only_where_somebody_listens(settings):
    for by, asks in ((set(), False), ({"whatsapp"}, False), ({"sms"}, True)):
        settings.ANSWERS_BY = by
        assert ("Reply KQWRT" in written(outgoing("urgent", "en"), "line")[1]) is asks
        assert "Reply" not in written(replace(outgoing("ordinary", "en")), "line")[1]
