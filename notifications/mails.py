"""What leaves the house: an alias, a code, a count, a time and a link. Nothing of any case."""

from email.utils import parseaddr
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

TEMPLATES = {True: "urgent", False: "ordinary"}


def compose(outgoing):
    """The mail in the language of the person who gets it; the same number however often it is sent."""
    template = f"notifications/mail/{TEMPLATES[outgoing.urgent]}"
    with translation.override(outgoing.language):
        words = allowed(outgoing)
        subject = render_to_string(f"{template}_subject.txt", words).strip()
        body = render_to_string(f"{template}.txt", words).strip() + "\n"
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{outgoing.message}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [outgoing.address], headers=headers)


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
