"""Every pair of colours that meets on a page can be read (WCAG 2.2: 4.5 for words, 3 for lines and bars)."""

import re

import pytest

from tests.look.sources import ROOT

TOKENS = (ROOT / "assets/scss/_tokens.scss").read_text("utf-8")
COLOURS = dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", TOKENS, re.MULTILINE))
TONES = re.findall(r'"(\w+)": \(ink: (#\w{6}), ground: (#\w{6}), solid: (#\w{6}), line: #\w{6}\)', TOKENS)
AVATARS = re.findall(r"^  \(ink: (#\w{6}), ground: (#\w{6})\)", TOKENS, re.MULTILINE)

WORDS = [
    ("ink", "paper"), ("ink", "card"), ("ink", "shade"), ("ink-soft", "card"), ("ink-soft", "paper"),
    ("ink-quiet", "card"), ("ink-quiet", "paper"), ("ink-quiet", "shade"),
    ("blue", "card"), ("blue", "paper"), ("blue", "shade"), ("blue-dark", "card"), ("blue-ink", "blue-soft"),
    ("card", "blue"), ("card", "blue-dark"),
    ("bar-ink", "bar"), ("bar-ink", "bar-field"), ("bar-quiet", "bar-field"), ("gold-ink", "gold"),
    ("banner-ink", "banner"),
]  # fmt: skip
LINES = [("control", "card"), ("bar-line", "bar"), ("gold", "bar"), ("focus", "ink"), ("ink", "paper")]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_can_be_read(word, ground):
    assert contrast(COLOURS[word], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("line", "ground"), LINES)
def test_edges_can_be_seen(line, ground):
    assert contrast(COLOURS[line], COLOURS[ground]) >= 3


@pytest.mark.parametrize(("tone", "ink", "ground", "solid"), TONES, ids=[t[0] for t in TONES])
def test_a_tone_can_be_read_and_seen(tone, ink, ground, solid):
    assert contrast(ink, ground) >= 4.5
    assert contrast(solid, COLOURS["card"]) >= 3


@pytest.mark.parametrize(("ink", "ground"), AVATARS)
def test_initials_can_be_read(ink, ground):
    assert contrast(ink, ground) >= 4.5


def test_all_seven_tones_and_five_avatars_were_read():
    assert [len(TONES), len(AVATARS)] == [7, 5]
