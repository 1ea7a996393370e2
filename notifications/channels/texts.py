"""The closed list of texts that leave the house, and the few words that they may use."""

from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

# Which texts there are; templates/notifications/mail/ has each of them for mail, .../line/ in one line.
TEXTS = ("urgent", "ordinary", "code")
VERSION = 1


def written(outgoing, form):
    """(subject, body) in the language of the person who gets it; for one line the subject is ''."""
    with translation.override(outgoing.language):
        words = allowed(outgoing)
        name = f"notifications/{form}/{outgoing.text}"
        subject = render_to_string(f"{name}_subject.txt", words).strip() if form == "mail" else ""
        return subject, render_to_string(f"{name}.txt", words).strip()


def allowed(outgoing):
    """Every word that a template may use; a test holds the templates to these."""
    local = outgoing.at.astimezone(ZoneInfo(outgoing.time_zone))
    language = (translation.get_language() or "en").split("-")[0]
    path = reverse("notifications:inbox-list")
    if outgoing.item_id:
        path = reverse("notifications:inbox-show", args=[outgoing.item_id])
    return {
        "alias": outgoing.alias,
        "code": outgoing.code,
        "count": outgoing.count,
        "time": format_datetime(local, "d MMM y, HH:mm", locale=language),
        "link": urljoin(settings.SITE_URL, path),
    }
