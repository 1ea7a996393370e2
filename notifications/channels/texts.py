"""The closed list of texts that leave the house, and the few words that they may use."""

import unicodedata
from dataclasses import replace
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

# Which texts there are: templates/notifications/mail/ has each of them for mail, .../line/ in one line, and
# .../push/ as a notice on a screen. `noted` answers an answer, and has a line alone.
TEXTS = ("urgent", "ordinary", "digest", "code")
VERSION = 2
# What one part of a text message can say (GSM 03.38); one sign beyond it and the message costs twice.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€")
GSM_PART = 160


def written(outgoing, form):
    """(subject, body) in the language of the person who gets it; only mail has a subject."""
    with translation.override(outgoing.language):
        words = allowed(outgoing)
        name = f"notifications/{form}/{outgoing.text}"
        subject = render_to_string(f"{name}_subject.txt", words).strip() if form == "mail" else ""
        return subject, render_to_string(f"{name}.txt", words).strip()


def one_part(outgoing):
    """The line as a text message: in its signs, and in one part, with as much of the alias as that leaves."""
    line = gsm(written(outgoing, "line")[1])
    over = length_of(line) - GSM_PART
    if over > 0:
        line = gsm(written(replace(outgoing, alias=outgoing.alias[:-over].rstrip() or "-"), "line")[1])
    return line


def noted(code, language):
    """What is answered to an answer that was understood."""
    with translation.override(language):
        return gsm(render_to_string("notifications/line/noted.txt", {"code": code}).strip())


def allowed(outgoing):
    """Every word that a template may use; a test holds the templates to these."""
    local = outgoing.at.astimezone(ZoneInfo(outgoing.time_zone))
    language = (translation.get_language() or "en").split("-")[0]
    return {
        "alias": outgoing.alias,
        "code": outgoing.code,
        "count": outgoing.count,
        "time": format_datetime(local, "d MMM y, HH:mm", locale=language),
        "host": urlsplit(settings.SITE_URL).netloc,
        "link": urljoin(settings.SITE_URL, path_of(outgoing)),
        "answers": outgoing.channel in settings.ANSWERS_BY,
    }


def path_of(outgoing):
    """Where the link leads: by the code alone, and only for whoever signs in."""
    return reverse("code-show", args=[outgoing.code])


def gsm(text):
    """The same words in signs that a text message has; others lose their accent, or go."""
    return "".join(one if one in GSM or one in GSM_TWICE else plain(one) for one in text)


def plain(sign):
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if part in GSM)
    return bare or {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"'}.get(sign, "")


def length_of(text):
    """How much of a text message it takes, of GSM_PART."""
    return sum(2 if one in GSM_TWICE else 1 for one in text)
